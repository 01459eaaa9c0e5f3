"""Dates as offices write them, to ``YYYY-MM-DD`` with zeros for unknown parts."""

import re
from datetime import date, timedelta
from typing import Final

from mutakhir.intake.values.parsed import Parsed, clean

#: Outcomes of ``read``; ``birth_date`` and ``event_date`` turn them into issue codes.
MISSING, UNREADABLE, IMPOSSIBLE = "missing", "unreadable", "impossible"
MONTH_FIRST, CENTURY, TWO_DIGITS, PARTIAL = "month_first", "century", "two_digits", "partial"

_MONTHS: Final = {
    word: f"{month:02}"
    for month, words in enumerate(
        (
            "jan januari january",
            "feb februari pebruari peb february",
            "mar maret mrt march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agustus ags agt aug august",
            "sep september sept",
            "okt oktober oct october",
            "nov november nopember nop",
            "des desember dec december",
        ),
        start=1,
    )
    for word in words.split()
}
_TIME: Final = re.compile(
    r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?(Z|[+-]\d\d:?\d\d| ?[AaPp][Mm])?$"
)
_SPLIT: Final = re.compile(r"[\s|/\-\u2010-\u2014.,\\]+")
_NOTHING: Final = frozenset("0*?-xX")
_SERIAL_EPOCH: Final = date(1899, 12, 30)
_YEAR, _MONTH, _DAY = (
    r"(?P<year>(?:19|20)[0-9]{2})",
    r"(?P<month>0[1-9]|1[0-2])",
    r"(?P<day>0[1-9]|1[0-9]|2[0-8])",
)
_ISO: Final = re.compile(f"{_YEAR}-{_MONTH}-{_DAY}")
_DAY_FIRST: Final = re.compile(rf"{_DAY}[|/\-.]{_MONTH}[|/\-.]{_YEAR}")


def read(raw: str) -> tuple[str | None, str | None]:
    """The date in ``raw`` and an outcome (None = plain). Unknown parts are zeros."""
    if quick := _DAY_FIRST.fullmatch(raw) or _ISO.fullmatch(raw):
        return f"{quick['year']}-{quick['month']}-{quick['day']}", None
    text = _TIME.sub("", clean(raw))
    if not text or not set(text) - _NOTHING - set("|/. "):
        return None, MISSING
    parts = _SPLIT.split(text.strip(" |/-.,\\"))
    if len(parts) == 1 or (len(parts) == 2 and parts[1] == "0" and text.endswith(".0")):
        return _one_number(parts[0])
    if len(parts) != 3:
        return None, UNREADABLE
    first, middle, last = (_MONTHS.get(part.lower(), part) for part in parts)
    if _is_unknown_or_number(first, 4) and len(first) == 4:
        return _whole(first, middle, last)
    return _day_month_year(first, middle, last)


def _is_unknown_or_number(part: str, longest: int) -> bool:
    return 0 < len(part) <= longest and (
        (part.isascii() and part.isdecimal()) or not set(part) - _NOTHING
    )


def _zeroed(part: str, width: int) -> str:
    """``part`` as digits: stars, dashes and zeros are an unknown part; ``19**`` is no year."""
    return "0" * width if set(part) & set("*?xX") else part.zfill(width)


def _day_month_year(first: str, middle: str, last: str) -> tuple[str | None, str | None]:
    if len(last) == 2 and last.isdecimal():
        return _two_digit_year(first, middle, last)
    return _whole(last, middle, first)


def _two_digit_year(day: str, month: str, year: str) -> tuple[str | None, str | None]:
    # Voters are 17 and older: 00-09 is this century, 26-99 the last; between, it can be either.
    if "10" <= year <= "25":
        return None, CENTURY
    century = "20" if year < "10" else "19"
    value, outcome = _whole(f"{century}{year}", month, day)
    return value, outcome or TWO_DIGITS


def _whole(year: str, month: str, day: str) -> tuple[str | None, str | None]:
    if not (
        len(year) == 4
        and _is_unknown_or_number(year, 4)
        and _is_unknown_or_number(month, 2)
        and _is_unknown_or_number(day, 2)
    ):
        return None, UNREADABLE
    year, month, day = _zeroed(year, 4), _zeroed(month, 2), _zeroed(day, 2)
    if "12" < month <= "31" and day <= "12":
        return None, MONTH_FIRST
    if not _possible(year, month, day):
        return None, IMPOSSIBLE
    value = f"{year}-{month}-{day}"
    if value == "0000-00-00":
        return None, MISSING
    return value, PARTIAL if "00" in (month, day) or year == "0000" else None


def _possible(year: str, month: str, day: str) -> bool:
    if year != "0000" and not "1850" <= year <= "2099":
        return False
    try:
        # An unknown part is taken as one that allows the most: a leap year, a long month.
        date(int(year) or 2000, int(month) or 1, int(day) or 1)
    except ValueError:
        return False
    return True


def _one_number(text: str) -> tuple[str | None, str | None]:
    """A lone number: a year, eight digits, or a spreadsheet's day count since 1899-12-30."""
    if not (text.isascii() and text.isdecimal()):
        return None, UNREADABLE
    if len(text) == 4 and "1900" <= text <= "2099":
        return f"{text}-00-00", PARTIAL
    if len(text) == 8:
        return _eight_digits(text)
    if len(text) <= 5 and 1 <= int(text) <= 73050:
        return (_SERIAL_EPOCH + timedelta(days=int(text))).isoformat(), None
    return None, UNREADABLE


def _eight_digits(text: str) -> tuple[str | None, str | None]:
    ways = (
        _whole(text[:4], text[4:6], text[6:]),
        _whole(text[4:], text[2:4], text[:2]),
    )
    found = [way for way in ways if way[0] is not None]
    return found[0] if len(found) == 1 else (None, UNREADABLE)


_BIRTH: Final = {
    MISSING: "birth_date_missing",
    UNREADABLE: "birth_date_unreadable",
    IMPOSSIBLE: "birth_date_impossible",
    MONTH_FIRST: "birth_date_month_first",
    CENTURY: "birth_date_century",
    TWO_DIGITS: "birth_year_two_digits",
    PARTIAL: "birth_date_partial",
}


def birth_date(raw: str) -> Parsed:
    """A birth date, with ``birth_...`` codes for what is odd."""
    value, outcome = read(raw)
    return Parsed(value, _BIRTH[outcome] if outcome else None)


def event_date(raw: str) -> Parsed:
    """The day of a death, a move or a discharge; an unreadable one is left out with a warning."""
    value, outcome = read(raw)
    return Parsed(value, "event_date_unreadable" if value is None and outcome != MISSING else None)
