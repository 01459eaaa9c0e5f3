"""Taking back: one's own last decision, soon, while nothing rests on it."""

import pytest

from lib.bulk import RULE, group, in_bulk, look, others, standing
from lib.cases import proposal, proposals
from lib.office import CHECKER, KAB, OPERATOR, Q3, Q4, Office
from mutakhir.casework import decision_file
from mutakhir.casework.casebook import CasebookError, fold
from mutakhir.casework.decision import Decision
from mutakhir.casework.desk import casebook
from mutakhir.casework.effect import effects
from mutakhir.casework.seal import SealError
from mutakhir.casework.tally import Group
from mutakhir.casework.verdict import Verdict

ID = "1" * 16


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "store")


def retract(office, *seqs, by=OPERATOR, period=Q3, **more):
    return office.act("retract", period, seqs=seqs, by=by, **{"built_until": 0, **more})


def say(office, act, by, table=None):
    (made,) = office.seal(table or proposals(proposal()), [Verdict(ID, act, by)]).sealed
    return made


@pytest.mark.parametrize("act", ["accept", "reject", "field_check", "need_document"])
def test_a_first_word_taken_back_leaves_the_proposal_untouched(office, act):
    made = say(office, act, OPERATOR)
    (taken,) = retract(office, made.seq)
    assert (taken.act, taken.target, taken.seq) == ("retract", 1, 2)
    book = casebook(office.store)
    assert book.case(ID).last is None
    assert book.moving == {}
    assert [d.act for d in book.history[ID]] == [act, "retract"]


def test_an_approval_taken_back_waits_for_a_second_person_again(office):
    office.accept(proposals(proposal()))
    retract(office, 2, by=CHECKER)
    case = casebook(office.store).case(ID)
    assert (case.state, case.effective, case.last.seq) == ("accepted_waiting_second", None, 1)
    decisions = decision_file.read(office.store.decisions).decisions
    assert effects(decisions, Q3, office.law()).num_rows == 0
    say(office, "approve", CHECKER)
    decisions = decision_file.read(office.store.decisions).decisions
    assert effects(decisions, Q3, office.law()).num_rows == 1


def test_one_word_after_the_other_is_taken_back(office):
    say(office, "field_check", OPERATOR)
    say(office, "accept", OPERATOR)
    retract(office, 2, 1)
    assert casebook(office.store).case(ID).state == "proposed"


def test_all_or_none_is_taken_back(office):
    say(office, "accept", OPERATOR)
    with pytest.raises(SealError, match="keputusan 7 bukan putusan"):
        retract(office, 1, 7)
    assert casebook(office.store).case(ID).state == "accepted_waiting_second"


def test_nobody_takes_back_what_another_said(office):
    say(office, "accept", OPERATOR)
    with pytest.raises(SealError, match="dibuat orang lain"):
        retract(office, 1, by=CHECKER)


def test_what_somebody_acted_on_since_is_not_taken_back(office):
    office.accept(proposals(proposal()))
    with pytest.raises(SealError, match=r"sudah diputus lagi \(keputusan 2\).*overturn"):
        retract(office, 1)


def test_what_was_taken_back_cannot_be_taken_back_again_or_approved(office):
    say(office, "accept", OPERATOR)
    retract(office, 1)
    with pytest.raises(SealError, match=r"sudah ditarik kembali \(keputusan 2\)"):
        retract(office, 1)
    with pytest.raises(SealError, match="tidak menunggu"):
        office.act("approve", seq=1, by=CHECKER)


def test_after_half_an_hour_it_takes_an_overturning(office):
    say(office, "accept", OPERATOR)
    office.minute += 29
    assert office.law().retraction.minutes == 30
    with pytest.raises(SealError, match="lebih dari 30 menit"):
        retract(office, 1, at="2026-09-01T00:31:01+07:00")
    assert retract(office, 1, at="2026-09-01T00:31:00+07:00")


