"""Sampling: which cases a person must look at, and what so many errors among them say.

Pure functions of their arguments: no clock, no randomness, no files. Shares are 0 to 1.
"""

import hashlib
import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

#: Halvings of [0, 1] until a bound stands still in a float.
_HALVINGS: Final = 60


def seed_of(place: Iterable[str], ids: Iterable[str]) -> str:
    """The seed of a draw at ``place`` (period, kab, group) among ``ids``: 16 hexadecimal digits.

    It hangs on every id, so whoever brings some of the cases and does not know the others
    cannot foresee it. The order of ``ids`` does not matter.
    """
    text = "\n".join(("|".join(place), *sorted(ids)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def draw(seed: str, ids: Iterable[str], size: int) -> frozenset[str]:
    """``size`` of ``ids`` (all, where there are fewer): those of the smallest hash with ``seed``.

    Under one seed, ids that come later push others out of the sample and never draw in one that
    was passed over before.
    """
    return frozenset(sorted(ids, key=lambda each: (_place(seed, each), each))[:size])


def _place(seed: str, case: str) -> bytes:
    return hashlib.sha256(f"{seed}|{case}".encode()).digest()


def over(wrong: int, counted: int, share: Decimal) -> bool:
    """Whether ``wrong`` of ``counted`` is more than ``share`` of them. Exact."""
    return Decimal(wrong) > share * counted


def at_most(wrong: int, looked: int, share: float) -> float:
    """The binomial chance of ``wrong`` or fewer in ``looked`` when each errs with ``share``."""
    terms = (
        math.comb(looked, k) * share**k * (1 - share) ** (looked - k) for k in range(wrong + 1)
    )
    return min(1.0, math.fsum(terms))


def upper_bound(wrong: int, looked: int, confidence: float) -> float:
    """The largest share under which so few errors are not yet a surprise (Clopper and Pearson).

    One-sided: where the true share is higher, a sample shows ``wrong`` or fewer with a chance of
    at most 1 - ``confidence``. 1.0 where nothing, or nothing right, was seen.
    """
    if wrong >= looked:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if at_most(wrong, looked, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def lower_bound(wrong: int, looked: int, confidence: float) -> float:
    """The smallest share under which so many errors are not yet a surprise (one-sided)."""
    if wrong == 0:
        return 0.0
    return 1.0 - upper_bound(looked - wrong, looked, confidence)
