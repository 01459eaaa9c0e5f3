"""The sides of a case: what the roll and the sources say of its person, frozen with their places.

``sides`` is JSON::

    {"voter":   {dpid, PERSON_FIELDS, status, entered, reason, left} or null,
     "other":   the same of the other registration, of a duplicate; or null,
     "records": [{"record", "source", "file", "sheet", "row", "claim", "document", "reason",
                  "event_date", "other_region", "tps_to", "values": PERSON_FIELDS}, ...],
     "more":    how many records there are besides those,
     "fields":  what a correction would take, "rivals": dpids of additions of maybe one person}

The first record has all its values, the others only those in which they differ from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.intake.sources import SourceManifest, list_sources, read_records
from mutakhir.person import PERSON_FIELDS
from mutakhir.roll import snapshot
from mutakhir.store import Store

Row = Mapping[str, Any]
_Rows = Mapping[str, Row]
#: Records kept with a case; one person named by more files than this is told as a number.
_KEPT: Final = 8
_VOTER: Final = ("dpid", *PERSON_FIELDS, "status", "entered", "reason", "left")
_TOLD: Final = ("claim", "reason", "event_date", "other_region", "tps_to", "sheet", "row")


class Sides:
    """What the roll before a period and the sources say of the people whom proposals name."""

    def __init__(self, store: Store, version: int | None, proposals: pa.Table) -> None:
        self.sources: dict[str, SourceManifest] = {s.source_id: s for s in list_sources(store)}
        self._people = _people(store, version, proposals)
        self._records = _records(store, proposals, self.sources)

    def of(self, proposals: Sequence[Row]) -> list[dict[str, Any]]:
        """The sides of each of some proposals (rows of PROPOSAL_SCHEMA), in their order."""
        dpids = {dpid for row in proposals for dpid in (row["dpid"], row["other_dpid"]) if dpid}
        ids = {item["record_id"] for row in proposals for item in row["evidence"]}
        people = _rows(self._people, "dpid", dpids)
        records = _rows(self._records, "record_id", ids)
        return [self._of(row, people, records) for row in proposals]

    def _of(self, row: Row, people: _Rows, records: _Rows) -> dict[str, Any]:
        other = row["other_dpid"] if row["other_dpid"] != row["dpid"] else None
        return {
            "voter": _voter(people.get(row["dpid"])),
            "other": _voter(people.get(other)) if other else None,
            "records": self._told(row, records),
            "more": max(len(row["evidence"]) - _KEPT, 0),
            "fields": list(row["fields"]),
            "rivals": list(row["rivals"] or ()),
        }

    def _told(self, row: Row, records: _Rows) -> list[dict[str, Any]]:
        """The record that a change would take first, then the others."""
        ordered = sorted(row["evidence"], key=lambda item: item["record_id"] != row["record_id"])
        found: list[dict[str, Any]] = []
        for item in ordered[:_KEPT]:
            record = records.get(item["record_id"])
            if record is not None:
                first = found[0]["values"] if found else {}
                found.append(self._as_told(record, item["kind"], first))
        return found

    def _as_told(self, record: Row, document: str, first: Row) -> dict[str, Any]:
        values = {name: record[name] for name in PERSON_FIELDS if record[name] != first.get(name)}
        return {
            **{name: record[name] for name in _TOLD if record[name] is not None},
            "record": record["record_id"],
            "source": record["source_id"],
            "file": self.sources[record["source_id"]].file,
            "document": document,
            "values": values,
        }


def _voter(row: Row | None) -> dict[str, Any] | None:
    return {name: row[name] for name in _VOTER} if row else None


def _rows(table: pa.Table, key: str, wanted: set[str]) -> dict[str, Row]:
    """The rows of the keys wanted, by key: only those become Python."""
    places = pc.index_in(pa.array(sorted(wanted), pa.string()), value_set=table[key])
    return {row[key]: row for row in table.take(places.drop_null()).to_pylist()}


def _people(store: Store, version: int | None, proposals: pa.Table) -> pa.Table:
    if version is None:
        return snapshot.PEOPLE_SCHEMA.empty_table()
    named = [proposals["dpid"], proposals["other_dpid"].drop_null()]
    return snapshot.people(store, version, pc.unique(pa.chunked_array(_chunks(named))))


def _chunks(columns: Iterable[pa.ChunkedArray]) -> list[pa.Array]:
    return [chunk for column in columns for chunk in column.chunks] or [pa.array([], pa.string())]


def _records(store: Store, proposals: pa.Table, sources: Iterable[str]) -> pa.Table:
    """The records that speak for any of the proposals."""
    wanted = pc.unique(pc.struct_field(pc.list_flatten(proposals["evidence"]), "record_id"))
    named = set(pc.unique(pc.utf8_slice_codeunits(wanted, 0, 16)).to_pylist())
    parts = [RECORD_SCHEMA.empty_table()]
    for source in sorted(named & {*sources}):
        table = read_records(store, source)
        parts.append(table.filter(pc.is_in(table["record_id"], wanted)))
    return pa.concat_tables(parts)
