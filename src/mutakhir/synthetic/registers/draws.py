"""Random numbers that depend on seed, topic and index alone, never on order or on chunks."""

import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mutakhir.synthetic.arrays import Ints

Bits = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

# Steps of the generator SplitMix64 (Steele, Lea and Flood, 2014).
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)


def mixed(bits: Bits) -> Bits:
    """Each number scattered over all 64 bits, one to one."""
    bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
    bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
    return bits ^ (bits >> np.uint64(31))


@dataclass(frozen=True)
class Dice:
    """Draws by topic and index: the same index gives the same draw wherever it is asked."""

    seed: int

    def bits(self, topic: str, index: Ints) -> Bits:
        """64 random bits for each index."""
        salt = (self.seed * 0x1_0000_0001 + zlib.crc32(topic.encode())) % 2**64
        start = mixed(np.array([salt], dtype=np.uint64))
        return mixed(mixed(index.astype(np.uint64) * _STEP + start))

    def uniform(self, topic: str, index: Ints) -> Floats:
        """A number from 0 up to, not including, 1 for each index."""
        return (self.bits(topic, index) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, topic: str, index: Ints, count: npt.ArrayLike) -> Ints:
        """A whole number from 0 up to, not including, ``count`` for each index."""
        drawn: Ints = (self.uniform(topic, index) * np.asarray(count)).astype(np.int64)
        return drawn

    def pick(self, topic: str, index: Ints, weights: npt.ArrayLike) -> Ints:
        """A place in ``weights``, in proportion to them, for each index."""
        bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
        drawn = self.uniform(topic, index) * bounds[-1]
        place: Ints = np.searchsorted(bounds, drawn, side="right").astype(np.int64)
        return np.minimum(place, len(bounds) - 1)
