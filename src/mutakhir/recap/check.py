"""Check published recaps: which cell breaks which identity, and by how much."""

from dataclasses import dataclass

from mutakhir.recap import identities
from mutakhir.recap.families import families, level_of
from mutakhir.recap.identities import Break
from mutakhir.recap.published import BadCell, PublishedRow
from mutakhir.recap.remarks import Remark, remarks
from mutakhir.regions import Regions


@dataclass(frozen=True, slots=True)
class Broken:
    """A row and what breaks in it."""

    row: PublishedRow
    found: Break


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row and a cell of it that is no number."""

    row: PublishedRow
    found: BadCell


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A parent whose children do not say enough, and why (Indonesian)."""

    row: PublishedRow
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Verdict:
    """What a check found. ``rows`` counts all rows, ``good`` those in which nothing is wrong."""

    rows: int
    broken: list[Broken]
    unreadable: list[Unreadable]
    unjudged: list[Unjudged]
    remarks: list[Remark]

    @property
    def good(self) -> int:
        """Rows without a broken identity and without an unreadable cell."""
        bad = {b.row.number for b in self.broken} | {u.row.number for u in self.unreadable}
        return self.rows - len(bad)


def check(rows: list[PublishedRow], regions: Regions) -> Verdict:
    """Judge every row by itself, then every parent against its children."""
    broken = [Broken(row, b) for row in rows for b in _alone(row)]
    unreadable = [Unreadable(row, cell) for row in rows for cell in row.bad]
    unjudged: list[Unjudged] = []
    for family in families(rows, regions):
        if family.problem:
            unjudged.append(Unjudged(family.parent, (), family.problem))
            continue
        found, unknown = identities.children(family.parent.cells, [c.cells for c in family.below])
        broken += [Broken(family.parent, b) for b in found]
        if unknown:
            why = f"kosong pada sebagian dari {len(family.below)} wilayah di bawahnya"
            unjudged.append(Unjudged(family.parent, tuple(unknown), why))
    broken.sort(key=lambda b: b.row.number)
    return Verdict(len(rows), broken, unreadable, unjudged, remarks(rows))


def _alone(row: PublishedRow) -> list[Break]:
    judges = [*identities.ROW]
    if level_of(row) in identities.HOLDS_BOTH_ENDS:
        judges.append(identities.moves)
    return [b for judge in judges for b in judge(row.cells)]
