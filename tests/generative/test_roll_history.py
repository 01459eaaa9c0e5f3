"""Any history: what was decided, overturned and withdrawn over periods always builds, and again."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.cases import proposal, proposals
from lib.office import Q2, Office
from lib.people import BUDI, SITI, record
from mutakhir.casework import decision_file
from mutakhir.casework.seal import SealError
from mutakhir.roll import snapshot

OPENING, FEED, OTHER = "a" * 16, "b" * 16, "c" * 16
S, B, NEW = "00000000000000a1", "00000000000000a2", "00000000000000ff"
PERIODS = ("2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2")
sources = st.lists(st.sampled_from([FEED, OTHER]), min_size=1, max_size=2, unique=True)
wishes = st.tuples(
    st.sampled_from([S, B, NEW]),
    st.sampled_from(["leave", "suspend", "correct", "relocate"]),
    sources,
)
undoings = st.tuples(st.sampled_from(["overturn", "withdraw"]), st.integers(0, 9))
quarters = st.one_of(
    st.lists(wishes, max_size=3, unique_by=lambda wish: wish[0]), st.lists(undoings, max_size=2)
)


def opened(folder):
    office = Office(folder, "plain")
    people = [record(SITI, row=2, dpid=S), record(BUDI, row=3, dpid=B)]
    office.adopt(office.source(*(dict(line, source_id=OPENING) for line in people)), Q2)
    for source in (FEED, OTHER):
        more = {"nik": "9999995708850009", "tps_to": "009", "name": f"SITI {source[:1]}"}
        office.source(record(SITI, row=2, source_id=source, **more))
    office.build(Q2)
    return office


def wished(roll, wish, number, period):
    """The proposal that casework could make of a wish, as the voter stands on the roll."""
    dpid, kind, named = wish
    evidence = [{"record_id": f"{s}:0:2", "kind": "akta_kematian"} for s in named]
    base = {"proposal_id": f"{number:016x}", "period": period, "dpid": dpid, "evidence": evidence}
    gone = {row["dpid"]: row["reason"] for row in roll.departed.to_pylist()}
    status = {row["dpid"]: row["status"] for row in roll.voters.to_pylist()}
    values = {"record_id": f"{named[0]}:0:2", "reason": "ubah_data"}
    if dpid in gone:
        return proposal(**base, kind="conflict" if gone[dpid] == "meninggal" else "restore")
    if dpid not in status:
        return proposal(**base, **{**values, "kind": "add", "reason": "pindah_masuk"})
    if kind in ("correct", "relocate"):
        return proposal(**base, **values, kind=kind, fields=["name"] if kind == "correct" else [])
    if kind == "leave" or status[dpid] == "ditangguhkan":
        return proposal(**base)
    weak = [{**item, "kind": "rt_statement"} for item in evidence]
    return proposal(**{**base, "evidence": weak}, kind="suspend")


def undo(office, undoing, period):
    how, number = undoing
    try:
        if how == "withdraw":
            office.withdraw(FEED if number % 2 else OTHER, period)
        else:
            decisions = decision_file.read(office.store.decisions).decisions
            accepts = [d.seq for d in decisions if d.act == "accept"] or [1]
            office.overturn(accepts[number % len(accepts)], period)
    except SealError:
        return  # already overturned or withdrawn


def live(office, history):
    number = 0
    for period, steps in zip(PERIODS, history, strict=False):
        roll = snapshot.read(office.store, office.store.versions()[-1])
        for step in steps:
            number += 1
            if step[0] in ("overturn", "withdraw"):
                undo(office, step, period)
            else:
                line = wished(roll, step, number, period)
                document = "alive" if line["kind"] == "conflict" else None
                office.accept(proposals(line), period, document)
        office.build(period)


@settings(max_examples=30)
@given(st.lists(quarters, min_size=2, max_size=4))
def test_every_history_builds_and_a_rebuild_gives_the_same_roots(history):
    with tempfile.TemporaryDirectory() as folder:
        office = opened(Path(folder) / "store")
        live(office, history)
        manifests = [snapshot.manifest(office.store, v) for v in office.store.versions()]
        again = Office(Path(folder) / "again", "duckdb")
        shutil.copytree(office.store.sources, again.store.sources)
        shutil.copy(office.store.decisions, again.store.decisions)
        for manifest in manifests:
            assert again.build(manifest.period).manifest.root == manifest.root


@settings(max_examples=25)
@given(st.lists(quarters, min_size=1, max_size=3))
def test_when_every_source_is_withdrawn_the_opening_list_is_back(history):
    with tempfile.TemporaryDirectory() as folder:
        office = opened(Path(folder) / "store")
        opening = snapshot.read(office.store, 1).voters
        live(office, history)
        for source in (1, 0):
            undo(office, ("withdraw", source), "2027-Q3")
        built = office.build("2027-Q3")
        names = [name for name in opening.column_names if name != "status"]
        assert built.roll.voters.select(names) == opening.select(names)
