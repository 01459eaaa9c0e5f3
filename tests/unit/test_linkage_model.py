"""Model files: read, refused by name, and held to their description."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from mutakhir.linkage.kinds import KINDS
from mutakhir.linkage.model import ModelError, fulfils
from mutakhir.linkage.model_file import default_model, milli, read_model
from mutakhir.linkage.model_writer import read_limits

SHIPPED = files("mutakhir.linkage").joinpath("model.toml").read_text("utf-8")
PAGE = (Path(__file__).parents[2] / "docs/formats/model.md").read_text("utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_shipped_model_weighs_every_level():
    for field in default_model().fields:
        assert len(field.weights) == len(field.kind.levels)


def test_a_value_that_is_missing_says_nothing():
    for field in default_model().compared:
        assert field.weights[field.level("missing")] == 0


def test_the_first_block_is_the_nik_since_tier_1_stands_on_it():
    assert default_model().blocks[0].keys == ("nik",)


def test_the_example_of_the_page_is_a_model():
    model = read_model(EXAMPLE)
    assert model.columns == ("surname", "given", "sex", "number")
    assert read_limits(EXAMPLE) == {"surname": {"equal": (4.0, 9.0)}}


def test_the_page_names_every_kind_with_its_levels_and_columns():
    section = PAGE.partition("## Kinds")[2].splitlines()
    for name, kind in KINDS.items():
        row = next(line for line in section if line.startswith(f"| `{name}` |"))
        _, _, levels, parts = (cell.strip() for cell in row.strip("|").split("|"))
        assert re.findall("`([a-z]+)`", levels) == [w for w in kind.levels if w != "missing"]
        assert re.findall("`_([a-z]+)`", parts) == [part for part in kind.parts if part]


@pytest.mark.parametrize(
    ("good", "broken", "named"),
    [
        ("format = 2", "format = 1", "format 1"),
        ('name = "members-1"', "name = ", "model file"),
        ("review = 3.0", "", "review"),
        ("least_people = 1000", "", "least_people"),
        ('kind = "category"', 'kind = "gender"', "gender"),
        ("swapped = 8.0", "turned = 8.0", "surname"),
        ("faint = 0.5", "", "surname"),
        ("sure = 12.0", "sure = 12.00001", "12.00001"),
        ('when = { number = "differ" }', 'when = { ktp = "differ" }', "ktp"),
        ('when = { number = "differ" }', 'when = { number = "near" }', "near"),
        ('surname = ">=slip"', 'surname = ">=slip|equal"', "surname"),
        ('then = "review"', 'then = "perhaps"', "two numbers"),
        ('scope = "within"', 'scope = "inside"', "two numbers"),
        ('keys = ["number"]', 'keys = ["ktp"]', "ktp"),
        ('finer = "sex"', 'finer = "gender"', "gender"),
        ('lacking = ["number"]', 'lacking = ["ktp"]', "ktp"),
        ('of = "surname"', 'of = "ktp"', "ktp"),
    ],
)
def test_a_model_that_says_nonsense_is_refused_by_name(good, broken, named):
    assert good in EXAMPLE
    with pytest.raises(ModelError, match=named):
        read_model(EXAMPLE.replace(good, broken, 1))


def test_tier_1_stands_on_a_nik_alone():
    exact = '[exact]\nkey = "number"\nsame = ["surname"]\n'
    with pytest.raises(ModelError, match="nik"):
        read_model(f"{EXAMPLE}\n{exact}")


@pytest.mark.parametrize(
    ("condition", "levels"),
    [
        ("equal", {"equal"}),
        ("slip|close", {"slip", "close"}),
        (">=slip", {"slip", "swapped", "equal"}),
        ("<like", {"missing", "differ", "faint"}),
    ],
)
def test_a_condition_means_the_levels_it_names(condition, levels):
    model = read_model(EXAMPLE.replace('surname = ">=slip"', f'surname = "{condition}"', 1))
    (rule,) = model.rules
    for level, word in enumerate(model.field["surname"].kind.levels):
        assert fulfils({"surname": level}, rule.unless[0]) == (word in levels)


def test_weights_are_whole_thousandths():
    assert milli(-2.5) == -2500


def test_a_note_of_what_was_learned_changes_nothing():
    learned = '[learned]\nformat = 1\nbase = "members-1"\n'
    assert read_model(f"{EXAMPLE}\n{learned}").fields == read_model(EXAMPLE).fields


def test_a_name_with_a_quotation_mark_is_refused():
    text = files("mutakhir.linkage").joinpath("model.toml").read_text("utf-8")
    with pytest.raises(ModelError, match="quotation marks"):
        read_model(text.replace('name = "nik_head"', 'name = "nik\'s head"'))
