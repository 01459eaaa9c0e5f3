import random

import pyarrow as pa
import pytest

from lib.clusters import links, told
from mutakhir.linkage.clusters import CLUSTER_SCHEMA, cut_links, find_clusters
from mutakhir.linkage.evidence import CHAIN, RIVALS, read_terms
from mutakhir.linkage.repeated import repeated


def test_two_rows_of_one_person_are_a_cluster_and_one_stands_for_it():
    found = find_clusters(links("a b 30 sure", "c d 20 review"), within=True)
    assert told(found.members) == ["a* b"]
    assert found.members.schema == CLUSTER_SCHEMA
    assert not found.cut


def test_the_row_with_the_heaviest_link_stands_for_the_person_then_the_first_id():
    edges = ("a b 20 sure", "a c 20 sure", "b c 30 sure")
    assert told(find_clusters(links(*edges), within=True).members) == ["a b* c"]


def test_three_rows_linked_pair_by_pair_are_one_cluster_if_a_person_need_only_look():
    edges = ("a b 30 sure", "b c 25 sure", "a c 5 review")
    found = find_clusters(links(*edges), within=True)
    assert (told(found.members), found.cut) == (["a* b c"], frozenset())


def test_a_chain_is_cut_at_its_weakest_edge_and_both_ends_are_shown():
    found = find_clusters(links("a b 30 sure", "b c 25 sure"), within=True)
    assert told(found.members) == ["a* b", "c*"]
    assert found.cut == {("b", "c")}


def test_a_pair_judged_two_people_cuts_the_chain_too():
    edges = ("a b 20 sure", "b c 25 sure", "a c -9 no")
    found = find_clusters(links(*edges), within=True)
    assert told(found.members) == ["a*", "b* c"]
    assert found.cut == {("a", "b")}


def test_edges_of_one_weight_are_cut_by_id():
    found = find_clusters(links("a b 20 sure", "b c 20 sure"), within=True)
    assert found.cut == {("b", "c")}


def test_a_long_chain_is_cut_as_often_as_it_contradicts_itself():
    edges = [f"{a} {b} {w} sure" for a, b, w in ("ab9", "bc8", "cd7", "de6")]
    found = find_clusters(links(*edges), within=True)
    assert told(found.members) == ["a* b", "c* d", "e*"]
    assert found.cut == {("b", "c"), ("d", "e")}


def test_a_voter_with_many_records_is_no_cluster():
    found = find_clusters(links("a r 30 sure", "a s 20 sure", "b t 9 sure"), within=False)
    assert found.members.num_rows == 0
    assert found.several == 0


def test_a_record_surely_two_voters_shows_who_is_twice_on_the_roll():
    edges = ("a r 20 sure", "b r 30 sure", "a s 15 sure", "b s 14 review")
    found = find_clusters(links(*edges), within=False)
    assert told(found.members) == ["a b* r. s."]
    assert found.several == 2


def test_a_record_between_two_voters_for_review_is_counted_but_is_no_cluster():
    found = find_clusters(links("a r 9 review", "b r 8 review", "c s 30 sure"), within=False)
    assert (found.members.num_rows, found.several) == (0, 1)


def test_a_chain_between_two_lists_is_cut_where_a_record_does_not_know_a_voter():
    edges = ("a r 40 sure", "a s 30 sure", "b s 25 sure")
    found = find_clusters(links(*edges), within=False)
    assert told(found.members) == ["a* r. s.", "b*"]
    assert found.cut == {("b", "s")}


def test_one_id_on_both_lists_is_two_rows():
    found = find_clusters(links("a a 40 sure", "b a 30 sure"), within=False)
    assert told(found.members) == ["a* b a."]


@pytest.mark.parametrize("within", [True, False])
def test_no_links_give_no_clusters(within):
    found = find_clusters(links(), within=within)
    assert (found.members.num_rows, found.cut, found.several) == (0, frozenset(), 0)


def test_cut_links_are_for_review_and_marked_others_stay():
    table = links("a b 30 sure", "a c 20 sure", "b c 10 review")
    cut = cut_links(table, frozenset({("a", "c")})).to_pylist()
    assert [line["band"] for line in cut] == ["sure", "review", "review"]
    assert cut[1]["evidence"] == f"nik=20.000 {CHAIN}"
    assert read_terms(cut[1]["evidence"])[-1].field == "chain"
    assert cut[::2] == table.to_pylist()[::2]


def test_a_mark_stands_beside_an_older_mark():
    table = links("a b 30 sure").set_column(6, "evidence", pa.array([f"nik=20.000 {RIVALS}"]))
    cut = cut_links(table, frozenset({("a", "b")}))
    assert cut["evidence"].to_pylist() == [f"nik=20.000 {RIVALS} {CHAIN}"]


def test_of_many_ids_the_two_alike_are_found():
    ids = [f"{number:05d}:{number * 7}" for number in range(5000)]
    random.Random(3).shuffle(ids)
    ids[4000] = ids[17]
    assert repeated(pa.chunked_array([ids])).nonzero()[0].tolist() == [17, 4000]