def test_what_a_roll_was_built_from_is_not_taken_back(office):
    say(office, "reject", OPERATOR)
    with pytest.raises(SealError, match="daftar sudah dibangun dengan keputusan 1"):
        retract(office, 1, built_until=1)


def test_a_closed_period_takes_nothing_back(office):
    say(office, "reject", OPERATOR)
    office.act("close", by=OPERATOR)
    with pytest.raises(SealError, match="ditutup"):
        retract(office, 1)


def test_another_period_takes_nothing_back(office):
    say(office, "reject", OPERATOR)
    with pytest.raises(SealError, match="milik 3673 periode 2026-Q3"):
        retract(office, 1, period=Q4)


def test_a_withdrawal_is_not_taken_back_this_way(office):
    made = office.act("withdraw", source="b" * 16, by=OPERATOR, note="salah")
    approval = office.act("approve", seq=made.seq, by=CHECKER)
    for seq, by in ((made.seq, OPERATOR), (approval.seq, CHECKER)):
        with pytest.raises(SealError, match="bukan putusan atas usulan"):
            retract(office, seq, by=by)


def test_an_error_found_by_a_slip_is_taken_off_the_budget_again(office):
    table = group(100)
    (first, *_) = look(office, table, skip=sorted(standing(office, table).sample)[1:]).sealed
    retract(office, first.seq)
    assert casebook(office.store).tallies.groups == {}
    slip = look(office, table, wrong={first.proposal}).sealed
    assert "dihentikan" in (standing(office, table).objection or "")
    (seq,) = [d.seq for d in slip if d.act == "reject"]
    retract(office, seq)
    found = standing(office, table)
    assert (found.found.looked, found.found.wrong, found.waiting) == (73, 0, {first.proposal})


def test_a_look_that_bulk_went_on_after_stays(office):
    table = group(100)
    looked = look(office, table).sealed
    bulk = in_bulk(office, table).sealed
    with pytest.raises(SealError, match="bersandar pada contoh"):
        retract(office, looked[0].seq)
    retract(office, *(each.seq for each in bulk))
    assert len(casebook(office.store).tallies.group(Group(Q3, KAB, RULE)).bulk) == 0
    assert retract(office, looked[0].seq)
    assert len(others(office, table)) == 26


def test_what_is_folded_anew_stands_before_and_after_a_withdrawal_as_it_did(office):
    early, late = ID, "2" * 16
    table = proposals(
        *(proposal(proposal_id=each) for each in (early, "3" * 16)),
        proposal(proposal_id=late, reason="tni", documents=["sk_tni"]),
    )
    office.seal(table, [Verdict(early, "accept", OPERATOR)])
    office.withdraw("b" * 16)
    office.seal(table, [Verdict(early, "reject", CHECKER), Verdict(late, "accept", OPERATOR)])
    before = {name: set(each.wrong) for name, each in tallies(office).items()}
    assert list(before.values()) == [{early}, set()]
    (made,) = office.seal(table, [Verdict("3" * 16, "field_check", OPERATOR)]).sealed
    retract(office, made.seq)
    assert {name: each.wrong for name, each in tallies(office).items()} == before


def tallies(office):
    return casebook(office.store).tallies.groups


@pytest.mark.parametrize(
    "changed", [{"by": CHECKER}, {"period": Q4}, {"kab": "3604"}, {"target": 2}, {"target": 9}]
)
def test_a_hand_written_line_that_takes_back_what_is_not_its_own_is_refused(changed):
    line = {"at": "2026-09-01T10:00:00+07:00", "period": Q3, "kab": KAB, "rule": "pkpu-1-2025"}
    reject = Decision(seq=1, act="reject", by=OPERATOR, proposal=ID, **line)
    line = {**line, "by": OPERATOR, "target": 1, **changed}
    with pytest.raises(CasebookError, match=r"keputusan 2 (tidak bisa menarik|menunjuk)"):
        fold([reject, Decision(seq=2, act="retract", **line)])
