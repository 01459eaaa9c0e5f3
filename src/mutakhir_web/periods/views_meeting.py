"""The plenary's form, row by row, and the signed scan."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mutakhir_web.accounts.permissions import may, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.periods import actions, queries
from mutakhir_web.periods.forms import SETS, MeetingForms, spare_row
from mutakhir_web.periods.models import Scan
from mutakhir_web.periods.stages import Stage
from mutakhir_web.periods.views import answered, known


@require_http_methods(["GET", "POST"])
@needs(Act.SEE_PERIODS)
def meeting(request: HttpRequest, label: str) -> HttpResponse:
    """Who met, when, and what was said; saved by itself as it is typed."""
    kab = known(request, label)
    held = queries.meeting(kab, label)
    over = queries.stage_of(kab, label) in (Stage.CLOSED, Stage.SKIPPED)
    writes = may(request.user, Act.RECORD_MEETING, kab) and not over
    if request.method == "POST":
        return _saved(request, kab, label, MeetingForms(held, request.POST))
    return render(
        request,
        "periods/meeting.html",
        {"label": label, "held": held, "forms": MeetingForms(held), "writes": writes},
    )


def _saved(request: HttpRequest, kab: str, label: str, forms: MeetingForms) -> HttpResponse:
    """Answer with the line that says when it was saved, or with what is still wrong."""
    told: dict[str, object] = {"forms": forms, "at": timezone.localtime()}
    if forms.is_valid():
        try:
            actions.save_meeting(by=request.user, kab=kab, label=label, values=forms.values)
            told["saved"] = True
        except actions.NotNowError as error:
            told["refused"] = str(error)
    if request.htmx:
        return render(request, "periods/meeting_saved.html", told)
    if told.get("saved"):
        messages.success(request, _("Keterangan rapat disimpan."))
        return redirect("periods:period", label)
    held = queries.meeting(kab, label)
    return render(
        request,
        "periods/meeting.html",
        {**told, "label": label, "held": held, "writes": True},
        status=422,
    )


@require_GET
@needs(Act.RECORD_MEETING)
def row(request: HttpRequest, label: str, kind: str) -> HttpResponse:
    """One more empty row of a list."""
    known(request, label)
    number = request.GET.get(f"{kind}-TOTAL_FORMS", "")
    if kind not in SETS or not number.isdecimal() or len(number) > 3:
        raise Http404
    shown = {"form": spare_row(kind, int(number)), "kind": kind, "total": int(number) + 1}
    return render(request, "periods/meeting_row_added.html", {**shown, "writes": True})


@require_POST
@needs(Act.RECORD_MEETING)
def add_scan(request: HttpRequest, label: str) -> HttpResponse:
    """File the signed berita acara."""
    kab = known(request, label)

    def act() -> str:
        upload = request.FILES.get("scan")
        if upload is None:
            raise actions.NotNowError(_("Pilih dulu berkas pindai atau foto."))
        filed = actions.file_scan(by=request.user, kab=kab, label=label, upload=upload)
        return _("Hasil pindai tersimpan, SHA-256 %(hash)s….") % {"hash": filed.sha256[:16]}

    return answered(request, label, act)


@require_GET
@needs(Act.SEE_PERIODS)
def scan(request: HttpRequest, label: str, scan_id: int) -> HttpResponse:
    """The scan itself, as it was filed."""
    kab = known(request, label)
    found = get_object_or_404(Scan, pk=scan_id, kab=kab, label=label)
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file.name.rpartition("/")[2]
    )
    response["Content-Type"] = found.content_type
    return response
