"""Random rolls and effects for generative tests: consistent, and small enough to read."""

from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from lib.people import SITI, record, records, voter, voters
from mutakhir.casework.effect import EFFECT_SCHEMA
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.person import PERSON_FIELDS
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA
from mutakhir.roll.voter import DEPARTED_SCHEMA

NUMBERS = ("000", "001")
DESAS = ("3673011001", "3673011002")
persons = st.fixed_dictionaries(
    {
        "nkk": st.sampled_from([None, "9999990101100001"]),
        "nik": st.integers(0, 99).map(lambda n: f"99999957088500{n:02d}"),
        "name": st.sampled_from(["SITI", "SA'DIAH", "A", "H. BUDI, S.PD"]),
        "birth_place": st.sampled_from([None, "SERANG"]),
        "birth_date": st.sampled_from(["1985-08-17", "1961-07-00", "0000-07-01"]),
        "sex": st.sampled_from(["L", "P"]),
        "marital": st.sampled_from([None, "B", "S", "P"]),
        "address": st.sampled_from([None, "KP. BARU"]),
        "rt": st.sampled_from([None, *NUMBERS]),
        "rw": st.sampled_from([None, *NUMBERS]),
        "desa": st.sampled_from(DESAS),
        "tps": st.sampled_from(["001", "002", "901"]),
        "disability": st.sampled_from([None, "netra"]),
        "ktp_el": st.sampled_from([None, "S", "B"]),
    }
)


def effect(decision: int, kind: str, dpid: str, **more: Any) -> dict[str, Any]:
    line = {"decision": decision, "kind": kind, "dpid": dpid, "reason": "alasan"}
    return {**line, "record_id": None, "fields": [], "rung": None, "other_dpid": None, **more}


def effects_table(lines: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(lines, schema=EFFECT_SCHEMA)


@st.composite
def previous_rolls(draw: st.DrawFn) -> Roll:
    people = draw(st.lists(persons, min_size=1, max_size=10))
    lines = [
        voter(p, dpid=f"{i:016x}", status=draw(st.sampled_from(["aktif", "ditangguhkan"])))
        for i, p in enumerate(people)
    ]
    gone = draw(st.lists(persons, max_size=4))
    stones = [
        {
            **voter(p, dpid=f"{100 + i:016x}"),
            "status": draw(st.sampled_from(["aktif", "ditangguhkan"])),
            "reason": draw(st.sampled_from(["meninggal", "tni", "pindah_domisili"])),
            "left": "2026-Q2",
            "decision": i + 1,
            "rung": draw(st.sampled_from([None, "akta_kematian"])),
        }
        for i, p in enumerate(gone)
    ]
    departed = pa.Table.from_pylist(stones, schema=DEPARTED_SCHEMA)
    empty = (ENTRY_SCHEMA.empty_table(), CHANGE_SCHEMA.empty_table())
    return Roll(3, "2026-Q2", voters(*lines), departed, *empty)


@st.composite
def sources(draw: st.DrawFn) -> pa.Table:
    lines = []
    for row in range(draw(st.integers(4, 8))):
        person = dict(draw(persons))
        person["tps"] = draw(st.sampled_from([None, "001", "003"]))
        claim = draw(st.sampled_from(["listed", "new", "change", "move", "ineligible"]))
        to = draw(st.sampled_from([None, "001", "007"]))
        region = draw(st.sampled_from([None, *DESAS])) if claim == "ineligible" else None
        more = {"claim": claim, "tps_to": to, "other_region": region}
        lines.append(record(person, row=row, source_id="b" * 16, **more))
    return records(*lines)


_WAYS = [[], ["remove"], ["suspend"], ["restore"], ["suspend", "remove"]]


@st.composite
def build_inputs(draw: st.DrawFn) -> BuildInputs:
    """A previous roll and effects on it: any corrections, at most one way in or out each, or a
    suspension and the removal after it."""
    previous, found = draw(previous_rolls()), draw(sources())
    ids = found["record_id"].to_pylist()
    lines: list[dict[str, Any]] = []
    decision = 10
    for dpid in previous.voters["dpid"].to_pylist():
        moving = draw(st.sampled_from(_WAYS))
        setting = draw(st.lists(st.sampled_from(["correct", "relocate"]), max_size=3))
        for kind in [*setting, *moving]:
            decision += 1
            names = draw(st.lists(st.sampled_from(PERSON_FIELDS), unique=True, max_size=3))
            more = {"record_id": draw(st.sampled_from(ids)), "fields": sorted(names)}
            lines.append(effect(decision, kind, dpid, **(more if kind in setting else {})))
    for dpid in previous.departed["dpid"].to_pylist():
        if draw(st.booleans()):
            decision += 1
            kept = draw(st.sampled_from([[], ["status"]]))
            lines.append(effect(decision, "restore", dpid, fields=kept))
    for number in range(draw(st.integers(0, 3))):
        decision += 1
        more = {"record_id": draw(st.sampled_from(ids)), "reason": "pindah_masuk"}
        lines.append(effect(decision, "add", f"{200 + number:016x}", **more))
    order = draw(st.permutations(lines)) if lines else []
    adopted = RECORD_SCHEMA.empty_table()
    return BuildInputs(previous, "2026-Q3", adopted, found, effects_table(list(order)))


@st.composite
def opening_inputs(draw: st.DrawFn) -> BuildInputs:
    """An opening list, some rows without TPS, some without DPID."""
    lines = []
    for row, person in enumerate(draw(st.lists(persons, min_size=1, max_size=10))):
        tps = draw(st.sampled_from([None, person["tps"]]))
        dpid = draw(st.sampled_from([None, f"{row:016x}"]))
        lines.append(record({**SITI, **person, "tps": tps}, row=row, dpid=dpid))
    order = list(draw(st.permutations(lines)))
    empty = RECORD_SCHEMA.empty_table()
    return BuildInputs(
        Roll.empty(), "2026-Q2", records(*order), empty, effects_table([]), {"3673": 1}
    )
