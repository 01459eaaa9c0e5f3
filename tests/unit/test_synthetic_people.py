"""The population: numbers, families, likenesses and places keep what the truth says of them."""

from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pytest

from mutakhir.synthetic.population import people_table, populate
from mutakhir.synthetic.rates import PEOPLE

VOTERS = 20_000


def _populate(seed: int = 7, voters: int = VOTERS, kabs: tuple[str, ...] = ("3673",)) -> Any:
    day = np.datetime64("2026-06-30")
    return [
        populate(kab, kabs=kabs, voters=voters, seed=seed, opening=day, quarters=2) for kab in kabs
    ]


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    """Everyone, as rows of the truth."""
    return people_table(_populate()[0]).to_pylist()


@pytest.fixture(scope="module")
def by_id(people: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Everyone, by person_id."""
    return {person["person_id"]: person for person in people}


def test_the_opening_roll_has_the_lines_asked_for(people: list[dict[str, Any]]) -> None:
    lines = sum(p["on_roll"] + p["twice_on_roll"] for p in people)
    assert lines == VOTERS


def test_nobody_shares_a_nik(people: list[dict[str, Any]]) -> None:
    assert len({p["nik"] for p in people}) == len(people)


def test_two_kabupaten_do_not_share_a_nik() -> None:
    niks = [
        nik
        for found in _populate(kabs=("3673", "3604"), voters=3000)
        for nik in found.fields["nik"]
    ]
    assert len({str(nik) for nik in niks}) == len(niks)


def test_nik_and_nkk_are_well_formed(people: list[dict[str, Any]]) -> None:
    for person in people:
        for number in (person["nik"], person["nkk"]):
            assert len(number) == 16
            assert number.isdigit()
            assert number[12:] != "0000"


def test_the_nik_shows_the_birth_date_and_womens_day_plus_40(people: list[dict[str, Any]]) -> None:
    odd = 0
    for person in people:
        year, month, day = person["birth_date"].split("-")
        written = int(day) + (40 if person["sex"] == "P" else 0)
        odd += person["nik"][6:12] != f"{written:02d}{month}{year[2:]}"
    stated = PEOPLE["nik_of_older_date"] + PEOPLE["nik_of_other_sex"]
    assert 0 < odd < 2 * stated * len(people)


def test_a_family_lives_and_votes_in_one_place(people: list[dict[str, Any]]) -> None:
    homes = defaultdict(set)
    for person in people:
        homes[person["family"]].add(tuple(person[k] for k in ("nkk", "desa", "tps", "rt", "rw")))
    assert all(len(home) == 1 for home in homes.values())


def test_an_rt_votes_at_one_tps_where_rts_are_numbered(people: list[dict[str, Any]]) -> None:
    stations = defaultdict(set)
    for person in people:
        if person["rt"] != "000":
            stations[person["desa"], person["rt"], person["rw"]].add(person["tps"])
    assert all(len(found) == 1 for found in stations.values())


def test_no_tps_has_more_than_600_voters() -> None:
    found = _populate(voters=60_000)[0]
    sizes = Counter(zip(found.desa[found.listed], found.tps[found.listed], strict=True))
    assert max(sizes.values()) <= 600


def test_twins_share_family_birth_date_and_neighbouring_serials(
    people: list[dict[str, Any]], by_id: dict[int, dict[str, Any]]
) -> None:
    twins = [(p, by_id[p["twin_of"]]) for p in people if p["twin_of"] is not None]
    assert twins
    for one, other in twins:
        assert (one["nkk"], one["birth_date"]) == (other["nkk"], other["birth_date"])
        if one["nik"][:12] == other["nik"][:12]:
            assert abs(int(one["nik"][12:]) - int(other["nik"][12:])) == 1
    assert any(one["nik"][:12] == other["nik"][:12] for one, other in twins)


def test_namesakes_are_different_people_of_one_name_and_birth_date(
    people: list[dict[str, Any]], by_id: dict[int, dict[str, Any]]
) -> None:
    pairs = [(p, by_id[p["namesake_of"]]) for p in people if p["namesake_of"] is not None]
    assert pairs
    for one, other in pairs:
        assert (one["name"], one["birth_date"]) == (other["name"], other["birth_date"])
        assert one["nik"] != other["nik"]
        assert one["nkk"] != other["nkk"]


def test_some_sons_carry_their_fathers_name(
    people: list[dict[str, Any]], by_id: dict[int, dict[str, Any]]
) -> None:
    pairs = [(p, by_id[p["parent_of_same_name"]]) for p in people if p["parent_of_same_name"]]
    assert pairs
    assert all(son["nkk"] == father["nkk"] for son, father in pairs)
    assert all(son["birth_date"] > father["birth_date"] for son, father in pairs)


def test_odd_but_true_people_are_there(people: list[dict[str, Any]]) -> None:
    assert any(len(p["name"]) == 1 for p in people)
    assert any(p["birth_date"] < "1926" for p in people)
    assert any("'" in p["name"] for p in people)
    assert any(p["name"].startswith(("H. ", "HJ. ")) for p in people)
    assert any(p["rt"] == "000" for p in people)
    assert any(
        p["on_roll"] and p["marital"] == "S" and p["birth_date"] > "2009-06-30" for p in people
    )


def test_unknown_birthdays_pile_up_on_three_days(people: list[dict[str, Any]]) -> None:
    days = Counter(p["birth_date"][5:] for p in people)
    piled = sum(days[day] for day in ("07-01", "12-31", "01-01"))
    assert piled > 0.04 * len(people)
    assert all(p["unknown_birthday"] for p in people if p["birth_date"][5:] == "07-01")


def test_names_differ_by_gender_and_grow_longer_with_the_years(
    people: list[dict[str, Any]],
) -> None:
    def words(old: bool) -> float:
        found = [
            len(p["name"].split(" "))
            for p in people
            if (p["birth_date"] < "1960") == old and len(p["name"]) > 1
        ]
        return sum(found) / len(found)

    assert words(old=True) < words(old=False)
    women = Counter(p["name"].split(" ")[0] for p in people if p["sex"] == "P")
    men = Counter(p["name"].split(" ")[0] for p in people if p["sex"] == "L")
    assert women["SITI"] > 20 * max(men["SITI"], 1)
    assert men["MUHAMMAD"] > 20 * max(women["MUHAMMAD"], 1)


def test_another_seed_gives_other_people() -> None:
    one, other = (_populate(seed=seed, voters=500)[0] for seed in (1, 2))
    assert one.fields["name"] != other.fields["name"]


def test_a_code_that_is_no_kabupaten_is_refused() -> None:
    with pytest.raises(ValueError, match="3673011001"):
        _populate(kabs=("3673011001",), voters=500)
