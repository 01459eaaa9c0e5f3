"""The reference page says what the generator does: rates, truths, events, files."""

from pathlib import Path

import pytest

from mutakhir.synthetic.layouts import layout
from mutakhir.synthetic.population import STATES
from mutakhir.synthetic.rates import EVENTS, RATES
from mutakhir.synthetic.rows import TRUTHS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "synthetic.md").read_text("utf-8")
_LAYOUTS = [
    "feed",
    "akta",
    "letters",
    "rt_statements",
    "bpjs",
    "tni_polri",
    "school",
    "lapas",
    "bawaslu",
    "dps_2021",
    "per_tps",
    "sidalih_2018",
    "village_register",
    "pps",
]
#: Rates of EVENTS that are not kinds of events.
_NOT_KINDS = {"registers_at_last", "registers_twice"}


@pytest.mark.parametrize("table", sorted(RATES))
def test_every_rate_is_stated(table: str) -> None:
    for name, rate in RATES[table].items():
        assert f"| `{name}` | {rate:g} |" in PAGE


@pytest.mark.parametrize("word", [*TRUTHS, *STATES, *(EVENTS.keys() - _NOT_KINDS)])
def test_every_word_of_the_truth_is_explained(word: str) -> None:
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("name", _LAYOUTS)
def test_every_file_is_listed_with_its_layout(name: str) -> None:
    assert f"| `{layout(name).layout}` |" in PAGE
