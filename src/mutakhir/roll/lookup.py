"""Who is on a roll version, found in a moment: by number, by name, counted by place.

Every call says which area the caller may look at, as code prefixes (``("3673",)``, ``("36",)``);
nobody outside it is found, and an empty area finds nobody. Safe for threads: nothing is written.
Names and numbers stand in no message.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.roll import snapshot
from mutakhir.roll.arrow_folder import column, numbers, read_about, read_table
from mutakhir.roll.history import History
from mutakhir.roll.lookup_index import KEYS, build_lookup, fresh, people_folder, people_fresh
from mutakhir.roll.lookup_names import Found, Names, Narrowed, born_parts
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_SCHEMA
from mutakhir.store import Store, StoreError

__all__ = ["Lookup", "NameSearch", "PlaceCount", "build_lookup", "fresh"]

#: A voter: DEPARTED_SCHEMA's fields and ``departed``; of who is on the roll the last four of
#: those fields (reason, left, decision, rung) are None.
Row = dict[str, Any]
_FIELDS: Final = tuple(DEPARTED_SCHEMA.names)
#: Digits of a code by level.
LEVELS: Final = {"kab": 4, "kecamatan": 6, "desa": 10}


@dataclass(frozen=True, slots=True)
class NameSearch:
    """One page of a search by name.

    ``scores`` go with ``rows``, 0 to 100. ``total``: how many were ranked, 2,000 at most.
    ``too_many``: more fit as well than could be ranked (``rows`` may even be empty); the caller
    should ask for a region or a birth date.
    """

    rows: list[Row]
    scores: list[float]
    total: int
    more: bool
    too_many: bool


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Voters on the roll in one region."""

    code: str
    L: int
    P: int

    @property
    def total(self) -> int:
        """Men and women."""
        return self.L + self.P


def area(kabs: tuple[str, ...]) -> tuple[str, ...]:
    """The area, known to be one: an empty prefix would be the whole country."""
    if any(len(kab) not in (2, 4) or not kab.isdigit() for kab in kabs):
        raise ValueError("wilayah pemakai disebut dengan kode 2 atau 4 angka")
    return kabs


