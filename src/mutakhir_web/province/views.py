"""Pages above the kab/kota."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mutakhir_web.accounts.permissions import may, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.common.domain_words import quarter_words
from mutakhir_web.common.tables import csv_response
from mutakhir_web.periods import queries as periods
from mutakhir_web.province import actions, presenters, queries
from mutakhir_web.province.actions import NotJudgedError
from mutakhir_web.province.duplicates import pair_of, pairs
from mutakhir_web.province.forms import JudgeForm
from mutakhir_web.province.presenters import ORDERS, STATES, Tile
from mutakhir_web.review import actions as review
from mutakhir_web.review.queries import cross_duplicates


@require_GET
@needs(Act.SEE_PROVINCE)
def province(request: HttpRequest) -> HttpResponse:
    """A tile per kab/kota of the provinsi; for who works in one of them, that one."""
    provinsi = queries.provinsi_of(request.area, request.kab)
    tiles, wanted = _tiles(request, provinsi), request.GET.get("keadaan", "")
    shown = [tile for tile in tiles if not wanted or tile.state == wanted]
    present = [tile.code for tile in tiles if tile.child.present]
    context = {
        "provinsi": provinsi,
        "tiles": presenters.ordered(shown, request.GET.get("urut", "")),
        "map": presenters.map_of(provinsi, tiles, request.period),
        "counts": _counts(tiles),
        "wanted": wanted,
        "order": request.GET.get("urut", "parah"),
        "orders": [(name, words) for name, (words, _key) in ORDERS.items()],
        "labels": queries.labels(present),
        "whole": queries.whole(provinsi, request.period) if _above(request) else None,
        "above": _above(request),
        "duplicates": cross_duplicates(request.area, request.period).filter(open=True).count(),
    }
    return render(request, "province/province.html", context)


def _tiles(request: HttpRequest, provinsi: str) -> list[Tile]:
    found = queries.children(request.area, provinsi, request.period)
    return [presenters.tile(child) for child in found]


def _counts(tiles: list[Tile]) -> list[tuple[str, Any, str, int]]:
    """How many kab/kota stand how: name of the state, words, tone, count."""
    return [
        (name, words, tone, sum(tile.state == name for tile in tiles))
        for name, (words, tone, _colour) in STATES.items()
    ]


def _above(request: HttpRequest) -> bool:
    return len(request.area.code) < 4


@require_GET
@needs(Act.SEE_PROVINCE)
def download(request: HttpRequest) -> HttpResponseBase:
    """The board as CSV."""
    provinsi = queries.provinsi_of(request.area, request.kab)
    rows = (presenters.csv_row(tile) for tile in _tiles(request, provinsi))
    name = f"provinsi-{provinsi}-{request.period}.csv"
    return csv_response(name, presenters.HEADINGS, rows)


# -- recaps of the kab/kota


@require_GET
@needs(Act.SEE_PROVINCE)
def recaps(request: HttpRequest) -> HttpResponse:
    """The newest edition of each kab/kota's recap, and what was said of it."""
    provinsi = queries.provinsi_of(request.area, request.kab)
    found = [c for c in queries.children(request.area, provinsi, request.period) if c.present]
    rows = [(each, *presenters.judgement_words(each.judgement)) for each in found]
    context = {
        "rows": rows,
        "labels": queries.labels(each.region.code for each in found),
        "whole": queries.whole(provinsi, request.period) if _above(request) else None,
        "provinsi": provinsi,
    }
    return render(request, "province/recaps.html", context)


@needs(Act.SEE_PROVINCE)
def recap(request: HttpRequest, kab: str, label: str) -> HttpResponse:
    """One kab/kota's editions of a period, and the province's word on the newest."""
    _known(request, kab, label)
    issued = periods.editions(kab, label)
    form = JudgeForm(initial={"edition": issued[-1].edition} if issued else None)
    if request.method == "POST":
        form = JudgeForm(request.POST)
        if form.is_valid() and _judged(request, kab, label, form):
            return redirect(f"{reverse('province:recap', args=[kab, label])}?tersimpan=1")
    context = {
        "code": kab,
        "label": label,
        "words": quarter_words(label),
        "editions": issued[::-1],
        "judgement": queries.judgement(kab, label),
        "said": queries.said(kab, label),
        "form": form if issued and may(request.user, Act.JUDGE_RECAP, kab) else None,
        "child": presenters.tile(queries.child(kab, label)),
    }
    return render(request, "province/recap.html", context, status=422 if form.errors else 200)


def _judged(request: HttpRequest, kab: str, label: str, form: JudgeForm) -> bool:
    """Whether the word was taken; else why not stands on the form."""
    try:
        actions.judge(by=request.user, kab=kab, label=label, **form.cleaned_data)
    except NotJudgedError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Putusan provinsi tersimpan; kabupaten/kota melihatnya."))
    return True


@require_GET
@needs(Act.SEE_PERIODS)
def word(request: HttpRequest, kab: str, label: str) -> HttpResponse:
    """The province's word as a fragment of the kab/kota's own period page."""
    _known(request, kab, label)
    context = {
        "judgement": queries.judgement(kab, label),
        "issued": bool(periods.editions(kab, label)),
    }
    return render(request, "province/word.html", context)


def _known(request: HttpRequest, kab: str, label: str) -> None:
    """Raises Http404 unless ``kab`` lies in the area and has this period."""
    if kab not in request.kabs or label not in periods.labels(kab):
        raise Http404


# -- duplicates across kab/kota


@require_GET
@needs(Act.SEE_PROVINCE)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Registrations of what may be one person in two kab/kota."""
    if not _above(request):
        raise Http404
    context = {
        "pairs": pairs(request.user, request.area, request.period),
        "labels": queries.labels(request.kabs),
    }
    return render(request, "province/duplicates.html", context)


@needs(Act.DECIDE)
@require_POST
def decide(request: HttpRequest, proposal: str) -> HttpResponse:
    """The first person's word on a duplicate; who leaves still needs the second."""
    case = queries.desk_case(request.area, proposal) if _above(request) else None
    if case is None:
        raise Http404
    form = pair_of(request.user, case, request.POST).form
    if form is None or not form.is_valid():
        messages.error(request, _("Pasangan ini sudah diputuskan, atau isiannya kurang."))
    else:
        _decided(request, proposal, form.cleaned_data)
    back = f"{reverse('province:duplicates')}?{urlencode({'periode': case.period})}"
    return redirect(f"{back}#{proposal}")


def _decided(request: HttpRequest, proposal: str, told: dict[str, Any]) -> None:
    try:
        review.decide(by=request.user, proposal=proposal, **told)
    except review.StaleError:
        messages.error(
            request, _("Sementara itu orang lain memutuskan pasangan ini. Lihat keadaannya.")
        )
    except review.RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Putusan tersimpan. Pencoretan menunggu orang kedua."))
