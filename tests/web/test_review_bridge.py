"""Proposals become cases; decisions of whoever made them are mirrored."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.workplace import KAB, OTHER_KAB, RUNNING
from mutakhir.casework.desk import read_proposals
from mutakhir.casework.verdict import Verdict
from mutakhir_web.bulk import door
from mutakhir_web.review import mirror as room
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.mirror import mirror
from mutakhir_web.review.models import Case, Decided

pytestmark = pytest.mark.django_db
NOON = "2026-12-01T12:00:00+07:00"


@pytest.fixture
def cases(store):
    open_cases(RUNNING)
    return Case.objects.all()


def test_every_proposal_becomes_a_case_with_both_sides_frozen(cases, store):
    proposals = {row["proposal_id"]: row for row in read_proposals(store, RUNNING).to_pylist()}
    assert {case.proposal for case in cases} == proposals.keys()
    for case in cases:
        assert (case.sides["voter"] is None) == (case.kind == "add")
        assert len(case.sides["records"]) == len(proposals[case.proposal]["evidence"])
        assert case.kec == case.desa[:6]
        assert case.desa[:4] == case.kab


def test_a_record_says_from_which_file_sheet_and_row_it_comes(cases):
    told = cases.filter(kind="correct")[0].sides["records"][0]
    assert told["record"] == f"{told['source']}:0:{told['row']}" or told["sheet"]
    assert told["file"].endswith((".xlsx", ".csv", ".txt"))
    assert len(told["values"]["nik"]) == 16


def test_of_several_records_the_others_say_only_what_differs(cases):
    several = next(case for case in cases if len(case.sides["records"]) > 1)
    first, second = several.sides["records"][:2]
    assert "nik" not in second["values"]
    assert all(first["values"].get(name) != value for name, value in second["values"].items())


def test_a_duplicate_shows_the_other_registration(cases):
    for case in cases.filter(reason="ganda"):
        assert case.sides["other"]["dpid"] == case.other_dpid != case.dpid
        assert case.sides["records"] == []


def test_opening_again_changes_nothing(cases):
    before = list(cases.values())
    assert open_cases(RUNNING) == 0
    assert list(Case.objects.values()) == before


def test_cases_of_another_period_have_their_own_numbers(cases):
    assert set(cases.values_list("period", flat=True)) == {RUNNING}
    assert set(cases.values_list("kab", flat=True)) == {KAB, OTHER_KAB}


# after new files


def _propose_instead(store, change):
    """As a later ``propose`` would: other proposals in place of the period's."""
    path = store.period(RUNNING) / "proposals.parquet"
    rows = change(read_proposals(store, RUNNING).to_pylist())
    schema = pq.read_schema(path)
    beside = path.with_suffix(".new")
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), beside)
    beside.replace(path)


def test_a_proposal_that_vanished_is_superseded_unless_decided_on(cases, store):
    decided, gone = cases.filter(kind="add", band="sure", kab=KAB)[:2]
    door.docket(RUNNING).seal([Verdict(decided.proposal, "accept", "operator")], at=NOON)
    mirror()
    names = {decided.proposal, gone.proposal}
    _propose_instead(store, lambda rows: [r for r in rows if r["proposal_id"] not in names])
    open_cases(RUNNING)
    gone.refresh_from_db()
    decided.refresh_from_db()
    assert (gone.superseded, gone.open) == (True, False)
    assert (decided.superseded, decided.state) == (False, "in_effect")


def test_a_proposal_that_comes_back_is_open_again(cases, store):
    name = cases.filter(kind="add")[0].proposal
    every = read_proposals(store, RUNNING).to_pylist()
    _propose_instead(store, lambda rows: [r for r in rows if r["proposal_id"] != name])
    open_cases(RUNNING)
    _propose_instead(store, lambda _: every)
    assert open_cases(RUNNING) == 0
    assert Case.objects.get(proposal=name).open
    assert not Case.objects.get(proposal=name).superseded


def test_new_evidence_is_frozen_anew_while_nobody_decided(cases, store):
    case = cases.filter(kind="remove", reason="meninggal")[0]
    assert case.evidence

    def weaker(rows):
        return [r | {"why": "lain"} if r["proposal_id"] == case.proposal else r for r in rows]

    _propose_instead(store, weaker)
    open_cases(RUNNING)
    assert Case.objects.get(proposal=case.proposal).why == "lain"


def test_what_was_decided_on_stays_as_the_officer_saw_it(cases, store):
    case = cases.filter(kind="add", band="sure")[0]
    door.docket(RUNNING).seal([Verdict(case.proposal, "reject", "operator")], at=NOON)
    mirror()
    _propose_instead(store, lambda rows: [r | {"why": "lain"} for r in rows])
    open_cases(RUNNING)
    assert Case.objects.get(proposal=case.proposal).why == case.why


# the mirror


def test_the_mirror_kept_along_equals_one_rebuilt_from_the_file(cases):
    docket = door.docket(RUNNING)
    for number, case in enumerate(cases.filter(band="sure", kind__in=["add", "correct"])[:6]):
        act = ("accept", "reject", "field_check")[number % 3]
        docket.seal([Verdict(case.proposal, act, "operator", note="x")], at=NOON)
        mirror()
    kept = list(Decided.objects.values()), list(Case.objects.values())
    assert Decided.objects.count() == len(docket.since(0))
    rebuilt = [_as_row(line, docket) for line in docket.since(0)]
    assert kept[0] == rebuilt


def _as_row(line, docket):
    row = room._row(line, room._subject(line, docket))
    return {field.attname: getattr(row, field.attname) for field in Decided._meta.fields}


def test_a_decision_of_the_command_line_reaches_its_case(cases):
    case = cases.filter(kind="remove", reason="meninggal", sampled=True)[0]
    door.docket(RUNNING).seal([Verdict(case.proposal, "accept", "kasubag")], at=NOON)
    assert mirror() == 1
    case.refresh_from_db()
    assert (case.state, case.first_by, case.open) == ("accepted_waiting_second", "kasubag", True)
    assert case.first_seq == case.last_seq == Decided.objects.latest("seq").seq
    assert mirror() == 0


def test_a_case_opened_after_the_decision_knows_of_it(store):
    row = next(r for r in read_proposals(store, RUNNING).to_pylist() if r["kind"] == "add")
    door.docket(RUNNING).seal([Verdict(row["proposal_id"], "reject", "kasubag")], at=NOON)
    mirror()
    open_cases(RUNNING)
    assert Case.objects.get(proposal=row["proposal_id"]).state == "rejected"
