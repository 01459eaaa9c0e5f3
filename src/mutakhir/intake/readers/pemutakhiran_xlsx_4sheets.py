"""KPU's update workbook: sheets SARING, UBAH, BARU and PINDAH, data from row 11.

Kabupaten, kecamatan and desa stand in the rows above. BARU has no DPID; PINDAH has the old and
the new TPS.
"""

from typing import Final

from mutakhir.intake.header import find_header
from mutakhir.intake.letterhead import named_above
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.record import Claim

_FIRST_ROW: Final = 11
_DETAILS: Final = (
    "nkk",
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "marital",
    "sex",
    "address",
    "rt",
    "rw",
    "disability",
    "mark",
    "tps",
)
_SHEETS: Final[dict[str, tuple[Claim, tuple[str | None, ...]]]] = {
    "SARING": ("ineligible", (None, "dpid", *_DETAILS)),
    "UBAH": ("change", (None, "dpid", *_DETAILS)),
    "BARU": ("new", (None, *_DETAILS)),
    "PINDAH": ("move", (None, "dpid", *_DETAILS, "tps_to")),
}


def recognise(head: Head) -> Plan | None:
    """One of the four sheets, beside at least one other of them."""
    name = head.sheet.strip().upper()
    beside = {sibling.strip().upper() for sibling in head.siblings} & set(_SHEETS)
    if name not in beside or len(beside) < 2:
        return None
    claim, fields = _SHEETS[name]
    header = find_header(head)
    headings = header.headings if header and header.row < _FIRST_ROW else ()
    above = named_above(head, header.row if header else _FIRST_ROW)
    fixed = {key: value for key, value in above.items() if key != "tps"}
    return Plan("pemutakhiran_xlsx_4sheets", fields, _FIRST_ROW, headings, fixed, claim)
