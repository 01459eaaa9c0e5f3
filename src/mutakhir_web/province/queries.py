"""The province as screens read it: each kab/kota's quarter, recaps and what was said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q

from mutakhir import regions
from mutakhir.quality.drift import Drift, drifts
from mutakhir.recap.identities import Finding
from mutakhir.recap.issued import Issued
from mutakhir.recap.table import Recap, Row
from mutakhir.regions import Region
from mutakhir.roll.snapshot import Manifest
from mutakhir.rules.period import Period
from mutakhir.store import StoreError
from mutakhir_web.areas.area import Area
from mutakhir_web.bulk import door, recaps
from mutakhir_web.intake import queries as intake
from mutakhir_web.periods import queries as periods
from mutakhir_web.periods.stages import Stage
from mutakhir_web.province.models import Judgement
from mutakhir_web.recap import queries as recap
from mutakhir_web.recap.queries import Balance
from mutakhir_web.review.models import Case
from mutakhir_web.review.queries import WAITING_SECOND


@dataclass(frozen=True, slots=True)
class Queue:
    """Cases of a kab/kota's period. ``oldest``: when the office first held a file for one."""

    open: int = 0
    waiting: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """One kab/kota in one period; ``stage`` and all after it only where its roll stands here.

    ``broken``: identities that do not hold, in words; None where none could be looked at.
    """

    region: Region
    stage: Stage | None = None
    plenary_on: date | None = None
    received: int = 0
    awaited: int = 0
    late: int = 0
    queue: Queue = Queue()
    broken: tuple[str, ...] | None = None
    balance: Balance | None = None
    before: Balance | None = None
    edition: Issued | None = None
    judgement: Judgement | None = None

    @property
    def present(self) -> bool:
        """Whether its roll stands in this installation."""
        return self.stage is not None

    @property
    def drifts(self) -> list[Drift]:
        """What is far from the period before. The numbers of an opening have nothing before."""
        if self.balance is None or self.before is None:
            return []
        return drifts(_cells(self.balance), _cells(self.before))


def provinsi_of(area: Area, kab: str) -> str:
    """The provinsi that the page is about: the user's, or that of the kab/kota at hand."""
    return (area.code or kab)[:2]


def children(area: Area, provinsi: str, period: str) -> list[Child]:
    """Every kab/kota of the provinsi that lies in the area, also those without a roll here."""
    found = [each for each in regions.load().children(provinsi) if area.holds(each.code)]
    present = set(door.kabs())
    here = [each.code for each in found if each.code in present]
    queues = _queues(here, period)
    words = _judgements(here, period)
    return [
        _child(each, period, queues.get(each.code, Queue()), words)
        if each.code in present
        else Child(each)
        for each in found
    ]


def child(kab: str, period: str) -> Child:
    """One kab/kota whose roll stands here."""
    region = regions.load().get(kab)
    assert region is not None  # its roll stands under this code
    queue = _queues([kab], period).get(kab, Queue())
    return _child(region, period, queue, _judgements([kab], period))


def _child(
    region: Region, period: str, queue: Queue, words: dict[tuple[str, int], Judgement]
) -> Child:
    kab = region.code
    sources = intake.expected(kab, period)
    checks = recap.identities(kab, period)
    issued = periods.editions(kab, period)
    edition = issued[-1] if issued else None
    return Child(
        region=region,
        stage=periods.stage_of(kab, period),
        plenary_on=periods.period(kab, period).plenary_on,
        received=sum(each.received > 0 for each in sources),
        awaited=len(sources),
        late=sum(each.late for each in sources),
        queue=queue,
        broken=tuple(c.words for c in checks if not c.ok) if checks else None,
        balance=recap.balance(kab, period),
        before=_balance_before(kab, period),
        edition=edition,
        judgement=words.get((kab, edition.edition)) if edition else None,
    )


