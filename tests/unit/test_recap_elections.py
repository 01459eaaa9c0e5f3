"""First-time voters are counted from the last polling day before."""

from datetime import date

import pytest

from mutakhir.recap.elections import last_before


def test_the_last_polling_day_counts_from_the_day_after() -> None:
    assert last_before(date(2024, 2, 15)).day == date(2024, 2, 14)
    assert last_before(date(2024, 2, 14)).day == date(2020, 12, 9)


def test_before_the_first_known_election_there_is_none() -> None:
    with pytest.raises(ValueError, match="1998-01-01"):
        last_before(date(1998, 1, 1))
