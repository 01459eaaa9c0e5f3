"""The reference page says what the generator does: rates, truths, events, files."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from mutakhir.synthetic.population import STATES
from mutakhir.synthetic.rates import EVENTS, RATES
from mutakhir.synthetic.rows import TRUTHS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "synthetic.md").read_text("utf-8")
_LAYOUTS = tomllib.loads(
    resources.files("mutakhir.synthetic").joinpath("data", "layouts.toml").read_text("utf-8")
)
#: Rates of EVENTS that are not kinds of events.
_NOT_KINDS = {"moved_to_next_kab", "registers_at_last", "registers_twice"}


@pytest.mark.parametrize("table", sorted(RATES))
def test_every_rate_is_stated(table: str) -> None:
    for name, rate in RATES[table].items():
        assert f"| `{name}` | {rate:g} |" in PAGE


@pytest.mark.parametrize("word", [*TRUTHS, *STATES, *sorted(EVENTS.keys() - _NOT_KINDS)])
def test_every_word_of_the_truth_is_explained(word: str) -> None:
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("name", sorted(_LAYOUTS))
def test_every_file_is_listed_with_its_layout(name: str) -> None:
    assert f"| `{_LAYOUTS[name]['layout']}` |" in PAGE
