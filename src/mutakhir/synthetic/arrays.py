"""Array types and seeded streams of the generator."""

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Array = npt.NDArray[Any]


def stream(seed: int, kab: str, topic: str) -> np.random.Generator:
    """The random numbers of one topic in one kabupaten/kota.

    Topics do not share numbers, so a change in one leaves the others as they were.
    """
    return np.random.default_rng(
        np.random.SeedSequence([seed, int(kab), zlib.crc32(topic.encode())])
    )


def pick(rng: np.random.Generator, weights: npt.ArrayLike, size: int) -> Ints:
    """``size`` draws of an index into ``weights``, in proportion to them."""
    bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: Ints = np.searchsorted(bounds, rng.random(size) * bounds[-1], side="right")
    return drawn.astype(np.int64)


def near(rng: np.random.Generator, count: int, size: int) -> Ints:
    """``size`` draws of an index below ``count``, low ones far more often.

    Products, not powers: they give the same bits on every machine.
    """
    drawn = rng.random(size)
    return (drawn * drawn * drawn * count).astype(np.int64)


def sample(rng: np.random.Generator, pool: Ints, size: int) -> Ints:
    """``size`` different members of ``pool`` (all of them when it has fewer), in pool order."""
    if len(pool) <= size:
        return pool
    return np.sort(rng.choice(pool, size=max(size, 0), replace=False))


def chance(rng: np.random.Generator, pool: Ints, rate: float) -> Ints:
    """The members of ``pool`` that a chance of ``rate`` each befalls."""
    return pool[rng.random(len(pool)) < rate]


def strings(vocabulary: list[str], index: Ints) -> pa.StringArray:
    """Words by index; a negative index gives null."""
    indices = pa.array(index.astype(np.int32), mask=index < 0)
    return pa.array(vocabulary, pa.string()).take(indices)


def zero_padded(numbers: Ints, width: int) -> pa.StringArray:
    """Numbers as text of ``width`` digits."""
    return pa.array(np.char.zfill(numbers.astype(f"U{width}"), width), pa.string())


def iso(days: Days) -> pa.StringArray:
    """Days as ``YYYY-MM-DD``."""
    return pa.array(np.datetime_as_string(days, unit="D"), pa.string())


def parts(days: Days) -> tuple[Ints, Ints, Ints]:
    """Year, month and day of each date."""
    months = days.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    return year, month, day


def rank_in_group(keys: Ints) -> Ints:
    """0, 1, 2... for the first, second, third... bearer of each key, in array order."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(keys)])
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[order] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return ranks
