"""The list of regions is whole, its figures add up, and its history is sound."""

from datetime import date
from importlib.resources import files

import pytest

from mutakhir import regions
from mutakhir.regions import Ambiguous, Region, Unknown
from mutakhir.regions.history import read_history

KNOWN = regions.load()


@pytest.mark.parametrize(
    ("level", "number"), [("provinsi", 38), ("kabkota", 514), ("kecamatan", 7285), ("desa", 83762)]
)
def test_every_level_is_whole(level, number):
    assert sum(1 for _ in KNOWN.all(level)) == number


def test_every_region_has_its_parent():
    for level in ("kabkota", "kecamatan", "desa"):
        for region in KNOWN.all(level):
            assert region.parent in KNOWN.names


def test_the_children_of_a_region_are_all_below_it():
    inside = KNOWN.children("36.73")
    assert [region.dotted for region in inside][:2] == ["36.73.01", "36.73.02"]
    assert len(inside) == 6
    assert sum(len(KNOWN.children(one.code)) for one in inside) == 67
    assert KNOWN.children("3673011001") == []
    assert len(KNOWN.children()) == 38


def test_a_region_is_found_dotted_and_plain():
    serang = KNOWN.get("36.73")
    assert serang == KNOWN.get("3673")
    assert serang == Region("3673", "Kota Serang", "kabkota", "36", 759929, 266.314)
    assert serang.dotted == "36.73"
    assert KNOWN.get("3673011008").dotted == "36.73.01.1008"


@pytest.mark.parametrize("code", ["", "3", "36.99", "367", "36730110011", "Serang"])
def test_what_is_no_code_is_no_region(code):
    assert KNOWN.get(code) is None


def test_population_adds_up_to_each_provinsi():
    for provinsi in KNOWN.all("provinsi"):
        children = KNOWN.children(provinsi.code)
        assert sum(child.population for child in children) == provinsi.population


def test_every_provinsi_and_kabkota_has_population_and_area():
    for level in ("provinsi", "kabkota"):
        for region in KNOWN.all(level):
            assert region.population > 0
            assert region.area_km2 > 0


def test_no_figure_is_claimed_for_a_kecamatan():
    assert KNOWN.get("367301").population is None
    assert KNOWN.get("367301").area_km2 is None


def test_no_name_has_stray_spaces():
    assert all(name == " ".join(name.split()) for name in KNOWN.names.values())


def test_a_code_moved_in_history_leads_to_a_present_region():
    for change in KNOWN.history.changes:
        assert change.new in KNOWN.names
        assert change.source


def test_no_present_region_is_the_heir_of_two_desa():
    moved = [
        change.new
        for change in KNOWN.history.changes
        if len(change.old) == 10 and change.new != change.old
    ]
    assert len(moved) == len(set(moved))


def test_general_knowledge_in_history_is_marked():
    papua = [change for change in KNOWN.history.changes if change.basis == "unverified"]
    assert {change.new[:2] for change in papua} == {"93", "94", "95", "96"}
    assert all("general knowledge" in change.source for change in papua)


def test_a_chain_of_changes_is_followed_to_its_end():
    history = read_history(
        "old,new,kind,old_name,last_seen,basis,source\n"
        "01,02,moved,A,2020-01-01,derived,x\n"
        "02,03,renumbered,A,2022-01-01,derived,x\n"
    )
    assert list(history.followed("01", date(2019, 5, 5))) == ["03"]
    assert list(history.followed("02", date(2021, 5, 5))) == ["03"]
    assert list(history.followed("02", date(2022, 1, 1))) == ["03"]
    assert list(history.followed("02", date(2022, 1, 2))) == ["02"]


def test_a_number_given_to_another_place_is_read_by_its_day():
    history = read_history(
        "old,new,kind,old_name,last_seen,basis,source\n"
        "01,02,renumbered,A,2020-01-01,derived,x\n"
        "02,01,renumbered,B,2020-01-01,derived,x\n"
    )
    assert list(history.followed("01", date(2020, 1, 1))) == ["02"]
    assert list(history.followed("02", date(2020, 1, 1))) == ["01"]
    assert list(history.followed("01", date(2020, 1, 2))) == ["01"]


def test_a_split_region_keeps_its_code_first():
    found = KNOWN.heirs("91", date(2020, 1, 1))
    assert [region.code for region in found] == ["91", "93", "94", "95"]
    assert KNOWN.current("91", date(2020, 1, 1)).code == "91"


def test_the_data_names_its_source_and_licence():
    text = (files("mutakhir.regions") / "data" / "SOURCE.txt").read_text()
    assert "Licence: MIT" in text
    assert "cahyadsn/wilayah @ b7ad440a1322e7be3189a16a8cac35f7d4c3d7f7" in text


def test_a_name_of_a_neighbour_is_not_taken_for_a_misspelling():
    # Kadupandak stands in another kecamatan; here is a Kadubadak, two letters away.
    answer = KNOWN.resolve("Kadupandak", "desa", "36.01.07")
    assert isinstance(answer, Ambiguous)
    assert {region.name for region in answer.candidates} == {"Kadubadak", "Kadupandak"}


def test_two_letters_away_is_held_even_when_alone():
    answer = KNOWN.resolve("Walentake", "kecamatan", "36.73")
    assert isinstance(answer, Ambiguous)
    assert [region.name for region in answer.candidates] == ["Walantaka"]


def test_two_letters_away_is_a_candidate_from_nine_letters_on():
    assert isinstance(KNOWN.resolve("Kaladrin", "desa", "3673"), Unknown)  # Kalodran: eight
    held = KNOWN.resolve("Cibondang", "desa", "3673")
    assert isinstance(held, Ambiguous)
    assert [region.name for region in held.candidates] == ["Cibendung"]


def test_one_letter_away_from_two_places_is_held():
    answer = KNOWN.resolve("Pamuroh", "desa", "35.28.12")
    assert isinstance(answer, Ambiguous)
    assert {region.name for region in answer.candidates} == {"Pamaroh", "Pamoroh"}


def test_numbered_names_are_never_taken_for_each_other():
    one = next(region for region in KNOWN.all("desa") if region.name.endswith(" II"))
    answer = KNOWN.resolve(one.name[:-2] + "IX", "desa", one.parent)
    assert one not in getattr(answer, "candidates", ())
    assert getattr(answer, "region", None) != one


def test_an_unknown_name_brings_suggestions_from_its_parent():
    answer = KNOWN.resolve("Walantakatimur", "kecamatan", "36.73")
    assert isinstance(answer, Unknown)
    assert [region.name for region in answer.suggestions] == ["Walantaka"]


def test_the_same_question_gives_the_same_answer():
    first = KNOWN.resolve("Sukawana", "desa", "36.73")
    assert isinstance(first, Ambiguous)
    assert KNOWN.resolve("Sukawana", "desa", "3673") is first
