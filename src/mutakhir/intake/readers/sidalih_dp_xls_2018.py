"""Sidalih's DP workbook of 2018: one desa (given by ``--region``), columns by position.

It has no column for sex: that comes from the NIK, with a warning.
"""

from mutakhir.intake.header import find_header, folded
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.sheets.sheet import Cells

_FIELDS = (
    None,
    "dpid",
    "nkk",
    "nik",
    "name",
    "birth_place_date",
    "marital",
    "address",
    None,  # dusun
    "rt",
    "rw",
    "tps",
    "disability",
    "mark",
    None,  # sumber
)
_SIGNS = {"SARING", "SUMBER", "DUSUN"}


def recognise(head: Head) -> Plan | None:
    """A header with SARING and TTL, or rows of its shape without any header."""
    header = find_header(head)
    if header is not None:
        headings = {folded(heading) for heading in header.headings}
        signs = headings >= _SIGNS and header.fields[4:6] == ("name", "birth_place_date")
        return (
            Plan("sidalih_dp_xls_2018", _FIELDS, header.row + 1, header.headings) if signs else None
        )
    if not head.rows or not all(_fits(cells) for _, cells in head.rows[1:]) or len(head.rows) < 2:
        return None
    first = head.rows[0][0] if _fits(head.rows[0][1]) else head.rows[1][0]
    return Plan("sidalih_dp_xls_2018", _FIELDS, first)


def _fits(cells: Cells) -> bool:
    return len(cells) >= 14 and len(cells[3].strip("'")) == 16 and "," in cells[5]
