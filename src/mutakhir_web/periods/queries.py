"""Periods as screens read them: what the decision file says, then what the office noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mutakhir.casework.decision import Decision
from mutakhir.casework.desk import proposed_periods
from mutakhir.recap import issued
from mutakhir.recap.issued import Issued
from mutakhir.roll.snapshot import Manifest
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import quarter_words
from mutakhir_web.jobs.models import Job
from mutakhir_web.periods.models import Meeting, Period, Scan, Step
from mutakhir_web.periods.stages import SEALED, Stage

#: Kinds of jobs of this room; the period follows after a colon.
BUILD, PUBLISH = "build", "publish"


@dataclass(frozen=True)
class Line:
    """A period of a kab/kota in a list. ``counts``: L, P, total of its version, if built."""

    label: str
    words: str
    stage: Stage
    plenary_on: date | None
    version: Manifest | None
    counts: dict[str, int] | None
    editions: int


def labels(kab: str) -> list[str]:
    """Every period that ``kab`` knows of, the newest first."""
    store = door.store()
    built = [m.period for v in store.versions() if kab in (m := door.manifest(v)).kabs]
    noted = Period.objects.filter(kab=kab).values_list("label", flat=True)
    known = {*built, *noted, *proposed_periods(store), door.current_period(kab)}
    return sorted(known, reverse=True)


def listing(kab: str) -> list[Line]:
    """All of them with their stage and totals."""
    rows = {row.label: row for row in Period.objects.filter(kab=kab)}
    return [_line(kab, label, rows.get(label)) for label in labels(kab)]


def _line(kab: str, label: str, row: Period | None) -> Line:
    version = door.version_of(label)
    return Line(
        label=label,
        words=quarter_words(label),
        stage=_stage(kab, label, row),
        plenary_on=row.plenary_on if row else None,
        version=version,
        counts=version.counts.get(kab) if version else None,
        editions=len(editions(kab, label)),
    )


def period(kab: str, label: str) -> Period:
    """The office's notes on a period; fresh ones, not saved, when there are none."""
    found = Period.objects.filter(kab=kab, label=label).first()
    return found or Period(kab=kab, label=label)


def stage_of(kab: str, label: str) -> Stage:
    """Where the period stands: what is sealed goes before what is noted."""
    return _stage(kab, label, Period.objects.filter(kab=kab, label=label).first())


def _stage(kab: str, label: str, row: Period | None) -> Stage:
    book = door.book()
    if (label, kab) in book.closed:
        return Stage.SKIPPED if book.skipped(label, kab) else Stage.CLOSED
    stage = Stage(row.stage) if row else Stage.OPEN
    # Noted as over, but the file takes decisions again: somebody reopened it by command.
    return Stage.REOPENED if stage in (Stage.CLOSED, Stage.SKIPPED) else stage


def sealed_steps(kab: str, label: str) -> tuple[Decision, ...]:
    """Closings, reopenings and skippings in the decision file, in their order."""
    return door.book().on_period.get((label, kab), ())


def editions(kab: str, label: str) -> list[Issued]:
    """Editions of the period's documents, the first one first."""
    return issued.editions(door.store(), label, kab)


def unpublished(kab: str, label: str) -> bool:
    """Whether the period was closed and the documents of that closing are not issued yet."""
    closings = sum(d.act == "close" for d in sealed_steps(kab, label))
    return stage_of(kab, label) is Stage.CLOSED and closings > len(editions(kab, label))


def edition_at_hand(kab: str, label: str) -> int:
    """The edition that the office works on, or, of a closed period, the one it issued last."""
    issued_so_far = len(editions(kab, label))
    standing = stage_of(kab, label) is Stage.CLOSED and not unpublished(kab, label)
    return issued_so_far if standing and issued_so_far else issued_so_far + 1


def meeting(kab: str, label: str) -> Meeting:
    """The plenary of the edition at hand; a fresh one, with what stays from one plenary to the
    next, when nothing is noted yet."""
    edition = edition_at_hand(kab, label)
    found = Meeting.objects.filter(kab=kab, label=label, edition=edition).first()
    return found or _like_the_last(Meeting(kab=kab, label=label, edition=edition))


_STAYS = ("number_pattern", "office", "address", "city", "place", "zone", "chair", "url")


def _like_the_last(fresh: Meeting) -> Meeting:
    last = Meeting.objects.filter(kab=fresh.kab).order_by("-label", "-edition").first()
    if last is not None:
        for name in (*_STAYS, "commissioners"):
            setattr(fresh, name, getattr(last, name))
        fresh.attendees = [{**each, "names": ""} for each in last.attendees]
    return fresh


def scans(kab: str, label: str) -> Iterable[Scan]:
    """Signed scans filed with the period."""
    return Scan.objects.filter(kab=kab, label=label)


@dataclass(frozen=True)
class Told:
    """One step of a period's history."""

    at: datetime
    step: str
    by: str
    reason: str
    rule: str


def steps(kab: str, label: str) -> list[Told]:
    """What happened to the period, newest first: what is sealed as the file says it, and the
    office's own steps."""
    noted = Step.objects.filter(kab=kab, label=label).exclude(step__in=SEALED)
    told = [Told(s.at, s.step, s.by, s.reason, s.rule) for s in noted]
    told += [
        Told(datetime.fromisoformat(d.at), d.act, d.by, d.note, d.extra.get("basis", ""))
        for d in sealed_steps(kab, label)
    ]
    return sorted(told, key=lambda each: each.at, reverse=True)


def last_job(kind: str, kab: str, label: str) -> Job | None:
    """The last job of this kind for the period."""
    return Job.objects.filter(kind=f"{kind}:{label}", kab=kab).first()


def later_version(label: str) -> Manifest | None:
    """The first version of a later period: it stands on this one, so nothing here may change."""
    found = [m for v in door.store().versions() if (m := door.manifest(v)).period > label]
    return found[0] if found else None
