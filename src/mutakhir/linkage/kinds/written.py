"""Tier 1 on texts as written: what a text must look like to settle, and what is noted beside.

Nothing is normalised here, so that nine million rows need only one join.
"""

import re
from collections.abc import Sequence
from typing import Final

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds import code
from mutakhir.linkage.kinds.base import Branches

_HEAPED: Final = ("01-01", "07-01", "12-31")
#: A number made of one repeated digit is nobody's.
_FILLERS: Final = tuple(str(digit) * 16 for digit in range(10))


_DAY: Final = "(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
_SERIAL: Final = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_NIK: Final = f"[0-9]{{6}}{_DAY}(0[1-9]|1[0-2])[0-9]{{2}}{_SERIAL}"
#: The only repeated digit that has a day and a month.
_NIK_FILLER: Final = "1" * 16


def settles(kind: str, text: str | None) -> bool:
    """Whether a written text can settle a record together with an equal one: a NIK with a day, a
    month and a serial, a whole date, a name or word that begins with a letter."""
    if text is None:
        return False
    if kind == "nik":
        return re.fullmatch(_NIK, text) is not None and text != _NIK_FILLER
    if kind == "date":
        return len(text) == 10 and "-00" not in text and not text.startswith("0000")
    return "A" <= text < "["


def settles_sql(kind: str, text: str, d: Dialect) -> str:
    """The same in SQL: few and cheap tests, for all that agree are put to them."""
    if kind == "nik":
        return f"({d.matches(text, _NIK)} AND {text} <> '{_NIK_FILLER}')"
    if kind == "date":
        return f"(length({text}) = 10 AND {text} NOT LIKE '%-00%' AND {text} NOT LIKE '0000%')"
    return f"({text} >= 'A' AND {text} < '[')"


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
    if a == b and a is not None and a not in _FILLERS:
        return "equal"
    if a is None or b is None or a in _FILLERS or b in _FILLERS:
        return "missing"
    return "close" if code.close(a, b) else "differ"


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
    missing = f"{a} IS NULL OR {b} IS NULL OR {a} IN {_FILLERS} OR {b} IN {_FILLERS}"
    return [
        (f"{a} = {b} AND {a} NOT IN {_FILLERS}", "equal"),
        (missing, "missing"),
        (code.close_sql(a, b), "close"),
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
