"""OpenSID's population register (BIP): headings of its import form, quoted NIK, ``-`` blanks."""

from mutakhir.intake.header import find_header, folded
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under

#: Headings that only its forms have; any two are enough.
_SIGNS = {
    "DUSUN",
    "KK LEVEL",
    "AGAMA ID",
    "PENDIDIKAN KK ID",
    "PENDIDIKAN SEDANG ID",
    "PEKERJAAN ID",
    "WARGANEGARA ID",
    "GOLONGAN DARAH ID",
    "HUBUNGAN KELUARGA",
    "HUB KELUARGA",
    "SHDK",
    "AGAMA",
    "NAMA AYAH",
    "NAMA IBU",
    "PENDIDIKAN",
    "PEKERJAAN",
}


def recognise(head: Head) -> Plan | None:
    """A header with NIK, family card and two of its own headings."""
    header = find_header(head)
    if header is None or not {"nik", "nkk", "name"} <= header.known:
        return None
    if len({folded(heading) for heading in header.headings} & _SIGNS) < 2:
        return None
    return plan_under(head, header, "opensid_bip")
