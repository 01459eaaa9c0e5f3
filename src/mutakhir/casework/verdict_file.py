"""Verdict files: work sheet, CSV or JSON lines from an office (docs/formats/decisions.md)."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from mutakhir.casework.verdict import VERDICT_ACTS, Verdict

_COLUMNS: Final = tuple(field.name for field in fields(Verdict))
_NEEDED: Final = ("proposal_id", "act", "by")


class VerdictFileError(Exception):
    """The file is not a list of verdicts; the message names the line and what to do."""


def read_verdicts(path: Path) -> list[Verdict]:
    """The verdicts of a work sheet (``.xlsx``), a ``.csv`` file or a file of JSON lines, in order.

    Rows of a work sheet without an act are undecided yet and pass by. Raises VerdictFileError
    naming the first line that is no verdict; OSError when the file can't be read.
    """
    verdicts = [_verdict(row, path.name, number) for number, row in _rows(path)]
    if not verdicts:
        raise VerdictFileError(f"{path.name}: tidak ada satu putusan pun; isi act dan by")
    return verdicts


def _rows(path: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    if path.suffix.lower() == ".xlsx":
        return _work_sheet(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise VerdictFileError(f"{path.name}: bukan UTF-8; simpan ulang sebagai UTF-8") from None
    return _csv(text) if path.suffix.lower() == ".csv" else _json_lines(text, path.name)


def _work_sheet(path: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError:
        raise VerdictFileError(f"{path.name}: bukan lembar kerja XLSX yang utuh") from None
    head = [str(cell) for cell in cells[0]] if cells else []
    if not {*_NEEDED} <= {*head}:
        raise VerdictFileError(f"{path.name}: baris 1 harus memuat {', '.join(_NEEDED)}")
    for number, line in enumerate(cells[1:], start=2):
        row = {name: str(cell) for name, cell in zip(head, line, strict=True)}
        if row["act"].strip():
            yield number, {name: cell for name, cell in row.items() if name in _COLUMNS}


def _csv(text: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    return enumerate(csv.DictReader(io.StringIO(text)), start=2)


def _json_lines(text: str, name: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            value = json.loads(line)
        except ValueError:
            raise VerdictFileError(f"{name} baris {number}: bukan JSON") from None
        if not isinstance(value, dict):
            raise VerdictFileError(f"{name} baris {number}: bukan objek JSON")
        yield number, value


def _verdict(row: Mapping[str, Any], name: str, number: int) -> Verdict:
    where = f"{name} baris {number}"
    unknown = [str(column) for column in row if column not in _COLUMNS]
    if unknown:
        expected = ", ".join(_COLUMNS)
        raise VerdictFileError(f"{where}: kolom tidak dikenal; pakailah {expected}")
    if any(not isinstance(value, str | None) for value in row.values()):
        raise VerdictFileError(f"{where}: semua nilai harus teks")
    given = {column: value.strip() for column, value in row.items() if value and value.strip()}
    missing = [column for column in _NEEDED if column not in given]
    if missing:
        raise VerdictFileError(f"{where}: kolom kosong: {', '.join(missing)}")
    if given["act"] not in VERDICT_ACTS:
        allowed = ", ".join(sorted(VERDICT_ACTS))
        raise VerdictFileError(f"{where}: tindakan tidak dikenal; pakailah {allowed}")
    return Verdict(**given)
