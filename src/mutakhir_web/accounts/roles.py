"""Roles and acts, and which role may do what: one table.

Rendered into docs/reference/permissions.md; every cell is tested (tests/web/test_permissions.py).
An act is always done to something in a region: see ``permissions.may`` for the area.
"""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is in the office."""

    OPERATOR = "operator", _("Operator")
    CHECKER = "checker", _("Pemeriksa")
    COMMISSIONER = "commissioner", _("Anggota KPU")
    COORDINATOR = "coordinator", _("Koordinator provinsi")
    BAWASLU = "bawaslu", _("Bawaslu")
    SECURITY = "security", _("Petugas keamanan informasi")
    ADMINISTRATOR = "administrator", _("Administrator")


class Act(TextChoices):
    """What can be done or seen in the workplace."""

    SEE_HOME = "see_home", _("melihat beranda")
    SEE_SOURCES = "see_sources", _("melihat sumber dan tanda terima")
    TAKE_IN = "take_in", _("menerima berkas")
    WITHDRAW = "withdraw", _("meminta penarikan sumber")
    SEE_QUEUE = "see_queue", _("melihat antrean")
    DECIDE = "decide", _("memutuskan usulan")
    ASSIGN = "assign", _("membagi tugas dan tenggat")
    APPROVE = "approve", _("menyetujui sebagai orang kedua")
    SEE_VOTERS = "see_voters", _("mencari pemilih")
    UNMASK = "unmask", _("membuka nomor pribadi dengan tujuan")
    CORRECT = "correct", _("mengusulkan perbaikan data")
    SEE_PERIODS = "see_periods", _("melihat periode dan rapat pleno")
    PREPARE = "prepare", _("membuka dan membekukan periode, menyusun usulan, membangun daftar")
    RECORD_MEETING = "record_meeting", _("mencatat rapat pleno dan menyimpan hasil pindai")
    CLOSE = "close", _("menutup, membuka kembali atau melewati periode")
    SEE_RECAP = "see_recap", _("melihat rekapitulasi")
    SEE_PROVINCE = "see_province", _("melihat papan provinsi")
    JUDGE_RECAP = "judge_recap", _("menerima atau mengembalikan rekap kabupaten/kota")
    MANAGE_PEOPLE = "manage_people", _("mengelola akun")
    END_SESSIONS = "end_sessions", _("mengakhiri sesi orang lain")
    SEE_AUDIT = "see_audit", _("membaca dan mengekspor jejak audit")


_READ: Final = frozenset(
    {
        *(Act.SEE_HOME, Act.SEE_SOURCES, Act.SEE_QUEUE, Act.SEE_VOTERS, Act.SEE_PERIODS),
        *(Act.SEE_RECAP, Act.SEE_PROVINCE),
    }
)
#: What each role may do inside its area. Nobody may do anything outside it.
MATRIX: Final[dict[Role, frozenset[Act]]] = {
    Role.OPERATOR: _READ
    | {Act.TAKE_IN, Act.WITHDRAW, Act.DECIDE, Act.UNMASK, Act.CORRECT, Act.PREPARE}
    | {Act.RECORD_MEETING},
    # The second person: approves, and may say no or ask for more, which is deciding too.
    Role.CHECKER: _READ | {Act.DECIDE, Act.ASSIGN, Act.APPROVE, Act.UNMASK, Act.CORRECT},
    Role.COMMISSIONER: _READ | {Act.APPROVE, Act.UNMASK, Act.RECORD_MEETING, Act.CLOSE},
    Role.COORDINATOR: _READ | {Act.UNMASK, Act.DECIDE, Act.JUDGE_RECAP},
    # Oversight reads; personal numbers stay masked until Bawaslu has its own room.
    Role.BAWASLU: _READ,
    Role.SECURITY: frozenset({Act.SEE_AUDIT, Act.END_SESSIONS}),
    Role.ADMINISTRATOR: frozenset({Act.MANAGE_PEOPLE, Act.END_SESSIONS}),
}
