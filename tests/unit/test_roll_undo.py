"""Overturned decisions and withdrawn sources: inside their period, and after it."""

import pytest

from lib.cases import proposal, proposals
from lib.office import CHECKER, OPERATOR, Q2, Q3, Q4, Office
from lib.people import BUDI, SITI, record
from mutakhir.casework.verdict import Verdict
from mutakhir.roll.findings import BuildRefusedError

OPENING, FEED, OTHER = "a" * 16, "b" * 16, "c" * 16
S, B, NEW = "00000000000000a1", "00000000000000a2", "00000000000000ff"
ADD = proposal(
    kind="add", dpid=NEW, reason="pindah_masuk", record_id=f"{FEED}:0:2", documents=["kk"]
)


@pytest.fixture(params=["plain", "duckdb"])
def office(tmp_path, request):
    office = Office(tmp_path / "store", request.param)
    office.source(
        record(SITI, row=2, dpid=S, source_id=OPENING),
        record(BUDI, row=3, dpid=B, source_id=OPENING),
    )
    office.source(
        record(SITI, row=2, source_id=FEED, name="SITI A", marital="P", nik="9999995708850009"),
        record(BUDI, row=3, source_id=FEED, claim="move", tps_to="009"),
    )
    office.source(record(SITI, row=2, source_id=OTHER, name="SITI AMINAH H."))
    office.adopt(OPENING)
    office.build(Q2)
    return office


def correction(record_id, *fields, **more):
    given = {"dpid": S, "reason": "ubah_data", "record_id": record_id, "fields": fields}
    evidence = [{"record_id": record_id, "kind": "ktp_el"}]
    return proposal(kind="correct", evidence=evidence, **given, **more)


def undecided_root(office, decisions):
    """The root of Q3 when as many decisions were sealed and none has an effect."""
    for number in range(decisions):
        ids = f"{number:016x}"
        office.seal(proposals(proposal(proposal_id=ids)), [Verdict(ids, "reject", OPERATOR)])
    return office.build(Q3).manifest.root


