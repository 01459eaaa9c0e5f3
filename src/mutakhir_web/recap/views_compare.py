"""Two versions compared, by name and reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mutakhir.store import StoreError
from mutakhir_web.accounts.permissions import allowed, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.common.tables import csv_response
from mutakhir_web.recap import comparing, trends


@require_GET
@needs(Act.SEE_RECAP)
def compare(request: HttpRequest) -> HttpResponse:
    """Totals by what and why; with a kind chosen, the people behind them, page by page."""
    kab = request.kab
    versions = trends.versions(kab) if kab else []
    if len(versions) < 2:
        return render(request, "recap/compare.html", {"versions": versions})
    a, b = _asked(request, [m.version for m in versions])
    shown: dict[str, Any] = {"versions": versions, "a": a, "b": b}
    if a < b:
        shown |= _compared(request, kab, a, b)
    return render(request, "recap/compare.html", shown)


def _asked(request: HttpRequest, known: list[int]) -> tuple[int, int]:
    """The two versions asked for; the last two when none are. 404 for one that is not there."""
    asked = [request.GET.get(name, "") for name in ("dari", "ke")]
    if not any(asked) and len(known) > 1:
        return known[-2], known[-1]
    found = [int(text) for text in asked if text.isdecimal() and len(text) < 9]
    if len(found) != 2 or not set(found) <= set(known):
        raise Http404
    return found[0], found[1]


def _compared(request: HttpRequest, kab: str, a: int, b: int) -> dict[str, Any]:
    sums = comparing.sums(a, b, kab)
    what, reason = request.GET.get("apa", ""), request.GET.get("sebab", "")
    shown: dict[str, Any] = {
        "sums": sums,
        "by_what": comparing.by_what(sums),
        "from": door.manifest(a),
        "to": door.manifest(b),
        "what": what,
        "reason": reason,
    }
    if what not in comparing.WHAT or not allowed(request.user, Act.SEE_VOTERS):  # type: ignore[arg-type]
        return shown
    rows = comparing.chosen(a, b, kab, what, reason)
    page = request.GET.get("hal", "1")
    number = max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1
    start = (number - 1) * comparing.PAGE
    shown |= {
        "number": number,
        "rows": rows.num_rows,
        "more": rows.num_rows > start + comparing.PAGE,
    }
    try:
        shown["people"] = list(
            comparing.people(
                rows, by=request.user, kab=kab, versions=(a, b), start=start, count=comparing.PAGE
            )
        )
    except StoreError:
        shown["unindexed"] = True
    return shown


@require_GET
@needs(Act.SEE_VOTERS)
def compare_csv(request: HttpRequest) -> HttpResponse:
    """The people of one kind (and reason) as CSV, numbers masked."""
    kab = request.kab
    a, b = _asked(request, [m.version for m in trends.versions(kab)] if kab else [])
    what, reason = request.GET.get("apa", ""), request.GET.get("sebab", "")
    if a >= b or what not in comparing.WHAT:
        raise Http404
    rows = comparing.chosen(a, b, kab, what, reason)
    try:
        found = comparing.people(
            rows, by=request.user, kab=kab, versions=(a, b), start=0, count=None
        )
    except StoreError:
        raise Http404 from None
    heads = (
        *("DPID", _("Nama"), _("NIK"), _("Apa"), _("Sebab"), _("Dari"), _("Ke")),
        *(_("Isian"), _("Keputusan")),
    )
    lines = (
        (p.dpid, p.name, p.nik, p.what, p.reason, p.origin, p.destination, p.fields, p.decision)
        for p in found
    )
    return csv_response(f"banding-{kab}-v{a}-v{b}-{what}.csv", heads, lines)
