"""DPS of one desa, 2021: header in row 1, all TPS in one sheet, dates with pipes."""

from mutakhir.intake.header import find_header, folded
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under

_HEADINGS = ("NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "KAWIN", "JENIS KELAMIN")


def recognise(head: Head) -> Plan | None:
    """Its first headings in their order, with DIFABEL and SUMBER DATA among the rest."""
    header = find_header(head)
    if header is None:
        return None
    headings = tuple(folded(heading) for heading in header.headings)
    if headings[: len(_HEADINGS)] != _HEADINGS or not {"DIFABEL", "SUMBER DATA"} <= set(headings):
        return None
    return plan_under(head, header, "dps_xlsx_2021")
