"""The home page: what is left before the plenary, and each number's list behind it."""

import re

import pytest
from django.utils import timezone

from lib.workplace import CLOSED, KAB, RUNNING
from mutakhir_web.periods.models import Period
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Case


@pytest.fixture
def cases(store, db):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB, period=RUNNING, superseded=False)


@pytest.fixture
def page(cases, people, signed_in):
    return signed_in(people.operator).get("/").content.decode()


def test_every_open_case_is_counted_and_the_number_opens_its_list(cases, page, people, signed_in):
    kinds = {kind: cases.filter(kind=kind).count() for kind in cases.values_list("kind", flat=True)}
    client = signed_in(people.operator)
    for kind, count in kinds.items():
        link = re.search(rf'href="([^"]*jenis={kind}[^"]*)">{count}</a>', page)
        assert link, f"{kind} {count}"
        listed = client.get(link[1].replace("&amp;", "&")).content.decode()
        assert f"dari {count}" in listed


def test_the_balance_closes(page):
    steps = re.search(r'id="neraca"[^>]*>(\[.*?\])</script>', page)[1]
    opening, entered, left, closing = (int(n) for n in re.findall(r'"value": (\d+)', steps))
    assert opening + entered - left == closing
    assert opening > 1_000


def test_each_step_of_the_balance_opens_the_list_behind_it(page, people, signed_in):
    client = signed_in(people.operator)
    links = re.findall(r'"url": "([^"]+)"', re.search(r'id="neraca"[^>]*>(.*?)</script>', page)[1])
    assert len(links) == 4
    for link in links:
        address = link.encode().decode("unicode_escape")
        assert f'href="{address}"'.replace("&", "&amp;") in page
        assert client.get(address).status_code == 200, address


def test_the_days_to_the_plenary_are_counted(cases, people, signed_in):
    day = timezone.localdate() + timezone.timedelta(days=12)
    Period.objects.update_or_create(kab=KAB, label=RUNNING, defaults={"plenary_on": day})
    assert "12 hari lagi" in signed_in(people.operator).get("/").content.decode()


def test_the_map_names_each_kecamatan_and_its_cases(cases, page):
    values = re.search(r'"values": \{(.*?)\}', page)[1]
    counted = sum(int(n) for n in re.findall(r": (\d+)", values))
    assert counted == cases.filter(open=True).exclude(kec="").count()


def test_a_closed_period_has_nothing_left(cases, people, signed_in):
    page = signed_in(people.operator).get(f"/?periode={CLOSED}").content.decode()
    assert "Tidak ada kasus terbuka" in page


def test_an_office_without_a_roll_is_told_how_to_begin(db, people, signed_in, settings, tmp_path):
    settings.STORE = tmp_path / "empty"
    page = signed_in(people.operator).get("/").content.decode()
    assert "Serahkan daftar pertama" in page


def test_who_works_for_the_provinsi_starts_above_it(cases, people, signed_in):
    answer = signed_in(people.coordinator).get("/")
    assert answer.url == "/provinsi/"
    assert signed_in(people.coordinator).get(f"/?kab={KAB}").status_code == 200
