"""Beside a case: who works on it, the family, attachments."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mutakhir.store import StoreError
from mutakhir_web.accounts.permissions import needs, require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.common.attachments import KINDS, NotAttachedError
from mutakhir_web.review import attaching, claims, queries
from mutakhir_web.review.models import Case
from mutakhir_web.review.views_case import Walk


def _back(walk: Walk) -> HttpResponse:
    return redirect(f"{reverse('review:case', args=[walk.case.proposal])}?{walk.asked.query}")


@require_POST
@needs(Act.DECIDE)
def take_over(request: HttpRequest, proposal: str) -> HttpResponse:
    """Take the case from whoever has it open."""
    walk = Walk.of(request, proposal)
    require(request.user, Act.DECIDE, walk.case.kab)  # type: ignore[arg-type]
    claims.take_over(by=request.user, case=walk.case)  # type: ignore[arg-type]
    return _back(walk)


@require_POST
@needs(Act.DECIDE)
def release(request: HttpRequest, proposal: str) -> HttpResponse:
    """The page was left."""
    claims.release(by=request.user, case=Walk.of(request, proposal).case)  # type: ignore[arg-type]
    return HttpResponse(status=204)


@require_GET
@needs(Act.SEE_QUEUE)
def family(request: HttpRequest, proposal: str) -> HttpResponse:
    """Who stands on the same family card, on the roll that the period starts from."""
    case = Walk.of(request, proposal).case
    context: dict[str, Any] = {"case": case, "members": [], "said": ""}
    before, nkk = door.before(case.period), _nkk(case)
    try:
        if before is not None and nkk:
            context["members"] = door.lookup(before.version).by_nkk(nkk, (case.kab,))
    except StoreError:
        context["said"] = _("Indeks pemilih sedang disiapkan; coba lagi sebentar.")
    return render(request, "review/family.html", context)


def _nkk(case: Case) -> str:
    records = case.sides["records"]
    person = case.sides["voter"] or (records[0]["values"] if records else {})
    return str(person.get("nkk") or "")


@require_POST
@needs(Act.DECIDE)
def attach(request: HttpRequest, proposal: str) -> HttpResponse:
    """A photo or PDF beside the case."""
    walk = Walk.of(request, proposal)
    upload = request.FILES.get("berkas")
    try:
        if upload is None:
            raise NotAttachedError(_("Pilih berkas lebih dulu."))
        attaching.attach(by=request.user, case=walk.case, upload=upload)  # type: ignore[arg-type]
    except NotAttachedError as refused:
        messages.error(request, str(refused))
    return _back(walk)


@require_GET
@needs(Act.SEE_QUEUE)
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to those of the area; each look is told in the audit."""
    found = get_object_or_404(queries.attachments_in(request.area), pk=pk)  # type: ignore[attr-defined]
    subject = f"case:{found.case.proposal}"
    with transaction.atomic():
        auditor.record(
            "see_attachment",
            by=request.user,
            kab=found.case.kab,
            subject=subject,
            attachment=pk,  # type: ignore[arg-type]
        )
    ending = KINDS[found.content_type]
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"lampiran-{found.case.proposal}-{pk}.{ending}",
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
