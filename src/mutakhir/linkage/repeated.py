"""Which ids stand more than once in a column: exact, and quick on tens of millions."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Flags = npt.NDArray[np.bool_]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits: an odd number of mixed bits
_CHUNK = 1_000_000


def repeated(ids: pa.ChunkedArray) -> Flags:
    """For each row whether its text stands in another row too. Missing ids count as texts ""."""
    return repeated_in(lambda: ids.chunks)


def repeated_in(read: Callable[[], Iterable[pa.Array]]) -> Flags:
    """The same of a column that is read part by part, and again where two texts may be one.

    Numbers made of the texts are sorted, not the texts: of those whose number repeats, only
    then the texts are compared. So eight bytes a row are held, twice while they are sorted.
    """
    chunks = (part.slice(at, _CHUNK) for part in map(_texts, read()) for at in _starts(part))
    numbers = np.concatenate([np.zeros(0, np.uint64), *map(_numbers, chunks)])
    ordered = np.sort(numbers)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(again):
        return np.zeros(len(numbers), bool)
    flags = _among(numbers, again)
    suspects = pa.chunked_array(_kept(read(), flags), pa.large_string())
    counts = pc.value_counts(suspects.combine_chunks())
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    flags[flags] = pc.is_in(suspects, value_set=twice).to_numpy()
    return flags


def _texts(part: pa.Array) -> pa.Array:
    return part.cast(pa.large_string()).fill_null("")


def _kept(parts: Iterable[pa.Array], flags: Flags) -> Iterator[pa.Array]:
    """The texts of the rows that are flagged."""
    start = 0
    for part in parts:
        yield _texts(part).filter(pa.array(flags[start : start + len(part)]))
        start += len(part)


def _starts(chunk: pa.Array) -> range:
    return range(0, len(chunk), _CHUNK)


def _among(numbers: npt.NDArray[np.uint64], sought: npt.NDArray[np.uint64]) -> Flags:
    """Which ``numbers`` stand in ``sought`` (sorted, not empty); their last bits rule most out."""
    last = np.zeros(1 << 22, bool)
    last[sought % np.uint64(len(last))] = True
    flags: Flags = last[numbers % np.uint64(len(last))]
    places = np.minimum(np.searchsorted(sought, numbers[flags]), len(sought) - 1)
    flags[flags] = sought[places] == numbers[flags]
    return flags


def _numbers(texts: pa.Array) -> npt.NDArray[np.uint64]:
    """A number of each text: equal texts, equal numbers."""
    _, offsets, data = texts.buffers()
    ends: Any = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    first, last = (int(ends[0]), int(ends[-1])) if len(texts) else (0, 0)
    content = np.frombuffer(data, np.uint8)[first:last] if last > first else np.zeros(0, np.uint8)
    padded = np.concatenate([content, np.zeros(8, np.uint8)])
    words = np.ndarray((len(padded) - 7,), np.uint64, padded, strides=(1,))
    return _mixed(words, ends[:-1] - first, np.diff(ends))


def _mixed(
    words: npt.NDArray[np.uint64], starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint64]:
    """Eight bytes at a time. ``words``: the eight bytes from each place of the text on."""
    numbers = lengths.astype(np.uint64)
    for at in range(0, int(lengths.max(initial=0)), 8):
        left = np.clip(lengths - at, 0, 8)
        word = words[np.minimum(starts + at, len(words) - 1)]
        kept = np.where(left == 8, 0, np.uint64(1) << (8 * (left % 8)).astype(np.uint64))
        mask = kept - np.uint64(1)  # 0 wraps around to all bits
        mixed = (numbers ^ (word & mask)) * _MIX
        numbers = np.where(left > 0, mixed ^ (mixed >> np.uint64(29)), numbers)
    return numbers
