"""Proposing: what several records together lead to. Single records: tests/spec/casework_3."""

import random

import pyarrow as pa

from lib.cases import proposal, proposals
from lib.office import OPERATOR, Q2, Q3, Q4, Office
from lib.people import BUDI, SITI, record, records, voter, voters
from mutakhir.casework.desk import period_records
from mutakhir.casework.draft import OUTCOME_SCHEMA, Proposals
from mutakhir.casework.propose import new_dpid, propose
from mutakhir.casework.verdict import Verdict
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.engines.plain import PlainEngine
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model_file import default_model
from mutakhir.roll.voter import DEPARTED_SCHEMA
from mutakhir.rules import load
from mutakhir.rules.period import Period

LAW = load().at(Period.parse(Q3).last)
S, B = "00000000000000a1", "00000000000000a2"
FEED, OTHER = "b" * 16, "c" * 16
NEW = {**SITI, "nik": "9999995708850077", "name": "WATI"}


def link(left, right, **more):
    given = {"weight": 9.0, "probability": 0.9, "band": "sure", "rule": "nik", "evidence": "nik=9"}
    return {"left_id": left, "right_id": right, **given, **more}


def alike(people):
    return PlainEngine().duplicates(people, default_model())


def proposed(*lines, links=(), duplicates=(), people=None, standing=(), alike=alike):
    return propose(
        period=Q3,
        voters=people if people is not None else voters(voter(SITI, dpid=S), voter(BUDI, dpid=B)),
        departed=DEPARTED_SCHEMA.empty_table(),
        records=records(*lines),
        links=pa.Table.from_pylist(list(links), schema=LINK_SCHEMA),
        duplicates=pa.Table.from_pylist(list(duplicates), schema=LINK_SCHEMA),
        law=LAW,
        alike=alike,
        standing=standing,
    )


def death(source, document, row=2):
    more = {"claim": "ineligible", "reason": "meninggal", "evidence": document}
    return record(SITI, row=row, source_id=source, **more)


def test_several_sources_of_one_death_make_one_proposal_with_all_evidence():
    lines = [death(FEED, "rt_statement"), death(OTHER, "akta_kematian")]
    links = [link(S, line["record_id"]) for line in lines]
    found = proposed(*lines, links=links)
    (row,) = found.proposals.to_pylist()
    assert row["kind"] == "remove"
    assert row["evidence"] == [
        {"record_id": f"{FEED}:0:2", "kind": "rt_statement"},
        {"record_id": f"{OTHER}:0:2", "kind": "akta_kematian"},
    ]
    assert found.outcomes["proposal_id"].to_pylist() == [row["proposal_id"]] * 2


def test_the_operator_reads_that_a_weak_document_only_suspends():
    line = death(FEED, "rt_statement")
    found = proposed(line, links=[link(S, line["record_id"])])
    assert found.proposals["kind"].to_pylist() == ["suspend"]
    assert "menunggu akta kematian" in found.outcomes["words"][0].as_py()


def test_one_new_person_in_two_sources_is_added_once():
    lines = [record(NEW, source_id=s, claim="new", evidence="kk") for s in (OTHER, FEED)]
    found = proposed(*lines)
    (row,) = found.proposals.to_pylist()
    assert row["dpid"] == new_dpid(f"{FEED}:0:2")
    assert len(row["evidence"]) == 2


def test_a_later_file_does_not_give_an_accepted_person_a_second_dpid():
    lines = [record(NEW, source_id=s, claim="new") for s in (OTHER, FEED)]
    found = proposed(*lines, standing={f"{OTHER}:0:2"})
    assert found.proposals["dpid"].to_pylist() == [new_dpid(f"{OTHER}:0:2")]


def test_one_new_person_in_other_spelling_is_added_once_on_the_evidence_of_all():
    lines = [
        record(NEW, source_id=FEED, claim="new", name="HJ. SITI KHADIJAH"),
        record(NEW, source_id=OTHER, claim="new", name="ST KHODIJAH", evidence="kk"),
    ]
    (row,) = proposed(*lines).proposals.to_pylist()
    assert (row["band"], row["record_id"], row["rivals"]) == ("sure", f"{FEED}:0:2", [])
    assert [each["kind"] for each in row["evidence"]] == ["claim", "kk"]


def test_a_mistyped_nik_leaves_two_proposals_that_name_each_other():
    lines = [
        record(NEW, source_id=FEED, claim="new"),
        record(NEW, source_id=OTHER, claim="new", nik="9999985708850077"),
    ]
    rows = {row["dpid"]: row for row in proposed(*lines).proposals.to_pylist()}
    one, other = (new_dpid(line["record_id"]) for line in lines)
    assert (rows[one]["rivals"], rows[other]["rivals"]) == ([other], [one])
    assert {row["band"] for row in rows.values()} == {"review"}
    assert f"orang yang sama dengan usulan baru {other}" in rows[one]["why"]


def test_two_new_people_with_one_nik_are_looked_at():
    lines = [
        record(NEW, row=2, source_id=FEED, claim="new"),
        record(NEW, row=3, source_id=FEED, claim="new", name="TUTI"),
    ]
    rows = proposed(*lines).proposals.to_pylist()
    assert [(row["band"], len(row["rivals"])) for row in rows] == [("review", 1)] * 2


