"""Handing in: whole by a plain form, or in pieces that survive a lost line."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from mutakhir_web.accounts.permissions import allowed, needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.intake import actions, pieces, presenters, queries
from mutakhir_web.intake.forms import FileForm, HandInForm
from mutakhir_web.intake.models import State, Upload

View = Callable[..., HttpResponse]
_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def _full() -> str:
    return _(
        "Disk server penuh atau tidak dapat ditulis; tidak ada yang disimpan. Hubungi pengelola,"
        " lalu ulangi."
    )


def _in_words(view: View) -> View:
    """Answers to the script: what went wrong as JSON, in words."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except actions.UploadError as error:
            return _said(str(error), status=422)
        except pieces.BusyError:
            busy = _("Berkas yang sama sedang diunggah di jendela lain; tutup salah satu.")
            return _said(busy, status=423)
        except pieces.CutOffError:
            return _said(_("Sambungan terputus di tengah potongan; dilanjutkan."), status=409)
        except OSError:
            return _said(_full(), status=507)

    return answered


def _said(words: str, *, status: int) -> JsonResponse:
    return JsonResponse({"message": words}, status=status)


@require_POST
@needs(Act.TAKE_IN)
@_in_words
def begin(request: HttpRequest) -> HttpResponse:
    """A place for a file in pieces: where to send them, and from which byte."""
    form, file = HandInForm(request.POST, kab=request.kab), FileForm(request.POST)
    if not (form.is_valid() and file.is_valid()):
        raise actions.UploadError(form.words or _("Nama atau ukuran berkas tidak terbaca."))
    upload = actions.begin(by=request.user, handed=form.handed(request.period), **file.cleaned_data)
    return JsonResponse(
        {
            "received": pieces.received(upload.id),
            "piece": pieces.PIECE,
            "send": reverse("intake:piece", args=[upload.id]),
            "finish": reverse("intake:finish", args=[upload.id]),
            "page": reverse("intake:upload", args=[upload.id]),
        }
    )


@require_POST
@needs(Act.TAKE_IN)
@_in_words
def piece(request: HttpRequest, upload_id: str) -> HttpResponse:
    """One piece: its bytes as the body, its place as ``Content-Range``."""
    upload = queries.upload(request.area, upload_id)
    place = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if place is None or int(place[3]) != upload.size:
        raise actions.UploadError(
            _("Potongan berkas tidak sesuai; muat ulang halaman, lalu ulangi.")
        )
    start, last = int(place[1]), int(place[2])
    now = actions.append(
        by=request.user, upload=upload, body=request, start=start, length=last + 1 - start
    )
    return JsonResponse({"received": now})


@require_POST
@needs(Act.TAKE_IN)
@_in_words
def finish(request: HttpRequest, upload_id: str) -> HttpResponse:
    """The last piece has come."""
    upload = queries.upload(request.area, upload_id)
    digest = request.POST.get("digest", "")
    actions.finish(by=request.user, upload=upload, digest=digest)
    return JsonResponse({"page": reverse("intake:upload", args=[upload.id])})


def _spares_full_disk(view: View) -> View:
    """The form's files are written while it is read: also then a full disk gets its words."""

    @wraps(view)
    def spared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OSError:
            messages.error(request, _full())
            return redirect("intake:sources")

    return spared


# The token stands in the form, which is read inside ``_spares_full_disk``: see csrf_protect there.
@csrf_exempt
@require_POST
@needs(Act.TAKE_IN)
@_spares_full_disk
@csrf_protect
def hand_in(request: HttpRequest) -> HttpResponse:
    """Files from a plain form, without a script: each by itself."""
    form = HandInForm(request.POST, kab=request.kab)
    files = request.FILES.getlist("file")
    if not form.is_valid() or not files:
        messages.error(request, form.words or _("Pilih berkas dahulu."))
        return redirect("intake:sources")
    made: list[Upload] = []
    for file in files:
        try:
            made.append(
                actions.hand_in(
                    by=request.user,
                    handed=form.handed(request.period),
                    name=file.name,
                    size=file.size,
                    chunks=file.chunks(),
                )
            )
        except actions.UploadError as error:
            messages.error(request, f"{file.name}: {error}")
    if len(made) == 1:
        return redirect("intake:upload", made[0].id)
    return redirect("intake:sources")


@require_GET
@needs(Act.SEE_SOURCES)
def upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """One file on its way; once it is a source, its receipt."""
    found = queries.upload(request.area, upload_id)
    if found.state == State.DONE and found.outcome != "refused":
        if found.outcome == "already":
            messages.info(request, _("Berkas ini sudah pernah diterima; tidak ada yang berubah."))
        return redirect("intake:source", found.source)
    return render(request, "intake/upload.html", _of(request, found))


@require_GET
@needs(Act.SEE_SOURCES)
def upload_progress(request: HttpRequest, upload_id: str) -> HttpResponse:
    """The bar of one file, asked for again and again; at the end it leads on."""
    found = queries.upload(request.area, upload_id)
    response = render(request, "intake/upload_progress.html", _of(request, found))
    if found.state != State.WHOLE:
        response["HX-Redirect"] = reverse("intake:upload", args=[found.id])
    return response


@require_POST
@needs(Act.TAKE_IN)
def count(request: HttpRequest, upload_id: str) -> HttpResponse:
    """The trial is as it should be: the file counts."""
    found = queries.upload(request.area, upload_id)
    actions.count(by=request.user, upload=found)
    return redirect("intake:upload", found.id)


def _of(request: HttpRequest, found: Upload) -> dict[str, Any]:
    return {
        "upload": found,
        "received": pieces.received(found.id) if found.state == State.RECEIVING else found.size,
        "refusal": presenters.refusal(found.refusal),
        "trial": presenters.trial(found.job.result, door.law(found.period))
        if found.state == State.TRIED
        else None,
        "may_take_in": allowed(request.user, Act.TAKE_IN),
    }


@require_POST
@needs(Act.TAKE_IN)
def again(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Put failed work in the queue once more."""
    found = queries.upload(request.area, upload_id)
    actions.again(by=request.user, upload=found)
    return redirect("intake:upload", found.id)


@require_POST
@needs(Act.TAKE_IN)
def discard(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Drop what counts nowhere yet."""
    found = queries.upload(request.area, upload_id)
    try:
        actions.discard(by=request.user, upload=found)
    except actions.UploadError as error:
        messages.error(request, str(error))
        return redirect("intake:upload", found.id)
    messages.success(request, _("Berkas dibuang; tidak ada yang tersimpan."))
    return redirect("intake:sources")
