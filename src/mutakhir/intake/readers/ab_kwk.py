"""A.B-KWK: changes found in the field, one sheet per TPS, keterangan = 1-10, 11, 12, U or B."""

import re
from dataclasses import replace

from mutakhir.intake.header import find_header
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under

_TITLE = re.compile(r"A\.?B[ -.]?KWK|DAFTAR PERUBAHAN PEMILIH")
_TPS_SHEET = re.compile(r"(?:TPS)?[ ._-]*(\d{1,3})", re.IGNORECASE)


def recognise(head: Head) -> Plan | None:
    """Its title above a header that has a remarks column."""
    header = find_header(head)
    if header is None or "mark" not in header.known:
        return None
    if not _TITLE.search(head.text_above(header.row)):
        return None
    plan = plan_under(head, header, "ab_kwk")
    sheet = _TPS_SHEET.fullmatch(head.sheet.strip())
    if sheet and "tps" not in header.known and "tps" not in plan.fixed:
        plan = replace(plan, fixed={**plan.fixed, "tps": sheet[1]})
    return plan
