import pytest

from lib.people import BUDI, SITI, record, records, voter, voters
from lib.registers import make_registers
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import plain
from mutakhir.linkage.evidence import read_terms
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model_file import default_model

MODEL = default_model()


def link(left, right):
    return DuckdbEngine("200MB").link(left, right, MODEL)


def duplicates(people):
    return DuckdbEngine("200MB").duplicates(people, MODEL)


def pairs(links, *bands):
    return {(x["left_id"], x["right_id"]) for x in links.to_pylist() if x["band"] in bands}


@pytest.fixture(scope="module")
def registers():
    return make_registers(7, roll=6000, feed=3000)


@pytest.fixture(scope="module")
def links(registers):
    return link(registers.left, registers.right)


def test_sure_links_of_a_dirty_register_are_right_and_nearly_all_are_found(registers, links):
    sure, review = pairs(links, "sure"), pairs(links, "review")
    named = {p for p in registers.links if p[1] not in registers.unnamed}
    assert len(sure & registers.links) / len(sure) >= 0.999
    assert len(sure & named) / len(named) >= 0.98
    assert len((sure | review) & named) / len(named) >= 0.99
    assert len(review & named) <= 0.01 * registers.right.num_rows


def test_people_on_a_list_without_numbers_are_shown_to_a_person(registers, links):
    unnamed = {p for p in registers.links if p[1] in registers.unnamed}
    assert len(unnamed & pairs(links, "sure", "review")) / len(unnamed) >= 0.7


def test_sure_duplicates_are_right_and_nearly_all_are_found(registers):
    found = duplicates(registers.left)
    sure, review = pairs(found, "sure"), pairs(found, "review")
    assert sure <= registers.duplicates
    assert len((sure | review) & registers.duplicates) / len(registers.duplicates) >= 0.9
    assert len(review - registers.duplicates) <= 0.0005 * registers.left.num_rows


def test_both_engines_give_the_same_links_on_a_register():
    small = make_registers(8, roll=1200, feed=700, doubled=0.05)
    assert link(small.left, small.right).equals(plain.link(small.left, small.right, MODEL))
    assert duplicates(small.left).equals(plain.duplicates(small.left, MODEL))


def test_links_do_not_depend_on_the_order_of_rows(registers, links):
    backwards = [
        t.take(list(reversed(range(t.num_rows)))) for t in (registers.left, registers.right)
    ]
    assert link(*backwards).equals(links)


def test_evidence_and_prior_add_up_to_the_weight(registers, links):
    priors = {
        round(x["weight"] - sum(t.weight for t in read_terms(x["evidence"])) / 1000, 3)
        for x in links.to_pylist()
    }
    assert len(priors) == 1


def test_no_value_of_a_person_stands_in_a_link(registers, links):
    text = "\n".join(f"{x['rule']} {x['evidence']}" for x in links.to_pylist())
    for person in registers.left.slice(0, 500).to_pylist():
        for field in ("nik", "nkk", "name", "birth_date", "address"):
            assert person[field] not in text


def test_empty_tables_give_no_links():
    none = link(voters(), records())
    assert none.schema == LINK_SCHEMA
    assert none.num_rows == 0
    assert plain.link(voters(), records(), MODEL).equals(none)
    assert duplicates(voters()).equals(none)
    assert plain.duplicates(voters(), MODEL).equals(none)


def test_many_sources_may_claim_one_voter():
    feed = records(record(), record(source_id="cccccccccccccccc"))
    assert link(voters(voter()), feed)["band"].to_pylist() == ["sure", "sure"]


def test_a_voter_already_claimed_by_an_exact_nik_asks_for_more():
    other = record(BUDI, row=3, nik=None, birth_place=None)
    alone = link(voters(voter(BUDI)), records(other))
    beside = link(voters(voter(BUDI)), records(record(BUDI), other))
    elsewhere = link(
        voters(voter(BUDI)), records(record(BUDI, source_id="cccccccccccccccc"), other)
    )
    band = {x["right_id"]: x["band"] for x in beside.to_pylist()}
    assert alone["band"].to_pylist() == ["sure"]
    assert band[other["record_id"]] == "review"
    assert set(elsewhere["band"].to_pylist()) == {"sure"}


def test_two_voters_equally_like_one_record_are_both_shown():
    roll = voters(
        voter(SITI, nik=None), voter(SITI, nik=None, dpid="00000000000000a2", birth_place="LEBAK")
    )
    found = link(roll, records(record(nik=None)))
    assert found["band"].to_pylist() == ["review", "review"]


def test_a_block_beyond_its_cap_is_split_by_the_finer_key_and_then_left():
    crowd = [
        voter(SITI, dpid=f"{i:016x}", nik=None, nkk=None, birth_place=None) for i in range(1, 61)
    ]
    assert link(voters(*crowd), records(record(nik=None, nkk=None))).num_rows == 0
    assert 0 < link(voters(*crowd[:50]), records(record(nik=None, nkk=None))).num_rows <= 5


def test_same_nik_on_one_roll_is_always_shown():
    roll = voters(
        voter(SITI),
        voter(
            {**BUDI, "desa": "3673051009", "nkk": None}, dpid="00000000000000a2", nik=SITI["nik"]
        ),
    )
    assert duplicates(roll).select(["rule", "band"]).to_pylist() == [
        {"rule": "K3", "band": "review"}
    ]
