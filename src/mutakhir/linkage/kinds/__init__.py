"""Kinds of fields, one file each: levels, normal form, and the comparison in Python and in SQL."""

from typing import Final

from mutakhir.linkage.kinds import (
    anchor,
    area,
    category,
    claimed,
    code,
    date,
    loose_date,
    name,
    nik,
    place,
    text,
)
from mutakhir.linkage.kinds.base import Kind, column, sides

KINDS: Final[dict[str, Kind]] = {
    module.KIND.name: module.KIND
    for module in (anchor, area, category, claimed, code, date, loose_date, name, nik, place, text)
}

__all__ = ["KINDS", "Kind", "column", "sides"]
