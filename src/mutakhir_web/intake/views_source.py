"""Acts on a source: withdraw it; and on a period: say which files are waited for."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mutakhir_web.accounts.permissions import allowed, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.intake import actions, expecting, presenters, queries, withdrawing
from mutakhir_web.intake.agencies import Agency


@require_http_methods(["GET", "POST"])
@needs(Act.WITHDRAW)
def withdraw(request: HttpRequest, source_id: str) -> HttpResponse:
    """What rests on a source alone, and the request to withdraw it."""
    found = queries.source(request.area, source_id)
    kab = queries.kab_of(request.area, found.pk)
    if request.method == "POST":
        try:
            withdrawing.withdraw(
                by=request.user, kab=kab, source=found, reason=request.POST.get("reason", "")
            )
        except actions.UploadError as error:
            messages.error(request, str(error))
            return redirect("intake:withdraw", found.pk)
        messages.success(request, _("Penarikan diminta; orang kedua harus menyetujuinya."))
        return redirect("intake:source", found.pk)
    key = queries.standing(found)
    shown = {
        "source": found,
        "source_kab": kab,
        "key": key,
        "standing": presenters.STANDINGS[key],
        "rests": withdrawing.rests_on(found.pk, request.period),
    }
    return render(request, "intake/withdraw.html", shown)


@require_GET
@needs(Act.SEE_SOURCES)
def awaited(request: HttpRequest) -> HttpResponse:
    """Files expected in the period, and which have come."""
    rows = expecting.expected(request.kab, request.period)
    due = {row.agency: row.due for row in rows}
    choices = [(value, label, due.get(value)) for value, label in Agency.choices]
    may_expect = allowed(request.user, Act.PREPARE)
    shown = {"rows": rows, "choices": choices, "may_expect": may_expect}
    return render(request, "intake/awaited.html", shown)


@require_http_methods(["POST"])
@needs(Act.PREPARE)
def expect(request: HttpRequest) -> HttpResponse:
    """Say which files are waited for."""
    try:
        due = {
            agency: date.fromisoformat(request.POST.get(f"due-{agency}", ""))
            for agency in request.POST.getlist("agency")
        }
        expecting.expect(by=request.user, kab=request.kab, period=request.period, due=due)
    except ValueError:
        messages.error(request, _("Pilih sedikitnya satu instansi dan isi tenggatnya."))
    else:
        messages.success(request, _("Daftar berkas yang ditunggu disimpan."))
    return redirect("intake:awaited")
