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
    if l("key") == r("key") or _run(l) == _run(r) or sorted(l("tokens")) == sorted(r("tokens")):
        return "sounds"
    return _likeness(l, r) or ("given" if l("given") == r("given") else "differ")


def _run(side: Side) -> str:
    """The canonical name without spaces: JOKOBAMBANG is JOKO BAMBANG."""
    return str(side("")).replace(" ", "")


def _likeness(l: Side, r: Side) -> str | None:  # noqa: E741
    longest = max(len(l("key")), len(r("key")))
    distance = min(_slips(l("key"), r("key")), _slips(_run(l), _run(r)))
    turned = Levenshtein.distance("".join(sorted(l("tokens"))), "".join(sorted(r("tokens"))))
    if 8 * min(distance, turned) <= longest:
        return "close"
    if any(_covers(a("tokens"), b("tokens")) or _cut(a(""), b("")) for a, b in ((l, r), (r, l))):
        return "covers"
    return "slip" if longest > 3 and distance == 1 else None


def _slips(one: str, other: str) -> int:
    """Letters to change; two neighbours that changed places are one slip: DIWI, DWII."""
    distance = Levenshtein.distance(one, other)
    return 1 if distance == 2 and _turned(one, other) else distance


def _turned(one: str, other: str) -> bool:
    """Whether ``one`` is ``other`` with two neighbouring letters in each other's place."""
    if len(one) != len(other):
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))
    return other == one[:first] + one[first : first + 2][::-1] + one[first + 2 :]


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
    longest = f"greatest(length({key}), length({other}))"
    run, other_run = (f"replace({side('')}, ' ', '')" for side in (l, r))
    slips = f"least({_slips_sql(key, other, d)}, {_slips_sql(run, other_run, d)})"
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
        (f"{key} = {other} OR {run} = {other_run} OR {turned}", "sounds"),
        (f"8 * {slips} <= {longest}", "close"),
        (f"8 * levenshtein({words[0]}, {words[1]}) <= {longest}", "close"),
        (covers, "covers"),
        (f"{longest} > 3 AND {slips} = 1", "slip"),
        (f"{l('given')} = {r('given')}", "given"),
    ], "differ"


def _slips_sql(one: str, other: str, d: Dialect) -> str:
    distance = f"levenshtein({one}, {other})"
    turned = (
        f"left({one}, i - 1) = left({other}, i - 1)"
        f" AND substr({one}, i, 2) = reverse(substr({other}, i, 2))"
        f" AND substr({one}, i + 2) = substr({other}, i + 2)"
    )
    places = d.filtered(d.places(one), "i", turned)
    alike = f"{distance} = 2 AND length({one}) = length({other}) AND {d.count(places)} > 0"
    return f"(CASE WHEN {alike} THEN 1 ELSE {distance} END)"


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
