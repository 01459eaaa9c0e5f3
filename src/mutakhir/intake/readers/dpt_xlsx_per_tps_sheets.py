"""DPT (A.3 style): one sheet per TPS, kecamatan in K5, kelurahan in K6, TPS in K7.

Only rows with the 7-digit data number in column A belong to the list proper.
"""

import re
from typing import Final

from mutakhir.intake.letterhead import named_above
from mutakhir.intake.plan import Head, Plan

_FIELDS: Final = (
    None,  # data number: unique in its office's application only
    None,  # no
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
    "ktp_el",
    "mark",
)
_NAMED_IN_K: Final = {5: "kecamatan", 6: "desa", 7: "tps"}
_DATA_NUMBER: Final = re.compile(r"\d{7}")


def recognise(head: Head) -> Plan | None:
    """``: VALUE`` in K5 to K7, and 7-digit numbers in column A below."""
    rows = dict(head.rows)
    fixed = {}
    for row, name in _NAMED_IN_K.items():
        cells = rows.get(row, [])
        if len(cells) <= 10 or not cells[10].startswith(":"):
            return None
        fixed[name] = cells[10].lstrip(": ")
    first = next((n for n, cells in head.rows if _DATA_NUMBER.fullmatch(cells[0])), None)
    if first is None:
        return None
    above = named_above(head, first)
    if "kab" in above:
        fixed["kab"] = above["kab"]
    return Plan("dpt_xlsx_per_tps_sheets", _FIELDS, first, (), fixed)
