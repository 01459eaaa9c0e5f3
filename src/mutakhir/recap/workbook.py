"""The recap workbook in the manner of MODEL A REKAP PDPB.

Sheet names, columns and their order are those of a kabupaten commission's published PDPB workbook;
the last sheet has the columns of Bawaslu's A-DPB2. Reasons that count nobody keep their columns.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.workbook import Format, Workbook

from mutakhir.recap.labels import label
from mutakhir.recap.table import Recap, Row
from mutakhir.rules.law import Law

#: Dots between thousands in every language of the spreadsheet program, up to 999.999.999.
_DOTS: Final = "[>=1000000]0\\.000\\.000;[>=1000]0\\.000;0"
_A4: Final = 9  # numbers of the spreadsheet format
_A3: Final = 8
_WIDE: Final = 12  # columns from which A4 prints too small to read
_TITLE_ROWS: Final = 5
_NAMES: Final = {
    "provinsi": "Nama Provinsi",
    "kabkota": "Nama Kabupaten/Kota",
    "kecamatan": "Nama Kecamatan",
    "desa": "Nama Desa/Kelurahan",
}


@dataclass(frozen=True)
class _Column:
    """A column: its title (with one above it where the header has two rows) and its value."""

    title: str
    value: Callable[[Row], int] | None = None  # None: left empty, as Keterangan
    above: str = ""
    width: int = 12


@dataclass(frozen=True)
class _Sheet:
    name: str
    title: str
    columns: list[_Column] = field(default_factory=list)


def workbook(recap: Recap, whole: Row, rows: Sequence[Row], law: Law) -> bytes:
    """The workbook of the region ``whole``, one line for each of ``rows`` (its parts)."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        # The same recap gives the same bytes: the file's date is the roll's, not the clock's.
        book.set_properties({"created": datetime.fromisoformat(recap.edition.as_of)})
        styles = _styles(book)
        for sheet in _sheets(whole, law):
            _Page(book.add_worksheet(sheet.name), sheet, whole, rows, styles).write(recap)
    return content.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    line = {"border": 1, "border_color": "#8A8578"}
    head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 12, "align": "center"}),
        "note": book.add_format({"font_size": 9, "font_color": "#5A5A5A", "align": "center"}),
        "head": book.add_format({**line, **head, "bg_color": "#F1EFE9"}),
        "text": book.add_format(line),
        "order": book.add_format({**line, "align": "center"}),
        "number": book.add_format({**line, "num_format": _DOTS}),
        "sum": book.add_format({**line, "bold": True, "num_format": _DOTS}),
    }


def _sheets(whole: Row, law: Law) -> list[_Sheet]:
    plain, remarks = _people, _Column("Keterangan", width=18)
    villages = _Column("Jumlah Desa/Kel", lambda row: row.units.get("desa_kel", 1))
    return [
        _Sheet(
            "REKAPITULASI PDPB",
            "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN",
            [villages, *plain("akhir", "L", "P", "L + P"), remarks],
        ),
        _Sheet(
            "REKAP MODEL A",
            "REKAPITULASI PERUBAHAN PEMILIH (MODEL A)",
            [
                villages,
                _Column("Jumlah Pemilih Baru", lambda row: row.count("baru").total, width=14),
                _Column("Jumlah Pemilih Tidak Memenuhi Syarat", _total("tms"), width=18),
                _Column("Jumlah Perbaikan Data Pemilih", _total("perbaikan"), width=16),
                remarks,
            ],
        ),
        _Sheet(
            "DB REKAP MODEL A",
            "RINCIAN PERUBAHAN PEMILIH (MODEL A)",
            _by_reason_and_sex(whole, law),
        ),
        _Sheet(
            "triwulan sebelumnya",
            "PEMILIH PERIODE SEBELUMNYA, SEBAGAI PEMBANDING",
            [
                _Column("TPS", lambda row: row.units["previous_tps"]),
                *plain("awal", "LK", "PR", "L + P"),
            ],
        ),
        _Sheet("A-DPB2", "REKAPITULASI ALIRAN PEMILIH (A-DPB2)", _balance(whole, law)),
    ]


def _people(cell: str, men: str, women: str, both: str) -> list[_Column]:
    return [
        _Column(men, lambda row: row.count(cell).L),
        _Column(women, lambda row: row.count(cell).P),
        _Column(both, lambda row: row.count(cell).total),
    ]


def _total(cell: str) -> Callable[[Row], int]:
    return lambda row: row.count(cell).total


def _reasons(whole: Row, cell: str) -> list[str]:
    """Every reason of ``cell``: those of the law first, then any other that was counted."""
    return [f"{cell}.{word}" for word in whole.parts(cell)]


