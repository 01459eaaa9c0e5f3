"""Pages that belong to no room: errors that help, and whether the server lives."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def alive(request: HttpRequest) -> HttpResponse:
    """For a supervisor or a proxy: 200 while the database answers."""
    connection.ensure_connection()
    return JsonResponse({"alive": True})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing of yours."""
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake."""
    return _error(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away for a moment."""
    response = _error(request, 503)
    response["Retry-After"] = "10"
    return response


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page is older than the session: go back, reload, send again."""
    return _error(request, 403, name="stale")


def _error(request: HttpRequest, status: int, name: str | None = None) -> HttpResponse:
    """Error pages need no database and no user, so that they work when those don't."""
    return render(request, f"errors/{name or status}.html", status=status)
