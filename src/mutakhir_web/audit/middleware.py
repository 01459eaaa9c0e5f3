"""Where a request came from, for the audit entries made while it is answered."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from mutakhir_web.audit.auditor import Origin, origin

Next = Callable[[HttpRequest], HttpResponse]


def origin_of_request(get_response: Next) -> Next:
    """Remember address and device while the request lasts."""

    def middleware(request: HttpRequest) -> HttpResponse:
        device = request.headers.get("User-Agent", "")[:200]
        token = origin.set(Origin(_address(request), device))
        try:
            return get_response(request)
        finally:
            origin.reset(token)

    return middleware


def _address(request: HttpRequest) -> str | None:
    """The client's address, as far as ALLAUTH_TRUSTED_PROXY_COUNT lets a proxy tell it."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a local socket has no address
        return None
