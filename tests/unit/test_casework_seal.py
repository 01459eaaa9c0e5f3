"""Sealing: who may say what on which proposal, and what the file then holds."""

import json

import pytest

from lib.cases import proposal, proposals
from lib.office import CHECKER, OPERATOR, Q3, STRANGER, Office
from mutakhir.casework import decision_file
from mutakhir.casework.proposal import bulk_rule
from mutakhir.casework.seal import SealError, proposed
from mutakhir.casework.verdict import Verdict

ID = "1" * 16


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "store")


def only_reason(receipt):
    (refused,) = receipt.refused
    return refused.reason


def test_a_decision_about_an_unknown_voter_is_refused(office):
    receipt = office.seal(proposals(proposal()), [Verdict("f" * 16, "accept", OPERATOR)])
    assert "tidak dikenal" in only_reason(receipt)
    assert not office.store.decisions.read_bytes()


def test_a_decision_signed_twice_by_one_person_is_refused(office):
    table = proposals(proposal())
    office.seal(table, [Verdict(ID, "accept", OPERATOR)])
    receipt = office.seal(table, [Verdict(ID, "approve", OPERATOR)])
    assert "orang lain" in only_reason(receipt)
    assert len(office.seal(table, [Verdict(ID, "approve", CHECKER)]).sealed) == 1


def test_a_second_approval_is_refused(office):
    table = proposals(proposal())
    office.accept(table)
    assert only_reason(office.seal(table, [Verdict(ID, "approve", STRANGER)]))


def test_a_decision_without_a_name_is_refused(office):
    assert "petugas" in only_reason(
        office.seal(proposals(proposal()), [Verdict(ID, "accept", " ")])
    )


def test_good_verdicts_go_through_beside_refused_ones(office):
    table = proposals(proposal(), proposal(proposal_id="2" * 16, dpid="00000000000000a2"))
    verdicts = [Verdict("f" * 16, "accept", OPERATOR), Verdict("2" * 16, "accept", OPERATOR)]
    receipt = office.seal(table, verdicts)
    assert [d.proposal for d in receipt.sealed] == ["2" * 16]
    assert [r.proposal_id for r in receipt.refused] == ["putusan ke-1"]


def test_a_death_on_an_rt_statement_does_not_remove(office):
    table = proposals(proposal(documents=["rt_statement"]))
    assert "Akta kematian" in only_reason(office.seal(table, [Verdict(ID, "accept", OPERATOR)]))


def test_a_suspension_with_the_certificate_in_hand_becomes_a_removal_by_two(office):
    table = proposals(proposal(kind="suspend", documents=["rt_statement"]))
    verdict = Verdict(ID, "accept", OPERATOR, document="akta_kematian")
    (decision,) = office.seal(table, [verdict]).sealed
    assert (decision.kind, decision.extra["people"]) == ("remove", "two")
    assert ("petugas", "akta_kematian") in decision.evidence


def test_a_suspension_below_the_ladder_needs_one_person(office):
    table = proposals(proposal(kind="suspend", documents=["rt_statement"]))
    (decision,) = office.seal(table, [Verdict(ID, "accept", OPERATOR)]).sealed
    assert (decision.kind, decision.extra["people"]) == ("suspend", "one")


def test_a_bare_claim_that_somebody_moved_away_removes_nobody(office):
    table = proposals(proposal(reason="pindah_domisili", documents=["claim"]))
    assert "Surat pindah" in only_reason(office.seal(table, [Verdict(ID, "accept", OPERATOR)]))


def test_a_conflict_is_resolved_only_by_proof_of_life(office):
    table = proposals(proposal(kind="conflict", documents=["claim"], other_dpid="00000000000000a1"))
    said = only_reason(office.seal(table, [Verdict(ID, "accept", OPERATOR)]))
    assert "bukti hidup (Dilihat hidup oleh petugas (COKTAS), Biodata penduduk, KTP-el)" in said
    alive = Verdict(ID, "accept", OPERATOR, document="alive")
    (decision,) = office.seal(table, [alive]).sealed
    assert (decision.kind, decision.reason) == ("restore", "ditemukan_hidup")
    assert decision.extra["people"] == "two"


