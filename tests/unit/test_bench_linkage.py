"""The judge of the linkage bench: hand-made links whose figures anyone can count."""

import sys
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.linkage import causes, report
from bench.linkage.evaluate import BAND_POINTS, Point, at, best, review, total
from bench.linkage.fairness import TRAITS, Gap, Group, explained, gap, groups
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
    nik = f"360101{number:06d}000{number}"
    return {"nik": nik, "nkk": "1", "desa": "1", "name": "X", "birth_date": "1980-01-01"}


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
    }
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    return tmp_path


@pytest.fixture
def rejudged(folder: Path):
    """Judges links of one's own, each (left_id, right_id, weight, band)."""
    with connection("500MB", folder / "spill") as con:

        def rejudge(links):
            columns = dict(
                zip(
                    ("left_id", "right_id", "weight", "band"), zip(*links, strict=True), strict=True
                )
            )
            pq.write_table(pa.table(columns), folder / "links.parquet")
            Truth(folder).load(con)
            judge(con, folder / "links.parquet")
            return con

        yield rejudge


@pytest.fixture
def judged(rejudged):
    return rejudged(LINKS)


def test_true_pairs_count_every_line_of_one_person(judged, folder: Path) -> None:
    assert total(judged, "pairs") == 6
    within = Truth(folder, within=True)
    within.load(judged)
    assert total(judged, "pairs") == 1


def test_a_point_counts_pairs_right_wrong_and_missed(judged) -> None:
    sure, all_shown = (at(judged, point, "pairs") for point in BAND_POINTS)
    assert (sure.found, sure.wrong, sure.missed) == (2, 1, 4)
    assert (sure.precision, sure.recall, sure.f1) == (2 / 3, 2 / 6, 4 / 9)
    assert (all_shown.found, all_shown.wrong) == (3, 3)
    assert sure.wrong_per_million == pytest.approx(333_333.3, abs=0.1)


def test_only_records_that_stand_on_the_roll_are_there_to_be_found(rejudged, folder: Path) -> None:
    assert total(rejudged(LINKS), "records") == 5
    truth = pq.read_table(folder / "register_truth.parquet").to_pylist()
    more = [*truth, {"record_id": "r9", "person": 9}]
    pq.write_table(pa.Table.from_pylist(more), folder / "register_truth.parquet")
    assert total(rejudged(LINKS), "records") == 5


def test_a_record_linked_to_both_lines_of_its_voter_is_found_once(rejudged) -> None:
    con = rejudged([("v5", "r5", 40.0, "sure"), ("v6", "r5", 39.0, "sure")])
    by_record, by_pair = (at(con, BAND_POINTS[0], unit) for unit in ("records", "pairs"))
    assert (by_record.found, by_record.wrong, by_record.missed) == (1, 0, 4)
    assert (by_pair.found, by_pair.wrong, by_pair.missed) == (2, 0, 4)


@pytest.mark.parametrize("line", ["v5", "v6"])
def test_either_line_of_a_voter_written_twice_finds_the_record(rejudged, line: str) -> None:
    assert at(rejudged([(line, "r5", 40.0, "sure")]), BAND_POINTS[0], "records").found == 1


def test_a_wrong_link_beside_a_right_one_is_counted_and_the_record_still_found(rejudged) -> None:
    con = rejudged([("v1", "r1", 30.0, "sure"), ("v2", "r1", 35.0, "sure")])
    sure = at(con, BAND_POINTS[0], "records")
    assert (sure.found, sure.wrong, sure.missed) == (1, 1, 4)
    assert (sure.precision, sure.recall, sure.f1) == (1 / 2, 1 / 5, 2 / 7)
    # At its best each record has one link, and here the heavier one is wrong.
    foremost = at(con, Point("foremost", "foremost"), "records")
    assert (foremost.found, foremost.wrong) == (0, 1)


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        (("v2", "r2", 9.0, "sure"), ("v1", "r2", 30.0, "review"), 1),  # sure before review
        (("v2", "r2", 9.0, "review"), ("v1", "r2", 30.0, "review"), 0),  # then by weight
        (("v2", "r2", 9.0, "sure"), ("v1", "r2", 9.0, "sure"), 0),  # then by id, whatever is true
        (("v2", "r2", 9.0, "sure"), ("v3", "r2", 9.0, "sure"), 1),
    ],
)
def test_the_best_link_of_a_record_is_sure_then_heavy_then_first(
    rejudged, right, wrong, found: int
) -> None:
    for links in ([right, wrong], [wrong, right]):
        score = at(rejudged(links), Point("foremost", "foremost"), "records")
        assert (score.found, score.wrong) == (found, 1 - found)


def test_links_said_to_be_two_people_are_not_links(judged) -> None:
    assert judged.execute("select count(*) from judged").fetchall() == [(6,)]


def test_the_best_threshold_by_pair_takes_equal_weights_together(judged) -> None:
    # 25 and more: 2 of 3 right, F1 4/9; 11 and more: 3 of 5, F1 6/11, the highest.
    assert at(judged, best(judged, "pairs"), "pairs").f1 == 6 / 11
    judged.execute("update judged set weight = 11.0 where weight < 12")
    score = at(judged, best(judged, "pairs"), "pairs")
    assert score.found + score.wrong == 6


