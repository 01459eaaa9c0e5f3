"""Checks between the fields of one row. A NIK that disagrees is a warning: it never changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

Values = Sequence[str | None]

#: Day part of a woman's NIK is the day + 40.
_WOMAN: Final = "4"


def sex_in(nik: str) -> str:
    """The sex a NIK was issued for."""
    return "P" if nik[6] >= _WOMAN else "L"


@dataclass(frozen=True)
class AgeLimits:
    """Birth dates beyond which a voter is looked at twice, for a day of reference."""

    born_after_is_under_17: str
    born_before_is_over_100: str
    today: str

    @classmethod
    def on(cls, day: date, *, youngest: int, oldest: int) -> "AgeLimits":
        """Limits for ``day``; a leap day counts as the day before."""
        return cls(_years_before(day, youngest), _years_before(day, oldest + 1), day.isoformat())

    def issue(self, birth: str) -> str | None:
        """The age flag of a birth date, None for an ordinary one."""
        if self.born_before_is_over_100 < birth <= self.born_after_is_under_17:
            return None
        if birth.startswith("0000"):
            return None
        if birth > self.today:
            return "birth_date_future"
        return "under_17" if birth > self.born_after_is_under_17 else "over_100"


def _years_before(day: date, years: int) -> str:
    return f"{day.year - years:04}-{day.isoformat()[5:]}"


def disagreements(
    niks: Values, births: Values, sexes: Values, desas: Values
) -> Iterator[tuple[int, str]]:
    """(position, issue code) where a NIK disagrees with birth date, sex or region.

    ``day_month_swapped`` is given besides ``nik_birth_date_differs`` when day and month of the
    NIK are those of the birth date the other way round: a sign of damage, not an issue code.
    """
    for at, (nik, birth, sex, desa) in enumerate(zip(niks, births, sexes, desas, strict=True)):
        if nik is None:
            continue
        if desa is not None and nik[:4] != desa[:4]:
            yield at, "nik_region_differs"
        woman = nik[6] >= _WOMAN
        if sex is not None and woman != (sex == "P"):
            yield at, "nik_sex_differs"
        if birth is not None:
            day = f"{int(nik[6]) - 4}{nik[7]}" if woman else nik[6:8]
            month = nik[8:10]
            if day != birth[8:] or month != birth[5:7] or nik[10:12] != birth[2:4]:
                yield from _date_differs(at, day, month, nik[10:12], birth)


def _date_differs(
    at: int, day: str, month: str, year: str, birth: str
) -> Iterator[tuple[int, str]]:
    said_year, said_month, said_day = birth[2:4], birth[5:7], birth[8:]
    known = (
        (day, said_day, said_day != "00"),
        (month, said_month, said_month != "00"),
        (year, said_year, birth[:4] != "0000"),
    )
    if not any(said and a != b for a, b, said in known):
        return
    yield at, "nik_birth_date_differs"
    if day == said_month and month == said_day and year == said_year:
        yield at, "day_month_swapped"