class Lookup:
    """One roll version, indexed; ``history``: what it and the versions before it changed."""

    def __init__(self, store: Store, version: int) -> None:
        folder = people_folder(store, version)
        self.store, self.version = store, version
        self.history = History.open(store, version)
        self._people = read_table(folder, "people")
        places = read_table(folder, "places")
        self._desas: list[str] = places["desa"].to_pylist()
        self._places: list[Row] = places.to_pylist()
        self._names = Names(
            self._people, read_table(folder, "words"), read_table(folder, "postings")
        )
        self._keys = {name: _Key(self._people, name) for name in KEYS}
        self._rows = pa.table({name: self._people[name] for name in _FIELDS})

    @classmethod
    def open(cls, store: Store, version: int) -> "Lookup":
        """The index of one version; opened once in a process as long as the version stands.

        Raises StoreError when there is no such version, or no index of it as it now stands.
        """
        if not people_fresh(store, version):
            known = read_about(people_folder(store, version))
            why = "berubah sejak diindeks" if known else "belum diindeks"
            raise StoreError(f"versi {version} {why}; buat indeksnya dengan build_lookup")
        return _opened(store, version, snapshot.manifest(store, version).root)

    def anywhere(self, dpid: str) -> Row | None:
        """The voter or departed with this dpid in whatever area: for who checks it themselves."""
        return next(iter(self._taken(self._keys["dpid"].rows(dpid))), None)

    def voters_of(self, desas: Iterable[str]) -> pa.Table:
        """Voters on the roll in some desa (VOTER_SCHEMA)."""
        ranges = self._ranges_of(set(desas))
        parts = [self._rows.slice(first, end - first) for first, end in [(0, 0), *ranges]]
        found = pa.concat_tables(parts)
        on_roll = found.filter(pc.is_null(found["reason"]))
        return on_roll.select(VOTER_SCHEMA.names).cast(VOTER_SCHEMA)

    def by_dpid(self, dpid: str, kabs: tuple[str, ...]) -> Row | None:
        """The voter or departed with this dpid."""
        return next(iter(self._by("dpid", dpid, kabs)), None)

    def by_dpids(self, dpids: Iterable[str], kabs: tuple[str, ...]) -> list[Row]:
        """Those of ``dpids`` that are found, in the same order."""
        return [row for dpid in dpids if (row := self.by_dpid(dpid, kabs))]

    def by_nik(self, nik: str, kabs: tuple[str, ...]) -> list[Row]:
        """All with this NIK: usually one; voters before departed."""
        return self._by("nik", nik, kabs)

    def by_nkk(self, nkk: str, kabs: tuple[str, ...]) -> list[Row]:
        """The family on this card; voters before departed, the eldest first."""
        return self._by("nkk", nkk, kabs)

    def search(
        self,
        name: str,
        kabs: tuple[str, ...],
        *,
        region: str = "",
        born: str = "",
        sex: str = "",
        limit: int = 20,
        offset: int = 0,
    ) -> NameSearch:
        """People who may have this name, the likeliest first; written as one may: MOH., old
        spelling, no titles, a slip of the pen, words in another order or left out.

        ``region``: code of any level, without dots; ``born``: ``1985``, ``1985-08`` or
        ``1985-08-17``; ``sex``: ``L`` or ``P``. Raises ValueError when there is no letter in
        ``name`` or ``born`` is none of these.
        """
        ranges = self._ranges(kabs, region)
        found = self._names.search(name, Narrowed(ranges, born_parts(born), sex))
        return self._page(found, limit, offset)

    def counts(
        self, kabs: tuple[str, ...], *, level: str = "kecamatan", region: str = ""
    ) -> list[PlaceCount]:
        """Voters by ``kab``, ``kecamatan`` or ``desa``, by code; departed are not counted."""
        digits = LEVELS[level]
        found: dict[str, list[int]] = {}
        for place in self._places:
            if place["desa"].startswith(area(kabs)) and place["desa"].startswith(region):
                men_women = found.setdefault(place["desa"][:digits], [0, 0])
                men_women[0] += place["L"]
                men_women[1] += place["P"]
        return [PlaceCount(code, *counted) for code, counted in found.items()]

    def _by(self, key: str, value: str, kabs: tuple[str, ...]) -> list[Row]:
        rows = self._taken(self._keys[key].rows(value))
        rows = [row for row in rows if row["desa"].startswith(area(kabs))]
        return sorted(rows, key=lambda row: (row["departed"], row["birth_date"] or ""))

    def _taken(self, rows: Iterable[int]) -> list[Row]:
        """Rows by their places, whole."""
        wanted = pa.array(rows, pa.int32())
        return [
            {**row, "departed": row["reason"] is not None}
            for row in self._rows.take(wanted).to_pylist()
        ]

    def _ranges(self, kabs: tuple[str, ...], region: str) -> list[tuple[int, int]]:
        """Rows of the regions that are in the caller's area and in ``region``."""
        inside = {max(kab, region, key=len) for kab in area(kabs) if _meet(kab, region)}
        return self._ranges_of(inside)

    def _ranges_of(self, prefixes: set[str]) -> list[tuple[int, int]]:
        """Rows of the desa that begin with one of ``prefixes``, each row once."""
        ranges = []
        for prefix in sorted(prefixes):
            if any(prefix != other and prefix.startswith(other) for other in prefixes):
                continue
            first = bisect_left(self._desas, prefix)
            end = bisect_right(self._desas, prefix, key=lambda desa: desa[: len(prefix)])
            if first < end:
                ranges.append((self._places[first]["first"], self._places[end - 1]["end"]))
        return ranges

    def _page(self, found: Found, limit: int, offset: int) -> NameSearch:
        total = len(found.rows)
        page = slice(offset, offset + limit)
        return NameSearch(
            self._taken(found.rows[page]),
            [round(float(score), 1) for score in found.scores[page]],
            total,
            found.too_many or total > offset + limit,
            found.too_many,
        )


class _Key:
    """One column of numbers, searched in its order."""

    def __init__(self, people: pa.Table, name: str) -> None:
        self._values = column(people, name)
        self._order = numbers(people, f"by_{name}")
        self._known = range(len(self._values) - self._values.null_count)

    def rows(self, value: str) -> list[int]:
        """The rows that have this number."""
        first = bisect_left(self._known, value, key=self._at)
        end = bisect_right(self._known, value, lo=first, key=self._at)
        return [int(row) for row in self._order[first:end]]

    def _at(self, place: int) -> str:
        return str(self._values[self._order[place]].as_py())


def _meet(kab: str, region: str) -> bool:
    return kab.startswith(region) or region.startswith(kab)


@lru_cache(maxsize=8)
def _opened(store: Store, version: int, root: str) -> Lookup:
    """``root`` is there so that a version built anew is opened anew."""
    assert root
    return Lookup(store, version)
