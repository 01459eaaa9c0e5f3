"""A table that no layout knows: its head, what a mapping would make of it, how it is known again.

Nothing is taken in here. A person looks at the first rows, says what the columns hold, and sees
at once which of these rows would pass.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from mutakhir.intake import mapping as mapping_file
from mutakhir.intake.header import folded, is_heading, is_recap
from mutakhir.intake.options import Options
from mutakhir.intake.plan import Head, head_of, is_table
from mutakhir.intake.readers import recognise
from mutakhir.intake.receipt import Receipt
from mutakhir.intake.set_aside import read_back
from mutakhir.intake.sheets import Sheet, opened
from mutakhir.intake.sheets.sheet import Cells
from mutakhir.intake.work import FileWork


@dataclass(frozen=True)
class Tables:
    """The heads of a file's tables: those no layout knows, and how many one knows."""

    unknown: tuple[Head, ...]
    known: int


@dataclass(frozen=True)
class TriedRow:
    """A row under a mapping: ``values`` by field when it would pass, else its reasons' codes."""

    row: int
    outcome: str  # accepted, held, rejected
    values: dict[str, str] = field(default_factory=dict)
    reasons: tuple[tuple[str, str], ...] = ()  # (field, code)


def tables(path: Path) -> Tables:
    """What stands at the top of each table of ``path``; recaps are no tables of people.

    Raises FileRefusedError.
    """
    with opened(path) as found:
        heads = [head_of(sheet) for sheet in found.sheets]
    people = [head for head in heads if is_table(head) and not is_recap(head)]
    unknown = tuple(head for head in people if recognise(head) is None)
    return Tables(unknown, len(people) - len(unknown))


def signatures(head: Head) -> dict[str, int]:
    """By what a table is known again: a hash of each row that may head columns → its number."""
    found: dict[str, int] = {}
    for number, cells in head.rows:
        words = [folded(cell) for cell in cells]
        if sum(map(bool, words)) >= 3 and is_heading(cells):
            text = "|".join(words).rstrip("|")
            found.setdefault(hashlib.sha256(text.encode()).hexdigest(), number)
    return found


def signature(head: Head, row: int) -> str | None:
    """The signature of the row with this number; None when it heads nothing."""
    return next((each for each, number in signatures(head).items() if number == row), None)


def tried(head: Head, mapping: dict[str, Any], options: Options) -> list[TriedRow]:
    """What ``mapping`` (checked) would make of the rows in ``head``, in their order."""
    plan = mapping_file.plan_by(mapping, head)
    receipt = Receipt("", "0" * 16)
    sheet = Sheet(0, head.sheet, head.member, lambda: _with_gaps(head))
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
        FileWork(receipt.source_id, Path(folder), options, receipt).run([sheet], {0: plan})
        rows = [*_passed(Path(folder)), *_aside(Path(folder))]
    return sorted(rows, key=lambda each: each.row)


def _with_gaps(head: Head) -> Iterator[Cells]:
    """The rows of a head with the blank ones that were left out: their numbers count."""
    at = 0
    for number, cells in head.rows:
        for _ in range(number - at - 1):
            yield []
        yield cells
        at = number


def _passed(folder: Path) -> Iterator[TriedRow]:
    for record in pq.read_table(folder / "records.parquet").to_pylist():
        values = {name: value for name, value in record.items() if isinstance(value, str) and value}
        yield TriedRow(record["row"], "accepted", values)


def _aside(folder: Path) -> Iterator[TriedRow]:
    for row in read_back(folder / "set_aside.parquet"):
        reasons = tuple((reason["field"], reason["code"]) for reason in row["reasons"])
        yield TriedRow(row["row"], row["outcome"], {}, reasons)
