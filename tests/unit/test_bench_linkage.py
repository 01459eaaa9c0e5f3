"""The judge of the linkage bench: hand-made links whose figures anyone can count."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.linkage.evaluate import BAND_POINTS, Point, at, best, review
from bench.linkage.fairness import TRAITS, Group, gap, groups
from bench.linkage.kinds import twins_with_two_niks, wrong_kinds
from bench.linkage.truth import Truth, connection, judge

#: person, family, twin, name, sex, origin, decile
PEOPLE = [
    (1, 1, 7, "ANI SARI", "P", "sunda", 1),
    (2, 1, 7, "ANA SARI", "P", "sunda", 1),
    (3, 1, None, "BUDI", "L", "sunda", 2),
    (4, 2, None, "BUDI", "L", "jawa", 2),
    (5, 3, None, "EKO", "L", "jawa", 3),
]
LINKS = [
    ("v1", "r1", 30.0, "sure"),  # right
    ("v2", "r1", 29.0, "sure"),  # her twin, another valid NIK
    ("v3", "r3", 25.0, "sure"),  # right
    ("v3", "r4", 12.0, "review"),  # his namesake
    ("v4", "r4", 11.0, "review"),  # right
    ("v5", "r3", 5.0, "review"),  # a stranger
    ("v5", "r5", -9.0, "no"),  # said to be two people
]


def line(number: int) -> dict[str, str]:
    return {"nik": f"360101{number:06d}000{number}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five voters, each with one record; voter 5 stands on the roll twice, as v5 and v6."""
    people = [
        {
            **dict(zip(("person", "family", "twin", "name", "sex", "origin"), row, strict=False)),
            **{"name_decile": row[6], "birth_date": "1980-01-01", "kecamatan": "360101"},
            "single_name": " " not in row[3],
        }
        for row in PEOPLE
    ]
    lines = [(f"v{n}", n) for n in range(1, 6)] + [("v6", 5)]
    tables = {
        "people": people,
        "roll": [{"dpid": dpid, **line(n)} for dpid, n in lines],
        "roll_truth": [{"dpid": dpid, "person": n} for dpid, n in lines],
        "register": [{"record_id": f"r{n}", **line(n)} for n in range(1, 6)],
        "register_truth": [{"record_id": f"r{n}", "person": n} for n in range(1, 6)],
        "links": [
            dict(zip(("left_id", "right_id", "weight", "band"), link, strict=True))
            for link in LINKS
        ],
    }
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    return tmp_path


@pytest.fixture
def judged(folder: Path):
    with connection("500MB", folder / "spill") as con:
        Truth(folder).load(con)
        judge(con, folder / "links.parquet")
        yield con


def test_true_pairs_count_every_line_of_one_person(judged, folder: Path) -> None:
    assert Truth(folder).pairs(judged) == 6
    within = Truth(folder, within=True)
    within.load(judged)
    assert within.pairs(judged) == 1


def test_a_point_counts_right_wrong_and_missed(judged) -> None:
    sure, all_shown = (at(judged, point, 6) for point in BAND_POINTS)
    assert (sure.found, sure.right, sure.wrong, sure.missed) == (3, 2, 1, 4)
    assert (sure.precision, sure.recall, sure.f1) == (2 / 3, 2 / 6, 4 / 9)
    assert (all_shown.found, all_shown.right) == (6, 3)
    assert sure.wrong_per_million == pytest.approx(333_333.3, abs=0.1)


def test_links_said_to_be_two_people_are_not_links(judged) -> None:
    assert at(judged, Point("all", "true"), 6).found == 6


def test_the_best_threshold_takes_equal_weights_together(judged) -> None:
    # 25 and more: 2 of 3 right, F1 4/9; 11 and more: 3 of 5, F1 6/11, the highest.
    point = best(judged, 6)
    assert at(judged, point, 6).f1 == 6 / 11
    judged.execute("update judged set weight = 11.0 where weight < 12")
    assert at(judged, best(judged, 6), 6).found == 6


def test_wrong_links_are_told_by_kind(judged) -> None:
    assert wrong_kinds(judged, "true") == {"namesake": 1, "other": 1, "twin": 1}
    assert wrong_kinds(judged, "band = 'sure'") == {"twin": 1}


def test_twins_with_two_valid_niks_are_counted_apart(judged, folder: Path) -> None:
    assert twins_with_two_niks(judged, "band = 'sure'") == 1
    assert twins_with_two_niks(judged, "band = 'review'") == 0
    lines = pq.read_table(folder / "roll.parquet").to_pylist()
    lines[1]["nik"] = lines[1]["nik"][:15]
    pq.write_table(pa.Table.from_pylist(lines), folder / "roll.parquet")
    assert twins_with_two_niks(judged, "band = 'sure'") == 0


def test_the_queue_is_told_as_a_share_and_by_what_it_holds(judged) -> None:
    assert review(judged, 6, 6) == {
        "size": 3,
        "share of rows": 0.5,
        "true": 1,
        "of remaining": 1 / 4,
        "missed": 3,
    }


def test_nothing_found_is_scored_and_not_an_error(judged) -> None:
    judged.execute("delete from judged")
    score = at(judged, best(judged, 6), 6)
    assert (score.found, score.precision, score.recall, score.f1) == (0, 1.0, 0.0, 0.0)


def test_errors_are_counted_by_group_of_voters(judged) -> None:
    flags, missed = groups(judged, "false review flags"), groups(judged, "missed links")
    assert flags["origin"] == [Group("jawa", 3, 1), Group("sunda", 3, 1)]
    assert missed["origin"] == [Group("jawa", 3, 2), Group("sunda", 3, 1)]
    assert flags["sex"] == [Group("L", 4, 2), Group("P", 2, 0)]


@pytest.mark.parametrize("trait", TRAITS)
def test_every_trait_counts_every_voter_once(judged, trait: str) -> None:
    assert sum(group.people for group in groups(judged, "false review flags")[trait]) == 6


def test_a_gap_compares_the_worst_group_with_the_best() -> None:
    found = gap("sex", [Group("L", 100_000, 300), Group("P", 100_000, 200)])
    assert found is not None
    assert (found.worst.name, found.best.name) == ("L", "P")
    assert found.ratio == pytest.approx(300.5 / 200.5)
    assert found.low < found.ratio < found.high
    # 1.96 standard errors of the log ratio: 1/300 + 1/200 under the root
    assert found.high / found.ratio == pytest.approx(1.195, abs=0.005)


def test_a_gap_that_luck_explains_stays_under_the_chance_ratio() -> None:
    equal = [Group(str(number), 1_000, 10 + number % 3) for number in range(50)]
    found = gap("kecamatan", equal)
    assert found is not None
    assert found.ratio < found.chance


def test_small_groups_make_no_gap() -> None:
    assert gap("origin", [Group("bali", 20, 20), Group("jawa", 10_000, 1)]) is None
