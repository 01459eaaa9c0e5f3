"""Files that an office waits for in a period, and which of them have come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mutakhir.rules.period import Period
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.intake import mirror
from mutakhir_web.intake.agencies import EXPECTED, Agency
from mutakhir_web.intake.models import Expected, Source


@dataclass(frozen=True, slots=True)
class Awaited:
    """One agency. ``received``: sources that count; ``accepted``: their rows that went in."""

    period: str
    agency: str
    label: str
    due: date
    received: int
    accepted: int
    last: datetime | None

    @property
    def late(self) -> bool:
        """Nothing has come and the day is over."""
        return not self.received and self.due < timezone.localdate()

    @property
    def url(self) -> str:
        """The agency's files of the period."""
        query = urlencode({"agency": self.agency, "period": self.period})
        return f"{reverse('intake:sources')}?{query}"


def expected(kab: str, period: str) -> list[Awaited]:
    """Every file that ``kab`` waits for in ``period``, by due day, with what has come of it.

    Sources withdrawn, and those of which nothing went in, are not received.
    """
    mirror.catch_up()
    came = _came(kab, period)
    return [
        Awaited(
            period,
            agency,
            str(Agency(agency).label),
            due,
            *came.get(agency, (0, 0, None)),
        )
        for agency, due in sorted(awaited(kab, period).items(), key=lambda item: item[1])
    ]


def awaited(kab: str, period: str) -> dict[str, date]:
    """Agency → due day, as the office said, else as offices usually have it."""
    said = dict(Expected.objects.filter(kab=kab, period=period).values_list("agency", "due"))
    if said:
        return said
    last = Period.parse(period).last
    return {agency.value: last - timedelta(days=days) for agency, days in EXPECTED}


@transaction.atomic
def expect(*, by: User, kab: str, period: str, due: dict[str, date]) -> None:
    """Say which agencies are waited for in a period and until when: exactly these.

    Raises ValueError in words when there is none, or one nobody knows.
    """
    require(by, Act.PREPARE, kab)
    if not due or not due.keys() <= set(Agency.values):
        raise ValueError(_("Pilih sedikitnya satu instansi dan isi tenggatnya."))
    Expected.objects.filter(kab=kab, period=period).delete()
    Expected.objects.bulk_create(
        Expected(kab=kab, period=period, agency=agency, due=day) for agency, day in due.items()
    )
    auditor.record(
        "expect",
        by=by,
        kab=kab,
        subject=f"period:{period}",
        due={agency: day.isoformat() for agency, day in due.items()},
    )


def _came(kab: str, period: str) -> dict[str, tuple[int, int, datetime | None]]:
    counting = Source.objects.filter(kabs__kab=kab, period=period, accepted__gt=0)
    counting = counting.exclude(pk__in=list(door.book().withdrawn))
    rows = counting.values_list("agency").annotate(Count("pk"), Sum("accepted"), Max("taken_at"))
    return {agency: (count, rows, last) for agency, count, rows, last in rows.order_by()}
