"""May this person vote on the reference day, by age and marriage?"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mutakhir.rules.law import Law

Answer = Literal["eligible", "under_age", "unknown"]
Flag = Literal["under_age_married", "older_than_unquestioned", "not_born_yet"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, and what a person should look at though it changes nothing."""

    answer: Answer
    flags: tuple[Flag, ...] = ()


def judge(birth_date: str | None, marital: str | None, reference_day: date, law: Law) -> Verdict:
    """Judge one person (UU 7/2017: 17 or older, or married, or ever married).

    ``birth_date`` is ``YYYY-MM-DD`` with zeros for unknown parts: when every date it can be gives
    one answer, that is the answer, else ``unknown``. ``marital`` is B, S, P or None. Flags are
    questions for a person: real centenarians and married minors are voters.
    """
    earliest, latest = possible_days(birth_date)
    oldest = _age(earliest, reference_day) if earliest else None
    youngest = _age(latest, reference_day) if latest else None
    married = law.eligibility.married_any_age and marital in ("S", "P")
    minor = youngest is not None and youngest < law.eligibility.age
    flags: list[Flag] = []
    if married and minor:
        flags.append("under_age_married")
    if oldest is not None and oldest > law.eligibility.oldest_unquestioned:
        flags.append("older_than_unquestioned")
    if earliest is not None and earliest > reference_day:
        flags.append("not_born_yet")
    return Verdict(_answer(oldest, youngest, married, law.eligibility.age), tuple(flags))


def _answer(oldest: int | None, youngest: int | None, married: bool, age: int) -> Answer:
    if married:
        return "eligible"
    if youngest is not None and youngest >= age:
        return "eligible"
    if oldest is not None and oldest < age:
        return "under_age"
    return "unknown"


def possible_days(birth_date: str | None) -> tuple[date | None, date | None]:
    """Earliest and latest day that ``YYYY-MM-DD`` with zeros can mean; None for no bound.

    Raises ValueError for a day that no calendar has.
    """
    if birth_date is None:
        return None, None
    year, month, day = (int(part) for part in birth_date.split("-"))
    if year == 0:
        return None, None
    months = (month,) if month else (1, 12)
    first = date(year, months[0], day or 1)
    # Day 31 of an unknown month is checked against January and December, which have it.
    return first, date(year, months[-1], day or monthrange(year, months[-1])[1])


def _age(born: date, on: date) -> int:
    """Full years on the day ``on``; born on 29 February counts from 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
