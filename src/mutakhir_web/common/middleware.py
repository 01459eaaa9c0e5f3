"""When the database is away: say so, lose nothing, let the browser try again."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from mutakhir_web.common.views import unavailable as page

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]


def unavailable(get_response: Next) -> Next:
    """Answer 503 in words where the database could not be reached or was busy too long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        except (OperationalError, InterfaceError) as error:
            return _answer(request, error)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, (OperationalError, InterfaceError)):
            return _answer(request, error)
        return None

    def _answer(request: HttpRequest, error: DatabaseError | InterfaceError) -> HttpResponse:
        log.error("database away: %s at %s", type(error).__name__, request.path)
        return page(request)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
