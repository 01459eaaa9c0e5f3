"""Agencies that hand in files, and what is usually expected of each in a quarter."""

import re
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Agency(TextChoices):
    """Who made the file. The order is that of the home page."""

    KEMENDAGRI = "kemendagri", _("Kemendagri (sinkronisasi)")
    DISDUKCAPIL = "disdukcapil", _("Disdukcapil")
    TNI = "tni", _("TNI")
    POLRI = "polri", _("Polri")
    LAPAS = "lapas", _("Lapas dan rutan")
    PENGADILAN = "pengadilan", _("Pengadilan negeri")
    BPS = "bps", _("BPS")
    BPJS = "bpjs", _("BPJS")
    BAWASLU = "bawaslu", _("Bawaslu (saran perbaikan)")
    DESA = "desa", _("Desa dan kelurahan")
    SEKOLAH = "sekolah", _("Sekolah")
    KESEHATAN = "kesehatan", _("Dinas kesehatan dan rumah sakit")
    KPU = "kpu", _("KPU (daftar pemilih, coktas)")
    LAIN = "lain", _("Lainnya")


#: Whom an office usually hears from in a quarter, and how many days before the quarter's last day
#: the file should be there. A custom of offices, not a rule of law: each office edits its own.
EXPECTED: Final = (
    (Agency.KEMENDAGRI, 45),
    (Agency.DISDUKCAPIL, 30),
    (Agency.TNI, 30),
    (Agency.POLRI, 30),
    (Agency.LAPAS, 21),
    (Agency.PENGADILAN, 21),
    (Agency.BPS, 30),
    (Agency.BPJS, 30),
    (Agency.BAWASLU, 14),
    (Agency.DESA, 21),
)

#: Words of file names by which an agency is guessed until somebody says it.
_WORDS: Final = (
    (Agency.KEMENDAGRI, r"KEMENDAGRI|SINKRON|SINKRONISASI|TURUNAN|DP4"),
    (Agency.DISDUKCAPIL, r"DISDUKCAPIL|DUKCAPIL|CAPIL|AKTA"),
    (Agency.TNI, r"TNI|KODIM|KOREM"),
    (Agency.POLRI, r"POLRI|POLRES|POLDA"),
    (Agency.LAPAS, r"LAPAS|RUTAN"),
    (Agency.PENGADILAN, r"PENGADILAN|PN"),
    (Agency.BPS, r"BPS"),
    (Agency.BPJS, r"BPJS"),
    (Agency.BAWASLU, r"BAWASLU|SARPER|SARAN"),
    (Agency.SEKOLAH, r"SEKOLAH|SMA|SMK|SISWA"),
    (Agency.KESEHATAN, r"DINKES|RSUD|PUSKESMAS"),
    (Agency.DESA, r"DESA|KELURAHAN|RT|OPENSID"),
    (Agency.KPU, r"DPT|DPB|DPTHP|DPS|PPS|SIDALIH|COKTAS|COKLIT|KPU"),
)


def guessed(file: str) -> str:
    """The agency that a file's name speaks of; empty when it speaks of none."""
    words = " ".join(re.sub(r"[^A-Z0-9]+", " ", file.upper()).split())
    for agency, pattern in _WORDS:
        if re.search(rf"\b(?:{pattern})\b", words):
            return agency.value
    return ""
