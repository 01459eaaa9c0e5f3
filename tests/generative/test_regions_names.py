"""However a name is typed, it finds its own region or is held with it among the candidates."""

from hypothesis import given
from hypothesis import strategies as st

from mutakhir import regions
from mutakhir.regions import Ambiguous, Resolved

KNOWN = regions.load()
BANTEN = [region for level in ("kabkota", "kecamatan", "desa") for region in KNOWN.all(level, "36")]
EVERYWHERE = sorted(KNOWN.names)
WORDS = {"kabkota": "", "kecamatan": "Kec. ", "desa": "Kel. "}


def finds(name, region, parent):
    answer = KNOWN.resolve(name, region.level, parent)
    if isinstance(answer, Resolved):
        return answer.region == region
    return isinstance(answer, Ambiguous) and region in answer.candidates


def test_every_name_of_a_province_finds_itself_within_each_of_its_parents():
    for region in BANTEN:
        for length in (2, 4, 6):
            if length < len(region.code):
                assert finds(region.name, region, region.code[:length]), region.code


@given(st.sampled_from(EVERYWHERE), st.data())
def test_any_name_finds_itself_within_any_parent(code, data):
    region = KNOWN.get(code)
    lengths = [0, *(length for length in (2, 4, 6) if length < len(code))]
    length = data.draw(st.sampled_from(lengths)) if len(code) < 10 else lengths[-1]
    assert finds(region.name, region, code[:length])


@given(st.sampled_from(BANTEN), st.data())
def test_case_spaces_and_level_words_do_not_matter(region, data):
    name = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(region.name)
    gap = data.draw(st.sampled_from([" ", "  ", " . ", "-"]))
    word = data.draw(st.sampled_from(["", WORDS[region.level]]))
    assert finds(f" {word}{name.replace(' ', gap)} ", region, region.parent)


@given(st.sampled_from(BANTEN), st.data())
def test_spaces_may_be_left_out(region, data):
    if region.level != "kabkota":
        assert finds(region.name.replace(" ", ""), region, region.parent)


@given(st.sampled_from(BANTEN), st.text(max_size=12))
def test_no_text_makes_a_name_resolve_outside_its_parent(region, text):
    answer = KNOWN.resolve(text, region.level, region.parent)
    found = {
        Resolved: lambda: (answer.region,),
        Ambiguous: lambda: answer.candidates,
    }.get(type(answer), lambda: answer.suggestions)()
    above = region.parent[:4]
    assert all(one.level == region.level and one.code.startswith(above) for one in found)
    if isinstance(answer, Resolved):
        assert answer.region.parent == region.parent
