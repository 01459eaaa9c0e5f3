"""Words to make names of: the common table of the package and the lists by origin, as codes."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from mutakhir.synthetic import names
from mutakhir.synthetic.arrays import Bools, Ints
from mutakhir.synthetic.registers.draws import Dice, Floats

SEXES: Final = "LP"
#: Tables of the common words, per sex: by place in the name, and the words of elders.
COMMON: Final = ("only", "first", "middle", "last", "elder")
_RHYME_WORDS: Final = 600


@dataclass(frozen=True)
class Origin:
    """One origin: how its names are built. Table places are -1 where the origin has none."""

    name: str
    share: float
    own: float  # chance that a word comes from its own lists
    single: bool  # one-word names occur
    words: tuple[int, int]  # table of men's and of women's words
    before: tuple[int, int]  # table of what always stands first
    clans: int  # table of inherited last words


@dataclass(frozen=True)
class Vocabulary:
    """All words; the tables to draw them from lie end to end."""

    words: list[str]
    origins: tuple[Origin, ...]
    codes: Ints  # word of each entry, table after table
    bounds: Floats  # entry of table t: cumulated weights from t up to t + 1
    rhyme: Ints  # for each word another that differs in one letter, or -1

    def draw(self, dice: Dice, topic: str, index: Ints, table: Ints) -> Ints:
        """A word from ``table`` for each index; -1 where the table is -1."""
        at = np.searchsorted(self.bounds, dice.uniform(topic, index) + table, side="right")
        return np.where(table < 0, -1, self.codes[np.minimum(at, len(self.codes) - 1)])

    def origin_column(self, field: str, sex: int | None = None) -> Ints:
        """One table place of every origin, to be indexed by origin."""
        found = [getattr(origin, field) for origin in self.origins]
        return np.array(found if sex is None else [pair[sex] for pair in found])


def common_table(female: Bools, place: int) -> Ints:
    """The common table of one place in the name (see ``COMMON``) for each sex."""
    return female * len(COMMON) + place


class _Tables:
    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.codes: list[Ints] = []
        self.bounds: list[Floats] = []

    def add(self, words: list[str], weights: Any) -> int:
        if not words:
            return -1
        total = np.cumsum(np.asarray(weights, dtype=np.float64))
        self.codes.append(np.array([self.words.setdefault(w, len(self.words)) for w in words]))
        self.bounds.append(total / total[-1] + len(self.bounds))
        return len(self.codes) - 1


def _falling(count: int) -> Floats:
    """Weights of a list whose first words are the most common."""
    return np.asarray(1.0 / (np.arange(count) + 5.0), dtype=np.float64)


def _own_words(entry: dict[str, Any], sex: str) -> tuple[list[str], list[float]]:
    listed = entry.get("words", {}).get(sex, [])
    made = [head + tail for head in entry.get("heads", []) for tail in entry["tails"][sex]]
    # Made words together weigh as much as the listed ones.
    heavy = list(_falling(len(listed)))
    each = sum(heavy) / max(len(made), 1)
    return listed + made, heavy + [each] * len(made)


def _origin(tables: _Tables, name: str, entry: dict[str, Any]) -> Origin:
    before = entry.get("before", {"L": [], "P": []})
    clans = entry.get("clans", [])
    own, first = (
        [tables.add(*_own_words(entry, sex)) for sex in SEXES],
        [tables.add(before[sex], _falling(len(before[sex]))) for sex in SEXES],
    )
    return Origin(
        name=name,
        share=entry["share"],
        own=entry["own"],
        single=entry["single"],
        words=(own[0], own[1]),
        before=(first[0], first[1]),
        clans=tables.add(clans, _falling(len(clans))),
    )


def _rhymes(words: dict[str, int], common: list[str]) -> Ints:
    """Pairs as parents of twins choose them, DINA and DINI, but no two spellings of one name."""
    spellings = names.variants()
    alike: dict[str, list[str]] = defaultdict(list)
    for word in common:
        for at in (0, len(word) - 1, len(word) - 2):
            alike[f"{word[:at]}_{word[at + 1 :]}"].append(word)
    rhyme = np.full(len(words), -1)
    for group in alike.values():
        for one, other in zip(group, group[1:] + group[:1], strict=True):
            written = other in spellings.get(one, ()) or _one_spoken(one, other)
            if one != other and len(one) > 3 and not written:
                rhyme[words[one]] = words[other]
    return rhyme


def _one_spoken(one: str, other: str) -> bool:
    """MUHAMMAD and MUHAMMAT, ABDUL and ABDUR: one name in two ears."""
    ends = {one[-1], other[-1]}
    return one[:-1] == other[:-1] and (ends == {"D", "T"} or one.startswith("ABDU"))


@cache
def load() -> Vocabulary:
    """The vocabulary that ships with the package."""
    shipped = names.load()
    tables = _Tables()
    common: list[str] = []
    for sex in SEXES:
        for place in COMMON:
            found = shipped.tables[f"{sex}/{place}"]
            words = [shipped.vocabulary[code] for code in found.index]
            tables.add(words, found.weight)
            common += words[:_RHYME_WORDS] if place == "first" else []
    text = resources.files(__package__).joinpath("origins.toml").read_text("utf-8")
    origins = tuple(_origin(tables, name, entry) for name, entry in tomllib.loads(text).items())
    return Vocabulary(
        words=list(tables.words),
        origins=origins,
        codes=np.concatenate(tables.codes),
        bounds=np.concatenate(tables.bounds),
        rhyme=_rhymes(tables.words, list(dict.fromkeys(common))),
    )