def _by_reason_and_sex(whole: Row, law: Law) -> list[_Column]:
    cells = [("baru", "Jumlah Pemilih Baru")]
    cells += [(cell, f"TMS / {label(cell, law)}") for cell in _reasons(whole, "tms")]
    cells += [("tms", "Jumlah TMS")]
    return [
        _Column(sex, _of_sex(cell, sex), above=above, width=8)
        for cell, above in cells
        for sex in ("L", "P")
    ]


def _of_sex(cell: str, sex: str) -> Callable[[Row], int]:
    return (lambda row: row.count(cell).L) if sex == "L" else (lambda row: row.count(cell).P)


def _balance(whole: Row, law: Law) -> list[_Column]:
    """Opening, each out, each in, closing, and the difference that must be nil."""
    columns = [_Column("PDPB awal", _total("awal"))]
    for cell, word in (("tms", "TMS"), ("baru", "Baru")):
        columns += [
            _Column(f"{word} {label(reason, law)}", _total(reason), width=11)
            for reason in _reasons(whole, cell)
        ]
    columns += [
        _Column("Pindah dalam (masuk − keluar)", _inside),
        _Column("Hasil akhir laki-laki", lambda row: row.count("akhir").L),
        _Column("Hasil akhir perempuan", lambda row: row.count("akhir").P),
        _Column("Selisih", _difference),
    ]
    return columns


def _inside(row: Row) -> int:
    return row.count("masuk_dalam").total - row.count("keluar_dalam").total


def _difference(row: Row) -> int:
    """Opening − each TMS + each new ± moves inside − closing men and women."""
    new = sum(count.total for count in row.parts("baru").values())
    gone = sum(count.total for count in row.parts("tms").values())
    closing = row.count("akhir").L + row.count("akhir").P
    return row.count("awal").total - gone + new + _inside(row) - closing


@dataclass(frozen=True)
class _Page:
    """One sheet being written: titles, header, a line for each row, JUMLAH."""

    page: Any
    sheet: _Sheet
    whole: Row
    rows: Sequence[Row]
    styles: dict[str, Format]

    def write(self, recap: Recap) -> None:
        self._set_up()
        self._titles(recap)
        first = self._heads()
        self.page.repeat_rows(_TITLE_ROWS, first - 1)
        self.page.freeze_panes(first, 2)
        for number, row in enumerate(self.rows):
            self._line(first + number, number + 1, row)
        self._sums(first)

    def _set_up(self) -> None:
        self.page.set_landscape()
        self.page.set_paper(_A3 if len(self.sheet.columns) > _WIDE else _A4)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        self.page.center_horizontally()
        self.page.set_footer("&L&8&A&R&8Halaman &P dari &N")
        self.page.set_column(0, 0, 5)
        self.page.set_column(1, 1, 28)
        for at, column in self._columns():
            self.page.set_column(at, at, column.width)

    def _columns(self) -> Iterator[tuple[int, _Column]]:
        return iter(enumerate(self.sheet.columns, start=2))

    def _titles(self, recap: Recap) -> None:
        edition = recap.edition
        bound = f"PDPB versi {edition.version}, per {edition.as_of}, akar {edition.root}"
        lines = (self.sheet.title, self.whole.name.upper(), edition.words.upper(), bound)
        for at, line in enumerate(lines):
            style = self.styles["note" if line is bound else "title"]
            self.page.merge_range(at, 0, at, len(self.sheet.columns) + 1, line, style)

    def _heads(self) -> int:
        """Write the header, of one or two rows; give the first row of data."""
        head, top = self.styles["head"], _TITLE_ROWS
        two = any(column.above for column in self.sheet.columns)
        name = _NAMES[self.rows[0].level] if self.rows else "Nama"
        for at, title in enumerate(("No.", name)):
            if two:
                self.page.merge_range(top, at, top + 1, at, title, head)
            else:
                self.page.write_string(top, at, title, head)
        for at, column in self._columns():
            self.page.write_string(top + two, at, column.title, head)
            if two and at % 2 == 0:
                self.page.merge_range(top, at, top, at + 1, column.above, head)
        self.page.set_row(top, 48)
        return top + 1 + two

    def _line(self, at_row: int, number: int, row: Row) -> None:
        self.page.write_number(at_row, 0, number, self.styles["order"])
        self.page.write_string(at_row, 1, row.name, self.styles["text"])
        for at, column in self._columns():
            if column.value is None:
                self.page.write_blank(at_row, at, None, self.styles["text"])
            else:
                self.page.write_number(at_row, at, column.value(row), self.styles["number"])

    def _sums(self, first: int) -> None:
        """JUMLAH: a formula over the lines above that carries the region's own figure as value."""
        last, style = first + len(self.rows), self.styles["sum"]
        self.page.write_blank(last, 0, None, style)
        self.page.write_string(last, 1, "JUMLAH", style)
        for at, column in self._columns():
            if column.value is None or not self.rows:
                self.page.write_blank(last, at, None, style)
            else:
                above = xl_range(first, at, last - 1, at)
                self.page.write_formula(last, at, f"=SUM({above})", style, column.value(self.whole))
