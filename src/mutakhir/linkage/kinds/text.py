"""Free text that tells people apart: a surname, a street, an e-mail address."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side, texts

#: "" upper-case words; ``tight`` without spaces; ``start`` and ``end`` three letters of it;
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
    """Words of A to Z and 0 to 9, accents taken off; what has none is missing. Engines count the
    slips between other scripts differently, so those are not compared."""
    upper = pc.utf8_upper(pc.utf8_normalize(texts(column), "NFKD"))
    plain = pc.replace_substring_regex(upper, r"\p{M}+", "")
    words = pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, "[^A-Z0-9]+", " "))
    return pc.if_else(pc.not_equal(words, ""), words, None)


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    a, b = l("tight"), r("tight")
    if a is None or b is None:
        return "missing"
    if a == b:
        return "equal"
    return _slips(a, b) or _crossed(l, r) or _likeness(a, b)


def _slips(a: str, b: str) -> str | None:
    distance, longest = Levenshtein.distance(a, b), max(len(a), len(b))
    if longest > 3 and (distance == 1 or (distance == 2 and sorted(a) == sorted(b))):
        return "slip"
    return "close" if 5 * distance <= longest else None


def _crossed(l: Side, r: Side) -> str | None:  # noqa: E741
    """Whether what stands here on one side stands in the neighbouring column on the other."""
    crossed = (l("") == r("other")) + (r("") == l("other"))
    return (None, "elsewhere", "swapped")[crossed]


def _likeness(a: str, b: str) -> str:
    distance, longest = Levenshtein.distance(a, b), max(len(a), len(b))
    if 5 * distance <= 2 * longest or _starts(a, b):
        return "like"
    return "faint" if 2 * distance <= longest else "differ"


def _starts(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    a, b = l("tight"), r("tight")
    slips, longest = f"levenshtein({a}, {b})", f"greatest(length({a}), length({b}))"
    starts = f"(least(length({a}), length({b})) >= 3 AND ({d.starts(a, b)} OR {d.starts(b, a)}))"
    turned = f"({slips} = 2 AND {d.letters(a)} = {d.letters(b)})"
    there, here = f"{l('')} = {r('other')}", f"{r('')} = {l('other')}"
    return [
        (f"{a} IS NULL OR {b} IS NULL", "missing"),
        (f"{a} = {b}", "equal"),
        (f"{longest} > 3 AND ({slips} = 1 OR {turned})", "slip"),
        (f"5 * {slips} <= {longest}", "close"),
        (f"{there} AND {here}", "swapped"),
        (f"{there} OR {here}", "elsewhere"),
        (f"5 * {slips} <= 2 * {longest} OR {starts}", "like"),
        (f"2 * {slips} <= {longest}", "faint"),
    ], "differ"


KIND: Final = Kind(
    "text",
    ("missing", "differ", "faint", "like", "elsewhere", "close", "slip", "swapped", "equal"),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
