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
    """A header with NIK, family card, hamlet and one other of its headings, and no TPS."""
    header = find_header(head)
    if header is None or not {"nik", "nkk", "name"} <= header.known:
        return None
    headings = [folded(heading) for heading in header.headings]
    # its oldest form has no sign but the order of its first columns
    oldest = headings[:4] == ["ALAMAT", "DUSUN", "RW", "RT"] and "tps" not in header.known
    if not oldest and len(_SIGNS.intersection(headings)) < 2:
        return None
    return plan_under(head, header, "opensid_bip")
