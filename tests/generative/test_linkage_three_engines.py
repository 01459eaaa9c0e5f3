"""Few examples, each of many people: a run of Spark costs the same for ten people as for a
thousand. Shrinking would take minutes, so a failure shows the example as it was found."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lib.alike import NAMES, NIKS, assert_same, feed_of, lines, models, roll_of
from lib.spark import SPARK, needs_spark
from mutakhir.engines import engine

#: Beside those of every engine: signs that regular expressions and quotation read otherwise.
ODD_NAMES = ("BUDI\n", "MA'RUF", "BUDI \\Z", "")
ODD_NIKS = ("9999991230820002", "999999120382000", "9999991203820002\n", "")
people = st.lists(
    lines(names=(*NAMES, *ODD_NAMES), niks=(*NIKS, *ODD_NIKS)), min_size=25, max_size=60
)
MODELS = models(2, 50)
few = {"phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
OTHERS = (engine("plain"), engine("duckdb", memory="200MB"))


def assert_all_same(results):
    for links in results[1:]:
        assert_same(links, results[0])


@needs_spark
@given(people, people, MODELS)
@settings(max_examples=2, **few)
def test_three_engines_give_the_same_links(left, right, model):
    roll, feed = roll_of(left), feed_of(right)
    assert_all_same([which.link(roll, feed, model) for which in (*OTHERS, SPARK)])


@needs_spark
@given(people, MODELS)
@settings(max_examples=1, **few)
def test_three_engines_find_the_same_duplicates(left, model):
    roll = roll_of(left)
    assert_all_same([which.duplicates(roll, model) for which in (*OTHERS, SPARK)])
