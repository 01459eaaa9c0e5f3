"""Balances and identities of a kab/kota's period, from its version or from the decisions so far."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.casework.states import STANDING
from mutakhir.recap.identities import Finding
from mutakhir.recap.table import Recap, Row
from mutakhir_web.bulk import door, recaps
from mutakhir_web.common.domain_words import recap_label as label
from mutakhir_web.common.templatetags.words import dots
from mutakhir_web.review.models import Case, Decided


@dataclass(frozen=True, slots=True)
class Balance:
    """Opening + entered - left = closing. ``entered`` and ``left`` by reason in words.

    ``provisional``: from the opening roll and the decisions in effect so far, not yet from a
    built version. ``version``: the one that the numbers come from, or start from; None before any.
    """

    opening: int
    entered: dict[str, int]
    left: dict[str, int]
    closing: int
    provisional: bool
    version: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """An identity: its name, whether it holds, and where not, in words."""

    name: str
    ok: bool
    words: str


def balance(kab: str, period: str) -> Balance:
    """The roll's balance in a period of ``kab``."""
    built = door.version_of(period)
    if built is not None and kab in built.kabs and not recaps.stale(built.version):
        row = recaps.recap(built.version, kab).row(kab)
        if row is not None:
            return _of_row(row, period, built.version)
    return _so_far(kab, period)


def _of_row(row: Row, period: str, version: int) -> Balance:
    law = door.law(period)
    parts = {
        whole: {label(f"{whole}.{w}", law): n.total for w, n in row.parts(whole).items() if n.total}
        for whole in ("baru", "tms")
    }
    return Balance(
        opening=row.count("awal").total,
        entered=parts["baru"],
        left=parts["tms"],
        closing=row.count("akhir").total,
        provisional=False,
        version=version,
    )


def _so_far(kab: str, period: str) -> Balance:
    """The version before, and what decisions in effect will bring in and take out."""
    before, law = door.before(period), door.law(period)
    opening = before.counts.get(kab, {}).get("total", 0) if before else 0
    last = Decided.objects.aggregate(last=Max("seq"))["last"] or 0
    entered: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for kind, reason, count in _moves(str(door.store().root), kab, period, last):
        into, whole = (left, "tms") if kind == "remove" else (entered, "baru")
        into[label(f"{whole}.{reason}", law)] += count
    closing = opening + entered.total() - left.total()
    version = before.version if before else None
    return Balance(opening, dict(entered), dict(left), closing, True, version)


@lru_cache(maxsize=64)
def _moves(root: str, kab: str, period: str, last: int) -> tuple[tuple[str, str, int], ...]:
    """Accepts in effect that move a voter, by kind and reason. ``root``: the store's folder;
    ``last``: seq of the last decision known."""
    assert root
    counting = Case.objects.filter(kab=kab, period=period, state__in=STANDING)
    accepts: QuerySet[Decided] = Decided.objects.filter(
        kab=kab, period=period, act="accept", kind__in=("add", "remove", "restore"), seq__lte=last
    ).filter(seq__in=counting.values("first_seq"))
    rows = accepts.values_list("kind", "reason").annotate(Count("pk")).order_by("kind", "reason")
    return tuple(rows)


def identities(kab: str, period: str) -> list[Check]:
    """What must hold before minutes are printed; of the version that stands for the period, or
    else of the one it starts from."""
    built = door.version_of(period)
    if built is None or kab not in built.kabs:
        built = door.before(period)
    if built is None or kab not in built.kabs:
        return []
    recap, broken = recaps.recap(built.version, kab), recaps.broken(built.version, kab)
    return [_check(kind, recap, broken) for kind in _KINDS]


#: Kinds of identities (``mutakhir.recap.identities``) in words.
_KINDS: Final = {
    "flow": gettext_lazy("awal + baru − TMS = akhir"),
    "sexes": gettext_lazy("L + P = jumlah"),
    "parts": gettext_lazy("sebab dan golongan = keseluruhan"),
    "moves": gettext_lazy("pindah masuk = pindah keluar di dalam wilayah"),
    "children": gettext_lazy("jumlah bagian wilayah = keseluruhan"),
}


def kind_of(formula: str) -> str:
    """Which of ``_KINDS`` an identity's formula is of."""
    if formula.startswith(("jumlah wilayah", "baris ")):
        return "children"
    if formula.startswith("jumlah "):
        return "parts"
    if "−" in formula:
        return "flow"
    return "sexes" if " + " in formula else "moves"


def _check(kind: str, recap: Recap, broken: list[Finding]) -> Check:
    """One line for a kind of identity over every row of the recap."""
    mine = [each for each in broken if kind_of(each.found.identity) == kind]
    if not mine:
        told = {"rows": dots(len(recap.rows)), "version": recap.edition.version}
        said = _("cocok pada %(rows)s baris, versi %(version)s") % told
        return Check(str(_KINDS[kind]), True, said)
    return Check(str(_KINDS[kind]), False, " ".join(str(each) for each in mine[:3]))


def now() -> datetime:
    """When a page was made, for its print."""
    return timezone.localtime()
