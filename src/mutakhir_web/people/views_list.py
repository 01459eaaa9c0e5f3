"""Accounts in bulk: a spreadsheet is judged row by row, and made into accounts when confirmed."""

import base64
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mutakhir.intake.refused import FileRefusedError
from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.people import account_list, actions, workbooks
from mutakhir_web.people.account_list import Judged, Line
from mutakhir_web.people.forms import ListFileForm

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT: Final = "people.list"
#: A judged list that waits longer is judged anew from its file.
_WAITS: Final = timedelta(hours=2)
_LARGEST: Final = 4 * 2**20


@needs(Act.MANAGE_PEOPLE)
def list_file(request: HttpRequest) -> HttpResponse:
    """Hand in a list, and see what would become of each row. Nothing is made yet."""
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            lines = _read(form.cleaned_data["berkas"])
        except FileRefusedError as refused:
            form.add_error("berkas", str(refused))
        else:
            return _preview(request, account_list.judge(lines, by=request.user))
    return render(request, "people/list_file.html", {"form": form})


@needs(Act.MANAGE_PEOPLE)
@require_POST
@never_cache
def list_confirm(request: HttpRequest) -> HttpResponse:
    """Make the accounts of the accepted rows, all or none; passwords are in the answer only."""
    try:
        lines = _unsealed(request.POST.get("daftar", ""))
    except signing.BadSignature:
        form = ListFileForm()
        error = _("Pratinjau sudah kedaluwarsa. Serahkan berkasnya sekali lagi; belum ada akun.")
        return render(request, "people/list_file.html", {"form": form, "error": error})
    judged = account_list.judge(lines, by=request.user)
    if any(row.issues for row in judged):
        return _preview(request, judged, changed=True)
    try:
        issued = actions.create_many(account_list.accepted(judged), by=request.user)
    except IntegrityError:  # a name was taken between judging and making: judge again
        return _preview(request, account_list.judge(lines, by=request.user), changed=True)
    return render(request, "people/list_done.html", {"issued": issued, "file": _inline(issued)})


@needs(Act.MANAGE_PEOPLE)
def list_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill."""
    response = HttpResponse(workbooks.template(request.area), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="daftar-akun.xlsx"'
    return response


def _read(upload: UploadedFile) -> list[Line]:
    """Raises FileRefusedError."""
    if (upload.size or 0) > _LARGEST:
        raise FileRefusedError(
            "too_large",
            _("Berkas lebih besar dari 4 MB."),
            _("Daftar akun itu kecil: hapus gambar dan lembar lain."),
        )
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
        path = Path(folder) / "daftar"
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        return account_list.read(path)


def _preview(request: HttpRequest, judged: list[Judged], *, changed: bool = False) -> HttpResponse:
    good = [row for row in judged if not row.issues]
    shown: dict[str, Any] = {
        "judged": judged,
        "good": len(good),
        "bad": len(judged) - len(good),
        "changed": changed,
        "sealed": _sealed([row.line for row in good]),
        "columns": account_list.COLUMNS,
    }
    return render(request, "people/list_preview.html", shown)


def _sealed(lines: list[Line]) -> str:
    """The accepted rows, signed: they travel in the page, so no half-done list lies about here."""
    rows = [[line.sheet, line.number, line.cells] for line in lines]
    return signing.dumps(rows, salt=_SALT, compress=True)


def _unsealed(sealed: str) -> list[Line]:
    """Raises BadSignature for a page that is too old or was tampered with."""
    rows = signing.loads(sealed, salt=_SALT, max_age=_WAITS)
    return [Line(sheet, number, cells) for sheet, number, cells in rows]


def _inline(issued: list[actions.Issued]) -> str:
    """The workbook as an address within the page: it is nowhere else, and gone with the page."""
    content = base64.b64encode(workbooks.passwords(issued)).decode()
    return f"data:{_XLSX};base64,{content}"
