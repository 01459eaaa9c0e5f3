"""Links of a feed are the same whether the normal forms of the roll are made now or were kept."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.alike import assert_same, feed_of, models, roll_of, two_lists
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage.roll_index import roll_index

DUCKDB = DuckdbEngine("200MB")


@given(two_lists(), models(1, 2, 50))
@settings(max_examples=25, deadline=None)
def test_an_indexed_roll_gives_the_same_links_to_the_row_and_the_bit(lists, model):
    roll, feed = roll_of(lists[0]), feed_of(lists[1])
    with TemporaryDirectory() as place:
        file = Path(place, "roll.parquet")
        pq.write_table(roll, file)
        indexed = replace(DUCKDB, index=roll_index(Path(place, "index"), file, model))
        plainly = DUCKDB.link(roll, feed, model)
        for _ in ("made in this run", "kept from the last"):
            assert_same(indexed.link(roll, feed, model), plainly)
        assert indexed.index.made()


@given(two_lists(), two_lists(), models(1, 50), st.integers(-4000, 4000))
@settings(max_examples=10, deadline=None)
def test_one_index_serves_every_feed_and_every_weight(first, second, model, more):
    roll = roll_of(first[0] + second[0])
    heavier = replace(
        model,
        fields=tuple(replace(f, weights=tuple(w + more for w in f.weights)) for f in model.fields),
    )
    with TemporaryDirectory() as place:
        file = Path(place, "roll.parquet")
        pq.write_table(roll, file)
        for feed, weighed in ((feed_of(first[1]), model), (feed_of(second[1]), heavier)):
            index = roll_index(Path(place, "index"), file, weighed)
            links = replace(DUCKDB, index=index).link(roll, feed, weighed)
            assert_same(links, DUCKDB.link(roll, feed, weighed))
