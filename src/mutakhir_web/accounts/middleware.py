"""Before any page: is the account in force, has it its second factor, when was it last here?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

Next = Callable[[HttpRequest], HttpResponse]
#: How exactly the list of sessions tells when one was last used: a write each page would make
#: every reader wait for the database's one writer.
_NOTED_EVERY: Final = timedelta(minutes=5)


def account_in_force(get_response: Next) -> Next:
    """End sessions of expired accounts; send others to what they must set up first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return get_response(request)
        if not user.in_force:
            logout(request)
            messages.error(request, _("Akun ini sudah tidak berlaku. Hubungi administrator."))
            return redirect("account_login")
        _note_session(request)
        first = _first_duty(request)
        if first is not None and not _on_the_way(request):
            return redirect(first)
        return get_response(request)

    return middleware


def _note_session(request: HttpRequest) -> None:
    """Keep the list of sessions true, by one look-up a page and a write now and then."""
    known = UserSession.objects.filter(session_key=request.session.session_key)
    seen = known.values_list("last_seen_at", flat=True).first()
    if seen is None or timezone.now() - seen > _NOTED_EVERY:
        UserSession.objects.create_from_request(request)


def _first_duty(request: HttpRequest) -> str | None:
    """Where the user must go before working: a password of their own, then a second factor."""
    if request.user.must_change_password:
        return "account_change_password"
    if settings.SECOND_FACTOR_REQUIRED and not is_mfa_enabled(request.user):
        return "mfa_index"
    return None


def _on_the_way(request: HttpRequest) -> bool:
    """Signing in and out, languages and static files stay open."""
    open_to_all = (reverse("account"), "/bahasa/", "/static/", "/hidup")
    return request.path.startswith(open_to_all)
