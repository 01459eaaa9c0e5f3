"""Files for screens, always from one kab/kota or the user's area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import Decision
from mutakhir_web.areas.area import Area
from mutakhir_web.bulk import door
from mutakhir_web.intake import mirror
from mutakhir_web.intake.agencies import Agency
from mutakhir_web.intake.expecting import expected
from mutakhir_web.intake.models import Source, SourceKab, State, Upload
from mutakhir_web.intake.presenters import STANDINGS, Standing

__all__ = ["expected"]  # the home page asks here

_COUNTS = ("read", "accepted", "held", "rejected")


@dataclass(frozen=True, slots=True)
class File:
    """One line of the list: a source, or an upload that is none (yet, or ever)."""

    id: str
    url: str
    file: str
    agency: str
    said: bool
    layouts: str
    period: str
    by: str
    at: datetime
    key: str
    counts: tuple[int, int, int, int] | None = None

    @property
    def standing(self) -> Standing:
        """Words, colour and icon."""
        return STANDINGS[self.key]

    @property
    def agency_words(self) -> str:
        """The agency by name."""
        return str(Agency(self.agency).label) if self.agency else ""


def files(kab: str, *, key: str = "", agency: str = "", period: str = "") -> list[File]:
    """Every file of a kab/kota, newest first. ``key``: a standing; empty values don't narrow."""
    mirror.catch_up()
    wanted = Q(agency=agency) if agency else Q()
    if period:
        wanted &= Q(period=period)
    book = door.book()
    sources = Source.objects.filter(wanted, kabs__kab=kab).defer("summary")
    found = [_of_source(each, book) for each in sources]
    found += [_of_upload(each) for each in _loose(kab).filter(wanted)]
    found.sort(key=lambda each: each.at, reverse=True)
    return [each for each in found if not key or each.key == key]


def source(area: Area, source_id: str) -> Source:
    """A source that speaks of a kab/kota in the area; else Http404."""
    mirror.catch_up()
    mine = SourceKab.objects.filter(area.rows(), source_id=source_id)
    return get_object_or_404(Source, pk=source_id, kabs__in=mine[:1])


def kab_of(area: Area, source_id: str) -> str:
    """The kab/kota in the area for which something is done to a source: that of most rows."""
    mine = SourceKab.objects.filter(area.rows(), source_id=source_id).order_by("-rows", "kab")
    return get_object_or_404(mine[:1]).kab


def periods(kab: str) -> list[str]:
    """The periods of a kab/kota's files, newest first."""
    mine = Source.objects.filter(kabs__kab=kab).order_by("-period")
    return list(mine.values_list("period", flat=True).distinct())


def upload(area: Area, upload_id: str) -> Upload:
    """An upload of the area; else Http404."""
    return get_object_or_404(Upload.objects.filter(area.rows()), pk=upload_id)


def standing(found: Source) -> str:
    """The key of a source's standing."""
    return _key(found, door.book())


def mended_by(found: Source) -> list[Source]:
    """Sources that hand rows of this one in again."""
    later = (
        Source.objects.filter(taken_at__gte=found.taken_at).exclude(pk=found.pk).defer("summary")
    )
    return [each for each in later if found.pk in each.corrects]


def remembered(found: Source) -> Upload | None:
    """The upload that was read by a mapping which somebody had confirmed before."""
    return Upload.objects.filter(source=found.pk).exclude(mapped_by="").first()


def waiting_withdrawals(area: Area) -> list[tuple[Decision, Source]]:
    """Withdrawals asked for, which wait for a second person."""
    book = door.book()
    asked = [each for each in waiting(book) if area.holds(each.kab)]
    if not asked:
        return []
    mirror.catch_up()
    known = Source.objects.defer("summary").in_bulk([each.source or "" for each in asked])
    return [(each, known[each.source or ""]) for each in asked if each.source in known]


def withdrawal(found: Source) -> Decision | None:
    """The request to withdraw the source, approved or not."""
    return door.book().withdrawals.get(found.pk)


def waiting(book: Casebook) -> list[Decision]:
    """The same, of every kab/kota, by seq."""
    open_ones = (each for key, each in book.withdrawals.items() if key not in book.withdrawn)
    return sorted(open_ones, key=lambda each: each.seq)


def _loose(kab: str) -> QuerySet[Upload]:
    """Uploads that led to no source: on their way, broken off, refused."""
    going = Q(state__in=(State.RECEIVING, State.WHOLE, State.TRIED, State.FAILED))
    return Upload.objects.filter(going | Q(state=State.DONE, outcome="refused"), kab=kab)


def _of_source(found: Source, book: Casebook) -> File:
    return File(
        id=found.pk,
        url=reverse("intake:source", args=[found.pk]),
        file=found.file,
        agency=found.agency,
        said=found.said,
        layouts=", ".join(found.layouts),
        period=found.period,
        by=found.by,
        at=found.taken_at,
        key=_key(found, book),
        counts=tuple(getattr(found, name) for name in _COUNTS),
    )


def _key(found: Source, book: Casebook) -> str:
    if found.pk in book.withdrawn:
        return "withdrawn"
    if found.pk in book.withdrawals:
        return "withdrawing"
    if any(found.pk == adopted.source for adopted in book.adopted.values()):
        return "adopted"
    if found.unmapped:
        return "unmapped"
    return "held" if found.accepted == 0 else "taken"


def _of_upload(found: Upload) -> File:
    return File(
        id=str(found.pk),
        url=reverse("intake:upload", args=[found.pk]),
        file=found.name,
        agency=found.agency,
        said=True,
        layouts="",
        period=found.period,
        by=found.by,
        at=found.at,
        key="refused" if found.state == State.DONE else str(found.state),
    )


def table(found: Iterable[File]) -> tuple[list[str], list[list[Any]]]:
    """The list as a table for CSV: headings and rows."""
    headings = ["Berkas", "Sumber", "Instansi", "Periode", "Susunan", "Dibaca", "Diterima"]
    headings += ["Ditahan", "Ditolak", "Status", "Oleh", "Waktu"]
    rows = [
        [
            *(each.file, each.id, each.agency_words, each.period, each.layouts),
            *(each.counts or ("", "", "", "")),
            *(str(each.standing.words), each.by, each.at.isoformat(timespec="seconds")),
        ]
        for each in found
    ]
    return headings, rows
