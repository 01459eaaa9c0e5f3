"""Numbers of a period beside those of the one before."""

from decimal import Decimal

import pytest

from mutakhir.quality.drift import Drift, Threshold, drifts, threshold

LIMIT = Threshold(Decimal(3), 30)


@pytest.mark.parametrize(
    ("now", "before", "large"),
    [
        (120, 40, True),
        (119, 40, False),
        (40, 120, True),
        (44, 14, True),
        (43, 14, False),
        (30, 0, True),
        (29, 0, False),
        (0, 30, True),
        (0, 0, False),
    ],
)
def test_a_number_is_large_by_ratio_and_by_people(now, before, large):
    assert bool(drifts({"tms": now}, {"tms": before}, LIMIT)) == large


def test_the_largest_difference_comes_first_and_cells_of_either_side_count():
    found = drifts({"tms": 400, "baru": 100}, {"tms": 100, "meninggal": 90}, LIMIT)
    assert [each.cell for each in found] == ["tms", "baru", "meninggal"]


def test_times_is_told_where_it_can_be():
    assert Drift("tms", 30, 90).times == 3
    assert Drift("tms", 30, 0).times is None


def test_the_shipped_threshold_is_data():
    assert threshold().ratio > 1
    assert threshold().least > 0
