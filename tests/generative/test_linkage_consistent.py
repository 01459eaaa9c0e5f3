from itertools import combinations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from lib.clusters import links, told
from mutakhir.linkage.clusters import find_clusters
from mutakhir.linkage.repeated import repeated

BANDS = st.sampled_from(["sure", "sure", "review", "no"])
WEIGHTS = st.integers(0, 4)


@st.composite
def some_links(draw, *, within):
    names = "abcdef"
    pairs = list(combinations(names, 2)) if within else [(a, b) for a in names for b in "rstu"]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    return [f"{a} {b} {draw(WEIGHTS)} {draw(BANDS)}" for a, b in chosen]


def consistent(edges, found, *, within):
    """Every cluster is whole; every sure link is inside one, cut, or of a lone voter."""
    bands = {tuple(edge.split()[:2]): edge.split()[3] for edge in edges}
    of = {(row["side"], row["id"]): row["cluster"] for row in found.members.to_pylist()}
    other = "left" if within else "right"
    for (a, b), band in bands.items():
        together = of.get(("left", a), "none") == of.get((other, b), "other")
        alone = ("left", a) not in of and (other, b) not in of
        assert band != "sure" or together or alone or (a, b) in found.cut
        assert not (together and (a, b) in found.cut)
    for (side, a), (side_b, b) in combinations(sorted(of), 2):
        if of[side, a] == of[side_b, b] and (within or side != side_b):
            assert bands.get((a, b)) in ("sure", "review")


@given(some_links(within=True), st.randoms(use_true_random=False))
def test_clusters_of_one_list_hold_no_contradiction_and_no_order_matters(edges, order):
    found = find_clusters(links(*edges), within=True)
    consistent(edges, found, within=True)
    shuffled = order.sample(edges, len(edges))
    again = find_clusters(links(*shuffled), within=True)
    assert again.members.equals(found.members)
    assert again.cut == found.cut


@given(some_links(within=False), st.randoms(use_true_random=False))
def test_clusters_of_two_lists_hold_no_contradiction_and_no_order_matters(edges, order):
    found = find_clusters(links(*edges), within=False)
    consistent(edges, found, within=False)
    again = find_clusters(links(*order.sample(edges, len(edges))), within=False)
    assert again.members.equals(found.members)
    assert again.cut == found.cut
    for cluster in told(found.members):
        assert cluster.count("*") <= 1


@given(st.lists(st.one_of(st.none(), st.text("ab\0é", max_size=20))), st.integers(0, 5))
def test_ids_that_stand_twice_are_found_whatever_their_length(ids, cut):
    column = pa.chunked_array([pa.array(ids[:cut], pa.string()), pa.array(ids[cut:], pa.string())])
    texts = [text or "" for text in ids]
    assert repeated(column).tolist() == [texts.count(text) > 1 for text in texts]
