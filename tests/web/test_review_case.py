"""An operator clears the queue: case, decision, the next case at once, and back again."""

import re
from html import unescape

import pytest

from lib.workplace import KAB, RUNNING
from mutakhir.casework.verdict import Verdict
from mutakhir_web.bulk import door
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Case, Decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(store):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB)


@pytest.fixture
def operator(people, signed_in):
    return signed_in(people.operator)


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def _decide(client, case, act, **more):
    case.refresh_from_db()
    given = {"act": act, "seen": case.last_seq or 0, **more}
    return client.post(f"/antrean/usulan/{case.proposal}/putuskan/", given)


def test_the_queue_lists_what_waits(cases, operator):
    page = operator.get("/antrean/")
    assert page.status_code == 200
    assert text_of(page).count("case-link") == cases.filter(state="proposed").count()


def test_from_queue_to_case_to_the_next_case(cases, operator, people):
    start = operator.post("/antrean/mulai/?jenis=add")
    first = Case.objects.get(claimed_by=people.operator)
    assert start.url.startswith(f"/antrean/usulan/{first.proposal}/?")
    assert "nik" not in start.url
    page = operator.get(start.url)
    assert "Terima" in text_of(page)
    done = operator.post(
        start.url.replace("/?", "/putuskan/?"), {"act": "accept", "seen": 0, "note": "sesuai KK"}
    )
    first.refresh_from_db()
    assert (first.state, first.claimed_by) == ("in_effect", None)
    assert first.proposal not in done.url.partition("?")[0]
    following = operator.get(done.url)
    assert "Urungkan" in text_of(following)
    assert Decided.objects.get(seq=first.last_seq).note == "sesuai KK"
