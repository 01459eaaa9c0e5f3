"""The language of a page: Indonesian, until somebody presses English.

Not the browser's own: many an office laptop speaks English to people who don't.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]


def language(get_response: Next) -> Next:
    """Speak the language that the cookie chose (``/bahasa/setlang/``)."""
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        spoken = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(spoken):
            request.LANGUAGE_CODE = spoken
            response = get_response(request)
        response.headers.setdefault("Content-Language", spoken)
        return response

    return middleware
