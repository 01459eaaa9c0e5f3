"""Free text that tells people apart: a surname, a street, an e-mail address."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side, texts

#: "" upper-case words; ``tight`` without spaces; ``start`` its first three letters; ``end`` its last;
#: ``other`` a neighbouring column's text, for what was written into the wrong one.
_PARTS: Final = {p: pa.string() for p in ("", "tight", "start", "end", "other")}


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    """A second column, if there is one, is where the value may stand by mistake."""
    words = _words(columns[0])
    tight = pc.replace_substring(words, " ", "")
    return {
        "": words,
        "tight": tight,
        "start": pc.utf8_slice_codeunits(tight, 0, 3),
        "end": pc.utf8_slice_codeunits(tight, -3),
        "other": _words(columns[1]) if len(columns) > 1 else pa.nulls(len(words), pa.string()),
    }


def _words(column: pa.Array) -> pa.Array:
    upper = pc.utf8_upper(texts(column))
    words = pc.utf8_trim_whitespace(pc.replace_substring_regex(upper, r"[^\p{L}\p{N}]+", " "))
    return pc.if_else(pc.not_equal(words, ""), words, None)


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    a, b = l("tight"), r("tight")
    if a is None or b is None:
        return "missing"
    if a == b:
        return "equal"
    distance, longest = Levenshtein.distance(a, b), max(len(a), len(b))
    if distance == 1 and longest > 3:
        return "slip"
    if 5 * distance <= longest:
        return "close"
    if _elsewhere(l, r):
        return "elsewhere"
    return "like" if 5 * distance <= 2 * longest or _starts(a, b) else "differ"


def _elsewhere(l: Side, r: Side) -> bool:  # noqa: E741
    return (l("") == r("other")) or (r("") == l("other"))


def _starts(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    a, b = l("tight"), r("tight")
    slips, longest = f"levenshtein({a}, {b})", f"greatest(length({a}), length({b}))"
    starts = f"(least(length({a}), length({b})) >= 3 AND ({d.starts(a, b)} OR {d.starts(b, a)}))"
    return [
        (f"{a} IS NULL OR {b} IS NULL", "missing"),
        (f"{a} = {b}", "equal"),
        (f"{slips} = 1 AND {longest} > 3", "slip"),
        (f"5 * {slips} <= {longest}", "close"),
        (f"{l('')} = {r('other')} OR {r('')} = {l('other')}", "elsewhere"),
        (f"5 * {slips} <= 2 * {longest} OR {starts}", "like"),
    ], "differ"


KIND: Final = Kind(
    "text",
    ("missing", "differ", "like", "elsewhere", "close", "slip", "equal"),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
