"""One file to its sheets, through archives."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.archive import unpack
from mutakhir.intake.sheets.kind import kind_of
from mutakhir.intake.sheets.parquet import open_parquet
from mutakhir.intake.sheets.sheet import Sheet
from mutakhir.intake.sheets.text import open_text
from mutakhir.intake.sheets.workbook import open_workbook


@contextmanager
def opened(path: Path) -> Iterator[list[Sheet]]:
    """The sheets of ``path``, numbered through. Raises FileRefusedError; cleans up after itself."""
    if kind_of(path) != "archive":
        yield _sheets(path, number=0, member="")
        return
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
        sheets: list[Sheet] = []
        for name, member in unpack(path, Path(folder)):
            sheets += _member_sheets(name, member, number=len(sheets))
        if not sheets:
            raise FileRefusedError("empty_file", "Arsip ZIP kosong.", "Minta ulang berkasnya.")
        yield sheets


def _member_sheets(name: str, path: Path, *, number: int) -> list[Sheet]:
    try:
        return _sheets(path, number=number, member=name)
    except FileRefusedError as refusal:
        raise FileRefusedError(
            refusal.code, f"Anggota arsip {name!r}: {refusal.message}", refusal.action
        ) from None


def _sheets(path: Path, *, number: int, member: str) -> list[Sheet]:
    match kind_of(path):
        case "workbook":
            return open_workbook(path, number=number, member=member)
        case "parquet":
            return [open_parquet(path, number=number, member=member)]
        case "text":
            return [open_text(path, number=number, member=member)]
        case "archive":
            raise FileRefusedError(
                "zip_in_zip", "ZIP di dalam ZIP.", "Buka arsip dalam dahulu, lalu serahkan isinya."
            )
