"""The NIK: region (6 digits), day (women + 40), month and year of birth, serial (4)."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import (
    Branches,
    Kind,
    Numbers,
    Options,
    Side,
    digits,
    nullable,
    texts,
)

_PARTS = {
    "": pa.int64(),  # only when valid
    "head": pa.int64(),  # region and date; also of a NIK whose serial is lost
    "tail": pa.int64(),  # date and serial
    "ends": pa.int64(),  # region and serial
    "stem": pa.int64(),  # the first 15 digits; all that is left of a NIK cut short
}


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    written = texts(columns[0])
    nik, cut = digits(written, 16), digits(written, 15)
    numbers = _parts(nik)
    numbers["stem"] = np.where(numbers[""] >= 0, nik // 10, cut)
    numbers["head"] = np.where(cut >= 0, _head(cut // 10**3, cut >= 0), numbers["head"])
    return {part: nullable(values, _PARTS[part]) for part, values in numbers.items()}


def _parts(nik: Numbers) -> dict[str, Numbers]:
    head = _head(nik // 10**4, nik >= 0)
    serial = nik % 10**4
    valid = (head >= 0) & (serial > 0) & (nik % (10**16 // 9) != 0)  # one digit, repeated

    def when_valid(value: Numbers) -> Numbers:
        return np.where(valid, value, -1)

    return {
        "": when_valid(nik),
        "head": head,
        "tail": when_valid(nik % 10**10),
        "ends": when_valid(nik // 10**10 * 10**4 + serial),
    }


def _head(head: Numbers, known: npt.NDArray[np.bool_]) -> Numbers:
    """Region and date (12 digits) where the date can be one; -1 for any other."""
    day, month = head // 10**4 % 100, head // 100 % 100
    day = np.where(day > 40, day - 40, day)
    dated = known & (day >= 1) & (day <= 31) & (month >= 1) & (month <= 12)
    return np.where(dated, head, -1)


def distance(a: int, b: int) -> int:
    """Slips between two numbers of 16 digits."""
    return Levenshtein.distance(f"{a:016d}", f"{b:016d}")


def _compare(l: Side, r: Side) -> str:  # noqa: E741 - left and right, as in the SQL
    if l("") is None or r("") is None:
        return _compare_damaged(l, r)
    if l("") == r(""):
        return "equal"
    slips = distance(l(""), r(""))
    if slips == 2 and _same_digits(l(""), r("")):
        return "swapped"
    # Twins are neighbours: their numbers differ in the last digit. 0041 beside 0001 is a slip.
    if l("head") == r("head") and (slips > 1 or l("") % 10 != r("") % 10):
        return "sibling"
    # One digit of the region: of those born on one day many have the serial 0001, one kecamatan on.
    if slips == 1 and l("tail") == r("tail"):
        return "region"
    # The women's 40 forgotten is one digit too.
    return {1: "typo", 2: "near"}.get(slips, "differ")


def _same_digits(a: int, b: int) -> bool:
    return sorted(f"{a:016d}") == sorted(f"{b:016d}")


def _compare_damaged(l: Side, r: Side) -> str:  # noqa: E741
    """At least one side is not a valid NIK."""
    if l("stem") is not None and l("stem") == r("stem"):
        return "cut"
    if l("head") is not None and l("head") == r("head"):
        return "prefix"
    return "missing"


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    whole = f"{l('')} IS NOT NULL AND {r('')} IS NOT NULL"

    def padded(value: str) -> str:
        return f"lpad({d.text(value)}, 16, '0')"

    slips = f"levenshtein({padded(l(''))}, {padded(r(''))})"
    same_digits = f"{d.letters(padded(l('')))} = {d.letters(padded(r('')))}"
    neighbours = f"{slips} > 1 OR {l('')} % 10 <> {r('')} % 10"
    return [
        (f"{l('')} = {r('')}", "equal"),
        (f"{whole} AND {slips} = 2 AND {same_digits}", "swapped"),
        (f"{whole} AND {l('head')} = {r('head')} AND ({neighbours})", "sibling"),
        (f"{whole} AND {slips} = 1 AND {l('tail')} = {r('tail')}", "region"),
        (f"{whole} AND {slips} = 1", "typo"),
        (f"{whole} AND {slips} = 2", "near"),
        (whole, "differ"),
        (f"{l('stem')} = {r('stem')}", "cut"),
        (f"{l('head')} = {r('head')}", "prefix"),
    ], "missing"


KIND = Kind(
    "nik",
    (
        *("missing", "differ", "sibling", "prefix", "near"),
        *("region", "swapped", "typo", "cut", "equal"),
    ),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
