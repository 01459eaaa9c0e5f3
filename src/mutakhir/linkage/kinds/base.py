"""What a kind of field is: its levels, its normal form, and one comparison said twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage.dialect import Dialect

Numbers: TypeAlias = npt.NDArray[np.int64]
#: Part of a field -> its column or value: ``side("head")``; the field itself is ``side("")``.
Side: TypeAlias = Callable[[str], Any]
Options: TypeAlias = Mapping[str, Any]
#: Conditions with the level each leads to, tried in order, and the level when none holds.
Branches: TypeAlias = tuple[list[tuple[str, str]], str]


@dataclass(frozen=True)
class Kind:
    """A kind of field.

    ``levels``: what a comparison can find, from ``missing`` over the worst to the best.
    ``parts``: the columns that normalising makes, with their types; "" is the field itself.
    ``prepare``: written texts, one array a source column -> part -> array. Row by row: a row's
    result depends on that row alone.
    ``compare`` and ``branches`` say the same comparison in Python and in SQL.
    """

    name: str
    levels: tuple[str, ...]
    parts: Mapping[str, pa.DataType]
    prepare: Callable[[list[pa.Array], Options], dict[str, pa.Array]]
    compare: Callable[[Side, Side], str]
    branches: Callable[[Side, Side, Dialect], Branches]


def sides(field: str) -> tuple[Side, Side]:
    """The columns of ``field`` on the left and on the right, for SQL."""
    return (lambda p: f"l.{column(field, p)}", lambda p: f"r.{column(field, p)}")


def column(field: str, part: str) -> str:
    """The name of a prepared column: ``nik``, ``nik_head``."""
    return f"{field}_{part}" if part else field


def texts(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column as one array of text."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # combine_chunks of no chunks
        array = pa.array([], pa.string())
    return array.cast(pa.string())


def digits(array: pa.Array, length: int) -> Numbers:
    """Texts of exactly ``length`` digits as numbers; -1 for any other."""
    fits = pc.and_(pc.equal(pc.binary_length(array), length), pc.ascii_is_decimal(array))
    numbers: Numbers = pc.if_else(fits, array, None).cast(pa.int64()).fill_null(-1).to_numpy()
    return numbers


def nullable(values: Numbers, kind: pa.DataType) -> pa.Array:
    """Numbers as an array in which the negative are null."""
    return pa.array(values, mask=values < 0).cast(kind)


#: A number of the register made of one repeated digit is a filler: 0000..., 1111..., 9999....
FILLER: Final = "(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)"