CASES = {
    "removal": proposal(dpid=S),
    "addition": ADD,
    "correction": correction(f"{FEED}:0:2", "name", "marital"),
    "relocation": proposal(
        kind="relocate", dpid=B, reason="pindah_dalam", record_id=f"{FEED}:0:3", documents=["kk"]
    ),
    "suspension": proposal(kind="suspend", dpid=S, documents=["rt_statement"]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("how", ["overturn", "withdraw"])
def test_inside_its_period_it_is_as_if_never_decided(office, case, how):
    never = undecided_root(office, 0)
    office.accept(proposals(CASES[case]))
    assert office.build(Q3).manifest.root != never
    office.overturn(2) if how == "overturn" else office.withdraw(FEED)
    assert office.build(Q3).manifest.root == never


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("how", ["overturn", "withdraw"])
def test_after_its_period_the_next_roll_takes_it_back(office, case, how):
    opening = people(office.build(Q2))
    office.accept(proposals(CASES[case]))
    closed = office.build(Q3)
    assert people(closed) != opening
    office.overturn(2, Q4) if how == "overturn" else office.withdraw(FEED, Q4)
    built = office.build(Q4)
    assert people(built) == opening
    reason = "pembatalan" if how == "overturn" else "penarikan_sumber"
    assert {entry["reason"] for entry in built.roll.ledger.to_pylist()} <= {reason}
    assert office.build(Q3).manifest == closed.manifest  # what was published stays


def people(built):
    return [
        {name: value for name, value in line.items() if name != "entered"}
        for line in built.roll.voters.to_pylist()
    ]


def test_an_added_voter_taken_back_leaves_a_tombstone(office):
    office.accept(proposals(ADD))
    office.build(Q3)
    office.overturn(2, Q4)
    (stone,) = office.build(Q4).roll.departed.to_pylist()
    assert (stone["dpid"], stone["reason"]) == (NEW, "pembatalan")


def test_a_correction_taken_back_spares_a_later_one(office):
    one = correction(f"{FEED}:0:2", "name", "marital")
    two = correction(f"{OTHER}:0:2", "name", proposal_id="2" * 16)
    office.accept(proposals(one))
    office.accept(proposals(two))
    office.build(Q3)
    office.withdraw(FEED, Q4)
    siti = office.build(Q4).roll.voters.to_pylist()[0]
    assert (siti["name"], siti["marital"]) == ("SITI AMINAH H.", "S")


def test_a_correction_taken_back_gives_the_earlier_one_its_say(office):
    one = correction(f"{OTHER}:0:2", "name")
    two = correction(f"{FEED}:0:2", "name", proposal_id="2" * 16)
    office.accept(proposals(one))
    office.accept(proposals(two))
    office.build(Q3)
    office.withdraw(FEED, Q4)
    assert office.build(Q4).roll.voters.to_pylist()[0]["name"] == "SITI AMINAH H."


def test_a_removal_stands_on_what_is_left_of_its_evidence(office):
    evidence = [
        {"record_id": f"{FEED}:0:2", "kind": "akta_kematian"},
        {"record_id": f"{OTHER}:0:2", "kind": "civil_register"},
    ]
    office.accept(proposals(proposal(dpid=S, evidence=evidence)))
    office.withdraw(FEED)
    (stone,) = office.build(Q3).roll.departed.to_pylist()
    assert (stone["dpid"], stone["rung"]) == (S, "civil_register")


def test_a_removal_falls_when_only_a_weak_document_is_left(office):
    evidence = [
        {"record_id": f"{FEED}:0:2", "kind": "akta_kematian"},
        {"record_id": f"{OTHER}:0:2", "kind": "rt_statement"},
    ]
    office.accept(proposals(proposal(dpid=S, evidence=evidence)))
    office.withdraw(FEED)
    assert office.build(Q3).roll.departed.num_rows == 0


def test_a_lifted_tombstone_stands_again_when_its_lifting_is_overturned(office):
    office.accept(proposals(proposal(dpid=S)))
    office.build(Q3)
    back = proposal(
        proposal_id="2" * 16, period=Q4, kind="conflict", dpid=S, other_dpid=S, documents=["claim"]
    )
    office.accept(proposals(back), Q4, document="alive")
    assert office.build(Q4).roll.departed.num_rows == 0
    office.overturn(4, "2027-Q1")
    (stone,) = office.build("2027-Q1").roll.departed.to_pylist()
    assert (stone["reason"], stone["rung"]) == ("meninggal", "akta_kematian")


def test_a_withdrawal_waits_for_its_second_person(office):
    office.accept(proposals(ADD))
    with_it = office.build(Q3).manifest.root
    made = office.act("withdraw", source=FEED, by=OPERATOR, note="salah berkas")
    assert office.build(Q3).manifest.root == with_it
    office.act("approve", seq=made.seq, by=CHECKER)
    assert office.build(Q3).manifest.root != with_it


def test_two_voters_with_one_dpid_stop_the_build_and_leave_the_store(office, tmp_path):
    fresh = Office(tmp_path / "fresh")
    fresh.source(record(SITI, row=2, dpid=S), record(BUDI, row=3, dpid=S))
    fresh.adopt("a" * 16)
    with pytest.raises(BuildRefusedError, match="satu DPID dipakai 2 baris"):
        fresh.build(Q2)
    assert fresh.store.versions() == []


def test_a_decision_about_an_unknown_voter_stops_the_build(office):
    office.accept(proposals(proposal(dpid="dddddddddddddddd")))
    with pytest.raises(BuildRefusedError, match="keputusan 2, DPID dddddddddddddddd"):
        office.build(Q3)
    assert office.store.versions() == [1]


def decide(office, line, period, document=None):
    """Accept one proposal of ``period``; the seq of the accept."""
    first, _ = office.accept(proposals({**line, "period": period}), period, document)
    (decision,) = first.sealed
    return decision.seq


def suspension(**more):
    return proposal(kind="suspend", dpid=S, documents=["rt_statement"], **more)


def test_an_addition_that_falls_after_its_voter_died_changes_nothing_more(office):
    added = decide(office, ADD, Q3)
    office.build(Q3)
    decide(office, proposal(proposal_id="2" * 16, dpid=NEW), Q4)
    before = office.build(Q4)
    office.overturn(added, "2027-Q1")
    built = office.build("2027-Q1")
    assert built.roll.departed == before.roll.departed
    assert built.roll.ledger.num_rows == 0


def test_an_addition_and_a_suspension_on_it_fall_together(office):
    decide(office, ADD, Q3)
    office.build(Q3)
    decide(office, suspension(proposal_id="2" * 16) | {"dpid": NEW}, Q4)
    office.build(Q4)
    office.withdraw(FEED, "2027-Q1")
    built = office.build("2027-Q1")
    assert NEW not in built.roll.voters["dpid"].to_pylist()


def test_a_removal_that_falls_after_a_suspension_leaves_the_suspension(office):
    decide(office, suspension(), Q3)
    office.build(Q3)
    removed = decide(office, proposal(proposal_id="2" * 16, dpid=S), Q4)
    office.build(Q4)
    office.overturn(removed, "2027-Q1")
    voter = office.build("2027-Q1").roll.voters.to_pylist()[0]
    assert (voter["dpid"], voter["status"]) == (S, "ditangguhkan")


def certificate_after_suspension(office):
    """Suspended, then removed on the certificate, in one period; the seqs of both accepts."""
    suspended = decide(office, suspension(), Q3)
    removed = decide(office, proposal(proposal_id="2" * 16, dpid=S, evidence=[CERTIFICATE]), Q3)
    return suspended, removed


def test_a_certificate_in_the_period_of_the_suspension_removes(office):
    suspended, removed = certificate_after_suspension(office)
    built = office.build(Q3)
    (stone,) = built.roll.departed.to_pylist()
    assert (stone["dpid"], stone["decision"], stone["status"]) == (S, removed, "ditangguhkan")
    assert built.roll.ledger["decision"].to_pylist() == [removed]
    assert built.roll.changes.to_pylist() == [
        {"version": 2, "decision": suspended, "dpid": S, "field": "status"}
    ]


@pytest.mark.parametrize("period", [Q3, Q4])
@pytest.mark.parametrize(
    ("fallen", "status"),
    [((1,), "ditangguhkan"), ((0,), None), ((0, 1), "aktif"), ((1, 0), "aktif")],
)
def test_of_suspension_and_removal_each_may_fall(office, period, fallen, status):
    seqs = certificate_after_suspension(office)
    office.build(Q3)
    for number in fallen:
        office.overturn(seqs[number], period)
    built = office.build(period)
    found = {row["dpid"]: row["status"] for row in built.roll.voters.to_pylist()}
    assert found.get(S) == status
    assert built.roll.departed.num_rows == (status is None)


def test_a_correction_that_falls_after_its_voter_left_changes_nothing_more(office):
    decide(office, correction(f"{FEED}:0:2", "name"), Q3)
    office.build(Q3)
    decide(office, proposal(proposal_id="2" * 16, dpid=S, evidence=[CERTIFICATE]), Q4)
    before = office.build(Q4)
    office.withdraw(FEED, "2027-Q1")
    assert office.build("2027-Q1").roll.departed == before.roll.departed


def test_a_removal_that_falls_after_its_voter_returned_changes_nothing_more(office):
    removed = decide(office, proposal(dpid=S), Q3)
    office.build(Q3)
    back = proposal(proposal_id="2" * 16, kind="conflict", dpid=S, documents=["claim"])
    decide(office, back, Q4, "alive")
    before = office.build(Q4)
    office.overturn(removed, "2027-Q1")
    assert office.build("2027-Q1").roll.voters == before.roll.voters


def move(record_id, **more):
    """Budi moves where a record says."""
    given = {"kind": "relocate", "dpid": B, "reason": "pindah_dalam", "record_id": record_id}
    evidence = [{"record_id": record_id, "kind": "kk"}]
    return proposal(**given, evidence=evidence, **more)


def test_a_move_that_falls_gives_the_move_before_it_its_say(office):
    office.source(record(BUDI, row=2, source_id="d" * 16, claim="move", tps_to="004"))
    decide(office, move(f"{'d' * 16}:0:2"), Q3)
    decide(office, move(f"{FEED}:0:3", proposal_id="2" * 16), Q3)
    assert office.build(Q3).roll.voters["tps"].to_pylist() == ["001", "009"]
    office.withdraw(FEED, Q4)
    assert office.build(Q4).roll.voters["tps"].to_pylist() == ["001", "004"]


def test_a_move_that_falls_spares_a_later_one(office):
    office.source(record(BUDI, row=2, source_id="d" * 16, claim="move", tps_to="004"))
    decide(office, move(f"{FEED}:0:3"), Q3)
    decide(office, move(f"{'d' * 16}:0:2", proposal_id="2" * 16), Q3)
    before = office.build(Q3)
    office.withdraw(FEED, Q4)
    built = office.build(Q4)
    assert built.roll.voters == before.roll.voters
    assert built.roll.ledger.num_rows == built.roll.changes.num_rows == 0


CERTIFICATE = {"record_id": f"{OTHER}:0:2", "kind": "akta_kematian"}


def test_a_removal_taken_back_may_be_decided_again_later(office):
    first = decide(office, proposal(dpid=S), Q3)
    office.build(Q3)
    office.overturn(first, Q4)
    assert office.build(Q4).roll.departed.num_rows == 0
    again = decide(office, proposal(proposal_id="2" * 16, dpid=S), "2027-Q1")
    (stone,) = office.build("2027-Q1").roll.departed.to_pylist()
    assert (stone["decision"], stone["reason"]) == (again, "meninggal")


def test_somebody_brought_back_by_two_may_die_again(office):
    decide(office, proposal(dpid=S), Q3)
    office.build(Q3)
    back = proposal(proposal_id="2" * 16, kind="conflict", dpid=S, documents=["claim"])
    decide(office, back, Q4, "alive")
    office.build(Q4)
    again = decide(office, proposal(proposal_id="3" * 16, dpid=S), "2027-Q1")
    (stone,) = office.build("2027-Q1").roll.departed.to_pylist()
    assert (stone["dpid"], stone["decision"], stone["left"]) == (S, again, "2027-Q1")
