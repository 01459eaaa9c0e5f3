"""Published recaps as rows of cells: a reader for the tables that offices and the press print."""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

#: Number columns of docs/formats/recap.md; besides them, parts (``tms.meninggal``) and sexes.
NUMBERS: Final = frozenset(
    {
        *("L", "P", "total", "previous_L", "previous_P", "previous_total"),
        *("kecamatan", "desa_kel", "tps", "baru", "tms", "perbaikan", "pemula", "ditangguhkan"),
        *("masuk_dalam", "keluar_dalam", "jk_masuk", "jk_keluar", "pindah_tps", "previous_tps"),
    }
)
_PART: Final = re.compile(r"(baru|tms|perbaikan|usia|ktp_el|disabilitas)\.\w+")
_PLAIN: Final = re.compile(r"\d+|\d{1,3}(?:(?P<mark>[., ])\d{3})(?:(?P=mark)\d{3})*")
#: What files begin with that are not text, and what they are.
_NOT_TEXT: Final = {
    b"PK": "buku kerja XLSX atau ODS",
    b"\xd0\xcf\x11\xe0": "buku kerja XLS",
    b"%PDF": "dokumen PDF",
}
_MISSING: Final = frozenset({"", "-", "–", "—"})
_TEXT: Final = ("id", "scope", "period", "kind", "region", "code", "parent")


class TableError(Exception):
    """The file is no table of recaps; the message says why and what to do (Indonesian)."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that holds no number where one belongs. The text itself is not repeated."""

    cell: str
    problem: str


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One row. ``number`` counts as a spreadsheet does: the header is 1."""

    number: int
    id: str
    scope: str
    period: str
    kind: str
    region: str
    code: str
    parent: str
    cells: dict[str, int | None]
    bad: list[BadCell] = field(default_factory=list)


def read(path: Path) -> list[PublishedRow]:
    """Rows of the CSV at ``path`` (docs/formats/recap.md).

    Raises TableError when it is no such table.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: berkas tidak dapat dibaca ({error.strerror}).") from None
    for start, what in _NOT_TEXT.items():
        if raw.startswith(start):
            raise TableError(f"{path}: ini {what}, bukan CSV. Simpan lembar rekap sebagai CSV.")
    lines = list(_lines(_decode(raw)))
    if not lines:
        raise TableError(f"{path}: berkas kosong. Isi tabel rekap dengan baris judul.")
    header = _header(path, lines[0][1])
    if len(lines) == 1:
        raise TableError(f"{path}: hanya ada baris judul. Isi satu baris untuk setiap wilayah.")
    return [_row(number, header, values) for number, values in lines[1:]]


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Rows that say something, with their spreadsheet row numbers."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise TableError(f"Berkas bukan tabel CSV ({error}).") from None
    stripped = [[value.strip() for value in row] for row in rows]
    return [(n, row) for n, row in enumerate(stripped, start=1) if any(row)]


def _header(path: Path, titles: list[str]) -> list[str]:
    spelling = {name.lower(): name for name in (*NUMBERS, *_TEXT)}
    spelling |= {"kode": "code", "wilayah": "region", "desa": "desa_kel", "induk": "parent"}
    header = [spelling.get(title.lower(), title) for title in titles]
    named = [title for title in header if title]
    if twice := sorted({title for title in named if named.count(title) > 1}):
        raise TableError(f"{path}: kolom {', '.join(twice)} ada dua kali. Hapus salah satu.")
    if not any(is_number_column(title) for title in named) or not {"id", "region"} & {*named}:
        raise TableError(
            f"{path}: bukan tabel rekap. Baris judul harus memuat region (atau id) dan paling"
            " sedikit satu kolom angka seperti L, P, total."
        )
    return header


def is_number_column(title: str) -> bool:
    """Whether cells under ``title`` are numbers of a recap."""
    base = title if title in NUMBERS else title.removesuffix("_L").removesuffix("_P")
    return base in NUMBERS or _PART.fullmatch(base) is not None


def _row(number: int, header: list[str], values: list[str]) -> PublishedRow:
    named = dict(zip(header, values, strict=False))
    text = {name: named.get(name, "") for name in _TEXT}
    cells: dict[str, int | None] = {}
    bad: list[BadCell] = []
    for title in filter(is_number_column, header):
        try:
            cells[title] = _number(named.get(title, ""))
        except ValueError as error:
            bad.append(BadCell(title, str(error)))
    if any(values[len(header) :]):
        bad.append(BadCell("baris", f"ada {len(values)} sel untuk {len(header)} kolom"))
    row_id = text.pop("id") or f"baris {number}"
    return PublishedRow(number=number, id=row_id, cells=cells, bad=bad, **text)


def _number(value: str) -> int | None:
    value = re.sub(r"\s", " ", value)  # no-break and narrow spaces too
    if value in _MISSING:
        return None
    if not value.isascii() or not _PLAIN.fullmatch(value):
        raise ValueError("bukan bilangan bulat (tulis 471621 atau 471.621)")
    return int(re.sub(r"\D", "", value))
