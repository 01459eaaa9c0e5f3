"""What tests of the queue say again and again."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from mutakhir_web.review.models import Case


def text_of(response: HttpResponse) -> str:
    """The page as one line of text and tags."""
    content = b"".join(response) if response.streaming else response.content
    return unescape(re.sub(r"\s+", " ", content.decode()))


def say(client: Client, case: Case, act: str, **more: Any) -> HttpResponse:
    """Post an officer's word on the case as it stands, over the filter of its kind."""
    case.refresh_from_db()
    given = {"act": act, "seen": case.last_seq or 0, **more}
    return client.post(f"/antrean/usulan/{case.proposal}/putuskan/?jenis={case.kind}", given)


def undo(client: Client, case: Case) -> HttpResponse:
    """Post that one's last word is taken back."""
    case.refresh_from_db()
    return client.post(f"/antrean/usulan/{case.proposal}/urungkan/", {"seen": case.last_seq or 0})


def state(case: Case) -> str:
    """Where the case stands now."""
    case.refresh_from_db()
    return case.state
