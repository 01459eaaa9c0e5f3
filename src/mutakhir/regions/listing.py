"""All regions, loaded from the files shipped with the package."""

import csv
import gzip
import io
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from mutakhir.regions import resolve as naming
from mutakhir.regions.history import History, read_history
from mutakhir.regions.region import (
    LENGTH_OF_LEVEL,
    LEVEL_OF_LENGTH,
    Level,
    Region,
    parent_code,
    plain,
)
from mutakhir.regions.resolve import Ambiguous, NameIndex, Resolution, Resolved, Unknown

_NEXT_LENGTH: Final = {0: 2, 2: 4, 4: 6, 6: 10}


@dataclass(frozen=True)
class Regions:
    """The list of regions. Ask ``load()`` for it."""

    names: dict[str, str]  # code -> name, sorted by code
    figures: dict[str, tuple[int, float]]  # code -> population, area_km2
    history: History
    _codes: dict[int, list[str]] = field(repr=False)  # length -> codes, sorted
    _indexes: dict[tuple[Level, str], NameIndex] = field(default_factory=dict, repr=False)
    _resolved: dict[tuple[str, Level, str], Resolution] = field(default_factory=dict, repr=False)

    def get(self, code: str) -> Region | None:
        """The region with ``code`` (dotted or plain) in the present list, else None."""
        key = plain(code)
        name = self.names.get(key)
        if name is None:
            return None
        population, area = self.figures.get(key, (None, None))
        return Region(key, name, LEVEL_OF_LENGTH[len(key)], parent_code(key), population, area)

    def all(self, level: Level, within: str = "") -> Iterator[Region]:
        """Regions of ``level`` inside ``within`` (a code of a higher level; empty: everywhere)."""
        for code in self._inside(LENGTH_OF_LEVEL[level], plain(within)):
            yield self._known(code)

    def children(self, code: str = "") -> list[Region]:
        """Regions one level below ``code``, by code; the provinsi for an empty code."""
        parent = plain(code)
        length = _NEXT_LENGTH.get(len(parent))
        if length is None:
            return []
        return [self._known(child) for child in self._inside(length, parent)]

    def resolve(self, name: str, level: Level, parent: str | None = None) -> Resolution:
        """Which region of ``level`` within ``parent`` (a code of any higher level) is ``name``?

        Tolerates case, spaces, punctuation, level words and small spelling differences. Several
        possible answers give Ambiguous, never a guess.
        """
        key = (name, level, plain(parent or ""))
        if key not in self._resolved:
            self._resolved[key] = self._resolve(*key)
        return self._resolved[key]

    def find(self, name: str, parent: str | None = None) -> Resolution:
        """Which region inside ``parent`` is ``name``, of whatever level? The highest one first.

        A name that agrees on some level goes before one that is only spelled almost so.
        """
        inside = plain(parent or "")
        levels: list[Level] = [
            level for level, length in LENGTH_OF_LEVEL.items() if length > len(inside)
        ]
        for level in levels:
            if self._index(level, inside).exact(name):
                return self.resolve(name, level, inside)
        answers = [self.resolve(name, level, inside) for level in levels]
        near = next((answer for answer in answers if not isinstance(answer, Unknown)), None)
        if near is not None:
            return near
        unknown = (answer for answer in answers if isinstance(answer, Unknown))
        return Unknown(tuple(region for answer in unknown for region in answer.suggestions))

    def current(self, code: str, on: date | None = None) -> Region | None:
        """The present region of a ``code`` that was written on the day ``on``.

        Some codes were given to another place later, so the day matters: without it, a code on
        the present list means the present place. Of a split region it is the part that kept the
        code. None when the code is unknown.
        """
        return next(iter(self.heirs(code, on)), None)

    def heirs(self, code: str, on: date | None = None) -> tuple[Region, ...]:
        """All present regions of what ``code`` meant on ``on``: several after a split."""
        key = plain(code)
        if on is None and key in self.names:
            return (self._known(key),)
        found = dict.fromkeys(self.history.followed(key, on or date.min))
        return tuple(self._known(present) for present in found if present in self.names)

    def _resolve(self, name: str, level: Level, parent: str) -> Resolution:
        names = self._index(level, parent)
        codes = names.exact(name)
        sure = len(codes) == 1
        if not codes:
            near = names.near(name)
            codes = sorted({*near, *self._neighbours(name, level, parent)}) if near else []
            sure = len(codes) == 1 and near[codes[0]] == 1
        if sure:
            return Resolved(self._known(codes[0]))
        if codes:
            return Ambiguous(tuple(self._known(code) for code in codes))
        return Unknown(tuple(self._known(code) for code in names.suggest(name)))

    def _neighbours(self, name: str, level: Level, parent: str) -> list[str]:
        """Codes just outside ``parent`` of exactly this name: perhaps the parent is wrong."""
        wider = parent_code(parent)
        if wider is None or _NEXT_LENGTH.get(len(parent)) != LENGTH_OF_LEVEL[level]:
            return []
        return self._index(level, wider).exact(name)

    def _index(self, level: Level, parent: str) -> NameIndex:
        key = (level, parent)
        if key not in self._indexes:
            regions = self.all(level, parent)
            self._indexes[key] = naming.index(level, regions, self.history.other_names)
        return self._indexes[key]

    def _inside(self, length: int, prefix: str) -> list[str]:
        codes = self._codes[length]
        return codes[bisect_left(codes, prefix) : bisect_left(codes, prefix + ":")]

    def _known(self, code: str) -> Region:
        region = self.get(code)
        if region is None:
            raise KeyError(code)
        return region


@cache
def load() -> Regions:
    """The regions shipped with this version, read once."""
    data = files("mutakhir.regions") / "data"
    text = gzip.decompress((data / "regions.csv.gz").read_bytes()).decode()
    rows = csv.reader(io.StringIO(text))
    next(rows)
    names: dict[str, str] = dict(rows)
    codes: dict[int, list[str]] = {length: [] for length in LEVEL_OF_LENGTH}
    for code in names:
        codes[len(code)].append(code)
    lines = csv.DictReader(io.StringIO((data / "figures.csv").read_text()))
    figures = {row["code"]: (int(row["population"]), float(row["area_km2"])) for row in lines}
    return Regions(names, figures, read_history((data / "history.csv").read_text()), codes)
