"""How long the server took for a page, told to the browser's tools and to ``bench/workplace``."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


def server_timing(get_response: Next) -> Next:
    """Add ``Server-Timing: app;dur=<milliseconds>`` to every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        took = (time.perf_counter() - began) * 1000
        response["Server-Timing"] = f"app;dur={took:.1f}"
        return response

    return middleware
