"""One's own account."""

from contextlib import suppress

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutakhir_web.people import actions, queries


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and where password, second factor and sessions are set."""
    return render(request, "people/account.html")


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    places = queries.sessions_of(request.user, current=request.session.session_key)
    return render(request, "people/own_sessions.html", {"places": places})


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one device out."""
    with suppress(UserSession.DoesNotExist):
        actions.end_own_session(session_id, by=request.user)
    messages.success(request, _("Perangkat itu sudah keluar."))
    return redirect("own_sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign every device out but this one."""
    ended = actions.end_sessions(request.user, by=request.user, but=request.session.session_key)
    messages.success(request, _("%(n)d perangkat lain sudah keluar.") % {"n": ended})
    return redirect("own_sessions")
