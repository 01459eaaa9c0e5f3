"""Building, closing and issuing: the long work behind a period's buttons, run by the worker."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from mutakhir.quarter import Quarter
from mutakhir.recap import editions
from mutakhir.recap.editions import Issue
from mutakhir.recap.identities import ensure
from mutakhir.recap.issued import Issued, Why
from mutakhir.recap.meeting import Meeting as Minuted
from mutakhir.roll.lookup import build_lookup, fresh
from mutakhir.roll.snapshot import Manifest
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door, recaps
from mutakhir_web.jobs.work import when_free
from mutakhir_web.periods import actions, queries
from mutakhir_web.periods.models import Meeting
from mutakhir_web.periods.stages import Stage

Told = Callable[[float, str], None]
_MADE_UP: Final = "PERAGAAN: semua orang dalam dokumen ini rekaan."


def build(*, by: User, kab: str, label: str, told: Told) -> Manifest:
    """Build the period's version from the decisions so far, and index it for the search.

    Raises BuildRefusedError with what stops it.
    """
    require(by, Act.PREPARE, kab)
    return _build(kab, label, told)


def _build(kab: str, label: str, told: Told) -> Manifest:
    told(0.05, _("Membangun daftar."))
    manifest: Manifest = when_free(_quarter(kab, label).build)
    told(0.6, _("Menghitung rekap."))
    recaps.broken(manifest.version, kab)
    recaps.of_stations(manifest.version, kab)
    if before := door.before(label):
        recaps.difference(before.version, manifest.version, kab)
    told(0.7, _("Membuat indeks pencarian."))
    if not fresh(door.store(), manifest.version):
        when_free(lambda: build_lookup(door.store(), manifest.version))
    return manifest


def close_and_issue(*, by: User, kab: str, label: str, told: Told) -> Issued:
    """Close the period and issue its documents; goes on where it was broken off.

    Nothing is sealed before every line of the checklist and every identity holds. Raises
    NotNowError, BuildRefusedError, RefusedError (which names cell and difference).
    """
    require(by, Act.CLOSE, kab)
    stage = queries.stage_of(kab, label)
    if stage is Stage.PLENARY:
        actions.ensure_ready(kab, label, "close")
        _build(kab, label, told)
        ensure(_issue(kab, label).recap)
        actions.move(by=by, kab=kab, label=label, step="close", seen=stage)
    elif stage is not Stage.CLOSED:
        raise actions.NotNowError(
            _("Periode berada pada tahap “%(stage)s”; mulai rapat pleno dulu.")
            % {"stage": stage.label}
        )
    # Again: somebody may have decided between the build and the closing.
    _build(kab, label, told)
    told(0.85, _("Membuat berita acara, lampiran dan siaran."))
    return issue(by=by, kab=kab, label=label)


def issue(*, by: User, kab: str, label: str) -> Issued:
    """The documents of a closed period as its next edition, or the edition that stands."""
    before = queries.editions(kab, label)
    if before and not queries.unpublished(kab, label):
        return before[-1]
    amended = _amended(kab, label) if before else {}
    held = queries.meeting(kab, label)
    given = _for_minutes(held, before[-1] if before else None, amended)
    why = Why(by=by.username, at=actions.now(), **amended)
    edition: Issued = when_free(lambda: _quarter(kab, label).issue(kab, given, why))
    return edition


def _amended(kab: str, label: str) -> dict[str, str]:
    """Why the period was reopened last, as it is sealed."""
    last = [d for d in queries.sealed_steps(kab, label) if d.act == "reopen"][-1]
    return {"reason": last.note, "rule": last.extra["basis"]}


def _for_minutes(held: Meeting, before: Issued | None, amended: dict[str, str]) -> Minuted:
    remarks = [_MADE_UP] if settings.DEMO else []
    if before is None:
        return held.for_minutes(remark=" ".join(remarks))
    remarks.append(
        f"Perubahan ke-{before.edition} (edisi {before.edition + 1}), menggantikan edisi"
        f" {before.edition}. Alasan: {amended['reason']}. Dasar: {amended['rule']}."
    )
    named = f"Nomor: {before.minutes}" if before.minutes else f"edisi {before.edition}"
    return held.for_minutes(remark=" ".join(remarks), amends=named)


def _issue(kab: str, label: str) -> Issue:
    store = door.store()
    return editions.recap(store, editions.version_of(store, period=label), [kab])


def _quarter(kab: str, label: str) -> Quarter:
    return Quarter(door.store(), label, (kab,), door.linker(), door.law_book())


def as_result(issued_now: Issued) -> dict[str, object]:
    """What the page that asked needs to go on."""
    return {"edition": issued_now.edition, "totals": asdict(issued_now)["totals"]}
