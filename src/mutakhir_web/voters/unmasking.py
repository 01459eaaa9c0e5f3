"""Opened records: whose numbers somebody may see for the next minutes, kept in their session."""

import time
from typing import Final

from django.http import HttpRequest

#: Seconds for which one record stays open.
OPEN_FOR: Final = 10 * 60
_KEPT: Final = "opened"


def open_record(request: HttpRequest, dpid: str) -> None:
    """Let this session see the numbers of one record for a while."""
    request.session[_KEPT] = {**_still_open(request), dpid: time.time() + OPEN_FOR}


def close_record(request: HttpRequest, dpid: str) -> None:
    """Mask it again."""
    request.session[_KEPT] = {k: v for k, v in _still_open(request).items() if k != dpid}


def open_until(request: HttpRequest, dpid: str) -> float | None:
    """When the record closes (seconds since 1970); None when it is closed."""
    return _still_open(request).get(dpid)


def _still_open(request: HttpRequest) -> dict[str, float]:
    now = time.time()
    return {dpid: until for dpid, until in request.session.get(_KEPT, {}).items() if until > now}
