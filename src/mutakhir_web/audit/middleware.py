"""Where a request came from, for the audit entries made while it is answered."""

from collections.abc import Callable

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
    """The client's address; behind our own proxy the last one that it added."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return (forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")) or None
