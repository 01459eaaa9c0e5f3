"""Other people's sessions, for who may end them."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.people import actions, queries


@needs(Act.END_SESSIONS)
def sessions(request: HttpRequest) -> HttpResponse:
    """Who is signed in now, and where."""
    places = queries.sessions(request.area, current=request.session.session_key)
    return render(request, "people/sessions.html", {"places": places})


@needs(Act.END_SESSIONS)
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one device of somebody out; saying so when it was out already."""
    owner = queries.owner_of_session(session_id)
    if owner is not None and not request.area.holds(owner.area):
        raise Http404
    try:
        actions.end_session(session_id, by=request.user)
    except UserSession.DoesNotExist:
        messages.info(request, _("Sesi itu sudah berakhir."))
    else:
        messages.success(request, _("Sesi itu berakhir."))
    return redirect("sessions:sessions")


@needs(Act.END_SESSIONS)
@require_POST
def end_all(request: HttpRequest, username: str) -> HttpResponse:
    """Sign an account out everywhere."""
    try:
        owner = queries.account(request.area, username)
    except User.DoesNotExist:
        raise Http404 from None
    ended = actions.end_sessions(owner, by=request.user, but=request.session.session_key)
    messages.success(request, _("%(n)d sesi %(name)s berakhir.") % {"n": ended, "name": username})
    return redirect("sessions:sessions")
