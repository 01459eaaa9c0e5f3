"""Kinds, reasons, acts and groups in the words of an office."""

from functools import cache
from typing import Final

from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.casework.budget import Stage, Standing
from mutakhir.linkage.model import Model
from mutakhir.linkage.model_file import default_model
from mutakhir.quality.sampling import lower_bound, upper_bound
from mutakhir.rules import Law
from mutakhir_web.common.domain_words import document_label, said
from mutakhir_web.common.templatetags.words import dots

KINDS: Final[dict[str, Promise]] = {
    "conflict": gettext_lazy("Konflik"),
    "restore": gettext_lazy("Pulihkan"),
    "suspend": gettext_lazy("Tangguhkan"),
    "remove": gettext_lazy("Coret"),
    "relocate": gettext_lazy("Pindah TPS"),
    "add": gettext_lazy("Pemilih baru"),
    "correct": gettext_lazy("Ubah data"),
}
#: Colour of a kind, never alone: its word stands beside it.
COLOURS: Final = {
    "conflict": "red",
    "restore": "purple",
    "suspend": "orange",
    "remove": "red",
    "relocate": "blue",
    "add": "green",
    "correct": "cyan",
}
_REASONS: Final = {
    "ubah_data": gettext_lazy("Rincian berbeda"),
    "pindah_dalam": gettext_lazy("Pindah di dalam kab/kota"),
    "salah_penempatan_tps": gettext_lazy("Salah penempatan TPS"),
    "kembali": gettext_lazy("Pernah keluar dari daftar"),
    "ditemukan_hidup": gettext_lazy("Ditemukan hidup"),
}
ACTS: Final = {
    "accept": gettext_lazy("menerima"),
    "reject": gettext_lazy("menolak"),
    "field_check": gettext_lazy("mengirim ke cek lapangan"),
    "need_document": gettext_lazy("meminta dokumen"),
    "approve": gettext_lazy("menyetujui"),
    "overturn": gettext_lazy("meminta pembatalan"),
    "retract": gettext_lazy("mengurungkan keputusan"),
}
#: As the line after a decision says it.
DONE: Final = {
    "accept": gettext_lazy("Diterima"),
    "reject": gettext_lazy("Ditolak"),
    "field_check": gettext_lazy("Dikirim ke cek lapangan"),
    "need_document": gettext_lazy("Dokumen diminta"),
    "approve": gettext_lazy("Disetujui"),
    "overturn": gettext_lazy("Pembatalan diminta"),
    "retract": gettext_lazy("Diurungkan"),
}
FIELDS: Final = {
    "nkk": gettext_lazy("NKK"),
    "nik": gettext_lazy("NIK"),
    "name": gettext_lazy("nama"),
    "birth_place": gettext_lazy("tempat lahir"),
    "birth_date": gettext_lazy("tanggal lahir"),
    "sex": gettext_lazy("jenis kelamin"),
    "marital": gettext_lazy("status kawin"),
    "address": gettext_lazy("alamat"),
    "rt": gettext_lazy("RT"),
    "rw": gettext_lazy("RW"),
    "disability": gettext_lazy("disabilitas"),
    "ktp_el": gettext_lazy("status KTP-el"),
}
CLAIMS: Final = {
    "listed": gettext_lazy("tercatat"),
    "new": gettext_lazy("diusulkan masuk"),
    "ineligible": gettext_lazy("diusulkan keluar"),
    "change": gettext_lazy("data diubah"),
    "move": gettext_lazy("pindah TPS"),
}


@cache
def model() -> Model:
    """The model whose links proposals carry."""
    return default_model()


def reason_words(kind: str, reason: str, law: Law) -> str:
    """Why a voter would come, leave or change, as the law in force calls it."""
    if kind == "add" and reason in law.additions:
        return said(law.additions[reason].label)
    if kind == "conflict":
        return _("Tercatat meninggal, muncul lagi")
    if reason in law.removals:
        return said(law.removals[reason].label)
    return str(_REASONS.get(reason) or reason.replace("_", " "))


_STAGES: Final[dict[Stage, Promise]] = {
    "stopped": gettext_lazy("massal DIHENTIKAN"),
    "single": gettext_lazy("semua satu per satu"),
    "waiting": gettext_lazy("massal menunggu contoh"),
    "free": gettext_lazy("massal terbuka"),
}


def standing_words(standing: Standing) -> str:
    """How far bulk is for a group, and what its sample showed."""
    found = standing.found
    told = {
        "stage": _STAGES[standing.stage],
        "sample": dots(len(standing.sample)),
        "size": dots(standing.size),
        "looked": dots(found.looked),
        "wrong": dots(found.wrong),
    }
    seen = (
        _("%(stage)s; contoh %(sample)s dari %(size)s: %(looked)s dilihat, %(wrong)s salah") % told
    )
    return seen + _bounds(standing)


def _bounds(standing: Standing) -> str:
    """What the sample leaves possible, and what bulk turned out to be."""
    found, said = standing.found, ""
    if standing.stage == "free":
        said = _(" (paling banyak %(share)s)") % {"share": _share(standing.bound(upper_bound))}
    if standing.stage == "stopped" and found.wrong:
        said = _(" (sedikitnya %(share)s)") % {"share": _share(standing.bound(lower_bound))}
    if standing.stage == "stopped" and found.undone:
        told = {"undone": dots(found.undone), "bulk": dots(found.bulk)}
        said += _(", %(undone)s dari %(bulk)s massal salah") % told
    return said


def _share(text: str) -> str:
    """``4,0 %`` with the decimal sign of the page's language."""
    return text.replace(",", get_format("DECIMAL_SEPARATOR"))


def group_words(group: str, law: Law) -> str:
    """``remove/meninggal/akta_kematian`` → Coret · Meninggal dunia · Akta kematian."""
    kind, _slash, rest = group.partition("/")
    reason, _slash, documents = rest.partition("/")
    named = [document_label(word, law) for word in documents.split("+") if word]
    bases = " + ".join(named) or _("daftar itu sendiri")
    return f"{KINDS.get(kind, kind)} · {reason_words(kind, reason, law)} · {bases}"
