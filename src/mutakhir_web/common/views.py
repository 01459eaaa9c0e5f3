"""Pages that belong to no room: the first page, errors that help, whether the server lives."""

import sys

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from mutakhir_web.common.context import menu


def alive(request: HttpRequest) -> HttpResponse:
    """For a supervisor or a proxy: 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"alive": True})


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The first page of one's menu: not everybody's is the same."""
    first = next(iter(menu(request)), None)
    if first is None:
        raise PermissionDenied
    return redirect(first["url"])


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not for this."""
    return _error(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing of yours."""
    return _error(404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: more requests than one person makes."""
    response = _error(429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake; or 503 when the database is away, wherever on the way that showed."""
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        response = _error(503)
        response["Retry-After"] = "10"
        return response
    return _error(500)


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page is older than the session: go back, reload, send again."""
    return _error(403, name="stale")


def _error(status: int, name: str | None = None) -> HttpResponse:
    """Error pages need no database, no store and no user, so that they work when those don't."""
    page = render_to_string(f"errors/{name or status}.html")
    return HttpResponse(page, status=status)
