"""Bawaslu's copy of 2023: seven columns, no NIK, no birth date.

Nobody can be told from these, so every row is held: it comes back to be completed.
"""

from mutakhir.intake.header import find_header, folded
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under

_HAS = {"name", "sex", "address", "rt", "rw"}
_LACKS = {"nik", "nkk", "dpid", "birth_date", "birth_place_date"}


def recognise(head: Head) -> Plan | None:
    """Name, sex, age, address, RT and RW, and nothing that tells people apart."""
    header = find_header(head)
    if header is None or not header.known >= _HAS or header.known & _LACKS:
        return None
    ages = {folded(heading) for heading in header.headings} & {"USIA", "UMUR"}
    return plan_under(head, header, "bawaslu_7") if ages else None
