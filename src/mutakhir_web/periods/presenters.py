"""Periods in words: stages as badges, steps as a history, editions with their differences."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.recap.issued import Issued
from mutakhir_web.periods.stages import Stage

COLOURS: Final = {
    Stage.OPEN: "blue",
    Stage.FROZEN: "azure",
    Stage.PLENARY: "purple",
    Stage.CLOSED: "green",
    Stage.REOPENED: "orange",
    Stage.SKIPPED: "secondary",
}
#: The way of an ordinary quarter.
WAY: Final = (Stage.OPEN, Stage.FROZEN, Stage.PLENARY, Stage.CLOSED)
STEP_WORDS: Final = {
    "freeze": gettext_lazy("Dibekukan"),
    "thaw": gettext_lazy("Dicairkan kembali"),
    "convene": gettext_lazy("Rapat pleno dimulai"),
    "adjourn": gettext_lazy("Pleno ditunda"),
    "close": gettext_lazy("Ditutup"),
    "reopen": gettext_lazy("Dibuka kembali"),
    "skip": gettext_lazy("Dilewati"),
}
MEANING: Final = {
    Stage.OPEN: gettext_lazy(
        "Berkas diterima, usulan disusun, kasus diputus. Daftar boleh dibangun kapan saja untuk"
        " melihat hasil sementara."
    ),
    Stage.FROZEN: gettext_lazy(
        "Sumber baru tidak lagi ikut periode ini: usulannya tidak disusun ulang. Kasus yang sudah"
        " ada masih boleh diputus sampai pleno."
    ),
    Stage.PLENARY: gettext_lazy(
        "Angka dibacakan dan dibahas. Keberatan dicatat; bila putusan perlu diubah, tunda pleno."
        " Tombol terakhir menutup periode dan menerbitkan dokumen."
    ),
    Stage.CLOSED: gettext_lazy(
        "Tidak ada putusan lagi. Koreksi terlambat lewat “Buka kembali”, dengan alasan dan dasar;"
        " dokumen lalu terbit sebagai edisi baru dan yang lama tetap tersimpan."
    ),
    Stage.REOPENED: gettext_lazy(
        "Dibuka kembali untuk perubahan. Putuskan koreksinya, bangun daftar, lalu pleno dan tutup"
        " seperti biasa: dokumen terbit sebagai edisi baru."
    ),
    Stage.SKIPPED: gettext_lazy(
        "Periode ini dilewati: tidak ada daftar dan berita acara. Kasus terbukanya muncul lagi pada"
        " periode berikut."
    ),
}
FILES: Final = {
    "berita-acara.pdf": gettext_lazy("Berita acara dan lampiran (PDF)"),
    "rekap.xlsx": gettext_lazy("Tabel rekap (XLSX)"),
    "rekap.csv": gettext_lazy("Tabel rekap (CSV)"),
    "rekap.json": gettext_lazy("Tabel rekap (JSON)"),
    "siaran.md": gettext_lazy("Siaran (Markdown)"),
    "siaran.txt": gettext_lazy("Siaran (teks)"),
}
_CELLS: Final = {
    "akhir": gettext_lazy("Pemilih"),
    "baru": gettext_lazy("Baru"),
    "tms": gettext_lazy("TMS"),
}


@dataclass(frozen=True)
class ShownEdition:
    """An edition with what changed since the one before it."""

    issued: Issued
    superseded: bool
    current: bool
    changes: list[tuple[str, int, str]]  # cell in words, total, difference with its sign
    files: list[tuple[str, str, dict[str, Any]]]  # name, words, sha256 and size


def shown_editions(editions: list[Issued], hash_now: str | None) -> list[ShownEdition]:
    """Newest first. ``hash_now``: of the kab/kota's voters in the version that stands."""
    shown = []
    for place, each in enumerate(editions):
        before = editions[place - 1] if place else None
        last = place == len(editions) - 1
        shown.append(
            ShownEdition(
                each,
                superseded=not last,
                current=last and hash_now == each.kabs.get(each.code),
                changes=[_change(cell, each, before) for cell in _CELLS],
                files=[(n, str(FILES.get(n, n)), told) for n, told in sorted(each.files.items())],
            )
        )
    return shown[::-1]


def _change(cell: str, now: Issued, before: Issued | None) -> tuple[str, int, str]:
    total = now.totals[cell]["total"]
    difference = total - before.totals[cell]["total"] if before else None
    said = "" if difference is None else f"{difference:+d}" if difference else _("tetap")
    return str(_CELLS[cell]), total, said.replace("-", "−")
