"""The accuracy table of linkage: counts of several settings beside what is asked."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.linkage.accuracy import COLUMNS, Figures, figures, summed, table, wrong_by_kind
from bench.linkage.evaluate import Score

GOOD = Figures(
    "good",
    False,
    sure=Score("sure", 998_000, 4, 1_000_000, {"twin": 4}),
    best=Score("best", 999_900, 10, 1_000_000),
    lines=1_000_000,
    queue=4_000,
    held=1_900,
)
BAD = Figures(
    "bad",
    False,
    sure=Score("sure", 900, 100, 1_000, {"namesake": 60, "twin": 40}, twins_with_two_niks=1),
    best=Score("best", 950, 50, 1_000),
    lines=1_000,
    queue=5,
    held=10,
)


def cells(row: Figures) -> list[str]:
    found = table([row]).splitlines()[-1].split("|")
    return [cell.strip() for cell in found[-len(COLUMNS) - 1 : -1]]


def test_figures_that_meet_what_is_asked_are_plain() -> None:
    assert cells(GOOD) == ["0.999996", "4.0", "0", "0.99800", "0.400%", "95.0%", "0.99994"]


def test_every_figure_that_misses_what_is_asked_is_bold() -> None:
    assert all(cell.startswith("**") for cell in cells(BAD))


def test_of_niks_as_in_2013_only_the_best_f1_is_asked() -> None:
    sharp = Score("best", 9_990, 10, 10_000)  # F1 exactly .999
    cut = Figures("cut", True, BAD.sure, sharp, BAD.lines, BAD.queue, BAD.held)
    assert cells(cut)[-1] == "0.99900"
    assert not any("**" in cell for cell in cells(cut))
    worse = Figures("cut", True, BAD.sure, BAD.best, BAD.lines, BAD.queue, BAD.held)
    assert [cell.startswith("**") for cell in cells(worse)] == [False] * 6 + [True]
    assert "as in 2013" in table([GOOD, worse])
    assert "as in 2013" not in table([GOOD])


def test_sums_add_counts_and_not_rates() -> None:
    both = summed("both", [GOOD, BAD])
    assert (both.sure.found, both.sure.wrong, both.sure.total) == (998_900, 104, 1_001_000)
    assert both.sure.kinds == {"namesake": 60, "twin": 44}
    assert both.sure.twins_with_two_niks == 1
    assert both.queue_share == 4_005 / 1_001_000
    assert both.held_share == 1_910 / 2_100
    assert wrong_by_kind(both).endswith("104 (namesake 60, twin 44).")


def test_figures_are_read_from_what_the_judge_tells() -> None:
    judged = {
        "records": [score.as_dict() for score in (BAD.sure, GOOD.best, BAD.best)],
        "review": {"lines": 1_000, "size": 5, "held": 10},
    }
    assert figures("bad", False, judged) == BAD
