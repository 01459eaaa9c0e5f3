"""Entries as the screen shows them: filtered, in the reader's area, newest first, page by page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from mutakhir_web.areas.area import Area
from mutakhir_web.audit.models import Entry

A_PAGE: Final = 50
_KAB: Final = 4
#: Entries written at once get their ids in any order: a time becomes an id this loosely.
_LEEWAY: Final = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show. Empty asks for all; days are those of the office's zone, both included."""

    by: str = ""
    act: str = ""
    subject: str = ""
    kab: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None

    def told(self) -> dict[str, str]:
        """What was asked, for the entry that records an export."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """Entries and where to go on: ids below ``older``, above ``newer``; None at an end."""

    entries: list[Entry]
    older: int | None
    newer: int | None


def entries(area: Area, asked: Asked) -> QuerySet[Entry]:
    """All that was asked for, newest first."""
    found = Entry.objects.filter(_within(area.code), _within(asked.kab), _between(asked))
    if asked.by:
        found = found.filter(by=asked.by)
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.subject:
        # A whole subject has its index; a kind alone ("voter:") is met often enough on the way.
        kind = asked.subject.endswith(":")
        found = found.filter(**{"subject__startswith" if kind else "subject": asked.subject})
    if asked.purpose:
        found = found.filter(purpose__icontains=asked.purpose)
    return found.order_by("-id")


def standing(area: Area, asked: Asked) -> QuerySet[Entry]:
    """All that was asked for and stands now: what is written meanwhile is not among it."""
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return entries(area, asked).filter(id__lte=newest)


def entry(area: Area, entry_id: int) -> Entry:
    """One of them. Raises Entry.DoesNotExist also for one of elsewhere."""
    return Entry.objects.get(_within(area.code), pk=entry_id)


def page(area: Area, asked: Asked, *, below: int | None = None, above: int | None = None) -> Page:
    """The newest page, or the one below or above an id. No entry is counted or skipped over."""
    found = entries(area, asked)
    if above is not None:
        rows = list(found.filter(id__gt=above).order_by("id")[: A_PAGE + 1])[::-1]
        more, rows = len(rows) > A_PAGE, rows[-A_PAGE:]
        return Page(rows, _end(rows, -1, there=True), _end(rows, 0, there=more))
    if below is not None:
        found = found.filter(id__lt=below)
    rows = list(found[: A_PAGE + 1])
    more, rows = len(rows) > A_PAGE, rows[:A_PAGE]
    return Page(rows, _end(rows, -1, there=more), _end(rows, 0, there=below is not None))


def _end(rows: list[Entry], at: int, *, there: bool) -> int | None:
    return rows[at].pk if rows and there else None


def _within(code: str) -> Q:
    """The region and what lies in it.

    One kab/kota has an index in the order of ids. A provinsi is asked of each row on the way down
    the ids: an index over its kab/kota would have to be sorted anew for every page.
    """
    if len(code) == _KAB:
        return Q(kab=code)
    return Q(kab__startswith=code) if code else Q()


def _between(asked: Asked) -> Q:
    """The days, also as a run of ids: ids are what the page is read along."""
    found = Q()
    if asked.since is not None:
        start = _midnight(asked.since)
        found &= Q(at__gte=start, id__gte=_first_id(start) - _LEEWAY)
    if asked.until is not None:
        end = _midnight(asked.until + timedelta(days=1))
        found &= Q(at__lt=end, id__lte=_last_id(end) + _LEEWAY)
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _first_id(moment: datetime) -> int:
    """The earliest entry from ``moment`` on; behind all entries when there is none."""
    found = Entry.objects.filter(at__gte=moment).order_by("at").values_list("id", flat=True).first()
    return found if found is not None else _last_id(moment) + _LEEWAY + 1


def _last_id(moment: datetime) -> int:
    """The latest entry before ``moment``; 0 when there is none."""
    found = Entry.objects.filter(at__lt=moment).order_by("-at").values_list("id", flat=True).first()
    return found or 0
