"""A date in tables where two digits of it may be wrong at once. Else as ``date``."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds import date
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side

#: Of ``date``, and ``day``: month and day without the year, 1 January is 101.
_PARTS: Final = {**date.KIND.parts, "day": pa.int32()}


def _prepare(columns: list[pa.Array], options: Options) -> dict[str, pa.Array]:
    made = date.KIND.prepare(columns, options)
    whole = pc.is_valid(made["key"])
    year = pc.multiply(pc.divide(made[""], 10**4), 10**4)
    day = pc.if_else(whole, pc.subtract(made[""], year), None)
    return {**made, "day": day.cast(pa.int32())}


def _compare(l: Side, r: Side) -> str:  # noqa: E741
    level = date.KIND.compare(l, r)
    if level != "differ" or l("key") is None or r("key") is None:
        return level
    slips = Levenshtein.distance(f"{l(''):08d}", f"{r(''):08d}")
    return "slips" if slips == 2 else level


def _branches(l: Side, r: Side, d: Dialect) -> Branches:  # noqa: E741
    branches, other = date.KIND.branches(l, r, d)
    first = next(place for place, (_, level) in enumerate(branches) if level == "differ")
    a, b = (f"lpad({d.text(side(''))}, 8, '0')" for side in (l, r))
    whole = f"{l('key')} IS NOT NULL AND {r('key')} IS NOT NULL"
    slips = (f"{whole} AND levenshtein({a}, {b}) = 2", "slips")
    return [*branches[:first], slips, *branches[first:]], other


KIND: Final = Kind(
    "loose_date",
    ("missing", "differ", "slips", *date.KIND.levels[2:]),
    _PARTS,
    _prepare,
    _compare,
    _branches,
)
