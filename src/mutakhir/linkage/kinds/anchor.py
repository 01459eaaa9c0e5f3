"""The person of a register to whom a line is linked, when duplicates are sought with one.

``no``: no register was given. The second column says that one was, so that a line without a
person there (``one``, ``none``) is told from a line that was never sought.
"""

from typing import Final

import pyarrow as pa

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side, texts


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    return {"": texts(columns[0]), "sought": texts(columns[1])}


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    if l("sought") is None or r("sought") is None:
        return "no"
    if l("") is None and r("") is None:
        return "none"
    if l("") is None or r("") is None:
        return "one"
    return "equal" if l("") == r("") else "differ"


def _branches(l: Side, r: Side, _: Dialect) -> Branches:  # noqa: E741
    return [
        (f"{l('sought')} IS NULL OR {r('sought')} IS NULL", "no"),
        (f"{l('')} IS NULL AND {r('')} IS NULL", "none"),
        (f"{l('')} IS NULL OR {r('')} IS NULL", "one"),
        (f"{l('')} = {r('')}", "equal"),
    ], "differ"


KIND: Final = Kind(
    "anchor",
    ("no", "differ", "none", "one", "equal"),
    {"": pa.string(), "sought": pa.string()},
    _prepare,
    _compare,
    _branches,
)
