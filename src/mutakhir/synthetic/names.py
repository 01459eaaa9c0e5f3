"""Names made from single words with the frequency and gender that people's names show."""

import csv
import gzip
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.arrays import Array, Bools, Ints, pick, strings

_LONGEST = 4
_POSITIONS = ("only", "first", "middle", "last")
#: Words per name (1 to 4): the younger the longer. Tables of names_length by cohort, see SOURCE.
_LENGTHS = {
    "L": ((0.26, 0.42, 0.26, 0.06), (0.33, 0.42, 0.21, 0.04), (0.50, 0.40, 0.09, 0.01)),
    "P": ((0.30, 0.38, 0.27, 0.05), (0.38, 0.38, 0.21, 0.03), (0.58, 0.34, 0.07, 0.01)),
}


@cache
def words() -> dict[str, Any]:
    """Word material of data/words.toml: streets, schools, elders, apostrophes, titles."""
    text = resources.files("mutakhir.synthetic").joinpath("data", "words.toml").read_text("utf-8")
    return tomllib.loads(text)


def _rows(name: str) -> list[list[str]]:
    raw = resources.files("mutakhir.synthetic").joinpath("data", name).read_bytes()
    return list(csv.reader(gzip.decompress(raw).decode().splitlines()))[1:]


@dataclass(frozen=True)
class _Words:
    """Words with their counts: indices into the common vocabulary."""

    index: Ints
    weight: Ints


@dataclass(frozen=True)
class Names:
    """The word tables, ready to draw from."""

    vocabulary: list[str]
    tables: dict[str, _Words]  # "L/first", "P/elder", ...

    def draw(self, rng: np.random.Generator, female: Bools, age: Ints) -> pa.StringArray:
        """One name each for people of this sex and age (years), upper case, no titles."""
        words = np.full((_LONGEST, len(age)), -1, dtype=np.int64)
        for sex, who in (("L", ~female), ("P", female)):
            for cohort, (low, high) in enumerate(((0, 40), (40, 60), (60, 200))):
                members = np.flatnonzero(who & (age >= low) & (age < high))
                lengths = pick(rng, _LENGTHS[sex][cohort], len(members)) + 1
                self._fill(rng, words, members, lengths, sex, elder=cohort == 2)
        return pc.binary_join_element_wise(
            *(strings(self.vocabulary, row) for row in words), " ", null_handling="skip"
        )

    def _fill(
        self,
        rng: np.random.Generator,
        words: Array,
        members: Ints,
        lengths: Ints,
        sex: str,
        *,
        elder: bool,
    ) -> None:
        for slot in range(_LONGEST):
            here = lengths > slot
            last = lengths == slot + 1
            kinds = np.where(last, 3, 2) if slot else np.where(last, 0, 1)
            for kind, position in enumerate(_POSITIONS):
                chosen = members[here & (kinds == kind)]
                words[slot, chosen] = self._words(rng, f"{sex}/{position}", len(chosen))
            if elder:
                old = members[here & (rng.random(len(members)) < 0.6)]
                words[slot, old] = self._words(rng, f"{sex}/elder", len(old))

    def _words(self, rng: np.random.Generator, table: str, size: int) -> Ints:
        found = self.tables[table]
        return found.index[pick(rng, found.weight, size)]


def _elders(sex: str) -> list[tuple[str, int]]:
    column = 1 if sex == "P" else 2
    listed = [(row[0].upper(), int(row[column])) for row in _rows("elders.csv.gz")]
    elders = words()["elders"]
    made = [(head + tail, 3) for head in elders["heads"] for tail in elders["tails"][sex]]
    return [(word, count) for word, count in listed if count] + made


@cache
def load() -> Names:
    """The tables that ship with the package (data/SOURCE.txt)."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for gender, position, token, count in _rows("positions.csv.gz"):
        found[f"{'P' if gender == 'f' else 'L'}/{position}"].append((token.upper(), int(count)))
    for sex in "LP":
        found[f"{sex}/elder"] = _elders(sex)
    vocabulary: dict[str, int] = {}
    tables = {}
    for name, words in found.items():
        index = [vocabulary.setdefault(word, len(vocabulary)) for word, _ in words]
        tables[name] = _Words(np.array(index), np.array([count for _, count in words]))
    return Names(list(vocabulary), tables)


@cache
def variants() -> dict[str, tuple[str, ...]]:
    """Other attested spellings of a word: MUHAMAD for MUHAMMAD, SOEKARNO for SUKARNO."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other, _ in _rows("variants.csv.gz"):
        found[one.upper()].append(other.upper())
        found[other.upper()].append(one.upper())
    for short in ("M.", "MUH.", "MOH.", "MOCH.", "MUHAMAD", "MOHAMAD", "MOCHAMAD"):
        found["MUHAMMAD"].append(short)
    return {word: tuple(others) for word, others in found.items()}


def with_apostrophes(rng: np.random.Generator, names: list[str], female: Bools, who: Ints) -> None:
    """Give the people ``who`` a last word with an apostrophe, in place."""
    for person in who:
        choices = words()["apostrophes"]["P" if female[person] else "L"]
        first = names[person].split(" ")[0]
        names[person] = f"{first} {choices[rng.integers(len(choices))]}"


def with_titles(rng: np.random.Generator, names: list[str], female: Bools, who: Ints) -> None:
    """Give the people ``who`` a title before or after the name, in place."""
    before, after = words()["titles"]["before"], words()["titles"]["after"]
    leads = rng.random(len(who)) < 0.7
    first = pick(rng, before["weights"], len(who))
    last = rng.integers(len(after), size=len(who))
    for at, person in enumerate(who):
        if leads[at]:
            title = before["P" if female[person] else "L"][first[at]]
            names[person] = f"{title} {names[person]}"
        else:
            names[person] = f"{names[person]}, {after[last[at]]}"


@cache
def _title_words() -> frozenset[str]:
    before = words()["titles"]["before"]
    return frozenset(word for sex in "LP" for title in before[sex] for word in title.split(" "))


def without_title(name: str) -> str:
    """The name as it is said: titles before and after taken off."""
    said = name.split(",", maxsplit=1)[0].split(" ")
    return " ".join(word for word in said if word not in _title_words())
