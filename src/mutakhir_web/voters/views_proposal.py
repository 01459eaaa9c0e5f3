"""Pages by which somebody proposes from a screen."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mutakhir.store import StoreBusyError
from mutakhir_web.accounts.permissions import may, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.common.attachments import NotAttachedError
from mutakhir_web.voters import unmasking
from mutakhir_web.voters.forms_proposal import (
    DETAILS,
    CorrectForm,
    MoveForm,
    ProposalForm,
    RemoveForm,
    ReportForm,
    ReturnForm,
)
from mutakhir_web.voters.models import Submission
from mutakhir_web.voters.presenters import PERSONAL, shown
from mutakhir_web.voters.proposing import Proposal, RefusedRowError, submit
from mutakhir_web.voters.queries import Record
from mutakhir_web.voters.views import private, record_in_reach

_ON_ROLL = {"correct": CorrectForm, "move": MoveForm, "remove": RemoveForm}
_GONE = {"return": ReturnForm}


@needs(Act.CORRECT)
@private
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, dpid: str, what: str) -> HttpResponse:
    """A correction, a move or a removal of somebody on the roll; a return of who left it."""
    record = record_in_reach(request, dpid)
    kinds = _GONE if record.row is None or record.row["departed"] else _ON_ROLL
    if record.row is None or what not in kinds:
        raise Http404
    return _page(request, kinds[what], record.kab, record)


@needs(Act.CORRECT)
@private
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A new voter."""
    return _page(request, ReportForm, request.kab, None)


def _page(
    request: HttpRequest, kind: type[ProposalForm], kab: str, record: Record | None
) -> HttpResponse:
    period = door.current_period(kab)
    given: dict[str, Any] = {"law": door.law(period), "kab": kab}
    if request.method == "POST":
        form = kind(request.POST, request.FILES, **given)
        found = _handed_in(request, form, period, record) if form.is_valid() else None
        if found is not None:
            return redirect("voters:submission", found.source)
    else:
        form = kind(**given, initial=_prefilled(request, kind, record))
    context = {"form": form, "record": record, "hidden": _hidden(request, kind, record)}
    status = 422 if form.errors else 200
    return render(request, "voters/proposal.html", context, status=status)


def _handed_in(
    request: HttpRequest, form: ProposalForm, period: str, record: Record | None
) -> Submission | None:
    """What became of a valid form; None when it was refused, in words on the form."""
    told = form.cleaned_data
    proposal = Proposal(
        token=told["token"],
        kab=form.kab,
        period=period,
        claim=form.claim,
        said=form.said,
        row=record.row if record else None,
        note=told["note"],
        attachment=told["attachment"],
    )
    try:
        return submit(by=request.user, proposal=proposal)
    except RefusedRowError as refusal:
        form.refuse(refusal.rows)
    except NotAttachedError as refusal:
        form.add_error("attachment", str(refusal))
    except StoreBusyError:
        form.add_error(
            None, _("Gudang sedang ditulis pekerjaan lain. Isian tetap ada; kirim sekali lagi.")
        )
    return None


def _prefilled(
    request: HttpRequest, kind: type[ProposalForm], record: Record | None
) -> dict[str, Any]:
    """The voter's details; personal ones only while the record is open."""
    row = record.row if record else None
    if row is None or record is None:
        return {}
    if kind is MoveForm:
        return {"desa": row["desa"]}
    opened = unmasking.open_until(request, record.dpid) is not None
    names = [name for name in DETAILS if opened or name not in PERSONAL]
    return {name: row[name] or "" for name in names}


def _hidden(
    request: HttpRequest, kind: type[ProposalForm], record: Record | None
) -> list[tuple[str, str]]:
    """Personal fields left out of the form, with what shows of them."""
    closed = kind is CorrectForm and record is not None and record.row is not None
    if not closed or unmasking.open_until(request, record.dpid) is not None:
        return []
    return [(name, shown(name, record.row[name], opened=False)) for name in sorted(PERSONAL)]


@needs(Act.SEE_VOTERS)
def submission(request: HttpRequest, source: str) -> HttpResponse:
    """What was handed in from a screen, and what happens next."""
    found = get_object_or_404(Submission, request.area.rows(), source=source)
    context = {
        "submission": found,
        "may_propose": may(request.user, Act.PREPARE, found.kab),
        "form_path": _form_path(found),
    }
    return render(request, "voters/submission.html", context)


def _form_path(found: Submission) -> str:
    """Where it was filled in: the browser may forget its draft."""
    if not found.dpid:
        return reverse("voters:report")
    kinds = {**_ON_ROLL, **_GONE}.items()
    what = next(what for what, kind in kinds if kind.claim == found.claim)
    return reverse(f"voters:{what}", args=[found.dpid])


@needs(Act.SEE_VOTERS)
@private
def attachment(request: HttpRequest, source: str) -> HttpResponse:
    """The photo or PDF handed in with it."""
    found = get_object_or_404(Submission, request.area.rows(), source=source)
    if not found.attachment:
        return redirect("voters:submission", source)
    response = FileResponse(found.attachment.open(), content_type=found.attachment_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response
