"""The queue and what is done to many of its cases; the second person's queue."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mutakhir import regions
from mutakhir.casework.desk import proposed_periods
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import may, needs, require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.common.tables import csv_response
from mutakhir_web.jobs.actions import start as start_job
from mutakhir_web.jobs.models import Job
from mutakhir_web.review import actions, assigning, claims, filters, gate, queries, tasks
from mutakhir_web.review.filters import Filter
from mutakhir_web.review.listing import COLUMNS, Pages, csv_rows, lines
from mutakhir_web.review.models import Case
from mutakhir_web.review.wording import KINDS, group_words


def asked_of(request: HttpRequest) -> Filter:
    """The filter of a request, at the user's desk."""
    return Filter.parse(request.GET, kab=request.kab, period=request.period)  # type: ignore[attr-defined]


@require_GET
@needs(Act.SEE_QUEUE)
def queue(request: HttpRequest) -> HttpResponse:
    """The list, its tabs and its filters."""
    user: Any = request.user
    asked, law = asked_of(request), door.law(request.period)  # type: ignore[attr-defined]
    kinds, groups = queries.counts(asked, user)
    total = (
        groups[asked.group] if asked.group else kinds[asked.kind] if asked.kind else kinds.total()
    )
    page = Pages(queries.page_of(asked, user, total), total)
    shown = page.get_page(request.GET.get("hal"))
    context = {
        "asked": asked,
        "page": shown,
        "lines": lines(shown.object_list, user, law),
        "total": total,
        "tabs": [(kind, word, kinds[kind]) for kind, word in KINDS.items()],
        "every": kinds.total(),
        "groups": [(name, group_words(name, law), n) for name, n in sorted(groups.items())],
        "group": group_words(asked.group, law) if asked.group else "",
        "choices": _choices(asked),
        "colleagues": assigning.colleagues(asked.kab) if may(user, Act.ASSIGN, asked.kab) else [],
        "may": _may(user, asked.kab),
        "waiting": queries.waiting_for_second(user, asked.kab, asked.period).count(),
        "proposed": asked.period in proposed_periods(door.store()),
        "job": _job(asked.kab),
        "narrowed": bool(_narrowed(asked)),
    }
    return render(request, "review/queue.html", context)


def _may(user: User, kab: str) -> dict[str, bool]:
    acts = (Act.DECIDE, Act.APPROVE, Act.ASSIGN, Act.PREPARE)
    return {act.value: may(user, act, kab) for act in acts}


def _choices(asked: Filter) -> dict[str, Any]:
    """What the selects of the filter offer."""
    kecs = regions.load().children(asked.kab) if asked.kab else ()
    return {
        "state": filters.STATE_WORDS.items(),
        "band": filters.BANDS.items(),
        "whose": filters.WHOSE.items(),
        "due": filters.DUE.items(),
        "age": filters.AGE_WORDS.items(),
        "kec": [(kec.code, kec.name) for kec in kecs],
    }


def _narrowed(asked: Filter) -> list[str]:
    names = ("band", "kec", "whose", "due", "age", "sampled", "carried", "cross", "reason")
    return [name for name in names if getattr(asked, name)]


def _job(kab: str) -> Job | None:
    """The work of making proposals, while it goes on or when it went wrong last."""
    job = Job.objects.filter(kind="propose", kab=kab).first()
    return job if job is not None and not job.ended_well else None


@require_POST
@needs(Act.DECIDE)
def start(request: HttpRequest) -> HttpResponse:
    """The first free case of the filter."""
    user: Any = request.user
    asked = asked_of(request)
    require(user, Act.DECIDE, asked.kab)
    case = claims.claim_next(by=user, among=asked.cases(user))
    if case is None:
        messages.info(request, _("Tidak ada usulan bebas dalam saringan ini."))
        return redirect(f"{reverse('review:queue')}?{asked.query}")
    return redirect(f"{reverse('review:case', args=[case.proposal])}?{asked.query}")


@require_POST
@needs(Act.ASSIGN)
def share(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases to somebody, with a day until when."""
    asked = asked_of(request)
    try:
        said = _shared(request, asked)
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, " ".join(said))
        else:
            messages.warning(request, _("Pilih usulan, lalu petugas atau tenggatnya."))
    return redirect(f"{reverse('review:queue')}?{asked.query}")


def _shared(request: HttpRequest, asked: Filter) -> list[str]:
    user: Any = request.user
    ticked, said = request.POST.getlist("usulan"), []
    whom, day = request.POST.get("kepada", ""), request.POST.get("tenggat", "")
    if whom and ticked:
        to = None if whom == "-" else get_object_or_404(User, username=whom)
        given = assigning.assign(by=user, kab=asked.kab, proposals=ticked, to=to)
        said.append(_("%(n)s usulan dibagikan.") % {"n": given})
    due = parse_date(day) if day else None
    if due is not None and ticked:
        changed = assigning.set_due(by=user, kab=asked.kab, proposals=ticked, due=due)
        said.append(_("%(n)s usulan diberi tenggat.") % {"n": changed})
    return said


@require_GET
@needs(Act.SEE_QUEUE)
def download(request: HttpRequest) -> HttpResponse:
    """The filter as CSV: identities and reasons, no personal values."""
    asked = asked_of(request)
    rows = csv_rows(asked.cases(request.user))  # type: ignore[arg-type]
    return csv_response(f"antrean-{asked.kab}-{asked.period}.csv", COLUMNS, rows)


@require_POST
@needs(Act.PREPARE)
def propose(request: HttpRequest) -> HttpResponse:
    """Make proposals of the files taken in, in the job worker."""
    user: Any = request.user
    kab, period = request.kab, request.period  # type: ignore[attr-defined]
    require(user, Act.PREPARE, kab)
    running = Job.objects.filter(kind="propose", kab=kab, state__in=("waiting", "running"))
    if objection := gate.proposing_objection(period):
        messages.error(request, objection)
    elif not running.exists():
        title = _("Susun usulan %(period)s") % {"period": period}
        start_job(tasks.propose, by=user, kind="propose", title=title, kab=kab, period=period)
    return redirect(f"{reverse('review:queue')}?periode={period}")


@require_GET
@needs(Act.APPROVE)
def second(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, without one's own."""
    user: Any = request.user
    asked = asked_of(request).but(state="kedua")
    law = door.law(asked.period)
    waiting = queries.waiting_for_second(user, asked.kab, asked.period)
    page = Pages(waiting, waiting.count())
    shown = page.get_page(request.GET.get("hal"))
    context = {
        "asked": asked,
        "page": shown,
        "lines": lines(shown.object_list, user, law),
        "total": page.count,
        "own": Case.objects.filter(
            kab=asked.kab, state__in=queries.WAITING_SECOND, last_by=user.username
        ).count(),
        "withdrawals": queries.withdrawals_waiting(user, asked.kab),
    }
    return render(request, "review/second.html", context)


@require_POST
@needs(Act.APPROVE)
def withdrawal(request: HttpRequest, seq: int) -> HttpResponse:
    """Approve the withdrawal of a source."""
    try:
        actions.approve_withdrawal(by=request.user, kab=request.kab, seq=seq)  # type: ignore[arg-type,attr-defined]
        messages.success(request, _("Penarikan sumber disetujui."))
    except actions.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("review:second")
