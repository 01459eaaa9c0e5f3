"""How far the sheets of a workbook reach, before anything lays them out in memory."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.archive import check_bomb
from mutakhir.intake.sheets.kind import BROKEN_ZIP, damaged

#: calamine lays a sheet out as a full rectangle: 40 million cells take about 1 GB.
MOST_CELLS: Final = 40_000_000
#: No list of people is wider.
MOST_COLUMNS: Final = 1_000
_CHUNK: Final = 1 << 22
_LONGEST_TAG: Final = 1 << 10
_Extents = Callable[[IO[bytes]], Iterator[tuple[int, int]]]
_XLSX_FILLED: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>"""
)
_ODS_ROW: Final = re.compile(rb'<table:table-row\b[^>]*?number-rows-repeated="(\d+)"')
_ODS_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_COLUMNS: Final = re.compile(rb'number-columns-repeated="(\d+)"')


def check_size(path: Path) -> None:
    """Refuse bombs: members out of all proportion, and far cells that make a giant sheet.

    ``path`` is an XLSX or ODS. Raises FileRefusedError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_bomb(archive)
            for name in archive.namelist():
                # a workbook's parts may lie anywhere under xl/
                if name.startswith("xl/"):
                    _check_member(archive, name, _xlsx_extent)
                elif name == "content.xml":
                    _check_member(archive, name, _ods_extents)
    except BROKEN_ZIP:
        raise damaged() from None


def _check_member(archive: zipfile.ZipFile, name: str, extents: _Extents) -> None:
    with archive.open(name) as xml:
        for rows, columns in extents(xml):
            if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
                raise FileRefusedError(
                    "sheet_too_large",
                    "Ada isi jauh di luar tabel sehingga lembar terlalu besar.",
                    "Hapus baris dan kolom di luar tabel, lalu simpan ulang.",
                )


def _xlsx_extent(xml: IO[bytes]) -> Iterator[tuple[int, int]]:
    """The last row and column that hold something, growing."""
    widest, deepest, rest = 0, 0, b""
    while chunk := xml.read(_CHUNK):
        text = rest + chunk
        for column, row in _XLSX_FILLED.findall(text):
            widest = max(widest, _column_number(column))
            deepest = max(deepest, int(row))
        rest = text[-_LONGEST_TAG:]
        yield deepest, widest


def _ods_extents(xml: IO[bytes]) -> Iterator[tuple[int, int]]:
    """The same for ODS, where one element may stand for a million rows; all sheets as one."""
    widest, deepest, rest = 0, 0, b""
    while chunk := xml.read(_CHUNK):
        *rows, rest = (rest + chunk).split(b"</table:table-row>")
        for row in rows:
            repeated = _ODS_ROW.search(row)
            deepest += int(repeated[1]) if repeated else 1
            width = _ods_width(row)
            widest = max(widest, width)
            if width:
                yield deepest, widest
        # a row longer than a chunk is no row
        yield (deepest, MOST_COLUMNS + 1) if len(rest) > _CHUNK else (0, 0)


def _ods_width(row: bytes) -> int:
    """Columns up to the last filled cell."""
    at, width = 0, 0
    for cell in _ODS_CELL.findall(row):
        repeated = _ODS_COLUMNS.search(cell)
        at += int(repeated[1]) if repeated else 1
        if not cell.endswith(b"/"):
            width = at
    return width


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
