"""What rests on a source alone is what falls when it is withdrawn: told before, seen after."""

import pytest

from lib.cases import proposal, proposals
from lib.office import OPERATOR, Q2, Q3, Q4, Office
from lib.people import BUDI, SITI, record
from mutakhir.casework.desk import casebook
from mutakhir.casework.effect import effects, resting_on
from mutakhir.casework.verdict import Verdict

OPENING, FEED, OTHER = "a" * 16, "b" * 16, "c" * 16
S, B, U = "00000000000000a1", "00000000000000a2", "00000000000000a3"


def correction(number, source, dpid, field):
    record_id = f"{source}:0:2"
    evidence = [{"record_id": record_id, "kind": "ktp_el"}]
    given = {"dpid": dpid, "reason": "ubah_data", "record_id": record_id, "fields": [field]}
    return proposal(kind="correct", evidence=evidence, proposal_id=f"{number:016x}", **given)


@pytest.fixture
def office(tmp_path):
    """Four decisions in effect: two rest on FEED, one on OTHER, one death on both."""
    office = Office(tmp_path / "store")
    third = {"name": "UDIN", "nik": "9999990101700003"}
    office.source(
        record(SITI, row=2, dpid=S, source_id=OPENING),
        record(BUDI, row=3, dpid=B, source_id=OPENING),
        record(BUDI, row=4, dpid=U, source_id=OPENING, **third),
    )
    office.source(record(SITI, row=2, source_id=FEED, name="SITI A", marital="P"))
    office.source(record(SITI, row=2, source_id=OTHER, name="SITI AMINAH H."))
    office.adopt(OPENING)
    office.build(Q2)
    both = [
        {"record_id": f"{FEED}:0:2", "kind": "akta_kematian"},
        {"record_id": f"{OTHER}:0:2", "kind": "civil_register"},
    ]
    office.accept(
        proposals(
            correction(1, FEED, S, "name"),
            correction(2, FEED, S, "marital"),
            correction(3, OTHER, S, "address"),
            proposal(dpid=U, evidence=both, proposal_id=f"{4:016x}"),
            # rests on no source at all: two lines of the roll are one person
            proposal(dpid=B, reason="ganda", evidence=[], other_dpid=S, proposal_id=f"{6:016x}"),
        )
    )
    rejected = correction(5, FEED, B, "name")
    office.seal(proposals(rejected), [Verdict(rejected["proposal_id"], "reject", OPERATOR)])
    return office


def standing(office, period=Q3):
    """seq of each decision that has an effect in the period."""
    decisions = casebook(office.store).decisions
    found = effects(decisions, period, office.law(period)).to_pylist()
    return {row["decision"] for row in found if row["reason"] != "penarikan_sumber"}


@pytest.mark.parametrize("source", [FEED, OTHER, "d" * 16])
def test_what_is_told_before_is_what_falls(office, source):
    told = {each.seq for each in resting_on(casebook(office.store), source, office.law())}
    before = standing(office)
    office.withdraw(source)
    assert before - standing(office) == told
    assert len(told) == {FEED: 2, OTHER: 1}.get(source, 0)


def test_the_second_source_withdrawn_takes_what_both_held_up(office):
    office.withdraw(OTHER)
    told = {each.seq for each in resting_on(casebook(office.store), FEED, office.law())}
    before = standing(office)
    office.withdraw(FEED)
    assert before - standing(office) == told
    assert len(told) == 3


def test_what_an_earlier_roll_holds_is_told_too(office):
    office.build(Q3)
    book = casebook(office.store)
    assert len(resting_on(book, FEED, office.law(Q4))) == 2


def test_what_has_fallen_already_is_not_told_again(office):
    office.withdraw(FEED)
    assert resting_on(casebook(office.store), FEED, office.law()) == []
