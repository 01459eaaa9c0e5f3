"""What speaks for and against a link, as text without personal values.

``nik=20.000 name~6.000:close birth_date~7.000:swapped sex=1.000 nkk!-2.500 area?0.000``: the field,
a sign (``=`` agrees, ``~`` close, ``!`` differs, ``?`` missing), the weight in bits, and the level
when the sign does not say it. The weights and the prior add up to the link's weight.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mutakhir.linkage.model import Model

#: Appended where a link was not left sure because another fits nearly as well.
RIVALS: Final = "rivals!0.000:several"
#: Appended where a chain of duplicates was cut here, its weakest edge.
CHAIN: Final = "chain!0.000:cut"
_SIGNS: Final = {
    **{"equal": "=", "heaped": "=", "rt": "=", "missing": "?"},
    **{"differ": "!", "sibling": "!", "yes": "!", "several": "!"},
}
_PLAIN: Final = frozenset({"equal", "differ", "missing"})
_TERM: Final = re.compile(r"([a-z_0-9]+)([=~!?])(-?[0-9]+\.[0-9]{3})(?::([a-z_]+))?")
#: A level that is not worth saying.
UNSAID: Final = "no"


@dataclass(frozen=True, slots=True)
class Term:
    """One field's part: its level and weight in thousandths of a bit."""

    field: str
    level: str
    weight: int


def bits(weight: int) -> str:
    """Thousandths of a bit as bits: -2500 is ``-2.500``."""
    return f"{'-' if weight < 0 else ''}{abs(weight) // 1000}.{abs(weight) % 1000:03d}"


def around(field: str, level: str) -> tuple[str, str]:
    """What stands before and after the weight in a term."""
    return f"{field}{_SIGNS.get(level, '~')}", "" if level in _PLAIN else f":{level}"


def write_terms(terms: Iterable[Term]) -> str:
    """The evidence text of terms; see terms_of for what goes without saying."""
    parts = []
    for term in terms:
        before, after = around(term.field, term.level)
        parts.append(f"{before}{bits(term.weight)}{after}")
    return " ".join(parts)


def terms_of(levels: Mapping[str, int], weights: Mapping[str, int], model: Model) -> list[Term]:
    """The terms of a compared pair, in the model's order; ``no`` goes without saying."""
    terms = []
    for name, level in levels.items():
        word = model.field[name].kind.levels[level]
        if word != UNSAID:
            terms.append(Term(name, word, weights[name]))
    return terms


def read_terms(evidence: str) -> list[Term]:
    """The terms of an evidence text. Raises ValueError on a term of another form."""
    plain = {"=": "equal", "!": "differ", "?": "missing"}
    terms = []
    for text in evidence.split():
        match = _TERM.fullmatch(text)
        if match is None or (match[4] is None and match[2] not in plain):
            raise ValueError(f"not a term of evidence: {text!r}")
        field, sign, weight, word = match.groups()
        terms.append(Term(field, word or plain[sign], round(float(weight) * 1000)))
    return terms
