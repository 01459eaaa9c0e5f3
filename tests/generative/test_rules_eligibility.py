"""A verdict on a partly known birth date is that of every day the date can be, or unknown."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mutakhir import rules
from mutakhir.rules.eligibility import judge
from mutakhir.rules.period import Period

DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
REFERENCE = st.dates(date(2020, 1, 1), date(2030, 12, 31))
LAW = rules.load()


def slow_age(born, on):
    """Birthdays up to ``on``, counted one by one (born on 29 February: 1 March)."""
    age = 0
    while True:
        year = born.year + age + 1
        known = born.month != 2 or born.day != 29 or monthrange(year, 2)[1] == 29
        birthday = date(year, born.month, born.day) if known else date(year, 3, 1)
        if birthday > on:
            return age if born <= on else -1
        age += 1


@given(DAYS, st.sampled_from(["B", "S", "P", None]), REFERENCE)
def test_a_known_date_is_judged_by_full_years(born, marital, on):
    verdict = judge(born.isoformat(), marital, on, LAW.at(on))
    old_enough = slow_age(born, on) >= 17
    assert verdict.answer == ("eligible" if old_enough or marital in ("S", "P") else "under_age")
    assert ("older_than_unquestioned" in verdict.flags) == (slow_age(born, on) > 100)


@given(DAYS, st.sampled_from(["day", "month", "month and day"]), REFERENCE)
def test_an_unknown_part_is_decided_only_when_every_day_agrees(born, unknown, on):
    year, month, day = born.isoformat().split("-")
    text = {
        "day": f"{year}-{month}-00",
        "month": f"{year}-00-{day}",
        "month and day": f"{year}-00-00",
    }[unknown]
    start = date(born.year, 1, 1)
    every = (start + timedelta(days=n) for n in range(366))
    possible = [
        one
        for one in every
        if one.year == born.year
        and (unknown != "day" or one.month == born.month)
        and (unknown != "month" or one.day == born.day)
    ]
    answers = {judge(one.isoformat(), "B", on, LAW.at(on)).answer for one in possible}
    expected = answers.pop() if len(answers) == 1 else "unknown"
    assert judge(text, "B", on, LAW.at(on)).answer == expected


@given(DAYS)
def test_every_day_stands_in_one_period(day):
    period = Period.containing(day)
    assert period.first <= day <= period.last
    assert Period.parse(period.label) == Period.parse(period.words) == period
    assert period.next().previous() == period
    assert period.next().first == period.last + timedelta(days=1)
    assert period < period.next()
