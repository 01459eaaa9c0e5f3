import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.alike import assert_same, feed_of, lines, models, roll_of
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import plain
from mutakhir.linkage.model_file import default_model

people = st.lists(lines(), max_size=10)
MODELS = models(1, 2, 50)
DUCKDB = DuckdbEngine("200MB")


@given(people, people, MODELS)
@settings(max_examples=40)
def test_engines_give_the_same_links_to_the_row_and_the_bit(left, right, model):
    roll, feed = roll_of(left), feed_of(right)
    assert_same(DUCKDB.link(roll, feed, model), plain.link(roll, feed, model))


@given(people, MODELS)
@settings(max_examples=40)
def test_engines_find_the_same_duplicates_to_the_row_and_the_bit(listed, model):
    roll = roll_of(listed)
    assert_same(DUCKDB.duplicates(roll, model), plain.duplicates(roll, model))


@given(people, people, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_links_do_not_depend_on_the_order_of_rows(left, right, random):
    roll, feed = roll_of(left), feed_of(right)
    shuffled = [
        pa.Table.from_pylist(random.sample(t.to_pylist(), t.num_rows), t.schema)
        for t in (roll, feed)
    ]
    model = default_model()
    assert plain.link(*shuffled, model).equals(plain.link(roll, feed, model))
