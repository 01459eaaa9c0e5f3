"""The name of a person, as Indonesian offices write it."""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side, texts
from mutakhir.linkage.name_batch import normalise_names

#: "" the canonical name; ``key`` its sounds joined; ``tokens`` its sounds word by word;
#: ``given`` the sound of the name one is called by; ``initial`` the first letter of the key.
_PARTS: Final = {
    "": pa.string(),
    "key": pa.string(),
    "tokens": pa.list_(pa.string()),
    "given": pa.string(),
    "initial": pa.string(),
}
#: Letters from which a key that starts another may be that name cut at a column's width.
_CUT: Final = 10


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    """Several columns (given name, surname) are one name."""
    written = [texts(column) for column in columns]
    whole = (
        written[0]
        if len(written) == 1
        else pc.binary_join_element_wise(*written, " ", null_handling="skip")
    )
    forms = normalise_names(whole)
    return {"": forms["canonical"], **{part: forms[part] for part in _PARTS if part}}


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    if l("") is None or r("") is None:
        return "missing"
    if l("") == r(""):
        return "equal"
    if l("key") == r("key") or sorted(l("tokens")) == sorted(r("tokens")):
        return "sounds"
    return _likeness(l, r) or ("given" if l("given") == r("given") else "differ")


def _likeness(l: Side, r: Side) -> str | None:  # noqa: E741
    longest = max(len(l("key")), len(r("key")))
    distance = Levenshtein.distance(l("key"), r("key"))
    turned = Levenshtein.distance("".join(sorted(l("tokens"))), "".join(sorted(r("tokens"))))
    if 8 * min(distance, turned) <= longest:
        return "close"
    if any(_covers(a("tokens"), b("tokens")) or _cut(a(""), b("")) for a, b in ((l, r), (r, l))):
        return "covers"
    return "slip" if longest > 3 and distance == 1 else None


def _covers(short: list[str], long: list[str]) -> bool:
    """Each word of ``short`` stands in ``long``, whole or as an initial; one at least whole."""
    whole = any(len(word) > 1 and word in long for word in short)
    return whole and all(any(_stands_for(word, other) for other in long) for word in short)


def _stands_for(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


def _cut(short: str, long: str) -> bool:
    """``short`` is ``long`` cut off at the width of a column."""
    return len(short) >= _CUT and long.startswith(short)


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    key, other = l("key"), r("key")
    longest, slips = f"greatest(length({key}), length({other}))", f"levenshtein({key}, {other})"
    words = [d.joined(d.sorted(side("tokens"))) for side in (l, r)]
    covers = " OR ".join(
        (
            *(_covers_sql(a, b, d) for a, b in ((l, r), (r, l))),
            *(_cut_sql(a(""), b(""), d) for a, b in ((l, r), (r, l))),
        )
    )
    turned = f"{d.sorted(l('tokens'))} = {d.sorted(r('tokens'))}"
    return [
        (f"{l('')} = {r('')}", "equal"),
        (f"{l('')} IS NULL OR {r('')} IS NULL", "missing"),
        (f"{key} = {other} OR {turned}", "sounds"),
        (f"8 * {slips} <= {longest}", "close"),
        (f"8 * levenshtein({words[0]}, {words[1]}) <= {longest}", "close"),
        (covers, "covers"),
        (f"{longest} > 3 AND {slips} = 1", "slip"),
        (f"{l('given')} = {r('given')}", "given"),
    ], "differ"


def _covers_sql(short: Side, long: Side, d: Dialect) -> str:
    words, others = short("tokens"), long("tokens")
    initial = "least(length(w), length(o)) = 1 AND left(w, 1) = left(o, 1)"
    stands = f"{d.count(d.filtered(others, 'o', f'w = o OR ({initial})'))} > 0"
    whole = d.filtered(words, "w", f"length(w) > 1 AND {d.holds(others, 'w')}")
    alone = d.filtered(words, "w", f"NOT ({stands})")
    return f"({d.count(whole)} > 0 AND {d.count(alone)} = 0)"


def _cut_sql(short: str, long: str, d: Dialect) -> str:
    return f"(length({short}) >= {_CUT} AND {d.starts(long, short)})"


def compare_names(one: dict[str, Any], other: dict[str, Any]) -> str:
    """The level of two names given by their parts."""
    return _compare(one.__getitem__, other.__getitem__)


KIND: Final = Kind(
    "name",
    ("missing", "differ", "given", "slip", "covers", "close", "sounds", "equal"),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
