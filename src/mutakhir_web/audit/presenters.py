"""Entries in words."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir import regions
from mutakhir_web.accounts.roles import Role
from mutakhir_web.audit.models import Entry

#: Every act that the code records; a test holds the table to the code.
ACTS: Final[dict[str, Promise]] = {
    "signed_in": gettext_lazy("masuk"),
    "signed_out": gettext_lazy("keluar"),
    "sign_in_failed": gettext_lazy("gagal masuk"),
    "password_changed": gettext_lazy("mengganti kata sandinya"),
    "factor_added": gettext_lazy("memasang faktor kedua"),
    "factor_removed": gettext_lazy("melepas faktor kedua"),
    "factor_reset": gettext_lazy("membuat kode pemulihan baru"),
    "factor_failed": gettext_lazy("salah faktor kedua"),
    "first_account": gettext_lazy("membuat akun administrator di server"),
    "account_created": gettext_lazy("membuat akun"),
    "account_changed": gettext_lazy("mengubah akun"),
    "account_ended": gettext_lazy("menonaktifkan akun"),
    "account_reopened": gettext_lazy("mengaktifkan kembali akun"),
    "password_reset": gettext_lazy("membuat kata sandi sementara"),
    "session_ended": gettext_lazy("mengakhiri sesi"),
    "audit_exported": gettext_lazy("mengekspor jejak audit"),
    "job": gettext_lazy("memulai pekerjaan"),
    "take_in": gettext_lazy("menerima satu berkas"),
    "discard": gettext_lazy("membuang unggahan"),
    "download": gettext_lazy("mengunduh berkas"),
    "map": gettext_lazy("mencocokkan kolom"),
    "say_agency": gettext_lazy("menyebut instansi asal"),
    "expect": gettext_lazy("mencatat sumber yang ditunggu"),
    "withdraw": gettext_lazy("meminta penarikan satu sumber"),
    "assign": gettext_lazy("membagi tugas"),
    "set_due": gettext_lazy("menetapkan tenggat"),
    "take_over": gettext_lazy("mengambil alih usulan"),
    "attach": gettext_lazy("melampirkan berkas"),
    "see_attachment": gettext_lazy("membuka lampiran"),
    "accept": gettext_lazy("menerima usulan"),
    "reject": gettext_lazy("menolak usulan"),
    "field_check": gettext_lazy("meminta cek lapangan"),
    "need_document": gettext_lazy("meminta dokumen"),
    "approve": gettext_lazy("menyetujui putusan sebagai orang kedua"),
    "retract": gettext_lazy("menarik kembali putusannya"),
    "overturn": gettext_lazy("membatalkan putusan"),
    "bulk_accept": gettext_lazy("menerima usulan secara massal"),
    "bulk_reject": gettext_lazy("menolak usulan secara massal"),
    "bulk_field_check": gettext_lazy("meminta cek lapangan secara massal"),
    "bulk_need_document": gettext_lazy("meminta dokumen secara massal"),
    "search": gettext_lazy("melakukan pencarian pemilih"),
    "look": gettext_lazy("melihat pemilih"),
    "unmask": gettext_lazy("membuka nomor pribadi"),
    "submit": gettext_lazy("menyerahkan usulan perbaikan data"),
    "period_freeze": gettext_lazy("membekukan periode"),
    "period_thaw": gettext_lazy("mencairkan periode"),
    "period_convene": gettext_lazy("memulai rapat pleno"),
    "period_adjourn": gettext_lazy("menunda rapat pleno"),
    "period_close": gettext_lazy("menutup periode"),
    "period_reopen": gettext_lazy("membuka kembali periode"),
    "period_skip": gettext_lazy("melewati periode"),
    "plenary_date": gettext_lazy("menetapkan tanggal pleno"),
    "carry_over": gettext_lazy("membawa sisa ke periode berikut"),
    "meeting_saved": gettext_lazy("menyimpan catatan rapat"),
    "scan_filed": gettext_lazy("menyimpan pindai berita acara"),
    "compare_people": gettext_lazy("membandingkan dua versi per nama"),
    "judge_recap": gettext_lazy("menilai rekap kabupaten/kota"),
}
_DETAILS: Final[dict[str, Promise]] = {
    "kind": gettext_lazy("jenis"),
    "sessions": gettext_lazy("sesi diakhiri"),
    "given_role": gettext_lazy("peran"),
    "role": gettext_lazy("peran"),
    "area": gettext_lazy("wilayah"),
    "until": gettext_lazy("berlaku sampai"),
    "factors_dropped": gettext_lazy("faktor kedua dilepas"),
    "changed": gettext_lazy("perubahan"),
    "form": gettext_lazy("bentuk"),
    "asked": gettext_lazy("saringan"),
}


def act(code: str) -> str:
    """What was done."""
    return str(ACTS.get(code, code))


def who(entry: Entry) -> str:
    """The account, or that it was none of ours."""
    return entry.by or _("(akun tak dikenal)")


def role(entry: Entry) -> str:
    """The role at the time."""
    return str(Role(entry.role).label) if entry.role in Role.values else entry.role


def place(entry: Entry) -> str:
    """The region the act was about."""
    region = regions.load().get(entry.kab) if entry.kab else None
    return region.name if region else entry.kab or "Indonesia"


def details(entry: Entry) -> list[tuple[str, str]]:
    """What else was noted, label and value."""
    return [(str(_DETAILS.get(name, name)), _told(value)) for name, value in entry.detail.items()]


def _told(value: Any) -> str:
    match value:
        case {**pairs}:
            return "; ".join(f"{_DETAILS.get(k, k)}: {_told(v)}" for k, v in pairs.items())
        case [before, after]:
            return f"{_told(before)} → {_told(after)}"
        case [*parts]:
            return ", ".join(_told(part) for part in parts)
        case None | "":
            return "–"
    return str(value)
