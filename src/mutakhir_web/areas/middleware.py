"""The desk of a request: ``request.area``, ``request.kab``, ``request.period``.

``?kab=3673`` chooses a kab/kota for the pages that follow (kept in the session); ``?periode=``
chooses a period for this page only. What lies outside the user's area is not found.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from mutakhir.rules.period import Period
from mutakhir_web.areas.area import Area
from mutakhir_web.bulk import door

Next = Callable[[HttpRequest], HttpResponse]
_KEPT = "kab"


def desk(get_response: Next) -> Next:
    """Set the desk of signed-in people."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.area = Area(request.user.area)
            request.kabs = request.area.kabs(door.kabs())
            request.kab = _kab(request)
            request.period = _period(request)
        return get_response(request)

    return middleware


def _kab(request: HttpRequest) -> str:
    """The kab/kota that the page is about; empty when the area holds none yet."""
    asked = request.GET.get("kab")
    if asked is not None:
        if asked not in request.kabs:
            raise Http404
        request.session[_KEPT] = asked
    kept = request.session.get(_KEPT)
    if kept in request.kabs:
        return kept
    if len(request.area.code) == 4:
        return request.area.code
    return request.kabs[0] if request.kabs else ""


def _period(request: HttpRequest) -> str:
    asked = request.GET.get("periode")
    if asked is None:
        return door.current_period(request.kab)
    try:
        return Period.parse(asked).label
    except ValueError:
        raise Http404 from None
