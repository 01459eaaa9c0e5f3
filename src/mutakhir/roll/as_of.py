"""One voter as of any day, without building the roll of that day.

The voter stands as in the last version made of decisions sealed by then; what was decided on
them since, up to that day, is built on that one voter by the plain engine. So no rule is
written twice, and the answer is that of ``steps.roll_as_of``.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import Decision
from mutakhir.casework.effect import effects_on, touching
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.roll import checks, plain, snapshot, steps
from mutakhir.roll.findings import BuildRefusedError
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.lookup import Lookup, area
from mutakhir.roll.station import FIRST_SPECIAL
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_FIELDS, VOTER_SCHEMA
from mutakhir.rules import Rules
from mutakhir.rules.period import Period
from mutakhir.store import Store, StoreError

Row = dict[str, Any]
#: By what a voter without a station is put with others.
_NEAR: Final = ("nkk", "rt", "rw")


@dataclass(frozen=True, slots=True)
class Standing:
    """One voter as of a day: fields of DEPARTED_SCHEMA and ``departed``, or None when not there.

    ``version``: the version it rests on; ``decisions``: seqs of those built on it since.
    """

    row: Row | None
    version: int
    period: str
    decisions: tuple[int, ...] = ()


@dataclass(frozen=True)
class _World:
    """All that the answer for one voter may look at."""

    store: Store
    lookup: Lookup
    dpid: str
    last: Row | None
    decisions: Sequence[Decision]  # on the voter, up to the day
    rules: Rules

    def roll(self, version: int) -> Roll:
        """The version with this one voter in it."""
        if not version:
            return Roll.empty()
        row = self.lookup.history.at(self.dpid, version, self.last)
        period = snapshot.manifest(self.store, version).period
        return replace(_roll_of(row), version=version, period=period)

    def before(self, period: str) -> Roll:
        """The last version of an earlier period with this one voter in it."""
        return self.roll(_version_before(self.store, period))


def voter_as_of(
    lookup: Lookup,
    dpid: str,
    day: date,
    kabs: tuple[str, ...],
    *,
    book: Casebook,
    rules: Rules,
) -> Standing:
    """One voter as the decisions sealed up to the end of ``day`` make them.

    ``row`` is None for who was not there by then, and for anybody outside the caller's area
    then. Raises BuildRefusedError when what was decided cannot be built, and StoreError when
    ``lookup`` is of an older version than the day asks for.
    """
    until = bisect_right(book.decisions, day.isoformat(), key=lambda sealed: sealed.at[:10])
    if not until:
        return Standing(None, 0, "")
    version = _version_by(lookup.store, until)
    if version > lookup.version:
        raise StoreError(f"tanggal itu memerlukan indeks versi {version}; buat dan buka yang itu")
    decisions = [each for each in touching(book, dpid) if each.seq <= until]
    world = _World(lookup.store, lookup, dpid, lookup.anywhere(dpid), decisions, rules)
    found = _built(world, version, day) if version else _whole(world, day)
    inside = found.row is not None and found.row["desa"].startswith(area(kabs))
    return found if inside else replace(found, row=None)


def _version_by(store: Store, until: int) -> int:
    """The last version made of the first ``until`` decisions or fewer; 0 when there is none."""
    made = [v for v in store.versions() if snapshot.manifest(store, v).decisions["last"] <= until]
    return made[-1] if made else 0


def _version_before(store: Store, period: str) -> int:
    earlier = [v for v in store.versions() if snapshot.manifest(store, v).period < period]
    return earlier[-1] if earlier else 0


def _built(world: _World, version: int, day: date) -> Standing:
    """The voter of ``version`` with what was decided on them since."""
    built_on = snapshot.manifest(world.store, version).decisions["last"]
    roll = world.roll(version)
    since = [each for each in world.decisions if each.seq > built_on]
    periods = sorted({each.period for each in since if each.period >= roll.period})
    for place, period in enumerate(periods):
        base = roll if period > roll.period else world.before(period)
        inputs = _inputs(world, base, period)
        desas = _stationless(inputs)
        if desas and (place or not base.version):
            return _whole(world, day)  # the neighbours' own decisions count: rare
        if desas:
            inputs = replace(inputs, previous=_with_neighbours(world, inputs, desas))
        stopping = [finding for finding in checks.before(inputs) if finding.severity == "stop"]
        if stopping:
            raise BuildRefusedError(stopping)
        roll = _only(plain.build(inputs), world.dpid)
    period = periods[-1] if periods else roll.period
    return Standing(_row(roll), version, period, tuple(each.seq for each in since))


def _inputs(world: _World, base: Roll, period: str) -> BuildInputs:
    law = world.rules.at(Period.parse(period).last)
    found = effects_on(world.dpid, world.decisions, period, law)
    ids = sorted(set(found["record_id"].drop_null().to_pylist()))
    records = [_record(world, record) for record in ids]
    return BuildInputs(
        previous=base,
        period=period,
        adopted=RECORD_SCHEMA.empty_table(),
        records=pa.concat_tables([RECORD_SCHEMA.empty_table(), *records]),
        effects=found,
    )


def _record(world: _World, record_id: str) -> pa.Table:
    """One record, read alone from its source; or the voter before a period as one."""
    source, middle, row = record_id.split(":")
    if source == steps.BEFORE:
        return steps.voter_as_record(world.before(middle), record_id)
    path = world.store.source(source) / "records.parquet"
    wanted = [("row", "==", int(row)), ("record_id", "==", record_id)]
    return pq.read_table(path, schema=RECORD_SCHEMA, filters=wanted, partitioning=None)


def _stationless(inputs: BuildInputs) -> set[str]:
    """The desa where a voter may have to be given a station: its people decide which."""
    named = {row["record_id"]: row for row in inputs.records.to_pylist()}
    desas: set[str | None] = set()
    for effect in inputs.effects.to_pylist():
        record = named.get(effect["record_id"])
        if record is None or record["tps_to"]:
            continue
        if effect["kind"] == "add" and record["tps"]:
            continue
        if effect["kind"] in ("add", "relocate") or "tps" in effect["fields"]:
            desas |= {record["desa"], record["other_region"]}
            desas |= set(inputs.previous.voters["desa"].to_pylist())
    return {desa for desa in desas if desa and len(desa) == 10}


def _with_neighbours(world: _World, inputs: BuildInputs, desas: set[str]) -> Roll:
    """The roll before with those in ``desas`` who decide where the voter may be put."""
    base = inputs.previous
    if base.version == world.lookup.version:
        others = world.lookup.voters_of(desas)
    else:
        others = _voters_of(world.store, base.version, desas)
    others = _deciding(others.filter(pc.not_equal(others["dpid"], world.dpid)), inputs)
    return replace(base, voters=pa.concat_tables([base.voters, others]).sort_by("dpid"))


def _deciding(others: pa.Table, inputs: BuildInputs) -> pa.Table:
    """Family and RT as record or voter name them, and of each desa one at its first station.

    A whole desa gives the same station (``plain``) in a hundred times the time.
    """
    rows = [*inputs.records.to_pylist(), *inputs.previous.voters.to_pylist()]
    said = {name: pa.array({None, *(row[name] for row in rows)}, pa.string()) for name in _NEAR}
    same = {name: pc.is_in(others[name], value_set=found) for name, found in said.items()}
    known = pc.is_valid(others["nkk"])
    near = pc.or_(pc.and_(known, same["nkk"]), pc.and_(same["rt"], same["rw"]))
    ordinary = others.filter(pc.less(others["tps"], FIRST_SPECIAL))
    firsts = ordinary.group_by("desa").aggregate([("tps", "min")]).rename_columns(["desa", "tps"])
    first = pa.table(firsts).join(others.select(["desa", "tps", "dpid"]), ["desa", "tps"])
    one_each = first.group_by("desa").aggregate([("dpid", "min")])["dpid_min"]
    return others.filter(pc.or_(near, pc.is_in(others["dpid"], value_set=one_each)))


def _voters_of(store: Store, version: int, desas: set[str]) -> pa.Table:
    """Voters of some desa in one version (VOTER_SCHEMA)."""
    parts = [VOTER_SCHEMA.empty_table()]
    for kab in sorted({desa[:4] for desa in desas}):
        path = store.roll(version) / f"kab={kab}" / "voters.parquet"
        if path.exists():
            wanted = [("desa", "in", desas)]
            parts.append(
                pq.read_table(path, schema=VOTER_SCHEMA, filters=wanted, partitioning=None)
            )
    return pa.concat_tables(parts)


def _whole(world: _World, day: date) -> Standing:
    """From the whole roll of that day: slow, and always right."""
    roll = steps.roll_as_of(world.store, day, plain, world.rules)
    return Standing(_row(_only(roll, world.dpid)), roll.version, roll.period)


def _only(roll: Roll, dpid: str) -> Roll:
    parts = {name: getattr(roll, name) for name in ("voters", "departed")}
    kept = {name: table.filter(pc.equal(table["dpid"], dpid)) for name, table in parts.items()}
    return replace(roll, **kept)


def _roll_of(row: Row | None) -> Roll:
    rows: Iterable[Row] = [row] if row else []
    gone = [each for each in rows if each["reason"] is not None]
    here = [{name: each[name] for name in VOTER_FIELDS} for each in rows if each["reason"] is None]
    return replace(
        Roll.empty(),
        voters=pa.Table.from_pylist(here, schema=VOTER_SCHEMA),
        departed=pa.Table.from_pylist(gone, schema=DEPARTED_SCHEMA),
    )


def _row(roll: Roll) -> Row | None:
    for row in roll.voters.to_pylist():
        return {**dict.fromkeys(DEPARTED_SCHEMA.names), **row, "departed": False}
    for row in roll.departed.to_pylist():
        return {**row, "departed": True}
    return None
