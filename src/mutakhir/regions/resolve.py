"""From a name to a code, within a parent. What cannot be told apart is held, never guessed."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from mutakhir.regions.names import bare, folded, kind, normal, numbers
from mutakhir.regions.region import Level, Region


@dataclass(frozen=True, slots=True)
class Resolved:
    """The one region the name means."""

    region: Region


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Regions the name may mean, by code. A person chooses."""

    candidates: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No region of that name; the nearest spellings, for a person to look at."""

    suggestions: tuple[Region, ...]


Resolution = Resolved | Ambiguous | Unknown


@dataclass(frozen=True)
class NameIndex:
    """The names of one level within one parent, by ever looser forms."""

    level: Level
    regions: dict[str, Region]
    forms: tuple[dict[str, list[str]], ...]  # form -> codes; strictest first
    spelled: dict[str, list[str]] = field(repr=False)  # present names, squeezed -> codes

    def exact(self, name: str) -> list[str]:
        """Codes whose name agrees with ``name`` on the strictest form on which any does."""
        wanted = normal(name)
        for form, index in zip(_FORMS, self.forms, strict=True):
            for key in dict.fromkeys((form(wanted), form(bare(wanted, self.level)))):
                codes = _of_kind(index.get(key, []), wanted, self)
                if codes:
                    return codes
        return []

    def near(self, name: str) -> dict[str, int]:
        """Codes spelled almost so, word by word, and numbered the same; how many letters differ."""
        wanted = bare(normal(name), self.level)
        key = _squeezed(wanted)
        if not _edits(key):
            return {}
        found = process.extract(
            key,
            self.spelled.keys(),
            scorer=Levenshtein.distance,
            score_cutoff=_edits(key),
            limit=None,
        )
        far = {code: int(edits) for match, edits, _ in found for code in self.spelled[match]}
        alike = [code for code in sorted(far) if _alike(wanted, self._short(code))]
        return {code: far[code] for code in _of_kind(alike, normal(name), self)}

    def suggest(self, name: str, limit: int = 3) -> list[str]:
        """Codes of the nearest spellings, nearest first, however far."""
        key = _squeezed(bare(normal(name), self.level))
        found = process.extract(
            key, self.spelled.keys(), scorer=Levenshtein.normalized_similarity, limit=limit
        )
        return [code for match, score, _ in found if score >= 0.5 for code in self.spelled[match]]

    def _short(self, code: str) -> str:
        return bare(normal(self.regions[code].name), self.level)


def _same(name: str) -> str:
    return name


def _squeezed(name: str) -> str:
    return name.replace(" ", "")


def _edits(word: str) -> int:
    """How many letters of ``word`` may differ."""
    return 2 if len(word) >= 9 else 1 if len(word) >= 5 else 0


def _alike(wanted: str, name: str) -> bool:
    """Numbered the same, and no word is another word: Suka Negara is not Suka Negeri."""
    if numbers(wanted) != numbers(name):
        return False
    pairs = zip(wanted.split(), name.split(), strict=False)
    if len(wanted.split()) != len(name.split()):
        return True  # words run together or apart: the whole was compared
    return all(Levenshtein.distance(one, other) <= _edits(one) for one, other in pairs)


#: The seventh digit of a desa's code says what it is.
_KIND_OF_DIGIT: Final = {"1": "KELURAHAN", "2": "DESA"}
_FORMS: tuple[Callable[[str], str], ...] = (_same, _squeezed, folded)


def index(level: Level, regions: Iterable[Region], former: dict[str, tuple[str, ...]]) -> NameIndex:
    """Index ``regions``; ``former`` gives other names in use, tried after all present ones."""
    by_code = {region.code: region for region in regions}
    present = [(code, region.name) for code, region in by_code.items()]
    other = [(code, name) for code in by_code for name in former.get(code, ())]
    forms = tuple(_layered(form, level, present, other) for form in _FORMS)
    return NameIndex(level, by_code, forms, _keys(_squeezed, level, present))


def _layered(
    form: Callable[[str], str],
    level: Level,
    present: list[tuple[str, str]],
    other: list[tuple[str, str]],
) -> dict[str, list[str]]:
    keys = _keys(form, level, present)
    return _keys(form, level, other) | keys


def _keys(
    form: Callable[[str], str], level: Level, named: list[tuple[str, str]]
) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for code, name in named:
        full = normal(name)
        for key in dict.fromkeys((form(full), form(bare(full, level)))):
            keys[key].append(code)
    return dict(keys)


def _of_kind(codes: list[str], wanted: str, names: NameIndex) -> list[str]:
    """Drop what ``wanted`` says it is not: a kota is no kabupaten.

    Desa and kelurahan are told apart only where both are possible: people mix the words up.
    """
    said = kind(wanted, names.level)
    if said is None or names.level not in ("kabkota", "desa"):
        return codes
    if names.level == "kabkota":
        return [c for c in codes if kind(normal(names.regions[c].name), "kabkota") == said]
    return [code for code in codes if _KIND_OF_DIGIT.get(code[6]) == said] or codes
