"""The rates of the generator, read from rates.toml, where each stands with its reason."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from mutakhir.synthetic.arrays import Ints
from mutakhir.synthetic.registers.draws import Dice

#: No fault.
NONE: Final = -1


@cache
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("rates.toml").read_text("utf-8")
    return tomllib.loads(text)


def group(name: str) -> dict[str, float]:
    """The rates of one group by kind, in the order of the file."""
    return {kind: entry["rate"] for kind, entry in _table()[name].items()}


def share(of: str, kind: str) -> float:
    """One rate."""
    return float(_table()[of][kind]["rate"])


def office_share(office: str) -> float:
    """The share of the faults that ``office`` (``roll`` or ``register``) makes."""
    return float(_table()["office"][office])


def fault(dice: Dice, of: str, key: Ints, scale: float) -> Ints:
    """The fault of group ``of`` that befalls each key, by its place in the group, or ``NONE``."""
    bounds = np.cumsum(list(group(of).values())) * scale
    found = np.searchsorted(bounds, dice.uniform(of, key), side="right")
    return np.where(found < len(bounds), found, NONE)


def kinds(of: str) -> list[str]:
    """The kinds of one group, in the order of the file."""
    return list(group(of))