def test_a_conflict_may_be_rejected(office):
    table = proposals(proposal(kind="conflict", documents=["claim"]))
    assert len(office.seal(table, [Verdict(ID, "reject", OPERATOR)]).sealed) == 1


def test_bulk_leaves_one_decision_per_voter(office):
    new = {"kind": "add", "reason": "genap_17", "documents": ["kk"]}
    lines = [proposal(**new, proposal_id=f"{n:016x}", dpid=f"{n:016x}") for n in range(5)]
    rule = bulk_rule(next(iter(proposed(proposals(*lines), {f"{0:016x}"}).values())))
    verdicts = [Verdict(line["proposal_id"], "accept", OPERATOR, bulk=rule) for line in lines]
    receipt = office.seal(proposals(*lines), verdicts)
    assert len({d.dpid for d in receipt.sealed}) == 5
    assert {d.bulk for d in receipt.sealed} == {"add/genap_17/kk"}


def test_bulk_stops_at_other_evidence_and_at_unsure_links(office):
    other = proposal(documents=["civil_register"])
    unsure = proposal(proposal_id="2" * 16, dpid="00000000000000a2", band="review")
    rule = "remove/meninggal/akta_kematian"
    verdicts = [Verdict(i, "accept", OPERATOR, bulk=rule) for i in (ID, "2" * 16)]
    receipt = office.seal(proposals(other, unsure), verdicts)
    assert [r.reason.split(":")[0] for r in receipt.refused] == [
        "bukti tidak sama",
        "kecocokan belum pasti",
    ]


def test_a_voter_leaves_once_a_period(office):
    table = proposals(
        proposal(), proposal(proposal_id="2" * 16, reason="tni", documents=["sk_tni"])
    )
    receipt = office.seal(
        table, [Verdict(ID, "accept", OPERATOR), Verdict("2" * 16, "accept", OPERATOR)]
    )
    assert "keputusan 1" in only_reason(receipt)


def test_a_certificate_may_follow_the_suspension_in_one_period(office):
    weak = proposal(kind="suspend", documents=["rt_statement"])
    table = proposals(weak, proposal(proposal_id="2" * 16), {**weak, "proposal_id": "3" * 16})
    office.seal(table, [Verdict(ID, "accept", OPERATOR)])
    certificate = office.seal(table, [Verdict("2" * 16, "accept", OPERATOR)])
    assert [(d.kind, d.extra["people"]) for d in certificate.sealed] == [("remove", "two")]
    # but no suspension follows a removal
    again = office.seal(table, [Verdict("3" * 16, "accept", OPERATOR)])
    assert "keputusan 2" in only_reason(again)


def test_a_second_removal_after_a_suspension_is_refused(office):
    table = proposals(
        proposal(kind="suspend", documents=["rt_statement"]),
        proposal(proposal_id="2" * 16),
        proposal(proposal_id="3" * 16, reason="tni", documents=["sk_tni"]),
    )
    for each in (ID, "2" * 16):
        office.seal(table, [Verdict(each, "accept", OPERATOR)])
    # asking to overturn the suspension, and letting it be, does not bring it after the removal
    made = office.act("overturn", seq=1, by=OPERATOR, note="keliru")
    office.seal(table, [Verdict(ID, "reject", CHECKER)])
    assert made.seq == 3
    assert "keputusan 2" in only_reason(office.seal(table, [Verdict("3" * 16, "accept", OPERATOR)]))


def test_of_two_newcomers_who_may_be_one_the_second_enters_only_when_seen_to_be_another(office):
    new = {"kind": "add", "reason": "genap_17", "documents": ["kk"], "band": "review"}
    one, other = "00000000000000f1", "00000000000000f2"
    table = proposals(
        proposal(**new, dpid=one, rivals=[other]),
        proposal(**new, dpid=other, rivals=[one], proposal_id="2" * 16),
    )
    office.seal(table, [Verdict(ID, "accept", OPERATOR)])
    careless = office.seal(table, [Verdict("2" * 16, "accept", CHECKER)])
    assert "keputusan 1: tolak" in only_reason(careless)
    assert "“Petugas melihat bahwa mereka dua orang”" in only_reason(careless)
    seen = office.seal(table, [Verdict("2" * 16, "accept", CHECKER, document="two_people")])
    assert ("petugas", "two_people") in seen.sealed[0].evidence


