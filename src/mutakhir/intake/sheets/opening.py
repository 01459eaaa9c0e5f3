"""One file to its sheets, through archives."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.archive import unpack
from mutakhir.intake.sheets.kind import kind_of
from mutakhir.intake.sheets.parquet import open_parquet
from mutakhir.intake.sheets.sheet import Sheet
from mutakhir.intake.sheets.text import open_text
from mutakhir.intake.sheets.workbook import open_workbook


@dataclass
class Opened:
    """The sheets of a file, numbered through, and the members of an archive that have none."""

    sheets: list[Sheet] = field(default_factory=list)
    refused: list[tuple[str, FileRefusedError]] = field(default_factory=list)

    def add(self, name: str, member: Path | FileRefusedError) -> None:
        """The sheets of one member, or why it has none."""
        try:
            if isinstance(member, FileRefusedError):
                raise member
            self.sheets += _sheets(member, number=len(self.sheets), member=name)
        except FileRefusedError as refusal:
            self.refused.append((name, refusal))


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """What can be read of ``path``. Raises FileRefusedError; cleans up after itself."""
    if kind_of(path) != "archive":
        yield Opened(_sheets(path, number=0, member=""))
        return
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
        found = Opened()
        for name, member in unpack(path, Path(folder)):
            found.add(name, member)
        if not found.sheets:
            raise _nothing_readable(found.refused)
        yield found


def _nothing_readable(refused: list[tuple[str, FileRefusedError]]) -> FileRefusedError:
    """The refusal of an archive, in the words of its first member."""
    if not refused:
        return FileRefusedError("empty_file", "Arsip ZIP kosong.", "Minta ulang berkasnya.")
    name, first = refused[0]
    return FileRefusedError(first.code, f"Anggota arsip {name!r}: {first.message}", first.action)


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
