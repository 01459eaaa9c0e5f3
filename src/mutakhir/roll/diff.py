"""The difference between two versions: who came, left, moved or changed, and why. By dpid only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.roll import snapshot
from mutakhir.roll.voter import VOTER_FIELDS
from mutakhir.store import Store

#: ``what``: came, left, moved, changed. ``origin`` and ``destination`` are ledger accounts.
DIFF_SCHEMA: Final = pa.schema(
    [
        pa.field("dpid", pa.string(), nullable=False),
        pa.field("what", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("origin", pa.string(), nullable=False),
        pa.field("destination", pa.string(), nullable=False),
        pa.field("fields", pa.list_(pa.string()), nullable=False),
        pa.field("decision", pa.int64(), nullable=False),  # the last one behind it
    ]
)
_DETAILS: Final = tuple(name for name in VOTER_FIELDS if name not in ("desa", "tps"))
Row = Mapping[str, Any]


def diff(store: Store, a: int, b: int, kabs: Sequence[str] | None = None) -> pa.Table:
    """Version ``a`` against the later version ``b`` (DIFF_SCHEMA), by dpid and what; of all
    kab/kota, or only of ``kabs``.

    Raises StoreError when a version is not there, ValueError when ``a`` is not before ``b``.
    """
    if a >= b:
        raise ValueError(f"versi {a} tidak mendahului versi {b}")
    before, after = snapshot.read(store, a, kabs), snapshot.read(store, b, kabs)
    between = [snapshot.read(store, version, kabs) for version in range(a + 1, b)] + [after]
    entries = [row for roll in between for row in roll.ledger.to_pylist()]
    changes = [row for roll in between for row in roll.changes.to_pylist()]
    touched = {row["dpid"] for row in entries} | {row["dpid"] for row in changes}
    named = pa.array(sorted(touched), pa.string())
    old, new = _rows(before.voters, named), _rows(after.voters, named)
    rows = [
        row
        for dpid in sorted(touched)
        for row in _of_voter(dpid, old.get(dpid), new.get(dpid), _last(entries), _last(changes))
    ]
    return pa.Table.from_pylist(rows, schema=DIFF_SCHEMA)


def _rows(voters: pa.Table, named: pa.Array) -> dict[str, Row]:
    rows = voters.filter(pc.is_in(voters["dpid"], named)).to_pylist()
    return {row["dpid"]: row for row in rows}


def _last(rows: list[dict[str, Any]]) -> dict[str, Row]:
    return {row["dpid"]: row for row in rows}


def _of_voter(
    dpid: str, old: Row | None, new: Row | None, entries: dict[str, Row], changes: dict[str, Row]
) -> list[dict[str, Any]]:
    if old is None and new is None:
        return []  # came and left again between the two
    if old is None or new is None:
        entry = entries[dpid]
        what = "came" if old is None else "left"
        return [
            _line(dpid, what, entry, origin=entry["account_from"], destination=entry["account_to"])
        ]
    found = []
    here, there = f"{old['desa']}.{old['tps']}", f"{new['desa']}.{new['tps']}"
    if here != there:
        found.append(_line(dpid, "moved", entries[dpid], origin=here, destination=there))
    fields = [name for name in _DETAILS if old[name] != new[name]]
    if fields:
        reason = "status" if "status" in fields else "ubah_data"
        change = {**(changes.get(dpid) or entries[dpid]), "reason": reason}
        found.append(_line(dpid, "changed", change, origin=there, destination=there, fields=fields))
    return found


def _line(
    dpid: str, what: str, entry: Row, *, origin: str, destination: str, fields: Iterable[str] = ()
) -> dict[str, Any]:
    return {
        "dpid": dpid,
        "what": what,
        "reason": entry["reason"],
        "origin": origin,
        "destination": destination,
        "fields": list(fields),
        "decision": entry["decision"],
    }


def totals(found: pa.Table) -> dict[str, dict[str, int]]:
    """Voters by what happened and why."""
    counts: dict[str, dict[str, int]] = {}
    grouped = found.group_by(["what", "reason"]).aggregate([([], "count_all")])
    for row in grouped.sort_by([("what", "ascending"), ("reason", "ascending")]).to_pylist():
        counts.setdefault(row["what"], {})[row["reason"]] = row["count_all"]
    return counts
