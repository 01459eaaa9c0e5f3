"""Accounts of the area: listed, made, changed, ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.people import actions, places, queries
from mutakhir_web.people.forms import AccountForm, FilterForm

_A_PAGE = 50


@needs(Act.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """The accounts, filtered."""
    form = FilterForm(request.GET, within=request.area)
    found = queries.accounts(request.area, **form.wanted())
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "people/people.html", {"form": form, "page": page, **_choices(request)})


@needs(Act.MANAGE_PEOPLE)
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Make an account; its password is shown in the answer and nowhere else."""
    form = AccountForm(request.POST or None, within=request.area)
    if request.method == "POST" and form.is_valid():
        try:
            issued = actions.create(form.wanted(), by=request.user)
        except IntegrityError:  # somebody else took the name a moment ago
            form.add_error("username", _("Nama akun ini sudah pernah dipakai. Pilih yang lain."))
        else:
            return render(request, "people/issued.html", {"issued": issued})
    return render(request, "people/edit.html", {"form": form, **_choices(request)})


@needs(Act.MANAGE_PEOPLE)
def edit(request: HttpRequest, username: str) -> HttpResponse:
    """One account: its details, and what can be done to it."""
    account = _account(request, username)
    own = account == request.user
    form = AccountForm(request.POST or None, instance=account, within=request.area)
    if request.method == "POST" and form.is_valid():
        actions.change(username, form.wanted(), by=request.user)
        messages.success(request, _("Perubahan akun %(name)s tersimpan.") % {"name": username})
        return redirect("people:people")
    places = queries.sessions_of(account)
    shown = {"form": form, "account": account, "own": own, "places": places}
    return render(request, "people/edit.html", shown | _choices(request))


@needs(Act.MANAGE_PEOPLE)
@require_POST
def deactivate(request: HttpRequest, username: str) -> HttpResponse:
    """End an account."""
    _account(request, username)
    actions.deactivate(username, by=request.user)
    messages.success(
        request, _("Akun %(name)s nonaktif; semua perangkatnya keluar.") % {"name": username}
    )
    return redirect("people:edit", username)


@needs(Act.MANAGE_PEOPLE)
@require_POST
def reactivate(request: HttpRequest, username: str) -> HttpResponse:
    """Open an account again."""
    _account(request, username)
    actions.reactivate(username, by=request.user)
    messages.success(request, _("Akun %(name)s aktif kembali.") % {"name": username})
    return redirect("people:edit", username)


@needs(Act.MANAGE_PEOPLE)
@require_POST
@never_cache
def reset_password(request: HttpRequest, username: str) -> HttpResponse:
    """Give a password for one use, shown in the answer and nowhere else."""
    _account(request, username)
    factors = request.POST.get("faktor") == "lepas"
    issued = actions.reset_password(username, by=request.user, factors=factors)
    return render(request, "people/issued.html", {"issued": issued, "reset": True})


def _account(request: HttpRequest, username: str) -> User:
    try:
        return queries.account(request.area, username)
    except User.DoesNotExist:
        raise Http404 from None


def _choices(request: HttpRequest) -> dict[str, object]:
    return {"areas": list(places.choices(request.area))}
