"""A guess at the columns of an unknown layout: by headings nearly known and by value shapes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from mutakhir.intake.header import SYNONYMS, folded, is_heading
from mutakhir.intake.lines import long_number
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.values import dates

_NEAR: Final = 82  # per cent of letters alike


@dataclass(frozen=True)
class Guess:
    """A field for a column, how sure (0 to 1) and why, in Indonesian."""

    field: str
    confidence: float
    why: str


def _is_nik(cell: str) -> bool:
    digits = cell.strip("'").removesuffix(".0")
    return len(digits) == 16 and digits.isdecimal()


def _is_date(cell: str) -> bool:
    return len(cell) >= 8 and dates.read(cell)[0] is not None


_SHAPES: Final[tuple[tuple[str, str, Callable[[str], bool]], ...]] = (
    (
        "nik",
        "16 angka dengan tanggal di dalamnya",
        lambda c: _is_nik(c) and "01" <= c[8:10] <= "12",
    ),
    ("nkk", "16 angka", _is_nik),
    ("birth_date", "tanggal", _is_date),
    ("sex", "L atau P", lambda c: c.upper() in ("L", "P", "LK", "PR", "LAKI-LAKI", "PEREMPUAN")),
    ("marital", "B, S atau P", lambda c: c.upper() in ("B", "S", "P")),
    (
        "name",
        "kata berhuruf besar",
        lambda c: bool(re.fullmatch(r"[A-Z][A-Z .,'’]{2,60}", c)) and " " in c,
    ),
    ("rt", "1-3 angka", lambda c: c.isdecimal() and len(c) <= 3),
    ("rw", "1-3 angka", lambda c: c.isdecimal() and len(c) <= 3),
)


def guess(head: Head, heading: int | None = None) -> tuple[Plan, list[Guess | None]]:
    """An unsure plan for ``head`` and the guess behind each of its columns.

    ``heading``: number of the row that heads the columns, where a person said it; 0 for none.
    """
    heading_at, first = _first_data(head) if heading is None else _below(head, heading)
    headings = head.rows[heading_at][1] if heading_at is not None else []
    body = [cells for number, cells in head.rows if number >= first]
    width = max((len(cells) for cells in body), default=0)
    guesses: list[Guess | None] = []
    for at in range(width):
        taken = {guessed.field for guessed in guesses if guessed}
        column = [cells[at] for cells in body if at < len(cells) and cells[at]]
        title = headings[at] if at < len(headings) else ""
        guesses.append(_by_heading(title, taken) or _by_shape(column, taken))
    fields = tuple(guessed.field if guessed else None for guessed in guesses)
    return Plan("unknown", fields, first, tuple(headings), sure=False), guesses


def _below(head: Head, heading: int) -> tuple[int | None, int]:
    numbers = [number for number, _ in head.rows]
    return (numbers.index(heading) if heading in numbers else None), heading + 1


def _first_data(head: Head) -> tuple[int | None, int]:
    """Index of the line above the data (None = no header) and the first data row."""
    for at, (number, cells) in enumerate(head.rows):
        wide = sum(bool(cell) for cell in cells) >= 3
        if wide and any(map(long_number, cells)):
            headed = at > 0 and is_heading(head.rows[at - 1][1])
            return (at - 1 if headed else None), number
    widest = max((sum(map(bool, cells)) for _, cells in head.rows), default=0)
    for at, (number, cells) in enumerate(head.rows):
        if sum(map(bool, cells)) == widest:
            return at, number + 1
    return None, 1


def _by_heading(heading: str, taken: set[str]) -> Guess | None:
    text = folded(heading)
    if len(text) < 2:
        return None
    near = [
        (fuzz.ratio(text, synonym), name)
        for name, row in SYNONYMS.items()
        if name not in taken
        for synonym in row.split("|")
    ]
    score, name = max(near, default=(0.0, ""))
    if score < _NEAR:
        return None
    return Guess(name, round(score / 100, 2), "judul kolom mirip")


def _by_shape(column: list[str], taken: set[str]) -> Guess | None:
    if not column:
        return None
    for name, why, fits in _SHAPES:
        share = sum(map(fits, column)) / len(column)
        if share >= 0.6 and name not in taken:
            return Guess(name, round(share * 0.9, 2), why)
    return None
