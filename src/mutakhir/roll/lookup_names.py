"""Who may be meant by a name: words as they sound and as they are mistyped, rare ones first.

A name's words are looked up one by one. The rows of its rare words are the candidates; what
everybody is called (MUHAMMAD, SITI) only confirms. What is left is ranked with RapidFuzz.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from mutakhir.linkage import normalise
from mutakhir.roll.arrow_folder import column, numbers

Rows: TypeAlias = npt.NDArray[np.int32]
Scores: TypeAlias = npt.NDArray[np.float32]

#: Names ranked one by one; above it the caller is asked for a region or birth date.
RANKED: Final = 2_000
#: Rows looked at for one search. A name of which more people have the rarest word is no search.
LOOKED_AT: Final = 200_000
#: Words of a name that are looked up; nobody has more.
WORDS: Final = 10
#: Share of what the words of a name weigh that a candidate must have.
ENOUGH: Final = 0.5
#: What a word counts that sounds like the one asked for, or differs in one letter.
_ALIKE, _SLIP = 0.95, 0.85
#: Share above which a candidate has every word, as it sounds.
_EVERY: Final = 0.94
#: In a name of one word with fewer letters, another letter is another name: ADI, ARI.
_SLIP_FROM: Final = 4
#: Letters of the shorter of two words written as one.
_HALF: Final = 3
#: An initial confirms, and is sought by nobody.
_INITIAL: Final = 0.3
_BORN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Where and whom a search may look at: ranges of rows, birth date (year, month, day; 0 =
    not asked), sex."""

    ranges: Sequence[tuple[int, int]]
    born: tuple[int, int, int] = (0, 0, 0)
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows, best first, with scores from 0 to 100; ``too_many``: others fit as well."""

    rows: Rows
    scores: Scores
    too_many: bool = False


NOBODY: Final = Found(np.zeros(0, np.int32), np.zeros(0, np.float32))


def born_parts(text: str) -> tuple[int, int, int]:
    """``1985``, ``1985-08`` or ``1985-08-17`` as numbers, 0 for what is not said.

    Raises ValueError for anything else.
    """
    found = _BORN.fullmatch(text) if text else None
    if text and not found:
        raise ValueError("tanggal lahir dicari sebagai 1985, 1985-08 atau 1985-08-17")
    year, month, day = (int(part or 0) for part in (found.groups() if found else ("",) * 3))
    return year, month, day


@dataclass(frozen=True, slots=True)
class _Word:
    """A word asked for: the rows that have it or one like it, and how alike; sorted by row."""

    rows: Rows
    alike: Scores
    weight: float


@dataclass(frozen=True)
class Names:
    """The names of one index: its tables as ``lookup_index`` made them."""

    people: pa.Table
    words: pa.Table
    postings: pa.Table

    def search(self, name: str, narrowed: Narrowed) -> Found:
        """Rows of people who may have this name. Raises ValueError without a letter in it."""
        asked = normalise.canonical(name)[:WORDS]
        if not asked:
            raise ValueError("sebut sedikitnya satu kata dari nama")
        like = zip(asked, self._like_each(asked), strict=True)
        words = [found for word, near in like if (found := self._word(word, near, narrowed))]
        words.sort(key=lambda word: -word.weight)
        driving = _driving(words)
        if sum(len(word.rows) for word in driving) > LOOKED_AT:
            return Found(NOBODY.rows, NOBODY.scores, too_many=True)
        rows, shares = _candidates(words, driving)
        return self._ranked(" ".join(asked), rows, shares)

    def _like_each(self, asked: Sequence[str]) -> Iterator[dict[int, float]]:
        """For each word asked for, what may be meant. NUR HAYATI may also be NURHAYATI."""
        slips_from = _SLIP_FROM if len(asked) == 1 else _SLIP_FROM - 1
        joined = [self._places.get(f"{one}{two}") for one, two in pairwise(asked)]
        for word, before, after in zip(asked, [None, *joined], [*joined, None], strict=True):
            found = self._like(word, slips_from)
            found.update((place, _ALIKE) for place in (before, after) if place is not None)
            yield found

    def _word(self, asked: str, like: dict[int, float], narrowed: Narrowed) -> _Word | None:
        """The rows of a word; None when nobody there has one like it."""
        places = sorted(like, key=lambda place: -like[place])
        parts = [self._rows(place, narrowed) for place in places]
        alike = [like[place] for place in places]
        having = int((self._ends[places] - self._firsts[places]).sum()) if places else 0
        for one, two in self._halves(asked):
            both = np.intersect1d(self._rows(one, narrowed), self._rows(two, narrowed))
            parts.append(both)
            alike.append(_ALIKE)
            having += len(both)
        rows, first = np.unique(np.concatenate([NOBODY.rows, *parts]), return_index=True)
        if not len(rows):
            return None
        scores = np.repeat(alike, [len(part) for part in parts]).astype(np.float32)
        weight = np.log2(1 + self.people.num_rows / having) * (_INITIAL if len(asked) == 1 else 1)
        return _Word(rows, scores[first], float(weight))

    def _halves(self, asked: str) -> list[tuple[int, int]]:
        """Places of two words that may have been written as one: NURHAYATI is NUR HAYATI."""
        cuts = range(_HALF, len(asked) - _HALF + 1)
        halves = [(self._places.get(asked[:cut]), self._places.get(asked[cut:])) for cut in cuts]
        return [(one, two) for one, two in halves if one is not None and two is not None]

    def _like(self, asked: str, slips_from: int) -> dict[int, float]:
        """Places of the words that may be meant, and how alike each is, up to 1."""
        sounds = normalise.sound(asked)
        found: dict[int, float] = {}
        if len(asked) >= slips_from:
            heard = _near(sounds, self._sounds) if len(sounds) >= slips_from else []
            found = {place: _SLIP for near in heard for place in self._by_sound[near]}
            found |= {self._places[near]: _SLIP for near in _near(asked, self._spellings)}
        found |= dict.fromkeys(self._by_sound.get(sounds, ()), _ALIKE)
        if asked in self._places:
            found[self._places[asked]] = 1.0
        return found

    def _rows(self, place: int, narrowed: Narrowed) -> Rows:
        """The rows of one word where ``narrowed`` allows."""
        rows = self._postings[self._firsts[place] : self._ends[place]]
        parts = [rows[slice(*np.searchsorted(rows, ends))] for ends in narrowed.ranges]
        rows = np.concatenate([NOBODY.rows, *parts])
        if narrowed.sex:
            rows = rows[self._woman[rows] == (narrowed.sex == "P")]
        return self._born_then(rows, narrowed.born)

    def _born_then(self, rows: Rows, born: tuple[int, int, int]) -> Rows:
        """Those born then; a part that the roll does not know rules nobody out."""
        if not any(born):
            return rows
        known = self._born[rows]
        keep = np.ones(len(rows), np.bool_)
        for asked, part in zip(
            born, (known // 10000, known // 100 % 100, known % 100), strict=True
        ):
            if asked:
                keep &= (part == asked) | (part == 0)
        return rows[keep]

    def _ranked(self, asked: str, rows: Rows, shares: Scores) -> Found:
        """Candidates by how alike the whole names are.

        Of many only the likeliest are looked at; those cut off that have every word are missed.
        """
        too_many = int(np.count_nonzero(shares > _EVERY)) > RANKED
        if len(rows) > RANKED:
            length = np.abs(self._lengths[rows] - (asked.count(" ") + 1))
            rows = np.sort(rows[np.lexsort((length, -shares))[:RANKED]])
        names = column(self.people, "canonical").take(pa.array(rows)).to_pylist()
        scores = _alike(asked, names)
        order = np.argsort(-scores, kind="stable")
        return Found(rows[order], scores[order], too_many)

    @cached_property
    def _spellings(self) -> list[str]:
        return list(self._places)

    @cached_property
    def _sounds(self) -> list[str]:
        return list(self._by_sound)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.words["word"].to_pylist())}

    @cached_property
    def _by_sound(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, sounds in enumerate(self.words["sound"].to_pylist()):
            found.setdefault(sounds, []).append(place)
        return found

    @cached_property
    def _firsts(self) -> npt.NDArray[np.int64]:
        return numbers(self.words, "first")

    @cached_property
    def _ends(self) -> npt.NDArray[np.int64]:
        return numbers(self.words, "end")

    @cached_property
    def _postings(self) -> Rows:
        return numbers(self.postings, "row")

    @cached_property
    def _born(self) -> Rows:
        return numbers(self.people, "born")

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int8]:
        return numbers(self.people, "words")

    @cached_property
    def _woman(self) -> npt.NDArray[np.bool_]:
        return numbers(self.people, "woman")


def _near(asked: str, words: list[str]) -> list[str]:
    """Those of ``words`` one slip of the pen away: a letter more, less, other, or two swapped."""
    found = process.extract(asked, words, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [word for word, _, _ in found]


def _driving(words: Sequence[_Word]) -> list[_Word]:
    """The rare words of which a candidate must have one: all later ones together weigh too
    little. ``words`` go from the heaviest to the lightest."""
    needed = ENOUGH * sum(word.weight for word in words)
    left = sum(word.weight for word in words)
    found = []
    for word in words:
        if left < needed:
            break
        found.append(word)
        left -= word.weight
    return found


def _candidates(words: Sequence[_Word], driving: Sequence[_Word]) -> tuple[Rows, Scores]:
    """The rows that have enough of the words, and what share theirs weigh."""
    rows = np.unique(np.concatenate([NOBODY.rows, *(word.rows for word in driving)]))
    shares = np.zeros(len(rows), np.float32)
    every = sum(word.weight for word in words)
    for word in words:
        places = np.minimum(np.searchsorted(word.rows, rows), len(word.rows) - 1)
        has = word.rows[places] == rows
        shares[has] += word.weight / every * word.alike[places[has]]
    enough = shares >= ENOUGH
    return rows[enough], shares[enough]


def _alike(asked: str, names: Iterable[str]) -> Scores:
    """How alike names are, 0 to 100: in any order of words, and a little less where one has
    words that the other lacks."""
    if not (names := list(names)):
        return NOBODY.scores
    whole = process.cdist([asked], names, scorer=fuzz.token_sort_ratio)[0]
    common = process.cdist([asked], names, scorer=fuzz.token_set_ratio)[0]
    mean: Scores = (whole + common) / 2
    return mean
