"""A birth place or street, by sound and without words that mean only "place"."""

from typing import Final

import pyarrow as pa

from mutakhir.linkage.kinds.base import Kind, Options, texts
from mutakhir.linkage.kinds.category import branches_equal, compare_equal
from mutakhir.linkage.name_batch import normalise_places


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    return {"": normalise_places(texts(columns[0]))}


KIND: Final = Kind(
    "place",
    ("missing", "differ", "equal"),
    {"": pa.string()},
    _prepare,
    compare_equal,
    branches_equal,
)
