"""Columns of names and places → their normal forms: ``normalise`` for a whole batch.

The same rules as the one-value functions, which judge it (tests/generative/test_linkage_names.py).
Names are many and mostly distinct, but what stands between two spaces repeats: each distinct
chunk of a batch is read once in Python, and the rest is Arrow and numpy on codes. Row-wise and
pure: nothing is remembered from one batch to the next but a bounded cache.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage import normalise
from mutakhir.linkage.normalise import REMEMBERED

Numbers: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Text: TypeAlias = pa.Array | pa.ChunkedArray

#: Between chunks. Only ASCII, so that no byte of another letter is taken for one.
_SEPARATES: Final = np.isin(np.arange(256), np.frombuffer(b" ,\t\n\r", np.uint8))


@dataclass
class _Rows:
    """Row r holds ``codes[starts[r] : starts[r] + lengths[r]]``, places in a list of words."""

    codes: Numbers
    starts: Numbers
    lengths: Numbers

    def offsets(self) -> Numbers:
        """Where each row starts, and the end."""
        return _offsets(self.lengths)


#: What a word may be, as bits of its role.
_BEFORE, _AFTER, _DESCENT, _LEADING, _COMMON = 1, 2, 4, 8, 16
_TITLE_LETTER, _AFTER_LETTER = 32, 64


class _Word(NamedTuple):
    """One word as ``normalise`` sees it, whatever stands beside it."""

    written: str
    canonical: str
    sound: str
    role: int


@dataclass(frozen=True)
class _Words:
    """The words that ``_Rows.codes`` count."""

    written: Sequence[str]
    canonical: Sequence[str]
    sounds: Sequence[str]
    roles: npt.NDArray[np.uint8]

    def are(self, role: int, codes: Numbers) -> Flags:
        """Which of ``codes`` have a role."""
        return (self.roles & role).astype(np.bool_)[codes]


def normalise_names(names: Text) -> dict[str, pa.Array]:
    """Names as written → their forms, a row each; null for null and for nothing readable.

    ``canonical`` (words with a space between), ``key`` (their sounds run together), ``tokens``
    (list of sounds), ``given`` (sound of the given name), ``initial`` (first letter of the key).
    At most 2 GiB of text at once.
    """
    rows, chunks = _chunks(names)
    rows, words = _words(rows, chunks)
    rows = _name_leading(_without_titles(rows, words), words)
    offsets = rows.offsets()
    empty = rows.lengths == 0
    sounds = _take(words.sounds, rows.codes)
    canonical = _take(words.canonical, rows.codes)
    key = _joined(sounds, offsets, empty)
    return {
        "canonical": pc.binary_join(_listed(canonical, offsets, empty), " "),
        "key": key,
        "tokens": _listed(sounds, offsets, empty),
        "given": sounds.take(_given(rows, words, offsets, empty)),
        "initial": pc.utf8_slice_codeunits(key, 0, 1),
    }


def normalise_places(texts: Text) -> pa.Array:
    """Birth places or streets as written → ``normalise.place`` of each; null for null and for
    nothing readable. At most 2 GiB of text at once."""
    rows, chunks = _chunks(texts)
    parts = _take([_place(chunk) for chunk in chunks], rows.codes)
    joined = _joined(parts, rows.offsets(), rows.lengths == 0)
    return pc.if_else(pc.equal(joined, ""), None, joined)


@lru_cache(maxsize=REMEMBERED)
def _place(chunk: str) -> str:
    return normalise.place(chunk)


def _offsets(lengths: Numbers) -> Numbers:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)


def _chunks(texts: Text) -> tuple[_Rows, list[str]]:
    """Each text as codes of what stands between separators, and the distinct chunks."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    texts = texts.cast(pa.string()).fill_null("")
    ends, data = _buffers(texts)
    letter = ~_SEPARATES[data]
    # Bytes kept before each byte, where separators are dropped and chunks stand end to end.
    kept = np.concatenate([np.zeros(1, np.int32), np.cumsum(letter, dtype=np.int32)])
    first = letter.copy()  # byte of a chunk: after a separator, or at the start of a row
    first[1:] &= ~letter[:-1]
    heads = ends[:-1][ends[:-1] < len(data)]
    first[heads] = letter[heads]
    starts = np.flatnonzero(first)
    values = _strings(np.append(kept[starts], kept[-1]).astype(np.int32), data[letter])
    codes = values.dictionary_encode()
    row_starts = np.searchsorted(starts, ends).astype(np.int32)
    rows = _Rows(codes.indices.to_numpy(), row_starts[:-1], np.diff(row_starts))
    return rows, codes.dictionary.to_pylist()


def _buffers(texts: pa.Array) -> tuple[Numbers, npt.NDArray[np.uint8]]:
    """Where texts end, from 0, and their bytes."""
    _, ends, data = texts.buffers()
    if not len(texts) or data is None:
        return np.zeros(len(texts) + 1, np.int32), np.zeros(0, np.uint8)
    offsets = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    taken = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    return offsets - offsets[0], taken


def _strings(offsets: Numbers, data: npt.NDArray[np.uint8]) -> pa.Array:
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)


def _take(values: Sequence[str], codes: Numbers) -> pa.Array:
    return pa.array(values, pa.string()).take(pa.array(codes))


def _listed(values: pa.Array, offsets: Numbers, empty: Flags) -> pa.Array:
    """Rows of values as lists, null where ``empty``."""
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(empty))


