"""Few examples, each of many people: a run of Spark costs the same for ten people as for a
thousand. Shrinking would take minutes, so a failure shows the example as it was found."""

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lib.people import BUDI, record, records, voter, voters
from lib.spark import SPARK, needs_spark
from mutakhir.engines import engine
from mutakhir.linkage.model_file import default_model

NAMES = [
    *("BUDI SANTOSO", "BUDI S", "SANTOSO BUDI", "BOEDI SANTOSO", "BUDI", "HJ. BUDI", "B S", "-"),
    *("MUHAMMAD BUDI", "M. BUDI", "SITI AMINAH", "ST AMINA", "NUR HAYATI", "NURHAYATI", "BUDI\n"),
    *("ABDURRAHMAN WAHIDIN", "ABDURRAHMAN WAHI", "MA'RUF", "BUDI \\Z", "", None),
]
NIKS = [
    *("9999991203820002", "9999991203820003", "9999981203820002", "9999895203820002"),
    *("9999995203820002", "9999991203820000", "9999991203820020", "9999991230820002"),
    *("1111111111111111", "999999120382000", "9999991203820002\n", "12", "", None),
]
DATES = [
    *("1982-03-12", "1982-12-03", "1982-03-13", "1982-03-00", "1982-00-00", "1983-00-00"),
    *("0000-03-12", "1982-07-01", "0000-00-00", None),
]
lines = st.fixed_dictionaries(
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
people = st.lists(lines, min_size=25, max_size=60)
models = st.builds(
    lambda cap, keep: replace(
        default_model(),
        keep_no=keep,
        blocks=tuple(replace(block, cap=cap) for block in default_model().blocks),
    ),
    st.sampled_from([2, 50]),
    st.booleans(),
)
few = {"phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
OTHERS = (engine("plain"), engine("duckdb", memory="200MB"))


def assert_all_same(results):
    """Row by row, weights to the bit, probabilities to 1e-9."""
    judged = results[0]
    kept = [name for name in judged.column_names if name != "probability"]
    for links in results[1:]:
        assert links.select(kept).to_pylist() == judged.select(kept).to_pylist()
        chances = zip(*(t["probability"].to_pylist() for t in (links, judged)), strict=True)
        assert all(abs(one - other) < 1e-9 for one, other in chances)


def roll_of(lines):
    return voters(*(voter({**BUDI, **p}, dpid=f"{i:016x}") for i, p in enumerate(lines, 1)))


def feed_of(lines):
    sources = ("aaaaaaaaaaaaaaaa", "cccccccccccccccc")
    return records(
        *(record({**BUDI, **p}, row=i, source_id=sources[i % 2]) for i, p in enumerate(lines, 1))
    )


@needs_spark
@given(people, people, models)
@settings(max_examples=2, **few)
def test_three_engines_give_the_same_links(left, right, model):
    roll, feed = roll_of(left), feed_of(right)
    assert_all_same([which.link(roll, feed, model) for which in (*OTHERS, SPARK)])


@needs_spark
@given(people, models)
@settings(max_examples=1, **few)
def test_three_engines_find_the_same_duplicates(left, model):
    roll = roll_of(left)
    assert_all_same([which.duplicates(roll, model) for which in (*OTHERS, SPARK)])
