"""Which rows of a published table are the parts of which row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, get_args

from mutakhir.recap.published import PublishedRow
from mutakhir.regions import Level, Regions, Resolved

_SCOPES: Final[Mapping[str, Level]] = {
    **{level: level for level in get_args(Level)},
    "kab/kota": "kabkota",
    "kabupaten": "kabkota",
    "kota": "kabkota",
    "kelurahan": "desa",
    "desa_kel": "desa",
}
#: Names of these levels recur all over the country: placed only inside a region of the table.
_OUTER: Final[Mapping[Level, tuple[Level, ...]]] = {
    "kecamatan": ("kabkota", "provinsi"),
    "desa": ("kecamatan", "kabkota", "provinsi"),
}
#: A row of this name is the sum of the other rows of its table.
_SUM_ROWS: Final = frozenset({"JUMLAH", "TOTAL", "JUMLAH TOTAL"})


@dataclass(frozen=True, slots=True)
class Family:
    """A parent and its parts, or why they cannot be judged (Indonesian)."""

    parent: PublishedRow
    below: list[PublishedRow]
    problem: str = ""


@dataclass(frozen=True)
class _Table:
    """Rows of one period and one kind of list, with the region of each where it is certain."""

    rows: list[PublishedRow]
    codes: dict[int, str]
    named: dict[str, list[PublishedRow]] = field(default_factory=lambda: defaultdict(list))
    under: dict[str, list[PublishedRow]] = field(default_factory=lambda: defaultdict(list))


def level_of(row: PublishedRow) -> Level | None:
    """The level that a row's scope names."""
    return _SCOPES.get(row.scope.lower())


def families(rows: list[PublishedRow], regions: Regions) -> Iterator[Family]:
    """Parents with their children: of one period and one kind of list."""
    groups: dict[tuple[str, str], list[PublishedRow]] = defaultdict(list)
    for row in rows:
        groups[row.period, row.kind].append(row)
    for group in groups.values():
        table = _table(group, regions)
        for parent in group:
            if found := _family(parent, table, regions):
                yield found


def _table(rows: list[PublishedRow], regions: Regions) -> _Table:
    table = _Table(rows, _placed(rows, regions))
    for row in rows:
        code = table.codes.get(row.number)
        for name in {row.id, row.region, code or ""} - {""}:
            table.named[name].append(row)
        region = regions.get(code) if code and not row.parent else None
        if region is not None and region.parent:
            table.under[region.parent].append(row)
    return _with_parents_named(table)


def _with_parents_named(table: _Table) -> _Table:
    """Put every row that says whose part it is under that row, by the row's number."""
    for row in table.rows:
        for parent in _parents(row, table):
            table.under[f"row {parent.number}"].append(row)
    return table


def _parents(row: PublishedRow, table: _Table) -> list[PublishedRow]:
    if not row.parent:
        return []
    found = table.named.get(row.parent) or table.named.get(_digits(row.parent), [])
    by_id = [parent for parent in found if parent.id == row.parent]
    return [parent for parent in by_id or found if parent is not row]


def _family(parent: PublishedRow, table: _Table, regions: Regions) -> Family | None:
    if parent.region.upper() in _SUM_ROWS:
        return _sum(parent, table)
    if named := table.under.get(f"row {parent.number}"):
        twice = any(len(_parents(row, table)) > 1 for row in named)
        return Family(parent, named, "parent menunjuk lebih dari satu baris" if twice else "")
    code = table.codes.get(parent.number)
    below = table.under.get(code or "", [])
    if code is None or not below:
        return None
    expected = {region.code for region in regions.children(code)}
    return Family(parent, below, _incomplete(expected, [table.codes[r.number] for r in below]))


def _sum(parent: PublishedRow, table: _Table) -> Family | None:
    """A JUMLAH row: the sum of its scope's rows; without a scope, of all when they share one."""
    others = [r for r in table.rows if r.region.upper() not in _SUM_ROWS]
    below = [r for r in others if r.scope == parent.scope or not parent.scope]
    if len({r.scope for r in below}) > 1:
        return Family(parent, below, "tabel memuat beberapa tingkat; isi scope pada baris jumlah")
    return Family(parent, below) if below and not any(r.parent for r in below) else None


def _incomplete(expected: set[str], present: list[str]) -> str:
    if len(set(present)) < len(present):
        return "satu wilayah di bawahnya tercantum dua kali"
    if missing := len(expected) - len(present):
        return f"{missing} dari {len(expected)} wilayah di bawahnya tidak tercantum"
    return ""


def _digits(code: str) -> str:
    return code.replace(".", "")


def _placed(rows: list[PublishedRow], regions: Regions) -> dict[int, str]:
    """The code of every row whose region is certain, larger regions first."""

    @cache
    def resolve(name: str, level: Level, inside: str | None) -> str | None:
        answer = regions.resolve(name, level, inside)
        return answer.region.code if isinstance(answer, Resolved) else None

    codes: dict[int, str] = {}
    at_level: dict[Level | None, list[PublishedRow]] = defaultdict(list)
    for row in rows:
        at_level[level_of(row)].append(row)
        if code := _written(row, regions):
            codes[row.number] = code
    for level in get_args(Level):
        certain, inside = _inside(level, at_level, codes)
        for row in at_level[level] if certain else ():
            if row.number not in codes and (code := resolve(_name(row), level, inside)):
                codes[row.number] = code
    return codes


def _written(row: PublishedRow, regions: Regions) -> str | None:
    """The region whose code stands in the row."""
    for written in map(_digits, (row.code, row.region)):
        if written.isdecimal() and (region := regions.get(written)):
            return region.code
    return None


def _inside(
    level: Level, at_level: Mapping[Level | None, list[PublishedRow]], codes: Mapping[int, str]
) -> tuple[bool, str | None]:
    """Whether names of ``level`` can be placed, and inside which one region of the table."""
    if level not in _OUTER:
        return True, None
    for outer in _OUTER[level]:
        found = {codes.get(row.number) for row in at_level.get(outer, [])}
        if len(found) == 1 and (code := found.pop()):
            return True, code
    return False, None


def _name(row: PublishedRow) -> str:
    """The name with the word that its scope adds: Serang is both a kabupaten and a kota."""
    word = row.scope.lower()
    if word in {"kabupaten", "kota"} and not row.region.lower().startswith(word):
        return f"{word} {row.region}"
    return row.region