def _joined(values: pa.Array, offsets: Numbers, empty: Flags) -> pa.Array:
    """Rows of values run together, null where ``empty``: the bytes stay where they are."""
    ends, data = _buffers(values)
    joined = _strings(ends[offsets], data)
    return pc.if_else(pa.array(empty), None, joined) if empty.any() else joined


def _words(rows: _Rows, chunks: list[str]) -> tuple[_Rows, _Words]:
    """Chunks → the words in them: MOH.ALI is two, a lone dot none."""
    found = [_split(chunk) for chunk in chunks]
    words = _columns([word for part in found for word in part])
    counts = np.fromiter(map(len, found), np.int32, len(found))
    places = _offsets(counts)[:-1]
    if (counts == 1).all():
        return rows, words
    repeats = counts[rows.codes]
    ends = _offsets(repeats)
    nth = np.arange(ends[-1], dtype=np.int32) - np.repeat(ends[:-1], repeats)
    codes = np.repeat(places[rows.codes], repeats) + nth
    starts = ends[rows.starts]
    lengths = ends[rows.starts + rows.lengths] - starts
    return _Rows(codes, starts, lengths), words


@lru_cache(maxsize=REMEMBERED)
def _split(chunk: str) -> tuple[_Word, ...]:
    return tuple(map(_word, normalise.split(chunk)))


def _word(word: str) -> _Word:
    known = normalise.shipped_words()
    canonical = normalise.canonical_word(word)
    roles = (
        (_BEFORE, word in known.before),
        (_AFTER, word in known.after),
        (_DESCENT, word in known.descent),
        (_LEADING, word in normalise.LEADING),
        (_COMMON, canonical in normalise.COMMON_FIRST),
        (_TITLE_LETTER, word in normalise.TITLE_LETTERS),
        (_AFTER_LETTER, word in known.after_letter),
    )
    role = sum(role for role, has in roles if has)
    return _Word(word, canonical, normalise.sound(canonical), role)


def _columns(words: list[_Word]) -> _Words:
    """The words as columns; at the end those that LEADING may put in."""
    words += map(_word, normalise.LEADING.values())
    return _Words(
        [word.written for word in words],
        [word.canonical for word in words],
        [word.sound for word in words],
        np.fromiter((word.role for word in words), np.uint8, len(words)),
    )


def _without_titles(rows: _Rows, words: _Words) -> _Rows:
    """``normalise.without_titles`` for every row."""
    keep = np.ones(len(rows.codes), np.bool_)
    first, last = rows.starts.copy(), rows.starts + rows.lengths
    before = words.are(_BEFORE, rows.codes)
    titled = np.flatnonzero(rows.lengths > 1)
    while len(titled := titled[before[first[titled]]]):
        keep[first[titled]] = False
        first[titled] += 1
        titled = titled[last[titled] - first[titled] > 1]
    titles = _title_lengths(rows, words)
    titled = np.flatnonzero(last - first > 1)
    while len(titled):
        drops = titles[last[titled] - 1]
        drops[drops >= last[titled] - first[titled]] = 0
        titled, drops = titled[drops > 0], drops[drops > 0]
        keep[last[titled] - 1] = False
        last[titled] -= drops
        keep[last[titled]] = False
        titled = titled[last[titled] - first[titled] > 1]
    _drop_descent(keep, rows, words, first, last)
    return _kept(rows, keep)


def _title_lengths(rows: _Rows, words: _Words) -> Numbers:
    """For each place, how many words up to it are one title after a name: 0, 1 or 2."""
    lengths = words.are(_AFTER, rows.codes).astype(np.int32)
    spaced = words.are(_AFTER_LETTER, rows.codes)[1:] & words.are(_TITLE_LETTER, rows.codes)[:-1]
    lengths[1:][spaced & (lengths[1:] == 0)] = 2
    return lengths


def _drop_descent(keep: Flags, rows: _Rows, words: _Words, first: Numbers, last: Numbers) -> None:
    """Marks of descent between the first and the last word."""
    marks = np.flatnonzero(words.are(_DESCENT, rows.codes))
    row = np.searchsorted(rows.starts + rows.lengths, marks, "right")
    keep[marks[(first[row] < marks) & (marks < last[row] - 1)]] = False


def _kept(rows: _Rows, keep: Flags) -> _Rows:
    if keep.all():
        return rows
    kept = np.concatenate([np.zeros(1, np.int32), np.cumsum(keep, dtype=np.int32)])
    starts = kept[rows.starts]
    return _Rows(rows.codes[keep], starts, kept[rows.starts + rows.lengths] - starts)


def _name_leading(rows: _Rows, words: _Words) -> _Rows:
    """``normalise.LEADING`` for every row: M and ST in front of more words are names."""
    as_first = np.arange(len(words.written), dtype=np.int32)
    name = dict(zip(normalise.LEADING, as_first[-len(normalise.LEADING) :], strict=True))
    for place in np.flatnonzero(words.are(_LEADING, as_first)):
        as_first[place] = name[words.written[int(place)]]
    first = rows.starts[rows.lengths > 1]
    codes = rows.codes.copy()
    codes[first] = as_first[codes[first]]
    return _Rows(codes, rows.starts, rows.lengths)


def _given(rows: _Rows, words: _Words, offsets: Numbers, empty: Flags) -> pa.Array:
    """Place of the word a person is called by, null where ``empty``."""
    place = offsets[:-1].copy()
    many = np.flatnonzero(rows.lengths > 1)
    place[many] += words.are(_COMMON, rows.codes[place[many]])
    return pa.array(place, mask=empty)
