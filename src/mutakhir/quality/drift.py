"""Drift: a period's numbers beside those of the one before. A question to a person, no verdict."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Threshold:
    """What counts as large: ``ratio`` times more or fewer, and by ``least`` people at least."""

    ratio: Decimal
    least: int


@dataclass(frozen=True, slots=True)
class Drift:
    """One number that is far from the one before. ``cell``: what was counted."""

    cell: str
    now: int
    before: int

    @property
    def times(self) -> Decimal | None:
        """How many times the smaller goes into the larger; None where one of them is nothing."""
        small, large = sorted((self.now, self.before))
        return Decimal(large) / small if small else None


@cache
def threshold() -> Threshold:
    """The threshold shipped with this version (quality/drift.toml)."""
    held = tomllib.loads((files("mutakhir.quality") / "drift.toml").read_text())
    return Threshold(Decimal(held["ratio"]), held["least"])


def drifts(
    now: Mapping[str, int], before: Mapping[str, int], limit: Threshold | None = None
) -> list[Drift]:
    """The numbers that are far from those of the period before, the largest difference first."""
    asked = limit or threshold()
    cells = dict.fromkeys([*now, *before])
    pairs = (Drift(cell, now.get(cell, 0), before.get(cell, 0)) for cell in cells)
    found = [each for each in pairs if _is_large(each, asked)]
    return sorted(found, key=lambda each: (-abs(each.now - each.before), each.cell))


def _is_large(drift: Drift, limit: Threshold) -> bool:
    if abs(drift.now - drift.before) < limit.least:
        return False
    return drift.times is None or drift.times >= limit.ratio
