"""What screens ask of cases. Every query starts from an area or one kab/kota."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from mutakhir_web.accounts.models import User
from mutakhir_web.areas.area import Area
from mutakhir_web.review.filters import AGES, Filter, age_rows
from mutakhir_web.review.models import Attachment, Case, Decided

#: States that wait for a second person.
WAITING_SECOND = ("accepted_waiting_second", "overturn_waiting_second")

#: Up to so many cases are fetched to be put in order.
_FEW = 2_000


def in_area(area: Area) -> QuerySet[Case]:
    """Every case that the area may see."""
    return Case.objects.filter(area.rows())


def attachments_in(area: Area) -> QuerySet[Attachment]:
    """Every attachment that the area may see."""
    return Attachment.objects.filter(area.rows("case__kab")).select_related("case")


def counts(asked: Filter, user: User) -> tuple[Counter[str], Counter[str]]:
    """Of the filter: cases by kind, whatever kind it asks for; and by group of the kind it asks.

    One query.
    """
    every = asked.but(kind="", group="").counted(user)
    kinds: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    # Grouped in the order of their index, which then is all that is read.
    grouped = every.values_list("state", "kind", "group").annotate(Count("pk"))
    for _state, kind, group, n in grouped:
        kinds[kind] += n
        if kind == asked.kind:
            groups[group] += n
    return kinds, groups


def page_of(asked: Filter, user: User, total: int) -> QuerySet[Case]:
    """The filter's cases for one page of a list; ``total``: how many there are.

    Few among many are found by what they are; of many the queue's own order meets enough soon.
    """
    if total > _FEW:
        return asked.cases(user)
    return Case.objects.filter(pk__in=asked.counted(user).values("pk")).order_by("place")


def neighbour(case: Case, among: QuerySet[Case], *, step: int) -> Case | None:
    """The case after (``step`` 1) or before (-1) this one in the filter; None at its end."""
    if step > 0:
        return among.filter(place__gt=case.place).order_by("place").first()
    return among.filter(place__lt=case.place).order_by("-place").first()


def waiting_for_second(user: User, kab: str, period: str) -> QuerySet[Case]:
    """Cases of one kab/kota that wait for a second person, without those the user began."""
    rows = Case.objects.filter(kab=kab, state__in=WAITING_SECOND)
    late = Q(state="overturn_waiting_second") | Q(period=period)
    return rows.filter(late).exclude(last_by__iexact=user.username).order_by("place")


def withdrawals_waiting(user: User, kab: str) -> list[Decided]:
    """Requests to withdraw a source of this kab/kota that nobody approved, but for one's own."""
    approved = Decided.objects.filter(act="approve", kab=kab).exclude(source="").values("source")
    asked = Decided.objects.filter(act="withdraw", kab=kab).exclude(by__iexact=user.username)
    return list(asked.exclude(source__in=approved))


def history(case: Case) -> QuerySet[Decided]:
    """Every decision on this voter, in any period; on this proposal where it names no voter.

    Looked up by voter and by proposal, each by its own index, before the kab/kota is asked: with
    one condition of all three SQLite would walk through every decision of the kab/kota.
    """
    seqs = {
        *Decided.objects.filter(dpid=case.dpid).values_list("seq", flat=True),
        *Decided.objects.filter(proposal=case.proposal).values_list("seq", flat=True),
    }
    return Decided.objects.filter(seq__in=seqs, kab=case.kab)


def since_seen(case: Case, seen: int) -> QuerySet[Decided]:
    """What was decided on the case after the officer's page was made."""
    return Decided.objects.filter(proposal=case.proposal, seq__gt=seen)


def related(case: Case, area: Area) -> QuerySet[Case]:
    """Other open cases on the same voters: rivals, the other side of a duplicate, other changes."""
    named = {case.dpid, case.other_dpid, *case.sides.get("rivals", ())} - {""}
    rows = in_area(area).filter(Q(dpid__in=named) | Q(other_dpid=case.dpid))
    return rows.filter(period=case.period, superseded=False).exclude(pk=case.pk)


def cross_duplicates(area: Area, period: str) -> QuerySet[Case]:
    """Duplicates of the area whose other registration lies in another kab/kota."""
    rows = in_area(area).filter(period=period, reason="ganda", superseded=False)
    return rows.exclude(other_kab="").order_by("kab", "place")


@dataclass(frozen=True, slots=True)
class Summary:
    """What is left of one kab/kota's period. ``ages``: by kind, then by filters.AGES;
    ``kecs``: by kecamatan."""

    kinds: dict[str, int]
    ages: dict[str, Counter[str]]
    kecs: dict[str, int]
    states: dict[str, int]
    oldest: datetime | None

    @property
    def open(self) -> int:
        """Cases nobody has said the last word on."""
        return sum(self.kinds.values())

    @property
    def waiting_second(self) -> int:
        """Cases that wait for a second person."""
        return sum(self.states.get(state, 0) for state in WAITING_SECOND)


def summary(kab: str, period: str) -> Summary:
    """What is left, in two grouped queries."""
    rows = Case.objects.filter(kab=kab, period=period).order_by()
    standing = rows.filter(superseded=False)
    states = Counter(dict(standing.values_list("state").annotate(Count("pk"))))
    ages = {f"age_{age}": Count("pk", filter=age_rows(age)) for age in AGES}
    found = (
        rows.filter(open=True)
        .values("kind", "kec")
        .annotate(n=Count("pk"), oldest=Min("since"), **ages)
    )
    kinds, kecs = Counter[str](), Counter[str]()
    by_age: dict[str, Counter[str]] = {}
    oldest: list[datetime] = []
    for row in found:
        kinds[row["kind"]] += row["n"]
        kecs[row["kec"]] += row["n"]
        oldest.append(row["oldest"])
        by_age.setdefault(row["kind"], Counter()).update({a: row[f"age_{a}"] for a in AGES})
    return Summary(dict(kinds), by_age, dict(kecs), dict(states), min(oldest, default=None))
