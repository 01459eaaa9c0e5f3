"""XLS, XLSX and ODS through calamine, after a look at what opening them would cost."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.archive import check_bomb
from mutakhir.intake.sheets.kind import BROKEN_ZIP, damaged, password_protected
from mutakhir.intake.sheets.sheet import Cells, Sheet

#: calamine lays a sheet out as a full rectangle: 40 million cells take about 1 GB.
MOST_CELLS: Final = 40_000_000
_FILLED: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>')
_ROW_END: Final = re.compile(rb"</row>")


def open_workbook(path: Path, *, number: int, member: str) -> list[Sheet]:
    """The sheets of a workbook, hidden and blank ones too. Raises FileRefusedError."""
    if zipfile.is_zipfile(path):
        _check_size(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise password_protected() from None
    except CalamineError as error:
        raise _unreadable(error) from None
    names = tuple(book.sheet_names)
    return [
        Sheet(number + index, name, member, _Rows(path, index), names)
        for index, name in enumerate(names)
    ]


def _unreadable(error: CalamineError) -> FileRefusedError:
    # calamine raises PasswordError for xlsx only; old xls says it in words
    return password_protected() if "password" in str(error).lower() else damaged()


class _Rows:
    """Reads one sheet each time it is asked; only one sheet is in memory at a time."""

    def __init__(self, path: Path, index: int) -> None:
        self.path = path
        self.index = index

    def __call__(self) -> Iterator[Cells]:
        try:
            book = CalamineWorkbook.from_path(str(self.path))
            sheet = book.get_sheet_by_index(self.index)
            for row in sheet.iter_rows():
                yield [cell if type(cell) is str else cell_text(cell) for cell in row]
        except CalamineError:
            raise damaged() from None


def cell_text(cell: Any) -> str:
    """A cell as text. A long number keeps its ``.0``, so that readers can tell it was no text."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e12
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _check_size(path: Path) -> None:
    """Refuse bombs: members out of all proportion, and one far cell that makes a giant sheet."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_bomb(archive)
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with archive.open(name) as xml:
                        _check_extent(xml)
    except BROKEN_ZIP:
        raise damaged() from None


def _check_extent(xml: IO[bytes]) -> None:
    widest, deepest, rest = 0, 0, b""
    while chunk := xml.read(1 << 22):
        text = rest + chunk
        for column, row in _FILLED.findall(text):
            widest = max(widest, _column_number(column))
            deepest = max(deepest, int(row))
        rest = text[-64:]
    if widest * deepest > MOST_CELLS:
        raise FileRefusedError(
            "sheet_too_large",
            "Ada isi jauh di luar tabel sehingga lembar terlalu besar.",
            "Hapus baris dan kolom di luar tabel, lalu simpan ulang.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
