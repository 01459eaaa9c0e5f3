"""Whole columns of names give what the one-value functions give for each name."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutakhir.linkage import normalise
from mutakhir.linkage.name_batch import normalise_names, normalise_places

WORDS = sorted(
    {
        *normalise.shipped_words().before,
        *normalise.shipped_words().after,
        *normalise.shipped_words().descent,
        *normalise.shipped_words().words,
        *(
            "SITI",
            "SA'DIAH",
            "M",
            "ST",
            "Siti",
            "S.Pd",
            "S. PD",
            "S",
            "A",
            "PD",
            "MD",
            "SI",
            "R0HMAN",
            "MOH.ALI",
            "B1N",
            "X",
        ),
        *(
            "-",
            ".",
            "..",
            "2",
            "JL",
            "NO.5",
            "KAB.",
            "É",
            "ß",
            "ﬁ",
            "\u00a0",
            "\t",
            "NUR\u00a0AINI",
        ),
    }
)
SEPARATORS = (" ", "  ", ", ", ",", ". ", ".", "\n", "/", "-")


@st.composite
def written_names(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=6))
    return "".join(part + draw(st.sampled_from(SEPARATORS)) for part in parts)


NAMES = st.lists(st.none() | written_names() | st.text(max_size=20), max_size=8)
FORMS = ("canonical", "key", "tokens", "given", "initial")


def one_by_one(name: str | None) -> dict[str, object]:
    words = normalise.canonical(name or "")
    if not words:
        return dict.fromkeys(FORMS)
    sounds = [normalise.sound(word) for word in words]
    key = "".join(sounds)
    forms = (" ".join(words), key, sounds, normalise.given(words), key[0])
    return dict(zip(FORMS, forms, strict=True))


def rows(forms: dict[str, pa.Array]) -> list[dict[str, object]]:
    return pa.table(forms).to_pylist()


@given(NAMES)
@settings(max_examples=400)
def test_a_column_of_names_is_read_as_each_name_alone(names):
    forms = normalise_names(pa.array(names, pa.string()))
    assert tuple(forms) == FORMS
    assert rows(forms) == [one_by_one(name) for name in names]


@given(NAMES)
def test_a_column_of_places_is_read_as_each_place_alone(places):
    read = normalise_places(pa.array(places, pa.string()))
    assert read.to_pylist() == [normalise.place(place or "") or None for place in places]


@given(NAMES, st.integers(0, 8))
def test_a_row_does_not_depend_on_the_rows_beside_it(names, cut):
    whole = pa.array(names, pa.string())
    pieces = [whole.slice(0, cut), whole.slice(cut)]
    apart = [row for piece in pieces for row in rows(normalise_names(piece))]
    chunked = pa.chunked_array(pieces, pa.string())
    assert apart == rows(normalise_names(whole)) == rows(normalise_names(chunked))


@pytest.mark.parametrize("text", [pa.large_string(), pa.string()])
def test_names_of_any_text_type_are_read(text):
    forms = normalise_names(pa.array(["Hj. SITI AMINAH, S.Pd", None, "-"], text))
    assert rows(forms) == [one_by_one("SITI AMINAH"), one_by_one(None), one_by_one(None)]
