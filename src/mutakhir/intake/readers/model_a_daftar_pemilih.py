"""Model A-Daftar Pemilih, 2023 and later: the sixteen elements of a voter, DPID first."""

from mutakhir.intake.header import find_header
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under

_ELEMENTS = {"dpid", "nkk", "nik", "name", "sex", "marital", "address", "rt", "rw", "ktp_el"}


def recognise(head: Head) -> Plan | None:
    """A header with all of the elements that other lists lack together."""
    header = find_header(head)
    if header is None or not header.known >= _ELEMENTS:
        return None
    return plan_under(head, header, "model_a_daftar_pemilih")