def test_the_best_threshold_by_record_counts_one_link_of_each(judged) -> None:
    # r1 and r3 by their sure right links; r4 by the heavier link, to his namesake.
    score = at(judged, best(judged, "records"), "records")
    assert (score.found, score.wrong, score.f1) == (2, 0, 4 / 7)


def test_the_best_threshold_takes_sure_links_before_heavier_ones_in_review(rejudged) -> None:
    con = rejudged(
        [
            ("v1", "r1", 10.0, "sure"),
            ("v2", "r2", 20.0, "review"),
            ("v4", "r3", 15.0, "review"),
        ]
    )
    score = at(con, best(con, "records"), "records")
    assert (score.found, score.wrong, score.f1) == (2, 0, 4 / 7)


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
    queue = {"lines": 6, "size": 3, "share of rows": 0.5, "one person": 1, "held": 1}
    by_record = {"not sure": 3, "of not sure": 1 / 3, "missed": 2}
    assert review(judged, "records", 6) == queue | by_record
    by_pair = {"not sure": 4, "of not sure": 1 / 4, "missed": 3}
    assert review(judged, "pairs", 6) == queue | by_pair


def test_the_queue_holds_no_record_that_a_sure_link_found(rejudged) -> None:
    con = rejudged([("v5", "r5", 40.0, "sure"), ("v6", "r5", 9.0, "review")])
    found = review(con, "records", 6)
    assert (found["one person"], found["not sure"], found["held"]) == (1, 4, 0)


def test_nothing_found_is_scored_and_not_an_error(judged) -> None:
    judged.execute("delete from judged")
    for unit in ("records", "pairs"):
        score = at(judged, best(judged, unit), unit)
        assert (score.found, score.precision, score.recall, score.f1) == (0, 1.0, 0.0, 0.0)


def test_errors_are_counted_by_group_of_voters(judged) -> None:
    flags, missed = groups(judged, "false review flags"), groups(judged, "missed pairs")
    assert flags["origin"] == [Group("jawa", 3, 1), Group("sunda", 3, 1)]
    assert missed["origin"] == [Group("jawa", 3, 2), Group("sunda", 3, 1)]
    assert flags["sex"] == [Group("L", 4, 2), Group("P", 2, 0)]
    records = groups(judged, "missed records")
    assert records["origin"] == [Group("jawa", 2, 1), Group("sunda", 3, 1)]


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


@pytest.fixture
def flagged(judged):
    """Who got a false flag (v3 and v5) and what causes their lines show."""
    judged.execute("create or replace temp table changed as from left_lines")
    judged.execute("update changed set desa = 'elsewhere' where id in ('v3', 'v6')")
    judged.execute("create or replace view left_lines as from changed")
    causes.load(judged)
    groups(judged, "false review flags")
    return judged


def test_causes_are_told_as_shares_of_both_groups_and_of_the_struck(flagged) -> None:
    told = {c.name: c for c in causes.causes(flagged, "p.origin", "jawa", "sunda")}
    assert set(told) == set(causes.NAMES)
    # jawa: v4, v5, v6, and person 5 moved on one of two lines; sunda: v1, v2, v3
    assert told["moved"] == causes.Cause("moved", 2 / 3, 1 / 3, 1.0)
    assert told["twin"] == causes.Cause("twin", 0.0, 2 / 3, 0.0)
    assert told["namesake born the same day"].worst == 1 / 3
    assert told["single name"] == causes.Cause("single name", 1.0, 1 / 3, 1.0)
    assert told["not on the other list"].struck == 0.0


def test_a_number_on_anothers_line_is_a_cause_for_both(flagged) -> None:
    nik = line(1)["nik"]
    flagged.execute(f"update changed set nik = '{nik}' where id = 'v4'")
    causes.load(flagged)
    borne = f'select person from causes where "{causes.BORNE}" order by person'
    assert flagged.execute(borne).fetchall() == [(1,), (4,)]


def test_people_with_the_same_causes_are_expected_to_be_struck_alike(flagged) -> None:
    # Moved and no namesake: v5 struck, v6 not; moved with a namesake: v3; the others: none.
    assert causes.expected(flagged, "p.origin", "jawa") == pytest.approx(1.0)
    assert causes.expected(flagged, "p.origin", "sunda") == pytest.approx(1.0)
    assert causes.expected(flagged, "p.sex", "P") == 0.0


def test_only_a_gap_beyond_luck_is_explained(flagged) -> None:
    jawa, sunda = Group("jawa", 3, 1), Group("sunda", 3, 1)
    close = Gap("origin", jawa, sunda, ratio=1.6, low=1.2, high=2.0, chance=1.3)
    assert explained(flagged, close) == close
    wide = explained(flagged, Gap("origin", jawa, sunda, ratio=1.6, low=1.3, high=2.0, chance=1.3))
    assert wide.alike == pytest.approx(1.0)
    text = report.explanation("false review flags", asdict(wide))
    assert "jawa is struck 1.60 times as often as sunda." in text
    assert "moved 66.7% / 33.3% / 100.0%" in text
    assert text.endswith("Against people with the same causes, 1.00 times are left.")


@pytest.mark.parametrize(("ratio", "fair"), [(1.25, True), (1.26, False)])
def test_a_ratio_up_to_what_is_asked_is_fair(ratio: float, fair: bool) -> None:
    group = Group("L", 1, 0)
    assert Gap("sex", group, group, ratio, ratio, ratio, ratio).fair is fair
