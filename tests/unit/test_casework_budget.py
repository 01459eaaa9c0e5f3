"""The false-removal budget: nothing in bulk before the sample, nothing after too many errors."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.bulk import RULE, approve, bulk_verdicts, group, in_bulk, look, others, standing
from lib.cases import proposal, proposals
from lib.lines import append
from lib.office import CHECKER, KAB, OPERATOR, Q3, Q4, STRANGER, Office
from mutakhir.casework.decision import Decision
from mutakhir.casework.desk import casebook
from mutakhir.casework.seal import SealError
from mutakhir.casework.tally import Group
from mutakhir.casework.verdict import Verdict

SIZE, SAMPLE = 90, 74


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "store")


@pytest.fixture
def table():
    return group(SIZE)


def reasons(receipt):
    return {refused.reason for refused in receipt.refused}


def only(receipt):
    (reason,) = reasons(receipt)
    return reason


def accepted(office, proposal_id):
    return casebook(office.store).case(proposal_id).accept.seq


def test_no_bulk_before_the_sample_is_looked_at(office, table):
    refused = in_bulk(office, table)
    assert len(refused.refused) == SIZE - SAMPLE
    assert "74 dari 74 menunggu" in only(refused)
    cases = sorted(standing(office, table).sample)
    office.seal(table, [Verdict(each, "accept", OPERATOR) for each in cases[1:]])
    assert "1 dari 74 menunggu" in only(in_bulk(office, table))


def test_a_clean_sample_opens_bulk(office, table):
    assert look(office, table).refused == ()
    assert standing(office, table).words == (
        "massal terbuka; contoh 74 dari 90: 74 dilihat, 0 salah (paling banyak 4,0 %)"
    )
    receipt = in_bulk(office, table)
    assert (len(receipt.sealed), receipt.refused) == (SIZE - SAMPLE, ())
    assert approve(office, table, others(office, table)).refused == ()


def test_one_error_in_the_sample_stops_bulk(office, table):
    wrong = min(standing(office, table).sample)
    look(office, table, {wrong})
    said = only(in_bulk(office, table))
    assert "dari 74 contoh 74 dilihat dan 1 salah" in said
    assert "anggaran 1 dari 1.000" in said
    assert standing(office, table).words == (
        "massal DIHENTIKAN; contoh 74 dari 90: 74 dilihat, 1 salah (sedikitnya 0,1 %)"
    )
    assert "satu per satu" in said
    assert "meja penautan" in said
    alone = [Verdict(each, "accept", OPERATOR) for each in others(office, table)]
    assert office.seal(table, alone).refused == ()


def test_bulk_stops_as_soon_as_the_first_error_is_seen(office, table):
    cases = sorted(standing(office, table).sample)
    office.seal(table, [Verdict(cases[0], "reject", OPERATOR)])
    assert "1 dilihat dan 1 salah" in only(in_bulk(office, table))


def test_an_error_thought_over_stays_an_error(office, table):
    wrong = min(standing(office, table).sample)
    look(office, table, {wrong})
    assert len(office.seal(table, [Verdict(wrong, "accept", STRANGER)]).sealed) == 1
    assert "1 salah" in only(in_bulk(office, table))


def test_an_error_that_only_the_second_person_sees_counts(office, table):
    look(office, table)
    office.seal(table, [Verdict(min(standing(office, table).sample), "reject", CHECKER)])
    assert "1 salah" in only(in_bulk(office, table))


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_a_case_of_the_sample_is_not_answered_in_bulk(office, table, act):
    case = min(standing(office, table).sample)
    receipt = office.seal(table, [Verdict(case, act, OPERATOR, bulk=RULE)])
    assert "contoh kelompoknya" in only(receipt)


@pytest.mark.parametrize("act", ["field_check", "need_document"])
def test_a_case_sent_to_the_field_is_not_looked_at_yet(office, table, act):
    case = min(standing(office, table).sample)
    office.seal(table, [Verdict(case, act, OPERATOR)])
    look(office, table, skip={case})
    assert "1 dari 74 menunggu" in only(in_bulk(office, table))
    office.seal(table, [Verdict(case, "accept", OPERATOR)])
    assert in_bulk(office, table).refused == ()


def test_a_small_group_is_looked_at_whole(office):
    table = group(SAMPLE)
    assert standing(office, table).words.startswith("semua satu per satu")
    refused = office.seal(table, bulk_verdicts(table["proposal_id"].to_pylist()))
    assert len(refused.refused) == SAMPLE
    assert look(office, table).refused == ()


def test_nobody_can_choose_the_sample(office, table):
    before = standing(office, table).sample
    assert standing(office, table.take(list(range(SIZE))[::-1])).sample == before
    assert standing(office, table.slice(0, SIZE - 1)).seed != standing(office, table).seed
    outsiders = others(office, table)
    office.seal(table, [Verdict(each, "accept", OPERATOR) for each in outsiders[:9]])
    assert standing(office, table).sample == before
    assert standing(office, table).found.looked == 0


def test_a_file_that_comes_late_draws_in_none_that_was_decided(office, table):
    look(office, table)
    in_bulk(office, table)
    decided = {*table["proposal_id"].to_pylist()}
    late = group(SIZE + 400)
    grown = standing(office, late)
    assert grown.seed == casebook(office.store).tallies.group(grown.group).seed
    assert grown.waiting
    assert decided.isdisjoint(grown.waiting)
    assert "menunggu" in next(iter(reasons(in_bulk(office, late.slice(SIZE)))))


def test_what_another_decision_settled_needs_no_look(office, table):
    case = min(standing(office, table).sample)
    (line,) = (row for row in table.to_pylist() if row["proposal_id"] == case)
    army = proposal(
        proposal_id="a" * 16, dpid=line["dpid"], reason="tni", documents=["sk_tni", "claim"]
    )
    both = proposals(*table.to_pylist(), army)
    office.seal(both, [Verdict("a" * 16, "accept", OPERATOR)])
    look(office, table)
    assert standing(office, table).waiting == frozenset()
    office.seal(both, [Verdict(case, "reject", OPERATOR)])
    assert standing(office, table).found.wrong == 0
    assert in_bulk(office, table).refused == ()


def done(office, table, period=Q3):
    """Sample looked at, the rest decided in bulk and approved; those decided in bulk."""
    look(office, table, period=period)
    assert in_bulk(office, table, period).refused == ()
    ids = others(office, table, period)
    approve(office, table, ids, period)
    return ids


def test_an_overturned_bulk_decision_stops_the_group_in_the_next_periods_too(office, table):
    ids = done(office, table)
    office.overturn(accepted(office, ids[0]))
    again = group(SIZE, Q4, first=500)
    look(office, again, period=Q4)
    said = only(in_bulk(office, again, Q4))
    assert "dari 16 yang diputus massal 1 ternyata salah" in said


def test_after_a_year_an_error_is_forgotten(office, table):
    ids = done(office, table)
    office.overturn(accepted(office, ids[0]))
    later = group(SIZE, "2027-Q3", first=500)
    look(office, later, period="2027-Q3")
    assert in_bulk(office, later, "2027-Q3").refused == ()


def test_a_voter_struck_in_bulk_and_found_alive_is_an_error(office, table):
    ids = done(office, table)
    (line,) = (row for row in table.to_pylist() if row["proposal_id"] == ids[0])
    alive = {"kind": "conflict", "documents": ["claim"], "period": Q4, "proposal_id": "c" * 16}
    back = proposals(proposal(**alive, dpid=line["dpid"], other_dpid=line["dpid"]))
    office.accept(back, Q4, document="alive")
    found = casebook(office.store).tallies.found(Group(Q4, KAB, RULE), 4)
    assert (found.bulk, found.undone) == (SIZE - SAMPLE, 1)


def test_a_withdrawn_source_makes_what_rested_on_it_errors(office, table):
    ids = done(office, table)
    office.withdraw("b" * 16)
    found = casebook(office.store).tallies.found(Group(Q3, KAB, RULE), 1)
    assert (found.undone, found.wrong) == (len(ids), SAMPLE)


def test_a_stop_holds_back_what_still_waits_for_its_second_yes(office, table):
    look(office, table)
    in_bulk(office, table)
    first, second, *_ = others(office, table)
    office.seal(table, [Verdict(first, "reject", CHECKER)])
    said = only(approve(office, table, [second]))
    assert "dihentikan" in said
    assert "field_check" in said
    with pytest.raises(SealError, match="dihentikan"):
        office.act("approve", seq=accepted(office, second), by=CHECKER)
    # sent back and accepted by itself, it may be approved
    for act, by in (("field_check", CHECKER), ("accept", OPERATOR), ("approve", CHECKER)):
        assert office.seal(table, [Verdict(second, act, by)]).refused == ()


def test_errors_in_one_group_say_nothing_of_another(office, table):
    other = [
        {**row, "proposal_id": f"{n:016x}", "dpid": f"{n + 900:016x}", "reason": "tni"}
        for n, row in enumerate(table.to_pylist())
    ]
    for row in other:
        row["evidence"] = [{"record_id": f"{'d' * 16}:0:2", "kind": "sk_tni"}]
    look(office, table, {min(standing(office, table).sample)})
    army = proposals(*other)
    look(office, army)
    verdicts = [
        Verdict(each, "accept", OPERATOR, bulk="remove/tni/sk_tni") for each in others(office, army)
    ]
    assert office.seal(army, verdicts).refused == ()


def test_a_decision_says_of_which_sample_it_is(office, table):
    (first, *_) = look(office, table).sealed
    found = standing(office, table)
    assert first.extra == {"people": "two", "group": RULE, "sample": found.seed}
    assert in_bulk(office, table).sealed[0].extra == {"people": "two", "group": RULE}


def test_files_from_before_the_budget_are_read_and_counted(office, table):
    """A bulk decision sealed before there was a sample stands, and its errors are remembered."""
    lines = []
    for seq, row in enumerate(table.to_pylist(), start=1):
        lines.append(
            Decision(
                seq,
                office.now(),
                Q3,
                KAB,
                "accept",
                OPERATOR,
                "pkpu-1-2025",
                proposal=row["proposal_id"],
                kind="remove",
                dpid=row["dpid"],
                reason="meninggal",
                evidence=(("b" * 16 + ":0:2", "akta_kematian"),),
                bulk=RULE,
                extra={"people": "two"},
            )
        )
    append(office.store.decisions, lines)
    ids = table["proposal_id"].to_pylist()
    assert approve(office, table, ids[:5]).refused == ()
    office.overturn(1)
    found = standing(office, table).found
    assert (found.bulk, found.undone) == (SIZE, 1)
    assert "dihentikan" in only(approve(office, table, ids[5:]))


def test_a_larger_share_is_borne_where_the_rule_says_so(office):
    law = office.law()
    loose = replace(law, budget=replace(law.budget, share=Decimal("0.02")))
    office.law = lambda period=Q3: loose
    table = group(SIZE)
    look(office, table, {min(standing(office, table).sample)})
    assert in_bulk(office, table).refused == ()
