"""Where someone is registered: desa (10 digits), RW and RT (3 digits each)."""

from typing import Final

import numpy as np
import pyarrow as pa

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import (
    Branches,
    Kind,
    Numbers,
    Options,
    Side,
    digits,
    nullable,
    texts,
)

_PARTS: Final = {"desa": pa.int64(), "rw": pa.int32(), "rt": pa.int32()}


def _prepare(columns: list[pa.Array], _: Options) -> dict[str, pa.Array]:
    desa, rw, rt = map(texts, columns)
    numbers = {
        "desa": digits(desa, 10),
        "rw": _positive(digits(rw, 3)),
        "rt": _positive(digits(rt, 3)),
    }
    return {part: nullable(values, _PARTS[part]) for part, values in numbers.items()}


def _positive(values: Numbers) -> Numbers:
    """000 is how a file says that a village has no RT or RW (domain.md: 36 million rows)."""
    return np.where(values > 0, values, -1)


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    desa, other = l("desa"), r("desa")
    if desa is None or other is None:
        return "missing"
    if desa != other:
        return "kecamatan" if desa // 10**4 == other // 10**4 else "differ"
    if l("rw") is None or l("rw") != r("rw"):
        return "desa"
    return "rt" if l("rt") is not None and l("rt") == r("rt") else "rw"


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    desa, other = l("desa"), r("desa")
    return [
        (f"{desa} IS NULL OR {other} IS NULL", "missing"),
        (f"{desa} = {other} AND {l('rw')} = {r('rw')} AND {l('rt')} = {r('rt')}", "rt"),
        (f"{desa} = {other} AND {l('rw')} = {r('rw')}", "rw"),
        (f"{desa} = {other}", "desa"),
        (f"{d.divided(desa, 10**4)} = {d.divided(other, 10**4)}", "kecamatan"),
    ], "differ"


KIND: Final = Kind(
    "area",
    ("missing", "differ", "kecamatan", "desa", "rw", "rt"),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
