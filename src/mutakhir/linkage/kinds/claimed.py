"""Whether another record of the source is settled with this person, or another person with this
record (``yes``), or both are among the few left over (``free``).

Not compared but known from the run: tier 1 tells it. A model has one such field or none.
"""

from typing import Final

import pyarrow as pa

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds.base import Branches, Kind, Options, Side


def _prepare(_: list[pa.Array], __: Options) -> dict[str, pa.Array]:
    return {}


def _compare(_: Side, __: Side) -> str:
    return "no"


def _branches(_: Side, __: Side, ___: Dialect) -> Branches:
    return [], "no"


KIND: Final = Kind("claimed", ("no", "free", "yes"), {}, _prepare, _compare, _branches)