def test_sources_that_disagree_on_the_desa_of_a_newcomer_are_looked_at():
    lines = [
        record(NEW, source_id=FEED, claim="new"),
        record(NEW, source_id=OTHER, claim="new", desa="3673011002"),
    ]
    (row,) = proposed(*lines).proposals.to_pylist()
    assert (row["band"], row["rivals"]) == ("review", [])
    assert "desa yang berbeda" in row["why"]


def test_two_kabs_never_share_a_newcomer():
    people = voters(voter(SITI, dpid=S), voter(BUDI, dpid=B, desa="3604011001"))
    lines = [
        record(NEW, source_id=FEED, claim="new"),
        record(NEW, source_id=OTHER, claim="new", desa="3604011001"),
    ]
    rows = proposed(*lines, people=people).proposals.to_pylist()
    assert {(row["kab"], row["band"]) for row in rows} == {("3673", "review"), ("3604", "review")}
    assert {row["dpid"] for row in rows} == {dpid for row in rows for dpid in row["rivals"]}


def test_both_engines_and_any_order_join_the_same_newcomers():
    lines = [
        record(NEW, row=n, source_id=source, claim="new", name=name, nik=nik)
        for source, n, name, nik in [
            (FEED, 2, "SITI KHADIJAH", "9999995708850077"),
            (FEED, 3, "ST KHODIJAH", "9999995708850077"),
            (OTHER, 2, "SITI KHADIJAH", "9999985708850077"),
            (OTHER, 3, "SITI KHADIJAH", "9999995708850077"),
            (OTHER, 4, "TUTI", "9999995708850078"),
        ]
    ]
    one = proposed(*lines)
    assert one.proposals.num_rows == 3
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        duck = lambda people: DuckdbEngine().duplicates(people, default_model())  # noqa: E731
        assert proposed(*lines) == one
        assert proposed(*lines, alike=duck) == one


def test_a_record_that_surely_is_two_voters_is_looked_at():
    line = death(FEED, "akta_kematian")
    links = [link(S, line["record_id"]), link(B, line["record_id"], weight=8.0)]
    (row,) = proposed(line, links=links).proposals.to_pylist()
    assert (row["dpid"], row["band"]) == (S, "review")


def test_a_link_of_no_weight_links_nobody():
    line = death(FEED, "akta_kematian")
    found = proposed(line, links=[link(S, line["record_id"], band="no")])
    assert found.outcomes["outcome"].to_pylist() == ["not_on_roll"]


def test_of_a_duplicate_the_side_that_a_full_list_confirms_stays():
    line = record(BUDI, source_id=FEED)
    pair = link(S, B)
    found = proposed(line, links=[link(B, line["record_id"])], duplicates=[pair])
    (row,) = found.proposals.to_pylist()
    assert (row["reason"], row["dpid"], row["other_dpid"]) == ("ganda", S, B)


def test_of_a_duplicate_else_the_one_that_entered_first_stays():
    people = voters(voter(SITI, dpid=S, entered="2026-Q2"), voter(SITI, dpid=B, entered="2024-Q1"))
    (row,) = proposed(duplicates=[link(S, B)], people=people).proposals.to_pylist()
    assert (row["dpid"], row["other_dpid"]) == (S, B)


def test_every_record_has_one_outcome_and_their_order_changes_nothing():
    lines = [
        death(FEED, "rt_statement"),
        death(OTHER, "akta_kematian"),
        *(record(NEW, row=n, source_id=FEED, claim="new") for n in range(3, 6)),
        record(BUDI, row=6, source_id=FEED, claim="change", name="BUDI S."),
        record(BUDI, row=7, source_id=FEED),
    ]
    links = [link(S, f"{FEED}:0:2"), link(S, f"{OTHER}:0:2"), link(B, f"{FEED}:0:6")]
    links.append(link(B, f"{FEED}:0:7", band="review"))
    one = proposed(*lines, links=links)
    assert one.outcomes["record_id"].to_pylist() == sorted(line["record_id"] for line in lines)
    for seed in range(10):
        random.Random(seed).shuffle(lines)
        random.Random(seed).shuffle(links)
        assert proposed(*lines, links=links) == one


def test_what_nobody_finished_deciding_comes_up_again(tmp_path):
    office = Office(tmp_path / "store")
    office.adopt(office.source(record(SITI, dpid=S)), Q2)
    office.source(*(record(NEW, row=n, source_id=FEED, claim="new") for n in (2, 3, 4)))
    table = proposals(*(proposal(proposal_id=str(n) * 16) for n in (2, 3)))
    outcomes = [(2, "2" * 16), (3, "3" * 16), (4, None)]
    lines = [
        {"record_id": f"{FEED}:0:{n}", "outcome": "x", "proposal_id": p, "words": "x"}
        for n, p in outcomes
    ]
    office.put(Proposals(table, pa.Table.from_pylist(lines, schema=OUTCOME_SCHEMA)))
    office.seal(table, [Verdict("3" * 16, "reject", OPERATOR)])
    office.source(record(NEW, source_id=OTHER, claim="new"))
    waiting = period_records(office.store, Q4)["record_id"].to_pylist()
    assert waiting == [f"{FEED}:0:2", f"{OTHER}:0:2"]
    assert len(period_records(office.store, Q3)) == 4  # the same period asks all again
