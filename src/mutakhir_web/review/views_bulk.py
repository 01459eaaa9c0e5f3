"""Bulk: list, confirm, receipt."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mutakhir.casework.outlook import documents_to_see
from mutakhir_web.accounts.permissions import needs, require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import document_label
from mutakhir_web.jobs.actions import start
from mutakhir_web.jobs.models import Job
from mutakhir_web.review import bulk_decisions, tasks
from mutakhir_web.review.actions import RefusedError
from mutakhir_web.review.filters import Filter
from mutakhir_web.review.listing import Pages, lines
from mutakhir_web.review.views import asked_of
from mutakhir_web.review.wording import group_words, standing_words


@require_http_methods(["GET", "POST"])
@needs(Act.DECIDE)
def bulk(request: HttpRequest) -> HttpResponse:
    """All the cases concerned, how their group stands, and the confirmation."""
    asked = asked_of(request)
    require(request.user, Act.DECIDE, asked.kab)  # type: ignore[arg-type]
    if request.method == "GET":
        return _listed(request, asked)
    act, listed = request.POST.get("act", ""), request.POST.get("listed", "")
    if act not in bulk_decisions.ACTS:
        raise Http404
    given = {name: request.POST.get(name, "") for name in ("document", "note")}
    try:
        plan = bulk_decisions.plan(
            asked,
            request.user,  # type: ignore[arg-type]
            act=act,
            listed=int(listed) if listed.isdecimal() else -1,
            **given,
        )
    except RefusedError as refused:
        return _listed(request, asked, alert=str(refused), status=422)
    return redirect("review:receipt", job_id=_start(request, asked, plan).pk)


def _start(request: HttpRequest, asked: Filter, plan: bulk_decisions.Plan) -> Job:
    user: Any = request.user
    title = _("Putusan massal: %(group)s") % {
        "group": group_words(asked.group, door.law(asked.period))
    }
    return start(
        tasks.decide_bulk,
        by=user,
        kind="bulk",
        title=title[:200],
        kab=asked.kab,
        query=asked.query,
        plan=asdict(plan),
    )


def _listed(
    request: HttpRequest, asked: Filter, *, alert: str = "", status: int = 200
) -> HttpResponse:
    user: Any = request.user
    law = door.law(asked.period)
    objection = bulk_decisions.objection(asked)
    rows = bulk_decisions.concerned(asked, user)
    page = Pages(rows, bulk_decisions.counted(asked, user).count())
    shown = page.get_page(request.GET.get("hal"))
    group = bulk_decisions.standing(asked) if objection is None else None
    context = {
        "asked": asked,
        "alert": alert,
        "objection": objection,
        "stopped": bulk_decisions.stopped(asked) if objection is None else None,
        "standing": standing_words(group) if group else "",
        "waiting": len(group.waiting) if group else 0,
        "samples": asked.but(sampled=True).query,
        "group": group_words(asked.group, law) if asked.group else "",
        "papers": _papers(shown.object_list, asked.period),
        "total": page.count,
        "page": shown,
        "lines": lines(shown.object_list, user, law),
        "typed": request.POST,
    }
    return render(request, "review/bulk.html", context, status=status)


def _papers(cases: Any, period: str) -> list[tuple[str, str]]:
    """Documents that bear on the group: its cases are alike, so the first one tells."""
    docket = door.docket(period)
    proposal = docket.proposal(cases[0].proposal) if cases else None
    if proposal is None:
        return []
    words = documents_to_see(proposal, docket.law)
    return [(word, document_label(word, docket.law)) for word in words]


@require_GET
@needs(Act.DECIDE)
def receipt(request: HttpRequest, job_id: str) -> HttpResponse:
    """How a bulk decision goes, and what was sealed and refused."""
    job = get_object_or_404(Job, pk=job_id, kind="bulk")
    if not request.area.holds(job.kab):  # type: ignore[attr-defined]
        raise Http404
    return render(request, "review/receipt.html", {"job": job})
