"""Tier 1 on texts as written: what a text must look like to settle, and what is noted beside.

Nothing is normalised here, so that nine million rows need only one join.
"""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches

_SERIAL: Final = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_DAY: Final = "(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
_NIK_FILLER: Final = "1" * 16  # the only repeated digit that has a day and a month
#: By kind: the whole text must have this form, on both sides the same.
SETTLING: Final = {
    "nik": f"[0-9]{{6}}{_DAY}(0[1-9]|1[0-2])[0-9]{{2}}{_SERIAL}",
    "name": "[A-Z0-9 .,'-]*[A-Z][A-Z0-9 .,'-]*",
    "date": "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|[1-9][0-9])-(0[1-9]|[1-9][0-9])",
    "category": "[A-Z]+",
}
_HEAPED: Final = ("01-01", "07-01", "12-31")


def settles(kind: str, text: str | None) -> bool:
    """Whether a written text can settle a record together with an equal one."""
    whole = text is not None and re.fullmatch(SETTLING[kind], text) is not None
    return whole and text != _NIK_FILLER


def settles_sql(kind: str, text: str, d: Dialect) -> str:
    """The same in SQL."""
    filler = f" AND {text} <> '{_NIK_FILLER}'" if kind == "nik" else ""
    return f"({d.matches(text, SETTLING[kind].replace(chr(39), chr(39) * 2))}{filler})"


def same_level(kind: str, text: str) -> str:
    """The level of a field whose texts are equal as written."""
    return "heaped" if kind == "date" and text[5:] in _HEAPED else "equal"


def same_branches(kind: str, text: str) -> Branches:
    """The same in SQL."""
    heaped = [(f"substr({text}, 6) IN {_HEAPED}", "heaped")] if kind == "date" else []
    return heaped, "equal"


def compare_written(kind: str, l: Sequence[str | None], r: Sequence[str | None]) -> str:  # noqa: E741
    """The level of a field noted beside: a code or an area, by its texts."""
    if kind == "area":
        return _area(l, r)
    a, b = l[0], r[0]
    if a is None or b is None or _filler(a) or _filler(b):
        return "missing"
    if a == b:
        return "equal"
    distance = Levenshtein.distance(a, b)
    return "close" if distance <= 2 and 4 * distance <= max(len(a), len(b)) else "differ"


def _filler(text: str) -> bool:
    return text == text[:1] * len(text)


def _area(l: Sequence[str | None], r: Sequence[str | None]) -> str:  # noqa: E741
    (desa, rw, rt), (other, other_rw, other_rt) = l, r
    if desa is None or other is None:
        return "missing"
    if desa != other:
        return "kecamatan" if desa[:6] == other[:6] else "differ"
    if rw in (None, "000") or rw != other_rw:
        return "desa"
    return "rt" if rt not in (None, "000") and rt == other_rt else "rw"


def written_branches(kind: str, l: Sequence[str], r: Sequence[str]) -> Branches:  # noqa: E741
    """The same in SQL."""
    if kind == "area":
        return _area_branches(l, r)
    a, b = l[0], r[0]
    fillers = " OR ".join(f"{x} = repeat(substr({x}, 1, 1), length({x}))" for x in (a, b))
    slips = f"levenshtein({a}, {b})"
    close = f"{slips} <= 2 AND 4 * {slips} <= greatest(length({a}), length({b}))"
    return [
        (f"{a} IS NULL OR {b} IS NULL OR {fillers}", "missing"),
        (f"{a} = {b}", "equal"),
        (close, "close"),
    ], "differ"


def _area_branches(l: Sequence[str], r: Sequence[str]) -> Branches:  # noqa: E741
    (desa, rw, rt), (other, other_rw, other_rt) = l, r
    one_rw = f"{desa} = {other} AND {rw} = {other_rw} AND {rw} <> '000'"
    return [
        (f"{desa} IS NULL OR {other} IS NULL", "missing"),
        (f"{one_rw} AND {rt} = {other_rt} AND {rt} <> '000'", "rt"),
        (one_rw, "rw"),
        (f"{desa} = {other}", "desa"),
        (f"substr({desa}, 1, 6) = substr({other}, 1, 6)", "kecamatan"),
    ], "differ"
