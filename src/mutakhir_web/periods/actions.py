"""What people do to a period: steps from stage to stage, the plenary's notes, scans."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir.roll.steps import too_late_to_reopen
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.common.attachments import attached
from mutakhir_web.jobs.work import InWordsError
from mutakhir_web.periods import queries
from mutakhir_web.periods.checklist import checklist, stopping
from mutakhir_web.periods.models import Meeting, Period, Scan, Step
from mutakhir_web.periods.stages import SEALED, Transition, transition

#: Bytes of a scan: many pages, more than one photo.
SCAN_LIMIT = 25 * 2**20


class NotNowError(InWordsError):
    """The step is not possible now; the message says why and what to do."""


class StalePageError(NotNowError):
    """The period moved on after the page was loaded."""


@transaction.atomic
def move(
    *, by: User, kab: str, label: str, step: str, seen: str, reason: str = "", rule: str = ""
) -> Period:
    """Take one step of the table of stages. ``seen``: the stage that the page showed.

    Raises StalePageError, NotNowError, PermissionDenied; SealError from the decision file.
    """
    row = _held(kab, label)
    stage = queries.stage_of(kab, label)
    if stage != seen:
        raise StalePageError(
            _("Tahap periode ini sudah berubah menjadi “%(stage)s”. Muat ulang, lalu pilih lagi.")
            % {"stage": stage.label}
        )
    row_of_table = transition(stage, step)
    if row_of_table is None:
        raise NotNowError(_("Langkah itu tidak ada pada tahap “%(s)s”.") % {"s": stage.label})
    require(by, row_of_table.act, kab)
    said = {"reason": " ".join(reason.split()), "rule": " ".join(rule.split())}
    _said_enough(row_of_table, said)
    ensure_ready(kab, label, step)
    if step in SEALED:
        _seal(by, kab, label, step, said)
    return _note(row, by, row_of_table, said)


def _held(kab: str, label: str) -> Period:
    """The period's row, locked until the transaction ends."""
    Period.objects.get_or_create(kab=kab, label=label)
    return Period.objects.select_for_update().get(kab=kab, label=label)


def _said_enough(row: Transition, said: Mapping[str, str]) -> None:
    if "reason" in row.asks and len(said["reason"]) < 5:
        raise NotNowError(_("Tulis alasannya, sedikitnya beberapa kata; alasan ikut diterbitkan."))
    if "rule" in row.asks and not said["rule"]:
        raise NotNowError(_("Sebut dasarnya: pasal, atau nomor surat yang meminta."))


def ensure_ready(kab: str, label: str, step: str) -> None:
    """Raises NotNowError with every line of the checklist that stands in the way of ``step``."""
    if missing := stopping(checklist(kab, label), step):
        lines = "; ".join(f"{item.title}: {item.said}" for item in missing)
        raise NotNowError(_("Belum dapat dilanjutkan. %(lines)s.") % {"lines": lines})


def _seal(by: User, kab: str, label: str, step: str, said: Mapping[str, str]) -> None:
    """The step's own line in the decision file. What is sealed stands whatever comes after."""
    given: dict[str, str] = {"kab": kab, "by": by.username, "at": now()}
    docket = door.docket(label)
    if step == "close":
        docket.close(**given)
        return
    if step == "reopen" and (late := too_late_to_reopen(door.store(), label)):
        raise NotNowError(late)
    sealing = docket.reopen if step == "reopen" else docket.skip
    sealing(**given, note=said["reason"], basis=said["rule"])


def now() -> str:
    """This moment as decisions write it."""
    return timezone.localtime().isoformat(timespec="seconds")


def _note(row: Period, by: User, step: Transition, said: Mapping[str, str]) -> Period:
    row.stage = step.then
    if "rule" in step.asks:
        row.reason, row.rule = said["reason"], said["rule"]
    row.save()
    Step.objects.create(
        kab=row.kab, label=row.label, step=step.step, then=step.then, by=by.username, **said
    )
    subject = f"period:{row.label}"
    auditor.record(f"period_{step.step}", by=by, kab=row.kab, subject=subject, **said)
    return row


@transaction.atomic
def set_plenary(*, by: User, kab: str, label: str, day: date) -> Period:
    """Set the day of the plenary."""
    require(by, Act.RECORD_MEETING, kab)
    row = _held(kab, label)
    row.plenary_on = day
    row.save()
    auditor.record("plenary_date", by=by, kab=kab, subject=f"period:{label}", day=day.isoformat())
    return row


@transaction.atomic
def carry_over(*, by: User, kab: str, label: str, cases: int) -> Period:
    """Say that ``cases`` open cases go on to the next period. More than those stop again."""
    require(by, Act.RECORD_MEETING, kab)
    row = _held(kab, label)
    row.carried, row.carried_by = cases, by.username
    row.save()
    auditor.record("carry_over", by=by, kab=kab, subject=f"period:{label}", cases=cases)
    return row


@transaction.atomic
def save_meeting(*, by: User, kab: str, label: str, values: Mapping[str, Any]) -> Meeting:
    """Save what is known of the plenary. Once its documents are issued it is what they say."""
    require(by, Act.RECORD_MEETING, kab)
    _held(kab, label)
    if queries.stage_of(kab, label) in ("closed", "skipped"):
        raise NotNowError(
            _("Periode sudah ditutup: keterangan rapat sudah terbit. Buka kembali untuk mengubah.")
        )
    meeting = queries.meeting(kab, label)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.saved_by = by.username
    meeting.save()
    subject = f"meeting:{label}:{meeting.edition}"
    auditor.record("meeting_saved", by=by, kab=kab, subject=subject)
    return meeting


@transaction.atomic
def file_scan(*, by: User, kab: str, label: str, upload: UploadedFile) -> Scan:
    """File the signed berita acara. What the content is decides, not the name.

    Raises NotAttachedError when it is too large or no PDF or photo.
    """
    require(by, Act.RECORD_MEETING, kab)
    kept, edition = attached(upload, largest=SCAN_LIMIT), queries.edition_at_hand(kab, label)
    filed = Scan.objects.filter(kab=kab, label=label, edition=edition, sha256=kept.sha256)
    if (found := filed.first()) is not None:
        return found
    scan = Scan(kab=kab, label=label, edition=edition, name=(upload.name or "")[-200:])
    scan.size, scan.content_type = kept.size, kept.kind
    scan.sha256, scan.by = kept.sha256, by.username
    scan.file.save(f"{label}-{kab}-{kept.sha256[:16]}.{kept.ending}", upload, save=True)
    auditor.record(
        "scan_filed", by=by, kab=kab, subject=f"period:{label}", sha256=kept.sha256, edition=edition
    )
    return scan
