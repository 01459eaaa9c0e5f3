"""The spreadsheet of rows set aside, mended by an office and handed in again."""

from dataclasses import replace

from mutakhir.intake.header import find_header
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under


def recognise(head: Head) -> Plan | None:
    """A header with the column that names the original row."""
    header = find_header(head)
    if header is None or "origin" not in header.known:
        return None
    return replace(plan_under(head, header, "perbaikan"), fixed={})
