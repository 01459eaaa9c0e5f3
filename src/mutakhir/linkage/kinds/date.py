"""A birth date, ``YYYY-MM-DD``, zeros for what is not known."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side, digits, nullable, texts

#: ``key``: day and month in either order; ``year``.
_PARTS: Final = {"": pa.int32(), "key": pa.int32(), "year": pa.int32()}

#: 1 January, 1 July, 31 December: written when the day is not known, so another day of that year
#: says little against one of them.
_HEAPED: Final = (101, 701, 1231)


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    date = digits(pc.replace_substring(texts(columns[0]), "-", ""), 8)
    date = np.where(date > 0, date, -1)
    year, month, day = date // 10**4, date // 100 % 100, date % 100
    low, high = np.minimum(month, day), np.maximum(month, day)
    whole = (date > 0) & (low > 0) & (year > 0)
    numbers = {
        "": date,
        "key": np.where(whole, year * 10**4 + low * 100 + high, -1),
        "year": np.where(year > 0, year, -1),
    }
    return {part: nullable(values, _PARTS[part]) for part, values in numbers.items()}


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    a, b = l("") or 0, r("") or 0
    if a == b and _whole(a):
        return "heaped" if a % 10**4 in _HEAPED else "equal"
    if _whole(a) and _whole(b):
        return _two_dates(a, b)
    return _partial_dates(_parts(a), _parts(b))


def _parts(date: int) -> tuple[int, int, int]:
    return date // 10**4, date // 100 % 100, date % 100


def _whole(date: int) -> bool:
    return 0 not in _parts(date)


def _two_dates(a: int, b: int) -> str:
    (year, month, day), (other_year, other_month, other_day) = _parts(a), _parts(b)
    if (year, month, day) == (other_year, other_day, other_month):
        return "swapped"
    if Levenshtein.distance(f"{a:08d}", f"{b:08d}") == 1:
        return "close"
    agreeing = (year == other_year) + (month == other_month) + (day == other_day)
    unknown = year == other_year and (a % 10**4 in _HEAPED or b % 10**4 in _HEAPED)
    return "part" if agreeing == 2 or unknown else "differ"


def _partial_dates(a: tuple[int, ...], b: tuple[int, ...]) -> str:
    """At least one of the two has unknown parts, as zeros."""
    year, month, day = (x > 0 and y > 0 for x, y in zip(a, b, strict=True))
    if any(x > 0 and y > 0 and x != y for x, y in zip(a[1:], b[1:], strict=True)):
        return "differ"
    if year and a[0] != b[0]:
        return "age" if abs(a[0] - b[0]) == 1 and not month and not day else "differ"
    if year:
        return "month" if month else "year"
    return "day" if month and day else "missing"


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    a, b = (f"coalesce({side('')}, 0)" for side in (l, r))
    year = d.divided(a, 10**4), d.divided(b, 10**4)
    month = f"({d.divided(a, 100)} % 100)", f"({d.divided(b, 100)} % 100)"
    day = f"({a} % 100)", f"({b} % 100)"
    same = [f"({x} = {y})" for x, y in (year, month, day)]
    both = [f"({x} > 0 AND {y} > 0)" for x, y in (year, month, day)]
    clash = [f"({known} AND NOT {equal})" for known, equal in zip(both, same, strict=True)]
    whole = " AND ".join(both)
    agreeing = " + ".join(f"CAST({equal} AS INTEGER)" for equal in same)
    swapped = f"{same[0]} AND {month[0]} = {day[1]} AND {day[0]} = {month[1]}"
    slips = f"levenshtein(lpad({d.text(a)}, 8, '0'), lpad({d.text(b)}, 8, '0'))"
    heaped = f"({a} % 10000) IN {_HEAPED}"
    unknown = f"({heaped} OR ({b} % 10000) IN {_HEAPED})"
    age = f"{clash[0]} AND abs({year[0]} - {year[1]}) = 1 AND NOT {both[1]} AND NOT {both[2]}"
    return [
        (f"{a} = {b} AND {whole} AND {heaped}", "heaped"),
        (f"{a} = {b} AND {whole}", "equal"),
        (f"{whole} AND {swapped}", "swapped"),
        (f"{whole} AND {slips} = 1", "close"),
        (f"{whole} AND ({agreeing} = 2 OR {same[0]} AND {unknown})", "part"),
        (whole, "differ"),
        (f"{clash[1]} OR {clash[2]}", "differ"),
        (age, "age"),
        (clash[0], "differ"),
        (f"{both[0]} AND {both[1]}", "month"),
        (both[0], "year"),
        (f"{both[1]} AND {both[2]}", "day"),
    ], "missing"


KIND: Final = Kind(
    "date",
    (
        *("missing", "differ", "part", "age", "close", "year", "day", "month"),
        *("swapped", "heaped", "equal"),
    ),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
