"""Check published recaps: which cell breaks which identity, and by how much."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from mutakhir.recap import identities
from mutakhir.recap.identities import Break
from mutakhir.recap.published import BadCell, PublishedRow
from mutakhir.regions import Level, Regions, Resolved

_SCOPES: Final[Mapping[str, Level]] = {
    **{level: level for level in get_args(Level)},
    "kab/kota": "kabkota",
    "kabupaten": "kabkota",
    "kota": "kabkota",
    "kelurahan": "desa",
    "desa_kel": "desa",
}
#: A row of this name is the sum of the other rows of its table.
_SUM_ROWS: Final = frozenset({"JUMLAH", "TOTAL", "JUMLAH TOTAL"})


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
    for family in _families(rows, regions):
        if family.problem:
            unjudged.append(Unjudged(family.parent, (), family.problem))
            continue
        found, unknown = identities.children(family.parent.cells, [c.cells for c in family.below])
        broken += [Broken(family.parent, b) for b in found]
        if unknown:
            why = f"kosong pada sebagian dari {len(family.below)} wilayah di bawahnya"
            unjudged.append(Unjudged(family.parent, tuple(unknown), why))
    broken.sort(key=lambda b: b.row.number)
    return Verdict(len(rows), broken, unreadable, unjudged)


def _alone(row: PublishedRow) -> list[Break]:
    judges = [*identities.ROW]
    if _level(row) in identities.HOLDS_BOTH_ENDS:
        judges.append(identities.moves)
    return [b for judge in judges for b in judge(row.cells)]


def _level(row: PublishedRow) -> Level | None:
    return _SCOPES.get(row.scope.lower())


@dataclass(frozen=True, slots=True)
class _Family:
    parent: PublishedRow
    below: list[PublishedRow]
    problem: str = ""


def _families(rows: list[PublishedRow], regions: Regions) -> Iterable[_Family]:
    """Parents with their children: of one period and one kind of list."""
    tables: dict[tuple[str, str], list[PublishedRow]] = defaultdict(list)
    for row in rows:
        tables[row.period, row.kind].append(row)
    for table in tables.values():
        codes = {row.number: code for row in table if (code := _code(row, table, regions))}
        for parent in table:
            yield from _family(parent, table, codes, regions)


def _family(
    parent: PublishedRow, table: list[PublishedRow], codes: dict[int, str], regions: Regions
) -> Iterable[_Family]:
    if parent.region.upper() in _SUM_ROWS:
        below = [r for r in table if r.scope == parent.scope and r is not parent]
        if below and not any(r.parent for r in below):
            yield _Family(parent, below)
        return
    named = [row for row in table if row.parent and _names(row.parent, parent, codes)]
    if named:
        yield _Family(parent, named)
        return
    code = codes.get(parent.number)
    expected = {region.code for region in regions.children(code)} if code else set()
    below = [r for r in table if not r.parent and codes.get(r.number) in expected]
    if below:
        yield _Family(parent, below, _incomplete(expected, [codes[r.number] for r in below]))


def _names(name: str, parent: PublishedRow, codes: dict[int, str]) -> bool:
    code = codes.get(parent.number)
    return name in {parent.id, parent.region} or (code is not None and _digits(name) == code)


def _incomplete(expected: set[str], present: list[str]) -> str:
    if len(set(present)) < len(present):
        return "satu wilayah di bawahnya tercantum dua kali"
    if missing := len(expected) - len(present):
        return f"{missing} dari {len(expected)} wilayah di bawahnya tidak tercantum"
    return ""


def _digits(code: str) -> str:
    return code.replace(".", "")


def _code(row: PublishedRow, table: list[PublishedRow], regions: Regions) -> str | None:
    """The region of a row: by its code, else by its name; None when that is not certain."""
    for written in (row.code, row.region):
        if _digits(written).isdigit() and (region := regions.get(_digits(written))):
            return region.code
    level = _level(row)
    if level is None:
        return None
    answer = regions.resolve(_name(row), level, None)
    if isinstance(answer, Resolved):
        return answer.region.code
    return _code_inside(row, level, table, regions)


def _name(row: PublishedRow) -> str:
    """The name with the word that its scope adds: Serang is both a kabupaten and a kota."""
    word = row.scope.lower()
    if word in {"kabupaten", "kota"} and not row.region.lower().startswith(word):
        return f"{word} {row.region}"
    return row.region


def _code_inside(
    row: PublishedRow, level: Level, table: list[PublishedRow], regions: Regions
) -> str | None:
    """A name that many places carry is certain inside the one larger region of its table."""
    if level not in {"kecamatan", "desa"}:
        return None
    outer = [r for r in table if _level(r) == "kabkota"]
    if len(outer) != 1 or not (inside := _code(outer[0], table, regions)):
        return None
    answer = regions.resolve(_name(row), level, inside)
    return answer.region.code if isinstance(answer, Resolved) else None
