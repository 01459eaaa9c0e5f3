"""What each version changed, by voter: an index like ``lookup_index``, one folder a version.

Beside the version's ledger and changes it holds how those it touched stood before, so that a
voter of any version is the voter of the last one with what came later taken back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.casework.propose import new_dpid
from mutakhir.roll import snapshot
from mutakhir.roll.arrow_folder import column, read_about, read_table, write_about, write_table
from mutakhir.roll.inputs import Roll
from mutakhir.roll.voter import DEPARTED_SCHEMA
from mutakhir.store import Store, StoreError, swapped_folder

FORMAT: Final = 1
#: Ledger and changes, how those they touch stood in the version before, and for the first
#: version the records that the opening list came from.
_TABLES: Final = ("ledger", "changes", "before", "records")
_EITHER: Final = pa.schema([field.with_nullable(True) for field in DEPARTED_SCHEMA])
Row = dict[str, Any]


def build_history(store: Store, version: int) -> None:
    """Make what is missing up to ``version``. The caller holds ``store.indexing()``."""
    for each in store.versions():
        if each > version or _is_fresh(store, each):
            continue
        root = snapshot.manifest(store, each).root
        roll = snapshot.read(store, each)
        before = snapshot.read(store, each - 1) if each > 1 else Roll.empty()
        with swapped_folder(_folder(store, each)) as folder:
            write_table(folder, "ledger", _by_voter(roll.ledger))
            write_table(folder, "changes", _by_voter(roll.changes))
            write_table(folder, "before", _by_voter(_before(before, roll)))
            write_table(folder, "records", _by_voter(_opening(store, each)))
            write_about(folder, format=FORMAT, version=each, root=root)


def history_fresh(store: Store, version: int) -> bool:
    """Whether every version up to ``version`` is indexed as it now stands."""
    return all(_is_fresh(store, each) for each in store.versions() if each <= version)


class History:
    """What the versions up to one changed."""

    def __init__(self, steps: list["_Step"]) -> None:
        self._steps = steps

    @classmethod
    def open(cls, store: Store, version: int) -> "History":
        """The history up to ``version``. StoreError when it is not indexed as it now stands."""
        versions = [each for each in store.versions() if each <= version]
        for each in versions:
            if not _is_fresh(store, each):
                raise StoreError(f"riwayat versi {each} belum diindeks; buat dengan build_lookup")
        return cls([_opened(_folder(store, v), _root(store, v)) for v in versions])

    def ledger(self, dpid: str) -> list[Row]:
        """Ledger entries of one voter (ENTRY_SCHEMA), oldest first."""
        return [row for step in self._steps for row in step.rows("ledger", dpid)]

    def changes(self, dpid: str) -> list[Row]:
        """Changes of one voter (CHANGE_SCHEMA), oldest first."""
        return [row for step in self._steps for row in step.rows("changes", dpid)]

    def opened_by(self, dpid: str) -> str | None:
        """The record of the opening list that one voter came from."""
        found = self._steps[0].rows("records", dpid) if self._steps else []
        return str(found[0]["record_id"]) if found else None

    def at(self, dpid: str, version: int, last: Row | None) -> Row | None:
        """One voter as ``version`` held them, on the roll or gone; None when not yet there.

        ``last``: as the last version holds them. Fields of DEPARTED_SCHEMA.
        """
        for step in reversed(self._steps[version:]):
            if step.touches(dpid):
                last = next(iter(step.rows("before", dpid)), None)
        return last


class _Step:
    """One version's folder."""

    def __init__(self, folder: Path) -> None:
        self._tables = {name: read_table(folder, name) for name in _TABLES}
        self._dpids = {name: column(table, "dpid") for name, table in self._tables.items()}

    def rows(self, name: str, dpid: str) -> list[Row]:
        """Rows of one voter in one table."""
        first, end = self._range(name, dpid)
        found: list[Row] = self._tables[name].slice(first, end - first).to_pylist()
        return found

    def touches(self, dpid: str) -> bool:
        """Whether the version changed anything of this voter."""
        ranges = (self._range(name, dpid) for name in ("ledger", "changes"))
        return any(first < end for first, end in ranges)

    def _range(self, name: str, dpid: str) -> tuple[int, int]:
        dpids = self._dpids[name]
        every = range(len(dpids))
        first = bisect_left(every, dpid, key=lambda place: dpids[place].as_py())
        return first, bisect_right(every, dpid, lo=first, key=lambda place: dpids[place].as_py())


def _folder(store: Store, version: int) -> Path:
    return store.lookup / "history" / f"{version:04d}"


def _root(store: Store, version: int) -> str:
    return snapshot.manifest(store, version).root


def _is_fresh(store: Store, version: int) -> bool:
    about = read_about(_folder(store, version))
    return about == {"format": FORMAT, "version": version, "root": _root(store, version)}


@lru_cache(maxsize=64)
def _opened(folder: Path, root: str) -> _Step:
    """``root`` is there so that a version built anew is opened anew."""
    assert root
    return _Step(folder)


def _by_voter(table: pa.Table) -> pa.Table:
    """Sorted by dpid, and what repeats kept as codes."""
    table = table.sort_by("dpid")
    for place, name in enumerate(table.column_names):
        if name in ("reason", "account_from", "account_to", "sex_from", "sex_to", "field"):
            table = table.set_column(place, name, pc.dictionary_encode(table[name]))
    return table


def _before(before: Roll, roll: Roll) -> pa.Table:
    """Those whom ``roll`` touches, as they stood in the version before it."""
    dpids = [*roll.ledger["dpid"].chunks, *roll.changes["dpid"].chunks]
    touched = pc.unique(pa.chunked_array(dpids, pa.string()))
    tables = (before.voters, before.departed.cast(_EITHER))
    parts = [table.filter(pc.is_in(table["dpid"], touched)) for table in tables]
    return pa.concat_tables(parts, promote_options="default")


def _opening(store: Store, version: int) -> pa.Table:
    """dpid and record of each row that the first version took in."""
    schema = pa.schema([("dpid", pa.string()), ("record_id", pa.string())])
    sources = snapshot.manifest(store, version).sources if version == 1 else []
    parts = [schema.empty_table()]
    for source in sources:
        path = store.source(source) / "records.parquet"
        table = pq.read_table(path, columns=["dpid", "record_id"], partitioning=None)
        parts.append(table.set_column(0, "dpid", _dpids(table)).cast(schema))
    return pa.concat_tables(parts)


def _dpids(table: pa.Table) -> pa.ChunkedArray:
    """Each row's dpid, or the one it was given."""
    if not table["dpid"].null_count:
        return table["dpid"]
    pairs: Iterable[tuple[str | None, str]] = zip(
        table["dpid"].to_pylist(), table["record_id"].to_pylist(), strict=True
    )
    return pa.chunked_array([[dpid or new_dpid(record) for dpid, record in pairs]], pa.string())
