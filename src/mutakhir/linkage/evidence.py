"""What speaks for and against a link, as text without personal values.

``nik=20.0 name~6.0:close birth_date~7.0:swapped sex=1.0 nkk!-2.5 area?0.0``: the field, a sign
(``=`` agrees, ``~`` close, ``!`` differs, ``?`` missing), the weight in bits, and the level when
the sign does not say it. The weights and the prior add up to the link's weight.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mutakhir.linkage.model import FIELDS, LEVELS, Model

_SIGNS: Final = {"equal": "=", "heaped": "=", "rt": "=", "differ": "!", "missing": "?"}
_AGAINST: Final = frozenset({("nik", "sibling"), ("claimed", "yes")})
_PLAIN: Final = frozenset({"equal", "differ", "missing"})
_TERM: Final = re.compile(r"([a-z_]+)([=~!?])(-?[0-9.]+)(?::([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Term:
    """One field's part: its level (LEVELS) and weight in bits."""

    field: str
    level: str
    weight: float


def write_term(term: Term) -> str:
    """``birth_date~7.0:swapped``."""
    against = (term.field, term.level) in _AGAINST
    sign = "!" if against else _SIGNS.get(term.level, "~")
    word = "" if term.level in _PLAIN else f":{term.level}"
    return f"{term.field}{sign}{term.weight}{word}"


def read_terms(evidence: str) -> list[Term]:
    """The terms of an evidence text. Raises ValueError on a term of another form."""
    terms = []
    for text in evidence.split():
        match = _TERM.fullmatch(text)
        if match is None:
            raise ValueError(f"not a term of evidence: {text!r}")
        plain = {"=": "equal", "!": "differ", "?": "missing"}
        field, sign, weight, word = match.groups()
        terms.append(Term(field, word or plain[sign], float(weight)))
    return terms


def write_evidence(scored: pa.Table, model: Model) -> pa.Array:
    """The evidence of each scored pair, written once for each distinct combination."""
    columns = [scored[field].to_numpy().astype(np.int64) for field in FIELDS]
    key: npt.NDArray[np.int64] = scored["name_worth"].to_numpy().astype(np.int64)
    for field, column in zip(FIELDS, columns, strict=True):
        key = key * len(LEVELS[field]) + column
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    name_worth = scored["name_worth"].to_numpy()
    by_field = dict(zip(FIELDS, columns, strict=True))
    texts = [
        _one({field: int(c[i]) for field, c in by_field.items()}, int(name_worth[i]), model)
        for i in first
    ]
    coded = pa.DictionaryArray.from_arrays(inverse.astype(np.int32), pa.array(texts, pa.string()))
    return coded.cast(pa.string())


def _one(levels: dict[str, int], name_worth: int, model: Model) -> str:
    terms = []
    for field, number in levels.items():
        weight = name_worth if field == "name" else model.weights[field][number]
        word = LEVELS[field][number]
        if (field, word) != ("claimed", "no"):
            terms.append(write_term(Term(field, word, weight / 1000)))
    return " ".join(terms)
