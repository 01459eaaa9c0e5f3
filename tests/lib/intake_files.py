"""Files for intake tests, made by code; everybody in them is made up (NIK of region 99)."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from mutakhir.intake import take_in
from mutakhir.intake.receipt import Receipt
from mutakhir.store import Store

DAY = date(2026, 9, 30)
KAB = "36.73"
DESA = "3673011001"  # Kota Serang, Serang, Serang

HEADER = (
    *("NO", "NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN"),
    *("STATUS KAWIN", "ALAMAT", "RT", "RW", "KODE DESA", "TPS"),
)
SITI = (
    *("1", "9999990101100001", "9999995708850001", "SITI AMINAH", "SERANG", "17|08|1985", "P"),
    *("S", "KP. BARU", "001", "002", DESA, "001"),
)
BUDI = (
    *("2", "9999990101100001", "9999991203820002", "BUDI SANTOSO", "SERANG", "12/03/1982", "L"),
    *("S", "KP. BARU", "001", "002", DESA, "001"),
)
UDIN = (
    *("3", "9999990101100009", "9999990101700003", "UDIN", "SERANG", "01-01-1970", "L"),
    *("B", "KP. LAMA", "001", "002", DESA, "002"),
)


def but(row: tuple[str, ...], **changed: str) -> tuple[str, ...]:
    """``row`` with other cells, by heading in lower case with underscores."""
    names = [heading.lower().replace(" ", "_") for heading in HEADER]
    cells = dict(zip(names, row, strict=True)) | changed
    assert set(cells) == set(names)
    return tuple(cells.values())


def text(path: Path, rows: Any, *, delimiter: str = ";", encoding: str = "utf-8") -> Path:
    """A text table."""
    lines = io.StringIO()
    csv.writer(lines, delimiter=delimiter).writerows(rows)
    path.write_bytes(lines.getvalue().encode(encoding))
    return path


def workbook(path: Path, sheets: dict[str, Any]) -> Path:
    """An XLSX; cells keep their type, strings stay strings."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(at, column, cell)  # type: ignore[arg-type]
                    elif cell is not None:
                        sheet.write_number(at, column, cell)
    return path


def zipped(path: Path, *members: Path) -> Path:
    """A ZIP of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.write(member, member.name)
    return path


def take(store: Store, path: Path, **options: Any) -> Receipt:
    """One file into ``store``, ages looked at on DAY, in Kota Serang unless told otherwise."""
    return take_in([path], store, **{"day": DAY, "region": KAB, **options})[0]


def outcome(receipt: Receipt) -> tuple[int, int, int, int]:
    """read, accepted, held, rejected."""
    totals = receipt.totals
    return totals["read"], totals["accepted"], totals["held"], totals["rejected"]


def codes(receipt: Receipt) -> list[tuple[int, str]]:
    """(row, code) of every reason."""
    return [(row["row"], row["code"]) for row in receipt.rows]
