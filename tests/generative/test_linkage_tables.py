"""Any person table: the kinds of other tables agree to the row, in Python and in SQL."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.tables import MODEL, table
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import plain
from mutakhir.linkage.model_file import read_model

DUCKDB = DuckdbEngine("200MB")
WORDS = [
    *("hugo", "hogu", "Hugo ", "kuar", "kaur", "kau", "van den berg", "vandenberg", "o'brien"),
    *("jos", "José", "joseph", "日本", "日木", "-", "", "x", None),
]
DATES = [
    *("1982-03-12", "1982-12-03", "1972-03-13", "1982-03-00", "1982-00-00", "19820312", "82", None),
    *("1972-03-12", "1983-04-12", "0000-03-12", "1982-01-01"),
]
lines = st.lists(
    st.fixed_dictionaries(
        {
            "first": st.sampled_from(WORDS) | st.text(max_size=4),
            "last": st.sampled_from(WORDS),
            "born": st.sampled_from(DATES),
            "town": st.just("x"),
        }
    ),
    max_size=12,
)


def links(engine, rows: pa.Table) -> list[dict]:
    return engine.duplicates(rows, read_model(MODEL)).drop_columns("probability").to_pylist()


@given(lines)
@settings(max_examples=60)
def test_texts_and_loose_dates_get_the_same_levels_from_both_engines(rows):
    assert links(DUCKDB, table(rows)) == links(plain, table(rows))
