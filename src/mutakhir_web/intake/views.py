"""The list of files, a receipt, and what can be taken away."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mutakhir_web.accounts.permissions import allowed, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.common.tables import csv_response
from mutakhir_web.intake import actions, downloads, presenters, queries
from mutakhir_web.intake.agencies import Agency
from mutakhir_web.intake.forms import HandInForm
from mutakhir_web.intake.models import Source, State

_PAGE: Final = 50


@require_GET
@needs(Act.SEE_SOURCES)
def sources(request: HttpRequest) -> HttpResponse:
    """Every file of the kab/kota, and the place to drop new ones."""
    narrowed = {name: request.GET.get(name, "") for name in ("key", "agency", "period")}
    found = queries.files(request.kab, **narrowed)
    if request.GET.get("csv"):
        headings, rows = queries.table(found)
        return csv_response(f"sumber-{request.kab}.csv", headings, rows)
    page = Paginator(found, _PAGE).get_page(request.GET.get("halaman"))
    return render(
        request,
        "intake/sources.html",
        {
            "page": page,
            "narrowed": narrowed,
            "is_narrowed": any(narrowed.values()),
            "standings": presenters.STANDINGS,
            "agencies": Agency.choices,
            "periods": queries.periods(request.kab),
            "form": HandInForm(kab=request.kab) if may_hand_in(request) else None,
            "working": any(each.key == State.WHOLE for each in page.object_list),
            "may_prepare": allowed(request.user, Act.PREPARE),
            "may_approve": allowed(request.user, Act.APPROVE),
            "withdrawals": queries.waiting_withdrawals(request.area),
            "awaited": queries.expected(request.kab, request.period) if request.kab else [],
        },
    )


def may_hand_in(request: HttpRequest) -> bool:
    """Whether the person may hand a file in for the kab/kota of the page."""
    return bool(request.kab) and allowed(request.user, Act.TAKE_IN)


@require_GET
@needs(Act.SEE_SOURCES)
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """A receipt: where every row of a file went."""
    found = queries.source(request.area, source_id)
    return render(request, "intake/source.html", _receipt(request, found))


def _receipt(request: HttpRequest, found: Source) -> dict[str, Any]:
    kab = queries.kab_of(request.area, found.pk)
    return {
        "source": found,
        "source_kab": kab,
        "key": queries.standing(found),
        "standing": presenters.STANDINGS[queries.standing(found)],
        "reasons": presenters.reasons(found.summary),
        "warnings": presenters.warnings(found.summary),
        "sheets": presenters.sheets(found.summary),
        "first_rows": presenters.first_rows(found.summary),
        "may_withdraw": allowed(request.user, Act.WITHDRAW),
        "withdrawal": queries.withdrawal(found),
        "remembered": queries.remembered(found),
        "mended_by": queries.mended_by(found),
        "form": HandInForm(kab=kab, initial={"agency": found.agency, "mends": found.pk})
        if allowed(request.user, Act.TAKE_IN)
        else None,
    }


@require_POST
@needs(Act.TAKE_IN)
def download(request: HttpRequest, source_id: str, which: str) -> HttpResponse:
    """Rows to mend, rows set aside, or the file as it came: personal data, so each is recorded."""
    found = queries.source(request.area, source_id)
    kab = queries.kab_of(request.area, found.pk)
    path = downloads.path_of(found, which)
    if path is None:
        raise Http404
    try:
        actions.note_download(
            by=request.user,
            kab=kab,
            source=found,
            which=which,
            purpose=request.POST.get("purpose", ""),
        )
    except actions.UploadError as error:
        messages.error(request, str(error))
        return redirect("intake:source", found.pk)
    if which == "ditahan.csv":
        return csv_response(f"ditahan-{found.pk}.csv", *downloads.set_aside(found))
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=downloads.name_of(found, which)
    )


@require_POST
@needs(Act.TAKE_IN)
def say_agency(request: HttpRequest, source_id: str) -> HttpResponse:
    """Say who made the file."""
    found = queries.source(request.area, source_id)
    try:
        actions.say_agency(
            by=request.user,
            kab=queries.kab_of(request.area, found.pk),
            source=found,
            agency=request.POST.get("agency", ""),
            period=request.period,
        )
    except actions.UploadError as error:
        messages.error(request, str(error))
    return redirect("intake:source", found.pk)


@require_POST
@needs(Act.TAKE_IN)
def read_anew(request: HttpRequest, source_id: str) -> HttpResponse:
    """Read a wholly held file once more, for another region or with another version of codes."""
    found = queries.source(request.area, source_id)
    kab = queries.kab_of(request.area, found.pk)
    said = {name: request.POST.get(name, "") for name in ("region", "codes")}
    form = HandInForm({**said, "agency": found.agency or Agency.LAIN.value}, kab=kab)
    try:
        if not form.is_valid():
            raise actions.UploadError(form.words)
        upload = actions.read_anew(by=request.user, source=found, handed=form.handed(found.period))
    except actions.UploadError as error:
        messages.error(request, str(error))
        return redirect("intake:source", found.pk)
    return redirect("intake:upload", upload.id)
