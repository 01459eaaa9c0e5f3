"""Cases as lines of a list, and as lines of a CSV without personal values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir.rules import Law
from mutakhir_web.accounts.models import User
from mutakhir_web.common.templatetags.words import region_name
from mutakhir_web.review.claims import holder
from mutakhir_web.review.models import Case
from mutakhir_web.review.wording import COLOURS, KINDS, reason_words

PAGE: Final = 50
#: Columns of the CSV: identities and reasons only.
COLUMNS: Final = (
    *("proposal_id", "period", "kab", "kecamatan", "desa", "kind", "reason", "group", "band"),
    *("weight", "state", "dpid", "other_dpid", "sampled", "carried", "since", "due", "assigned_to"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list. ``days``: since the office has held its file."""

    case: Case
    kind: str
    colour: str
    reason: str
    name: str
    born: str
    where: str
    days: int
    late: bool
    busy: User | None


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known already."""

    def __init__(self, cases: QuerySet[Case], total: int) -> None:
        super().__init__(cases, PAGE)
        self.count = total

    def _get_page(self, cases: QuerySet[Case], *args: Any, **kwargs: Any) -> Page:  # type: ignore[type-arg]
        """First which ones, from the index alone, then those: far pages cost no more."""
        ids = list(cases.values_list("pk", flat=True))
        rows = Case.objects.filter(pk__in=ids).select_related("assigned_to", "claimed_by")
        return Page(rows.order_by("place"), *args, **kwargs)


def lines(cases: Iterable[Case], user: User, law: Law) -> list[Line]:
    """The lines of one page."""
    today = timezone.localdate()
    return [_line(case, user, law, today) for case in cases]


def _line(case: Case, user: User, law: Law, today: Any) -> Line:
    records = case.sides["records"]
    person = case.sides["voter"] or (records[0]["values"] if records else {})
    return Line(
        case=case,
        kind=str(KINDS[case.kind]),
        colour=COLOURS[case.kind],
        reason=reason_words(case.kind, case.reason, law),
        name=person.get("name") or _("(tanpa nama)"),
        born=str(person.get("birth_date") or "")[:4],
        where=region_name(case.desa),
        days=(today - timezone.localdate(case.since)).days,
        late=case.open and case.due is not None and case.due < today,
        busy=holder(case, user),
    )


def csv_rows(cases: QuerySet[Case]) -> Iterator[tuple[Any, ...]]:
    """The lines of COLUMNS."""
    columns = ("proposal", "period", "kab", "kec", "desa", "kind", "reason", "group", "band")
    more = ("weight", "state", "dpid", "other_dpid", "sampled", "carried", "since", "due")
    found = cases.values_list(*columns, *more, "assigned_to__username")
    for row in found.iterator(chunk_size=2_000):
        *told, since, due, whose = row
        day = timezone.localtime(since).date().isoformat()
        yield (*(_plain(v) for v in told), day, due.isoformat() if due else "", whose or "")


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
