"""Sentences of the domain that carry values: why a decision is refused, what a check found.

The domain writes them whole, in Indonesian. Another language knows them by their form; a test
holds each form to the domain's code, and the refusals of a decision to this list.
"""

import re
from functools import cache
from typing import Final

from django.utils.translation import gettext

FORMS: Final = (
    # mutakhir.casework.policies
    "tindakan tidak dikenal: %(act)s",
    "usulan milik %(theirs)s, bukan %(ours)s",
    "periode %(period)s sudah ditutup untuk %(kab)s",
    "`%(act)s` tidak mungkin pada usulan yang %(state)s",
    "keputusan pertama dari periode %(first)s; usulkan kembali pada %(now)s",
    "tercatat meninggal: tolak, atau sebut bukti hidup (%(proofs)s)",
    "belum ada dokumen yang diminta: %(documents)s",
    "bukti tidak sama: usulan ini %(rule)s",
    "%(stop)s: tolak, atau `field_check` lalu terima tanpa bulk",
    "pemilih ini sudah diputus pada keputusan %(seq)s (`%(kind)s`)",
    (
        "mungkin orang yang sama dengan pemilih baru pada keputusan %(seq)s: tolak, atau sebut"
        " sebagai dokumen “%(document)s”"
    ),
    "pasangan gandanya sudah dikeluarkan pada keputusan %(seq)s",
    # mutakhir.casework.retraction
    "keputusan %(seq)s bukan putusan atas usulan; tidak bisa ditarik kembali",
    "keputusan %(seq)s sudah ditarik kembali (keputusan %(by)s)",
    "keputusan %(seq)s dibuat orang lain; hanya pembuatnya yang bisa menariknya kembali",
    "keputusan %(seq)s milik %(kab)s periode %(period)s",
    "usulan itu sudah diputus lagi (keputusan %(seq)s)",
    "daftar sudah dibangun dengan keputusan %(seq)s",
    "keputusan %(seq)s sudah lebih dari %(minutes)s menit",
    # mutakhir.casework.budget
    (
        "putusan massal kelompok ini dihentikan: %(seen)s, melebihi anggaran %(share)s; putuskan"
        " satu per satu dan hubungi meja penautan"
    ),
    "dari %(sample)s contoh %(looked)s dilihat dan %(wrong)s salah",
    "dari %(bulk)s yang diputus massal %(wrong)s ternyata salah",
    "1 dari %(many)s",
    (
        "contoh kelompok ini belum selesai dilihat (%(waiting)s dari %(sample)s menunggu):"
        " putuskan dulu satu per satu yang bertanda `contoh` pada lembar `mutakhir queue`"
    ),
    # mutakhir.roll.gate
    "tanpa dokumen yang diminta (%(documents)s); batalkan atau lengkapi",
    "masuk, tetapi masih terdaftar sebagai %(dpid)s: putuskan keluarnya",
    "keluar karena pindah, tetapi belum masuk sebagai %(dpid)s",
    "lebih dari %(years)s tahun: cek lapangan",
    "keputusan %(seq)s, DPID %(dpid)s",
    # mutakhir.roll.checks
    "%(number)s tidak sah",
    # mutakhir.casework.match, propose: why a proposal is to be looked at
    "cocok dengan %(many)s orang di daftar",
    "mungkin orang yang sama dengan usulan baru %(dpid)s",
    "%(dpid)s dan %(more)s lagi",
    # two sentences in one: the last to be tried
    "%(late)s; %(instead)s",
)
#: Those without a value.
FIXED: Final = (
    "tanpa nama petugas tidak ada keputusan",
    "usulan tidak dikenal pada periode ini; jalankan `propose` lagi",
    "penyetuju harus orang lain daripada pengusul keputusan",
    "kecocokan belum pasti: putuskan satu per satu",
    "usulan ini contoh kelompoknya: lihat dan putuskan sendiri, kosongkan bulk",
    "putusan massal kelompoknya sudah bersandar pada contoh ini",
    "putuskan lagi, atau batalkan dengan `overturn` bila sudah berlaku",
    "tidak tertaut dengan siapa pun di daftar",
    "DPID sama tetapi rincian tidak cocok",
    "sumber menyebut desa yang berbeda",
    "sumber berbeda",
    "tidak ada keputusannya",
    "belum disetujui orang kedua",
    "belum cukup umur dan belum kawin",
    "NIK yang sama pada beberapa DPID",
)
_PLACE: Final = re.compile(r"%\((\w+)\)s")


def said(text: str) -> str:
    """A sentence or a word of the domain in the page's language; as it is when it has none."""
    known = gettext(text) if text else text
    if known != text:
        return known
    for form, pattern in _patterns():
        if found := pattern.fullmatch(text):
            english = gettext(form)
            return english % {name: said(value) for name, value in found.groupdict().items()}
    if ", " in text:  # a list of words, such as documents
        return ", ".join(map(said, text.split(", ")))
    return text


def shape(form: str) -> str:
    """A form with its places bare: ``periode {} sudah ditutup untuk {}``."""
    return _PLACE.sub("{}", form)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, re.compile(_pattern(form))) for form in FORMS)


def _pattern(form: str) -> str:
    parts = _PLACE.split(form)  # text, name, text, name, text
    named = (f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return "".join(named)
