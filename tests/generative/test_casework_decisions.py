"""Any sequence of verdicts: no removal without two people and its document, whatever is tried."""

import tempfile
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.cases import proposal, proposals
from lib.office import CHECKER, OPERATOR, Q3, STRANGER, Office
from mutakhir.casework import decision_file
from mutakhir.casework.casebook import Casebook, fold
from mutakhir.casework.effect import effects
from mutakhir.casework.seal import SealError
from mutakhir.casework.verdict import Verdict

FEED, OTHER = "b" * 16, "c" * 16
TABLE = proposals(
    proposal(),
    proposal(proposal_id="2" * 16, dpid="00000000000000a2", kind="suspend", documents=["claim"]),
    proposal(proposal_id="3" * 16, dpid="00000000000000a3", kind="conflict", documents=["claim"]),
    proposal(proposal_id="4" * 16, dpid="00000000000000a1", reason="tni", documents=["claim"]),
    proposal(
        proposal_id="5" * 16,
        dpid="00000000000000a5",
        kind="correct",
        reason="ubah_data",
        record_id=f"{OTHER}:0:2",
        fields=["name"],
    ),
)
people = st.sampled_from([OPERATOR, CHECKER, STRANGER])
verdicts = st.builds(
    Verdict,
    st.sampled_from([*TABLE["proposal_id"].to_pylist(), "f" * 16]),
    st.sampled_from(["accept", "reject", "field_check", "need_document", "approve", "overturn"]),
    people,
    document=st.sampled_from([None, "akta_kematian", "alive", "sk_tni", "rt_statement"]),
)
acts = st.tuples(st.sampled_from(["withdraw", "approve", "retract"]), people, st.integers(1, 12))
steps = st.lists(st.one_of(verdicts, verdicts, verdicts, acts), max_size=24)


def play(office, sequence):
    """Every step through the front door; what is refused or raised leaves no line."""
    for step in sequence:
        if isinstance(step, Verdict):
            office.seal(TABLE, [step])
            continue
        name, by, number = step
        more = {
            "withdraw": {"source": FEED if number % 2 else OTHER, "note": "salah"},
            "approve": {"seq": number},
            "retract": {"seqs": [number], "built_until": 0},
        }
        with suppress(SealError):
            office.act(name, by=by, **more[name])


def taken_back(decisions):
    return {d.target for d in decisions if d.act == "retract"}


def still_said(decisions):
    gone = taken_back(decisions)
    return [d for d in decisions if d.act != "retract" and d.seq not in gone]


@settings(max_examples=150)
@given(steps)
def test_whatever_is_tried_two_people_and_a_document_stand_behind_each_removal(sequence):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "store")
        play(office, sequence)
        chain = decision_file.read(office.store.decisions)
        by_seq = {decision.seq: decision for decision in chain.decisions}
        law = office.law()
        for effect in effects(chain.decisions, Q3, law).to_pylist():
            accept = by_seq[effect["decision"]]
            overturns = [d.seq for d in chain.decisions if d.act == "overturn"]
            approvals = [
                d
                for d in chain.decisions
                if d.act == "approve"
                and d.target == accept.seq
                and d.by != accept.by
                and d.seq not in taken_back(chain.decisions)
            ]
            assert effect["kind"] != "conflict"
            if effect["kind"] in ("remove", "restore"):
                assert approvals
            if effect["kind"] == "remove":
                asked = {"akta_kematian"} if effect["reason"] == "meninggal" else {"sk_tni"}
                assert {kind for _, kind in accept.evidence} & asked
            if effect["kind"] == "restore":
                assert ("petugas", "alive") in accept.evidence
            for seq in overturns:
                signed = [d for d in still_said(chain.decisions) if d.act == "approve"]
                signed = [d for d in signed if d.target == seq]
                assert not (signed and by_seq[seq].target == accept.seq)


@settings(max_examples=75)
@given(steps)
def test_a_voter_goes_one_way_a_period(sequence):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "store")
        play(office, sequence)
        decisions = decision_file.read(office.store.decisions).decisions
        rows = effects(decisions, Q3, office.law()).to_pylist()
        moving = [r["dpid"] for r in rows if r["kind"] in ("add", "remove", "restore", "suspend")]
        assert len(moving) == len(set(moving))


eager = st.lists(
    st.one_of(verdicts, verdicts, verdicts, acts, st.just("take back the last")), max_size=24
)


def play_and_take_back(office, sequence):
    """As ``play``; who said the last thing that still stands may take it back."""
    for step in sequence:
        if step != "take back the last":
            play(office, [step])
            continue
        said = still_said(decision_file.read(office.store.decisions).decisions)
        if said:
            play(office, [("retract", said[-1].by, said[-1].seq)])


@settings(max_examples=150)
@given(eager)
def test_what_was_taken_back_might_as_well_never_have_been_said(sequence):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "store")
        play_and_take_back(office, sequence)
        decisions = decision_file.read(office.store.decisions).decisions
        said = still_said(decisions)
        book, without = fold(decisions), Casebook()
        for decision in decisions:
            without.apply(decision, counts=decision in said)
        for name in {field.name for field in fields(Casebook)} - {"history", "retracted"}:
            if name != "of_voter":
                assert getattr(book, name) == getattr(without, name), name
        place = {decision.seq: number for number, decision in enumerate(said, start=1)}
        renumbered = [
            replace(d, seq=place[d.seq], target=place[d.target] if d.target else None) for d in said
        ]
        rows = effects(decisions, Q3, office.law()).to_pylist()
        for row in rows:
            row["decision"] = place[row["decision"]]
        assert rows == effects(renumbered, Q3, office.law()).to_pylist()


@settings(max_examples=75)
@given(steps)
def test_the_file_only_grows(sequence):
    """Each step leaves the bytes before it as they were."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "store")
        before = b""
        for step in sequence:
            play(office, [step])
            path = office.store.decisions
            now = path.read_bytes() if path.exists() else b""
            assert now.startswith(before)
            before = now
