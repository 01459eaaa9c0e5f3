# ruff: noqa: S608 - the SQL is put together from our own column names and constants
"""The build in SQL. Equal to ``plain`` to the row; each function names what it makes."""

from collections.abc import Iterable
from typing import Final

import duckdb
import pyarrow as pa

from mutakhir.person import PERSON_FIELDS
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA, OPENING, OUTSIDE, SEX_CORRECTED
from mutakhir.roll.root import LISTS, MISSING, SEPARATOR, Node, RollRoot, root_of
from mutakhir.roll.station import FIRST, FIRST_SPECIAL
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_FIELDS, VOTER_SCHEMA

_PERSON: Final = ", ".join(PERSON_FIELDS)
_VOTER: Final = ", ".join(VOTER_FIELDS)


def build(con: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> Roll:
    """See Engine.build."""
    version = inputs.previous.version + 1
    _register(con, inputs)
    if inputs.previous.version == 0:
        _adopted_as_base(con, inputs.period)
    else:
        con.execute(f"create temp view base as select {_VOTER} from previous_voters")
    _settings(con)
    _touched(con)
    _marks(con)
    _added(con, inputs.period)
    return Roll(
        version,
        inputs.period,
        _arrow(con, _voters(), VOTER_SCHEMA, ["dpid"]),
        _arrow(con, _departed(inputs.period), DEPARTED_SCHEMA, ["dpid"]),
        _arrow(con, _ledger(version), ENTRY_SCHEMA, ENTRY_SCHEMA.names),
        _arrow(con, _changes(version), CHANGE_SCHEMA, CHANGE_SCHEMA.names),
    )


def root(con: duckdb.DuckDBPyConnection, roll: Roll, previous: str) -> RollRoot:
    """See Engine.root."""
    found = {name: _nodes(con, getattr(roll, name), name) for name in LISTS}
    return root_of(roll.version, roll.period, previous, found)


def _nodes(con: duckdb.DuckDBPyConnection, table: pa.Table, name: str) -> list[Node]:
    con.register("listed", table)
    group = "desa" if name in ("voters", "departed") else "left(dpid, 2)"
    separator, missing = f"chr({ord(SEPARATOR)})", f"chr({ord(MISSING)})"
    line = f" || {separator} || ".join(
        f"coalesce(cast({column} as varchar), {missing})" for column in _quoted(table.column_names)
    )
    rows = con.execute(
        f"""select node, count(*), sha256(string_agg(leaf, '' order by leaf))
        from (select {group} as node, sha256({line}) as leaf from listed)
        group by node order by node"""
    ).fetchall()
    con.unregister("listed")
    return [Node(*row) for row in rows]


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def _register(con: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> None:
    adoptions = {"kab": list(inputs.adoptions), "decision": list(inputs.adoptions.values())}
    schema = pa.schema([("kab", pa.string()), ("decision", pa.int64())])
    con.register("adoptions", pa.table(adoptions, schema=schema))
    con.register("adopted", inputs.adopted)
    con.register("records", inputs.records)
    con.register("effects", inputs.effects)
    con.register("previous_voters", inputs.previous.voters)
    con.register("previous_departed", inputs.previous.departed)


def _adopted_as_base(con: duckdb.DuckDBPyConnection, period: str) -> None:
    """The opening list as voters; a missing TPS comes from the list's other rows."""
    con.execute(
        f"""create temp table opening as
        select coalesce(dpid, left(sha256('dpid|' || record_id), 16)) as dpid, {_PERSON},
            'aktif' as status, '{period}' as entered
        from adopted"""
    )
    con.execute(f"create temp table base as {_with_station('opening', 'opening', VOTER_FIELDS)}")


def _with_station(people: str, settled: str, columns: Iterable[str]) -> str:
    """``people`` with a TPS each: own, the family's, the RT's, or the desa's first.

    ``settled`` says where families and RT vote; special stations attract nobody.
    """
    lines = ", ".join(
        "coalesce(p.tps, family.tps, rt.tps, desa.tps, " + f"'{FIRST}') as tps"
        if name == "tps"
        else f"p.{name}"
        for name in columns
    )
    usual = f"(select * from {settled} where tps < '{FIRST_SPECIAL}')"
    lacking = f"(select desa, nkk, rw, rt from {people} where tps is null)"
    return f"""
        with usual as (
            select * from {usual} where desa in (select desa from {lacking})
        ), counted_family as (
            select desa, nkk, tps, row_number() over (
                partition by desa, nkk order by count(*) desc, tps) as place
            from usual where nkk in (select nkk from {lacking}) group by desa, nkk, tps
        ), counted_rt as (
            select desa, rw, rt, tps, row_number() over (
                partition by desa, rw, rt order by count(*) desc, tps) as place
            from usual group by desa, rw, rt, tps
        ), desa as (select desa, min(tps) as tps from usual group by desa)
        select {lines} from {people} p
        left join counted_family family
            on family.place = 1 and family.desa = p.desa and family.nkk = p.nkk
        left join counted_rt rt on rt.place = 1 and rt.desa = p.desa
            and rt.rw is not distinct from p.rw and rt.rt is not distinct from p.rt
        left join desa on desa.desa = p.desa"""


def _settings(con: duckdb.DuckDBPyConnection) -> None:
    """What corrections and relocations set, one row per voter and field: the last decision's."""
    long = ", ".join(f"{{'field': '{name}', 'value': {name}}}" for name in PERSON_FIELDS)
    con.execute(
        f"""create temp table settings as
        with in_long as (
            select record_id, unnest([{long}], recursive := true) from records
        ), corrected as (
            select e.dpid, e.decision, e.reason, e.record_id, 0 as stage, l.field, l.value
            from (select *, unnest(fields) as field from effects where kind = 'correct') e
            join in_long l on l.record_id = e.record_id and l.field = e.field
        ), moved as (
            select e.dpid, e.decision, e.reason, e.record_id, 1 as stage,
                unnest({_moved()}, recursive := true)
            from effects e join records r on r.record_id = e.record_id
            where e.kind = 'relocate'
        ), every as (
            select * from corrected union all (select * exclude (keep) from moved where keep)
        )
        select * from every qualify row_number() over (
            partition by dpid, field order by stage desc, decision desc, record_id desc) = 1"""
    )


def _moved() -> str:
    """The fields a relocation sets, as a list of structs (field, value, keep).

    An ``ineligible`` row describes where the voter leaves from: only its destination is taken.
    """
    leaving = "r.claim = 'ineligible'"
    tps = "coalesce(r.tps_to, case when r.claim not in ('move', 'ineligible') then r.tps end)"
    structs = [f"{{'field': 'tps', 'value': {tps}, 'keep': true}}"]
    for name in ("address", "rt", "rw", "desa"):
        to = "r.other_region" if name == "desa" else "null"
        value = f"case when {leaving} then {to} else r.{name} end"
        keep = f"case when {leaving} then r.other_region is not null else r.{name} is not null end"
        structs.append(f"{{'field': '{name}', 'value': {value}, 'keep': {keep}}}")
    return f"[{', '.join(structs)}]"


def _touched(con: duckdb.DuckDBPyConnection) -> None:
    """Voters whose values change, with the values before (``was_*``) and after."""
    after = ", ".join(
        f"""case when bool_or(s.field = '{name}')
            then max(s.value) filter (s.field = '{name}') else any_value(b.{name}) end as {name}"""
        for name in PERSON_FIELDS
    )
    con.execute(
        f"""create temp table revised as
        select b.dpid, {after}, any_value(b.status) as status, any_value(b.entered) as entered
        from base b join settings s on s.dpid = b.dpid group by b.dpid"""
    )
    con.execute(f"create temp table touched as {_with_station('revised', 'base', VOTER_FIELDS)}")
    con.execute(
        f"""create temp view current as
        select {_VOTER} from base where dpid not in (select dpid from touched)
        union all select {_VOTER} from touched"""
    )


def _marks(con: duckdb.DuckDBPyConnection) -> None:
    """Voters whose status changes: suspended, or back from a suspension."""
    con.execute(
        """create temp table marks as
        select e.dpid, e.decision,
            case e.kind when 'suspend' then 'ditangguhkan' else 'aktif' end as status
        from effects e join base b on b.dpid = e.dpid
        where e.kind in ('suspend', 'restore')"""
    )


def _added(con: duckdb.DuckDBPyConnection, period: str) -> None:
    """Voters who come in, each with a TPS."""
    person = _PERSON.replace(" tps,", " coalesce(r.tps_to, r.tps) as tps,")
    con.execute(
        f"""create temp table entering as
        select e.dpid, e.decision, e.reason, {person},
            'aktif' as status, '{period}' as entered
        from effects e join (select * exclude (dpid, reason) from records) r
            on r.record_id = e.record_id
        where e.kind = 'add'"""
    )
    columns = (*VOTER_FIELDS, "decision", "reason")
    con.execute(f"create temp table added as {_with_station('entering', 'base', columns)}")


_REMOVED: Final = "(select dpid from effects where kind = 'remove')"
_RESTORED: Final = (
    "(select d.*, e.decision as restoring, e.reason as because, e.fields as kept"
    " from previous_departed d join effects e on e.dpid = d.dpid and e.kind = 'restore')"
)


def _voters() -> str:
    columns = ", ".join(f"c.{name}" for name in VOTER_FIELDS if name not in ("status", "entered"))
    status = "case when list_contains(kept, 'status') then status else 'aktif' end as status"
    restored = _VOTER.replace("status", status)
    return f"""
        select {columns}, coalesce(m.status, c.status) as status, c.entered
        from current c left join marks m on m.dpid = c.dpid where c.dpid not in {_REMOVED}
        union all select {restored} from {_RESTORED}
        union all select {_VOTER} from added"""


def _departed(period: str) -> str:
    columns = ", ".join(
        "coalesce(m.status, c.status)" if name == "status" else f"c.{name}" for name in VOTER_FIELDS
    )
    return f"""
        select * from previous_departed where dpid not in (select dpid from {_RESTORED})
        union all
        select {columns}, e.reason, '{period}', e.decision, e.rung
        from current c join effects e on e.dpid = c.dpid and e.kind = 'remove'
        left join marks m on m.dpid = c.dpid"""


def _ledger(version: int) -> str:
    station = "{0}.desa || '.' || {0}.tps"
    now, was = station.format("t"), station.format("b")
    opening = f"""
        select coalesce(a.decision, 0), b.dpid, '{OPENING}', '{OUTSIDE}{OPENING}', b.sex,
            {was}, b.sex
        from base b left join adoptions a on a.kab = left(b.desa, 4) union all"""
    return f"""
        select {version}::integer as version, * from (
        select null::bigint as decision, null::varchar as dpid, null::varchar as reason,
            null::varchar as account_from, null::varchar as sex_from,
            null::varchar as account_to, null::varchar as sex_to where false union all
        {opening if version == 1 else ""}
        select s.decision, t.dpid, '{SEX_CORRECTED}', {was}, b.sex, {was}, t.sex
        from touched t join base b on b.dpid = t.dpid
        join settings s on s.dpid = t.dpid and s.field = 'sex' where b.sex <> t.sex
        union all
        select s.decision, t.dpid, s.reason, {was}, t.sex, {now}, t.sex
        from touched t join base b on b.dpid = t.dpid join {_MOVERS} s on s.dpid = t.dpid
        where {was} <> {now}
        union all
        select e.decision, t.dpid, e.reason, {now}, t.sex, '{OUTSIDE}' || e.reason, t.sex
        from current t join effects e on e.dpid = t.dpid and e.kind = 'remove'
        union all
        select t.restoring, t.dpid, t.because, '{OUTSIDE}' || t.reason, t.sex, {now}, t.sex
        from {_RESTORED} t
        union all
        select t.decision, t.dpid, t.reason, '{OUTSIDE}' || t.reason, t.sex, {now}, t.sex
        from added t)"""


#: The setting behind a change of account: of the TPS, else of the desa.
_MOVERS: Final = """(select * from settings where field in ('desa', 'tps')
    qualify row_number() over (partition by dpid order by field desc) = 1)"""


def _changes(version: int) -> str:
    details = [name for name in PERSON_FIELDS if name not in ("desa", "tps")]
    changed = " or ".join(
        f"(s.field = '{name}' and b.{name} is distinct from t.{name})" for name in details
    )
    return f"""
        select {version}::integer as version, s.decision, s.dpid, s.field
        from settings s join base b on b.dpid = s.dpid join touched t on t.dpid = s.dpid
        where {changed}
        union all
        select {version}::integer, m.decision, m.dpid, 'status'
        from marks m join base b on b.dpid = m.dpid where b.status <> m.status"""


def _arrow(
    con: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema, order: list[str]
) -> pa.Table:
    names = ", ".join(_quoted(schema.names))
    ordered = f"select {names} from ({query}) order by {', '.join(_quoted(order))}"
    table: pa.Table = con.sql(ordered).to_arrow_table()
    return table.cast(schema)
