"""Identities of a recap: sums that must hold, as total = previous + baru − TMS and L + P = total.

Each is a plain function over the cells of one row and returns what breaks; none raises, none stops
at the first. Our own recap and other people's published tables go through the same functions.

A cell is named as in published tables: ``L``, ``P``, ``total``, ``previous_total``, ``baru``,
``tms``; a part of it after a dot (``tms.meninggal``), a sex at the end (``tms.meninggal_L``).
A cell that is absent or None is unknown, never zero, and what needs it is not judged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mutakhir.numerals import dots
from mutakhir.recap.figure import Figure
from mutakhir.recap.table import Recap
from mutakhir.regions import Level

Cells = Mapping[str, int | None]

#: Cells whose sexes are not spelt by the ending ``_L``, ``_P``.
_IRREGULAR: Final = {
    "L": ("L", "P", "total"),
    "previous_L": ("previous_L", "previous_P", "previous_total"),
}
#: The cells of the flow for all voters, men, women.
_CLOSING: Final = {"": "total", "_L": "L", "_P": "P"}
_OPENING: Final = {"": "previous_total", "_L": "previous_L", "_P": "previous_P"}
#: Moves between desa and corrected sexes: their net changes a row, and counts as nil when unsaid.
_INSIDE: Final = (("masuk_dalam", "keluar_dalam"), ("jk_masuk", "jk_keluar"))
#: Parts that must add up to their whole, for all voters and for each sex.
_PARTS: Final = {"baru": "baru", "tms": "tms", "usia": "", "ktp_el": ""}
#: Units that have rows of their own.
_LISTED: Final[tuple[tuple[Level, str], ...]] = (("kecamatan", "kecamatan"), ("desa", "desa_kel"))


@dataclass(frozen=True, slots=True)
class Break:
    """A cell that differs from what the identity asks."""

    identity: str
    cell: str
    expected: int
    found: int

    @property
    def difference(self) -> int:
        """What is written minus what should be."""
        return self.found - self.expected


def _equal(identity: str, cell: str, found: int, expected: int) -> list[Break]:
    return [] if found == expected else [Break(identity, cell, expected, found)]


def sexes(cells: Cells) -> list[Break]:
    """L + P = total, for the voters and for every part that is split by sex."""
    broken = []
    for cell in cells:
        if cell in _IRREGULAR or cell.endswith("_L"):
            base = cell.removesuffix("_L")
            men, women, whole = _IRREGULAR.get(cell, (cell, f"{base}_P", base))
            a, b, c = cells[men], cells.get(women), cells.get(whole)
            if a is not None and b is not None and c is not None:
                broken += _equal(f"{men} + {women} = {whole}", whole, c, a + b)
    return broken


def flow(cells: Cells) -> list[Break]:
    """previous + baru - TMS (and the net of moves inside) = total. Corrections never count."""
    broken = []
    for sex, closing in _CLOSING.items():
        opening = cells.get(_OPENING[sex])
        new, gone, found = cells.get(f"baru{sex}"), cells.get(f"tms{sex}"), cells.get(closing)
        if opening is None or new is None or gone is None or found is None:
            continue
        inside = sum((cells.get(i + sex) or 0) - (cells.get(o + sex) or 0) for i, o in _INSIDE)
        formula = f"{_OPENING[sex]} + baru{sex} − tms{sex} = {closing}"
        broken += _equal(formula, closing, found, opening + new - gone + inside)
    return broken


def parts(cells: Cells) -> list[Break]:
    """Reasons add up to baru and to TMS; age bands and KTP-el status to all voters."""
    broken = []
    for sex, closing in _CLOSING.items():
        for part, whole in _PARTS.items():
            target = f"{whole}{sex}" if whole else closing
            found = cells.get(target)
            named = [cells[c] for c in cells if c.startswith(f"{part}.") and _sex_of(c) == sex]
            known = [n for n in named if n is not None]
            if found is not None and named and len(known) == len(named):
                formula = f"jumlah {part}.*{sex} = {target}"
                broken += _equal(formula, target, found, sum(known))
    return broken


def moves(cells: Cells) -> list[Break]:
    """A move inside is one removal and one addition; a corrected sex as well."""
    broken = []
    for arrived, left in _INSIDE:
        a, b = cells.get(arrived), cells.get(left)
        if a is not None and b is not None:
            broken += _equal(f"{arrived} = {left}", arrived, a, b)
    return broken


def _sex_of(cell: str) -> str:
    return cell[-2:] if cell.endswith(("_L", "_P")) else ""


#: Regions in which a move inside begins and ends: these keep ``moves`` too.
HOLDS_BOTH_ENDS: Final[frozenset[Level]] = frozenset({"kabkota", "provinsi"})
#: What every row must keep.
ROW: Final[Sequence[Callable[[Cells], list[Break]]]] = (sexes, flow, parts)


def children(parent: Cells, below: Sequence[Cells]) -> tuple[list[Break], list[str]]:
    """Sum of children = parent, cell by cell.

    Gives what breaks, and the parent's cells that could not be judged because a child lacks them.
    """
    broken: list[Break] = []
    unjudged: list[str] = []
    for cell, found in parent.items():
        values = [child.get(cell) for child in below]
        known = [v for v in values if v is not None]
        if found is None or not known:  # a unit of which the children are one each, as kecamatan
            continue
        if len(known) < len(values):
            unjudged.append(cell)
        else:
            broken += _equal(f"jumlah wilayah di bawahnya = {cell}", cell, found, sum(known))
    return broken, unjudged


@dataclass(frozen=True, slots=True)
class Finding:
    """A region of a recap and what breaks in it."""

    code: str
    name: str
    found: Break

    def __str__(self) -> str:
        """For officials: where, what, by how much."""
        b = self.found
        return (
            f"{self.name} ({self.code}): sel {b.cell} tertulis {dots(b.found)}, seharusnya"
            f" {dots(b.expected)} menurut {b.identity}; selisih {Figure(b.difference).signed}."
        )


def findings(recap: Recap) -> list[Finding]:
    """Everything that breaks in a recap of ours. Empty is the only state that may be signed."""
    broken = [
        Finding(row.code, row.name, found)
        for row in recap.rows
        for judge in (*ROW, *((moves,) if row.level in HOLDS_BOTH_ENDS else ()))
        for found in judge(row.cells())
    ]
    for parent, below in recap.families():
        found_below, _ = children(parent.cells(), [row.cells() for row in below])
        broken += [Finding(parent.code, parent.name, found) for found in found_below]
    return [*broken, *_listed(recap)]


def _listed(recap: Recap) -> list[Finding]:
    """The kecamatan and desa that a region counts are those that have a row."""
    return [
        Finding(row.code, row.name, found)
        for level, unit in _LISTED
        for row in recap.rows
        if unit in row.units
        for found in _equal(
            f"baris {level} = {unit}", unit, row.units[unit], len(recap.at(level, row.code))
        )
    ]


class RefusedError(Exception):
    """An identity fails, so nothing is printed; the message names cells and differences."""

    def __init__(self, broken: Sequence[Finding]) -> None:
        lines = "\n".join(f"  {finding}" for finding in broken)
        super().__init__(f"Dokumen ditolak: {len(broken)} sel tidak cocok.\n{lines}")
        self.broken = tuple(broken)


def ensure(recap: Recap) -> None:
    """Let a recap pass into a document, or raise RefusedError with everything that breaks."""
    if broken := findings(recap):
        raise RefusedError(broken)
