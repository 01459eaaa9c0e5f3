"""Pages on voters. What somebody looks for comes by POST; an answer is kept by no cache."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from mutakhir_web.accounts.permissions import may, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.voters import actions, presenters, queries, unmasking
from mutakhir_web.voters.forms import AsOfForm, SearchForm, UnmaskForm
from mutakhir_web.voters.history import FILTERS, lines
from mutakhir_web.voters.queries import NotIndexedError, Reach, Record

private: Callable[[Any], Any] = cache_control(private=True, no_store=True)


@needs(Act.SEE_VOTERS)
@private
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find a voter."""
    given = request.POST if request.method == "POST" else None
    form = SearchForm(given, kab=request.kab, kabs=request.kabs)
    context: dict[str, Any] = {"form": form, **_index_state(request)}
    context["may_correct"] = may(request.user, Act.CORRECT, request.kab)
    if form.is_valid() and context["searched"]:
        context |= _found(request, form)
    fragment = request.method == "POST" and request.htmx
    return render(request, "voters/results.html" if fragment else "voters/search.html", context)


def _found(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    term, offset = form.cleaned_data["apa"], form.cleaned_data["mulai"] or 0
    found = queries.find(term, _reach(request), offset=offset, **form.narrowed)
    used = [name for name, value in form.narrowed.items() if value and term.kind == "name"]
    actions.note_search(by=request.user, found=found, narrowed=used)
    today = timezone.localdate()
    return {
        "found": found,
        "hits": [presenters.hit(row, on=today) for row in found.rows],
        "first": offset + 1,
        "next": offset + len(found.rows),
        "previous": max(offset - queries.PAGE, 0) if offset else None,
    }


def _index_state(request: HttpRequest) -> dict[str, Any]:
    """Which version can be searched, and whether a newer one still waits for its index."""
    newest = door.latest()
    try:
        searched = queries.at_hand().version
    except NotIndexedError:
        searched = None
    waits = newest is not None and newest.version != searched
    return {
        "searched": searched,
        "unindexed": newest.version if newest and waits else None,
        "may_index": waits and may(request.user, Act.PREPARE, request.kab),
    }


@needs(Act.PREPARE)
@require_POST
def index(request: HttpRequest) -> HttpResponse:
    """Make the newest version's index."""
    newest = door.latest()
    if newest is None or not request.kab:
        raise Http404
    job = actions.index(by=request.user, kab=request.kab, version=newest.version)
    if request.htmx:
        return render(request, "jobs/progress.html", {"job": job})
    messages.success(request, _("Indeks sedang dibuat; muat ulang halaman ini sebentar lagi."))
    return redirect("voters:search")


@needs(Act.SEE_VOTERS)
@private
def voter(request: HttpRequest, dpid: str) -> HttpResponse:
    """One record as of a day."""
    asked = AsOfForm(request.GET)
    day = asked.cleaned_data["per"] if asked.is_valid() else None
    record = record_in_reach(request, dpid, day)
    actions.note_look(by=request.user, record=record)
    return render(request, "voters/voter.html", _shown(request, record, asked=asked))


def _shown(request: HttpRequest, record: Record, **more: Any) -> dict[str, Any]:
    until = unmasking.open_until(request, record.dpid)
    opened, today = until is not None, timezone.localdate()
    row, reached = record.row, _reach(request)
    family = queries.family_of(row, reached) if row else []
    return {
        "record": record,
        "status": presenters.status(record),
        "groups": presenters.groups(row, on=record.day, opened=opened) if row else [],
        "family": [presenters.hit(each, on=today) for each in family],
        "lines": lines(queries.history_of(record.dpid, reached), opened=opened),
        "filters": FILTERS,
        "opened_for": round((until - timezone.now().timestamp()) / 60) if until else None,
        "may_unmask": may(request.user, Act.UNMASK, record.kab),
        "may_correct": may(request.user, Act.CORRECT, record.kab),
        "unmask": UnmaskForm(name=""),
        "is_today": record.day == today,
        **more,
    }


@needs(Act.UNMASK)
@private
@require_POST
def unmask(request: HttpRequest, dpid: str) -> HttpResponse:
    """Open the numbers of one record for a while."""
    record = record_in_reach(request, dpid)
    form = UnmaskForm(request.POST, name=record.row["name"] if record.row else "")
    if not form.is_valid():
        context = _shown(request, record, asked=AsOfForm()) | {"unmask": form}
        return render(request, "voters/voter.html", context, status=422)
    actions.unmask(by=request.user, record=record, purpose=form.purpose)
    unmasking.open_record(request, dpid)
    return redirect("voters:voter", dpid)


@needs(Act.SEE_VOTERS)
@require_POST
def mask(request: HttpRequest, dpid: str) -> HttpResponse:
    """Close them again before the time is over."""
    unmasking.close_record(request, dpid)
    return redirect("voters:voter", dpid)


def _reach(request: HttpRequest) -> Reach:
    return queries.reach(request.area, request.kabs)


def record_in_reach(request: HttpRequest, dpid: str, day: Any = None) -> Record:
    """The record, or the same "not found" for who is elsewhere as for who is nowhere."""
    try:
        record = queries.record_of(dpid, _reach(request), day)
    except NotIndexedError:
        raise Http404 from None
    if record is None:
        raise Http404
    return record