def _queues(kabs: list[str], period: str) -> dict[str, Queue]:
    """Open cases by kab/kota, in one grouped query."""
    rows = Case.objects.filter(kab__in=kabs, period=period, superseded=False).order_by()
    counted = rows.values("kab").annotate(
        n=Count("pk", filter=Q(open=True)),
        waiting=Count("pk", filter=Q(state__in=WAITING_SECOND)),
        oldest=Min("since", filter=Q(open=True)),
    )
    return {row["kab"]: Queue(row["n"], row["waiting"], row["oldest"]) for row in counted}


def _balance_before(kab: str, period: str) -> Balance | None:
    """The balance of the period before, if it was built and is not the opening."""
    earlier = Period.parse(period).previous().label
    built = door.version_of(earlier)
    if built is None or kab not in built.kabs or door.before(earlier) is None:
        return None
    return recap.balance(kab, earlier)


def _cells(balance: Balance) -> dict[str, int]:
    """A balance as numbers to compare: wholes, and each reason."""
    entered, left = balance.entered, balance.left
    wholes = {"baru": sum(entered.values()), "tms": sum(left.values())}
    return {**wholes, **{f"baru.{k}": n for k, n in entered.items()}, **_prefixed("tms", left)}


def _prefixed(whole: str, parts: dict[str, int]) -> dict[str, int]:
    return {f"{whole}.{name}": count for name, count in parts.items()}


# -- judgements


def _judgements(kabs: Iterable[str], period: str) -> dict[tuple[str, int], Judgement]:
    """The last word on each edition of a period."""
    rows = Judgement.objects.filter(kab__in=list(kabs), label=period).order_by("pk")
    return {(row.kab, row.edition): row for row in rows}


def judgement(kab: str, label: str) -> Judgement | None:
    """The last word on the newest edition of a kab/kota's recap; None while it waits for one."""
    issued = periods.editions(kab, label)
    if not issued:
        return None
    return Judgement.objects.filter(kab=kab, label=label, edition=issued[-1].edition).first()


def said(kab: str, label: str) -> list[Judgement]:
    """Everything said of a kab/kota's recaps in a period, newest first."""
    return list(Judgement.objects.filter(kab=kab, label=label))


# -- the whole province


@dataclass(frozen=True, slots=True)
class Whole:
    """The provinsi's recap over those of its kab/kota whose roll stands here."""

    recap: Recap
    broken: list[Finding]
    version: Manifest
    provinsi: str

    @property
    def lines(self) -> list[tuple[str, int, int, int, int, bool]]:
        """Name, opening, in, out and closing of each kab/kota, then of the provinsi."""
        rows = [*((row, False) for row in self.recap.at("kabkota")), *self._own()]
        return [
            (row.title, *(row.count(cell).total for cell in _CELLS), own)  # type: ignore[misc]
            for row, own in rows
        ]

    def _own(self) -> list[tuple[Row, bool]]:
        row = self.recap.row(self.provinsi)
        return [(row, True)] if row else []


_CELLS = ("awal", "baru", "tms", "akhir")


def whole(provinsi: str, period: str) -> Whole | None:
    """The recap of a provinsi in a period; None before it is built, or with fewer than two."""
    built = door.version_of(period)
    if built is None:
        return None
    try:
        told = recaps.recap(built.version, provinsi)
    except StoreError:
        return None
    return Whole(told, recaps.broken(built.version, provinsi), built, provinsi)


def labels(kabs: Iterable[str]) -> list[str]:
    """Every period that one of the kab/kota knows of, newest first."""
    return sorted({label for kab in kabs for label in periods.labels(kab)}, reverse=True)


# -- duplicates across kab/kota


def desk_case(area: Area, proposal: str) -> Case | None:
    """One duplicate across kab/kota of which at least the leaving side lies in the area."""
    rows = Case.objects.filter(area.rows(), proposal=proposal, reason="ganda", superseded=False)
    return rows.exclude(other_kab="").first()
