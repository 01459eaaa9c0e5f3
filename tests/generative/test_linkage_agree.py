from dataclasses import replace

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.people import BUDI, record, records, voter, voters
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import plain
from mutakhir.linkage.model_file import default_model

NAMES = [
    *("BUDI SANTOSO", "BUDI S", "SANTOSO BUDI", "BOEDI SANTOSO", "BUDI", "HJ. BUDI", "B S", "-"),
    *("MUHAMMAD BUDI", "M. BUDI", "SITI AMINAH", "ST AMINA", "AMINAH", "ABDURRAHMAN WAHIDIN"),
    *("ABDURRAHMAN WAHI", "NUR HAYATI", "NURHAYATI", None),
]
NIKS = [
    *("9999991203820002", "9999991203820003", "9999981203820002", "9999895203820002"),
    *("9999995203820002", "9999991203820000", "9999991203820020", "1111111111111111", "12", None),
]
DATES = [
    *("1982-03-12", "1982-12-03", "1982-03-13", "1982-03-00", "1982-00-00", "1983-00-00"),
    *("0000-03-12", "1982-07-01", "0000-00-00", None),
]

fields = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "nik": st.sampled_from(NIKS),
        "birth_date": st.sampled_from(DATES),
        "sex": st.sampled_from(["L", "P", None]),
        "nkk": st.sampled_from(["9999990101100001", "9999990101100002", "0000000000000000", None]),
        "desa": st.sampled_from(["3673011001", "3673011002", "3673012001", "3673021001", None]),
        "rt": st.sampled_from(["001", "000", None]),
        "rw": st.sampled_from(["002", "000", None]),
        "birth_place": st.sampled_from(["SERANG", "KAB. SERANG", "LEBAK", None]),
        "address": st.sampled_from(["KP. BARU", "KAMPUNG BARU", "", None]),
    }
)
people = st.lists(fields, max_size=10)
models = st.builds(
    lambda cap, keep: replace(
        default_model(),
        keep_no=keep,
        blocks=tuple(replace(block, cap=cap) for block in default_model().blocks),
    ),
    st.sampled_from([1, 2, 50]),
    st.booleans(),
)


DUCKDB = DuckdbEngine("200MB")


def assert_same(links, judged):
    """Row by row, weights to the bit, probabilities to 1e-9."""
    kept = [name for name in links.column_names if name != "probability"]
    assert links.select(kept).to_pylist() == judged.select(kept).to_pylist()
    chances = zip(links["probability"].to_pylist(), judged["probability"].to_pylist(), strict=True)
    assert all(abs(one - other) < 1e-9 for one, other in chances)


def roll_of(lines):
    return voters(*(voter({**BUDI, **p}, dpid=f"{i:016x}") for i, p in enumerate(lines, 1)))


def feed_of(lines):
    sources = ("aaaaaaaaaaaaaaaa", "cccccccccccccccc")
    return records(
        *(record({**BUDI, **p}, row=i, source_id=sources[i % 2]) for i, p in enumerate(lines, 1))
    )


@given(people, people, models)
@settings(max_examples=40)
def test_engines_give_the_same_links_to_the_row_and_the_bit(left, right, model):
    roll, feed = roll_of(left), feed_of(right)
    assert_same(DUCKDB.link(roll, feed, model), plain.link(roll, feed, model))


@given(people, models)
@settings(max_examples=40)
def test_engines_find_the_same_duplicates_to_the_row_and_the_bit(lines, model):
    roll = roll_of(lines)
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
