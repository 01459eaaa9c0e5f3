"""Small generated folders for tests, and their files read cell by cell."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

#: Encoding and delimiter of each text file, by the start of its name.
TEXTS = {
    "DPT_": ("utf-8", "#"),
    "turunan": ("utf-8-sig", ";"),
    "bpjs": ("cp1252", "\t"),
    "mabes": ("cp1252", "|"),
    "pernyataan": ("utf-16", ","),
}


def truth(folder: Path, name: str) -> pa.Table:
    """people, events or rows of one kab."""
    return pq.read_table(folder / "truth" / f"{name}.parquet")


def sheets(path: Path) -> list[list[list[Any]]]:
    """Every sheet of a file as rows of cells, in archive order; only rows that hold data."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            books = [io.BytesIO(archive.read(name)) for name in archive.namelist()]
        return [page for book in books for page in _pages(CalamineWorkbook.from_filelike(book))]
    for start, (encoding, delimiter) in TEXTS.items():
        if path.name.startswith(start) and path.suffix != ".xlsx":
            text = path.read_bytes().decode(encoding)
            quoting = csv.QUOTE_NONE if delimiter == "#" else csv.QUOTE_MINIMAL
            return [
                list(
                    csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
                )
            ]
    return _pages(CalamineWorkbook.from_path(path))


def _pages(book: CalamineWorkbook) -> list[list[list[Any]]]:
    pages = []
    for name in book.sheet_names:
        page = book.get_sheet_by_name(name)
        rows = page.to_python(skip_empty_area=False, nrows=20_000)
        pages.append(rows)
    return pages
