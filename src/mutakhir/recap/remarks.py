"""Remarks on a published table: what breaks no identity, yet whoever checks should know."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mutakhir.numerals import dots
from mutakhir.recap.families import level_of
from mutakhir.recap.figure import Figure
from mutakhir.recap.published import PublishedRow
from mutakhir.rules.period import Period


@dataclass(frozen=True, slots=True)
class Remark:
    """A row and what is odd about it (Indonesian)."""

    row: PublishedRow
    why: str


def remarks(rows: list[PublishedRow]) -> list[Remark]:
    """All remarks, by row."""
    found = [*_ids(rows), *_regions(rows), *_parents(rows), *_chain(rows)]
    return sorted(found, key=lambda remark: remark.row.number)


def _repeated(
    rows: list[PublishedRow], key: Callable[[PublishedRow], object]
) -> Iterator[tuple[PublishedRow, PublishedRow]]:
    """Each row whose key an earlier row has, with that earlier row."""
    first: dict[object, PublishedRow] = {}
    for row in rows:
        if first.setdefault(key(row), row) is not row:
            yield row, first[key(row)]


def _ids(rows: list[PublishedRow]) -> Iterator[Remark]:
    for row, earlier in _repeated(rows, lambda row: row.id):
        yield Remark(row, f"id ini sudah dipakai baris {earlier.number}")


def _regions(rows: list[PublishedRow]) -> Iterator[Remark]:
    # Desa of one name in two kecamatan are two regions: only a code tells them apart.
    named = [r for r in rows if r.code or level_of(r) in {"provinsi", "kabkota"}]
    for row, earlier in _repeated(named, _list):
        yield Remark(row, f"wilayah ini sudah tercantum pada baris {earlier.number}")


def _list(row: PublishedRow) -> tuple[str, ...]:
    return (row.scope, row.period, row.kind, row.code, row.region.casefold())


def _parents(rows: list[PublishedRow]) -> Iterator[Remark]:
    known = {(r.period, r.kind, _plain(name)) for r in rows for name in (r.id, r.region, r.code)}
    for row in rows:
        if not row.parent:
            continue
        if row.parent in {row.id, row.region}:
            yield Remark(row, "parent menunjuk baris ini sendiri")
        elif (row.period, row.kind, _plain(row.parent)) not in known:
            yield Remark(row, "parent tidak menunjuk baris mana pun dari periode dan jenis ini")


def _plain(name: str) -> str:
    return name.replace(".", "")


def _chain(rows: list[PublishedRow]) -> Iterator[Remark]:
    """previous_total against the list of the quarter before: they may differ for good reasons."""
    lists: dict[tuple[str, ...], list[PublishedRow]] = defaultdict(list)
    for row in rows:
        lists[_list(row)].append(row)
    for row in rows:
        before = lists.get((row.scope, _quarter_before(row.period), *_list(row)[2:]), [])
        said, found = row.cells.get("previous_total"), [r.cells.get("total") for r in before]
        if said is not None and len(found) == 1 and found[0] is not None and said != found[0]:
            yield Remark(
                row,
                f"previous_total tertulis {dots(said)}, sedangkan total pada baris"
                f" {before[0].number} (periode sebelumnya) {dots(found[0])}; selisih"
                f" {Figure(said - found[0]).signed}",
            )


def _quarter_before(period: str) -> str:
    try:
        return Period.parse(period).previous().label
    except ValueError:
        return "?"
