"""XLS, XLSX and ODS through calamine, after a look at what opening them would cost."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from mutakhir.intake.sheets.extent import check_size
from mutakhir.intake.sheets.kind import damaged, password_protected
from mutakhir.intake.sheets.sheet import Cells, Sheet


def open_workbook(path: Path, *, number: int, member: str) -> list[Sheet]:
    """The sheets of a workbook, hidden and blank ones too. Raises FileRefusedError."""
    if zipfile.is_zipfile(path):
        check_size(path)
    with _refusing():
        book = CalamineWorkbook.from_path(str(path))
    names = tuple(book.sheet_names)
    return [
        Sheet(number + index, name, member, _Rows(path, index), names)
        for index, name in enumerate(names)
    ]


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever calamine makes of a broken workbook is a refusal."""
    try:
        yield
    except PasswordError:
        raise password_protected() from None
    except CalamineError as error:
        # PasswordError is raised for xlsx only; old xls says it in words
        asked = "password" in str(error).lower()
        raise (password_protected() if asked else damaged()) from None
    except BaseException as error:
        # its panics derive from BaseException and their class can't be imported
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from None


class _Rows:
    """Reads one sheet each time it is asked; only one sheet is in memory at a time."""

    def __init__(self, path: Path, index: int) -> None:
        self.path = path
        self.index = index

    def __call__(self) -> Iterator[Cells]:
        with _refusing():
            book = CalamineWorkbook.from_path(str(self.path))
            sheet = book.get_sheet_by_index(self.index)
            for row in sheet.iter_rows():
                yield [cell if type(cell) is str else cell_text(cell) for cell in row]


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
    if isinstance(cell, bytes):  # text in Parquet that nobody marked as text
        return cell.decode("utf-8", "replace")
    return str(cell)
