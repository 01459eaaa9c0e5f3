from importlib.resources import files

import pytest

from mutakhir.linkage.model import LEVELS, ModelError, default_model, milli, read_model

SHIPPED = files("mutakhir.linkage").joinpath("model.toml").read_text("utf-8")


def test_the_shipped_model_weighs_every_level():
    model = default_model()
    assert {f: len(w) for f, w in model.weights.items()} == {
        field: len(words) for field, words in LEVELS.items() if field != "name"
    }


def test_the_first_block_is_the_nik_since_tier_1_stands_on_it():
    assert default_model().blocks[0].keys == ("nik",)


@pytest.mark.parametrize(
    ("shipped", "broken", "named"),
    [
        ("[fields.sex]", "[fields.gender]", "gender"),
        ("swapped = 7.0", "turned = 7.0", "birth_date"),
        ('keys = ["nik"]', 'keys = ["ktp"]', "ktp"),
        ("sure = 12.0", "sure = 12.00001", "12.00001"),
        ("review = 3.0", "", "review"),
        ('name = "kota-1"', "name = ", "model file"),
    ],
)
def test_a_model_that_says_nonsense_is_refused_by_name(shipped, broken, named):
    assert shipped in SHIPPED
    with pytest.raises(ModelError, match=named):
        read_model(SHIPPED.replace(shipped, broken, 1))


def test_weights_are_whole_thousandths():
    assert milli(-2.5) == -2500
