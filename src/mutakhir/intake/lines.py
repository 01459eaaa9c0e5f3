"""Lines that are no data: blank, letterhead, headers repeated, totals, signatures.

They are not read as rows, but counted by class in the receipt, so that every line of a sheet
stands somewhere.
"""

import re
from typing import Final, Literal

from mutakhir.intake.header import field_of, folded
from mutakhir.intake.plan import Plan
from mutakhir.intake.sheets.sheet import Cells

#: blank; heading (letterhead, titles and header above the data); header (repeated inside the
#: data); numbering (the row 1, 2, 3, ... under a header); total (JUMLAH); footer (place and date,
#: signatures, notes below the data).
Skipped = Literal["blank", "heading", "header", "numbering", "total", "footer"]

_TOTAL: Final = re.compile(r"^(SUB ?)?(JUMLAH|TOTAL|JML)\b")
_FOOTER: Final = re.compile(
    r"MENGETAHUI|MENGESAHKAN|KEPALA |^KETUA|PETUGAS|^TTD|TANDA TANGAN|^NIP\b|SEKRETARIS|LURAH|"
    r"CAMAT|^CATATAN|^KETERANGAN ?:|^SUMBER ?:|DICETAK|HALAMAN|, \d{1,2} [A-Z]+ \d{4}$",
)


def long_number(cell: str) -> bool:
    """True for a cell with ten digits or more in it: surely a person's number."""
    return sum(sign.isdecimal() for sign in cell) >= 10


class LineSorter:
    """Tells lines of one sheet apart. It remembers that a footer has begun."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        key = plan.column("nik")
        self._key = -1 if key is None else key
        self._heading = [folded(heading) for heading in plan.header]
        self._people = [
            position
            for position, name in enumerate(plan.fields)
            if name in ("nik", "nkk", "dpid", "birth_date", "birth_place_date")
        ]
        self._ended = False

    def skipped(self, row: int, cells: Cells) -> Skipped | None:
        """The class of a line that is no data; None for a data row."""
        if row < self.plan.first_row:
            return "heading" if any(map(str.strip, cells)) else "blank"
        # nearly every row: a NIK stands where it should
        if 0 <= self._key < len(cells) and len(cells[self._key]) >= 15 and not self._ended:
            return None
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            return "blank"
        if any(map(long_number, filled)):
            return None
        return self._other(cells, filled)

    def _other(self, cells: Cells, filled: list[str]) -> Skipped | None:
        if self._repeats_header(cells, filled):
            return "header"
        if len(filled) >= 3 and _counts_up(filled):
            return "numbering"
        if _TOTAL.match(filled[0].upper()) and not self._has_person(cells):
            return "total"
        if self._ends(cells, filled):
            self._ended = True
            return "footer"
        return None

    def _repeats_header(self, cells: Cells, filled: list[str]) -> bool:
        known = [cell for cell in filled if field_of(cell)]
        if len(known) < 3:
            return False
        folds = [folded(cell) for cell in cells]
        return folds[: len(self._heading)] == self._heading[: len(folds)] or len(known) >= 5

    def _has_person(self, cells: Cells) -> bool:
        return any(at < len(cells) and _of_person(cells[at]) for at in self._people)

    def _ends(self, cells: Cells, filled: list[str]) -> bool:
        # a lone cell is no person, in whatever column a signature or its date stands
        if len(filled) > 3 or (len(filled) > 1 and self._has_person(cells)):
            return False
        return self._ended or any(_FOOTER.search(cell.upper()) for cell in filled)


def _of_person(cell: str) -> bool:
    """True for a date or a number of a person; a sum is shorter, and figures alone."""
    digits = sum(map(str.isdecimal, cell))
    return digits >= 7 or (digits >= 5 and not re.fullmatch(r"[\d., ]+", cell))


def _counts_up(filled: list[str]) -> bool:
    """True for ``1 2 3 4`` or ``(1) (2) (3)``."""
    numbers = [cell.strip("() .").removesuffix(".0") for cell in filled]
    if not all(number.isdecimal() and len(number) <= 3 for number in numbers):
        return False
    counted = [int(number) for number in numbers]
    return counted[0] <= 2 and counted == list(range(counted[0], counted[0] + len(counted)))
