"""A word of a short list: sex, state. Equal or not."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side, texts


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    word = pc.utf8_upper(pc.utf8_trim_whitespace(texts(columns[0])))
    return {"": pc.if_else(pc.not_equal(word, ""), word, None).cast(pa.string())}


def compare_equal(l: Side, r: Side) -> str:  # noqa: E741
    """missing, differ or equal."""
    if l("") is None or r("") is None:
        return "missing"
    return "equal" if l("") == r("") else "differ"


def branches_equal(l: Side, r: Side, _: Dialect) -> Branches:  # noqa: E741
    """The same in SQL."""
    return [
        (f"{l('')} = {r('')}", "equal"),
        (f"{l('')} IS NULL OR {r('')} IS NULL", "missing"),
    ], "differ"


KIND: Final = Kind(
    "category",
    ("missing", "differ", "equal"),
    {"": pa.string()},
    _prepare,
    compare_equal,
    branches_equal,
)
