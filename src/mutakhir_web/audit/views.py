"""The audit: read, searched, taken out."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import actions, presenters, queries
from mutakhir_web.audit.forms import AskForm
from mutakhir_web.audit.models import Entry
from mutakhir_web.common.tables import csv_response, xlsx_response

#: More rows than this are for a program, not for a spreadsheet: CSV has no end.
LONGEST_XLSX: Final = 100_000


@needs(Act.SEE_AUDIT)
def entries(request: HttpRequest) -> HttpResponse:
    """Entries, filtered, newest first."""
    form = AskForm(request.GET)
    page = queries.page(
        request.area, form.asked(), below=_id(request, "lama"), above=_id(request, "baru")
    )
    shown = {"form": form, "page": page, "lines": [_line(entry) for entry in page.entries]}
    return render(request, "audit/entries.html", shown)


@needs(Act.SEE_AUDIT)
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry with all its details."""
    try:
        found = queries.entry(request.area, entry_id)
    except Entry.DoesNotExist:
        raise Http404 from None
    shown = {"entry": found, "line": _line(found), "details": presenters.details(found)}
    return render(request, "audit/entry.html", shown)


@needs(Act.SEE_AUDIT)
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """All entries of the filter."""
    asked = AskForm(request.GET).asked()
    found = queries.standing(request.area, asked)
    actions.record_export(asked, by=request.user, form="csv")
    return csv_response("jejak-audit.csv", _headings(), _rows(found))


@needs(Act.SEE_AUDIT)
def export_xlsx(request: HttpRequest) -> HttpResponseBase:
    """All entries of the filter, if a spreadsheet can hold them."""
    asked = AskForm(request.GET).asked()
    found = queries.standing(request.area, asked)
    if found[: LONGEST_XLSX + 1].count() > LONGEST_XLSX:
        messages.error(
            request,
            _("Lebih dari %(n)s baris: persempit saringan, atau unduh sebagai CSV.")
            % {"n": f"{LONGEST_XLSX:,}".replace(",", ".")},
        )
        return redirect(f"{reverse('audit:entries')}?{request.GET.urlencode()}")
    actions.record_export(asked, by=request.user, form="xlsx")
    return xlsx_response("jejak-audit.xlsx", _headings(), _rows(found))


def _id(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry,
        "who": presenters.who(entry),
        "role": presenters.role(entry),
        "act": presenters.act(entry.act),
        "place": presenters.place(entry),
    }


def _headings() -> list[str]:
    names = (_("nomor"), _("waktu"), _("oleh"), _("peran"), _("tindakan"), _("terhadap"))
    return [*names, _("wilayah"), _("tujuan"), _("alamat"), _("perangkat"), _("rincian")]


def _rows(found: Any) -> Iterator[list[Any]]:
    for entry in found.iterator(chunk_size=2_000):
        yield [
            entry.pk,
            localtime(entry.at).isoformat(timespec="seconds"),
            entry.by,
            presenters.role(entry),
            presenters.act(entry.act),
            entry.subject,
            entry.kab,
            entry.purpose,
            entry.address or "",
            entry.device,
            "; ".join(f"{label}: {value}" for label, value in presenters.details(entry)),
        ]
