"""A number or code that is copied by hand: the NKK, a postcode, an account."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import FILLER, Branches, Kind, Options, Side, texts

#: One digit wrong, or two swapped.
_SLIPS: Final = 2


def _prepare(columns: list[pa.Array], options: Options) -> dict[str, pa.Array]:
    """Letters and digits in upper case. With ``digits`` in the options only codes of that many
    digits count, and a repeated digit is a filler."""
    code = pc.replace_substring_regex(pc.utf8_upper(texts(columns[0])), "[^A-Z0-9]+", "")
    counts = pc.not_equal(code, "")
    if "digits" in options:
        right_form = pc.match_substring_regex(code, f"^[0-9]{{{options['digits']}}}$")
        filler = pc.match_substring_regex(code, f"^{FILLER}$")
        counts = pc.and_(right_form, pc.invert(filler))
    return {"": pc.if_else(counts, code, None).cast(pa.string())}


def close(a: str, b: str) -> bool:
    """Whether two codes differ by slips only, few for their length."""
    distance = Levenshtein.distance(a, b)
    return distance <= _SLIPS and 4 * distance <= max(len(a), len(b))


def close_sql(a: str, b: str) -> str:
    """The same in SQL."""
    slips = f"levenshtein({a}, {b})"
    return f"{slips} <= {_SLIPS} AND 4 * {slips} <= greatest(length({a}), length({b}))"


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    a, b = l(""), r("")
    if a is None or b is None:
        return "missing"
    if a == b:
        return "equal"
    return "close" if close(a, b) else "differ"


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    a, b = l(""), r("")
    return [
        (f"{a} = {b}", "equal"),
        (f"{a} IS NULL OR {b} IS NULL", "missing"),
        (close_sql(a, b), "close"),
    ], "differ"


KIND: Final = Kind(
    "code",
    ("missing", "differ", "close", "equal"),
    {"": pa.string()},
    _prepare,
    _compare,
    _branches,
)