def test_of_a_double_registration_one_side_stays(office):
    one = proposal(reason="ganda", documents=["ktp_el"], other_dpid="00000000000000a2")
    other = {**one, "proposal_id": "2" * 16, "dpid": "00000000000000a2", "other_dpid": one["dpid"]}
    verdicts = [Verdict(ID, "accept", OPERATOR), Verdict("2" * 16, "accept", OPERATOR)]
    assert "ganda" in only_reason(office.seal(proposals(one, other), verdicts))


def test_a_closed_period_takes_no_more_decisions(office):
    office.act("close", by=OPERATOR)
    assert "ditutup" in only_reason(
        office.seal(proposals(proposal()), [Verdict(ID, "accept", OPERATOR)])
    )
    with pytest.raises(SealError, match="ditutup"):
        office.act("close", by=OPERATOR)


def test_an_officer_decides_only_in_the_own_area(office):
    table = proposals(proposal(kab="3604"))
    assert "3604" in only_reason(office.seal(table, [Verdict(ID, "accept", OPERATOR)]))


def test_a_rejection_may_be_thought_over(office):
    table = proposals(proposal())
    office.seal(table, [Verdict(ID, "reject", OPERATOR)])
    assert len(office.seal(table, [Verdict(ID, "accept", CHECKER)]).sealed) == 1


def test_an_overturning_needs_a_second_person(office):
    office.accept(proposals(proposal()))
    made = office.act("overturn", seq=1, by=OPERATOR, note="keliru")
    with pytest.raises(SealError, match="orang lain"):
        office.act("approve", seq=made.seq, by=OPERATOR)
    office.act("approve", seq=made.seq, by=CHECKER)
    with pytest.raises(SealError, match="dibatalkan"):
        office.act("overturn", seq=1, by=OPERATOR, note="lagi")


def test_another_spelling_of_the_first_name_is_no_second_person(office):
    table = proposals(proposal())
    office.seal(table, [Verdict(ID, "accept", OPERATOR)])
    receipt = office.seal(table, [Verdict(ID, "approve", f" {OPERATOR.upper()}")])
    assert "orang lain" in only_reason(receipt)


def test_an_overturning_asked_for_in_one_period_may_be_approved_in_the_next(office):
    office.accept(proposals(proposal()))
    made = office.act("overturn", seq=1, by=OPERATOR, note="keliru")
    approval = office.act("approve", "2026-Q4", seq=made.seq, by=CHECKER)
    assert (approval.period, approval.target) == ("2026-Q4", made.seq)


def test_what_stands_in_place_of_a_proposal_is_not_repeated(office):
    nik = "9999995708850001"
    receipt = office.seal(proposals(proposal()), [Verdict(nik, "accept", OPERATOR)])
    assert nik not in repr(receipt)


@pytest.mark.parametrize("period", ["2026-Q2", Q3])
def test_a_second_kab_opens_only_in_the_first_period_and_before_any_other(office, period):
    office.adopt("a" * 16)
    office.adopt("b" * 16, kab="3604")
    office.accept(proposals(proposal()))
    with pytest.raises(SealError, match="hanya untuk periode pertama"):
        office.adopt("c" * 16, period, kab="3671")


def test_a_time_that_cannot_be_read_is_refused(office):
    with pytest.raises(SealError, match="waktu tidak terbaca"):
        office.act("close", by=OPERATOR, at="besok")


def test_time_does_not_run_backwards(office):
    office.act("close", period="2026-Q2", by=OPERATOR)
    office.minute = -1
    with pytest.raises(SealError, match="mendahului"):
        office.act("close", period=Q3, by=OPERATOR)


def test_the_file_holds_canonical_lines_chained_by_hash(office):
    office.accept(proposals(proposal()))
    lines = office.store.decisions.read_text().splitlines()
    prev = "0" * 64
    for line in lines:
        value = json.loads(line)
        assert value["prev"] == prev
        assert line == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        prev = decision_file.digest(line.encode())
    assert decision_file.read(office.store.decisions).head == prev
