"""The timeline of a voter in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.casework.decision import SEEN_BY_OFFICER, Decision
from mutakhir.casework.proposal import KINDS
from mutakhir.roll.ledger import OUTSIDE
from mutakhir.roll.timeline import Document, Event
from mutakhir.rules import Law
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import document_label
from mutakhir_web.common.templatetags.words import region_name
from mutakhir_web.voters.models import TITLE
from mutakhir_web.voters.presenters import LABELS, PERSONAL, reason_words, shown

TITLES: Final[Mapping[str, str | Promise]] = {
    "came": gettext_lazy("Masuk daftar"),
    "left": gettext_lazy("Keluar dari daftar"),
    "moved": gettext_lazy("Pindah tempat memilih"),
    "changed": gettext_lazy("Data diubah"),
    "suspended": gettext_lazy("Ditangguhkan"),
    "restored": gettext_lazy("Dipulihkan"),
    "proposal": gettext_lazy("Usulan"),
    "decision": gettext_lazy("Keputusan"),
}
_TONES: Final = {"came": "green", "left": "red", "suspended": "yellow", "restored": "green"}
#: What the filter over a timeline offers.
FILTERS: Final = (
    ("roll", gettext_lazy("Perubahan daftar")),
    ("proposal", gettext_lazy("Usulan")),
    ("decision", gettext_lazy("Keputusan")),
)
ACTS: Final[Mapping[str, str | Promise]] = {
    "accept": gettext_lazy("diterima"),
    "reject": gettext_lazy("ditolak"),
    "field_check": gettext_lazy("minta cek lapangan"),
    "need_document": gettext_lazy("minta dokumen"),
    "approve": gettext_lazy("disetujui orang kedua"),
    "overturn": gettext_lazy("dibatalkan"),
    "retract": gettext_lazy("diurungkan"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event. ``group``: what the filter calls it; ``changes``: label, old and new."""

    group: str
    title: str
    tone: str
    period: str
    at: str
    version: int | None
    place: str
    changes: tuple[tuple[str, str, str], ...]
    documents: tuple[dict[str, Any], ...]
    proposal: str | None
    decision: Decision | None
    approval: Decision | None


def lines(events: Iterable[Event], *, opened: bool) -> list[Line]:
    """Events in words; old and new values as far as ``opened`` lets them be seen."""
    return [_line(event, door.law(event.period), opened=opened) for event in events]


def _line(event: Event, law: Law, *, opened: bool) -> Line:
    return Line(
        group=event.what if event.what in ("proposal", "decision") else "roll",
        title=_title(event, law),
        tone=_TONES.get(event.what, "blue"),
        period=event.period,
        at=event.at,
        version=event.version,
        place=_place(event),
        changes=tuple(_changes(event, opened=opened)),
        documents=tuple(_document(each, law) for each in event.documents),
        proposal=event.proposal,
        decision=event.decision,
        approval=event.approval,
    )


def _title(event: Event, law: Law) -> str:
    title = str(TITLES[event.what])
    why = reason_words(event.reason, law) if event.reason else ""
    kind = str(KINDS.get(event.kind, "")) if event.what in ("proposal", "decision") else ""  # type: ignore[call-overload]
    act = event.decision.act if event.what == "decision" and event.decision else ""
    told = ", ".join(filter(None, [str(ACTS.get(act, act)), kind, why]))
    return f"{title}: {told}" if told else title


def _place(event: Event) -> str:
    if event.what == "moved":
        return _("dari %(origin)s ke %(destination)s") % {
            "origin": _account(event.origin),
            "destination": _account(event.destination),
        }
    inside = [a for a in (event.origin, event.destination) if a and not a.startswith(OUTSIDE)]
    return _account(inside[0]) if inside else ""


def _account(account: str) -> str:
    desa, _dot, tps = account.partition(".")
    return _("TPS %(tps)s, %(desa)s") % {"tps": tps, "desa": region_name(desa)}


def _changes(event: Event, *, opened: bool) -> Iterable[tuple[str, str, str]]:
    for change in event.fields:
        label = str(LABELS.get(change.name, change.name))
        old = shown(change.name, change.old, opened=opened)
        new = shown(change.name, change.new, opened=opened)
        if old == new and change.name in PERSONAL:
            new = _("tertutup, berbeda")
        yield label, old, new


def _document(document: Document, law: Law) -> dict[str, Any]:
    seen = document.record_id == SEEN_BY_OFFICER
    sheet = "" if seen else document.record_id.split(":")[1]
    return {
        "seen": seen,
        "kind": document_label(document.kind, law) if document.kind else "",
        "file": document.file,
        "source": document.source_id,
        "from_screen": document.file.startswith(TITLE),
        "sheet": sheet if sheet not in ("", "0") else "",
        "row": document.row,
    }
