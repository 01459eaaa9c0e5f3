"""The province's word on a recap: accepted, or sent back with a reason; kept, and seen below."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from lib import workplace
from lib.workplace import CLOSED, KAB, OTHER_KAB, RUNNING
from mutakhir_web.audit.models import Entry
from mutakhir_web.province import actions, queries
from mutakhir_web.province.models import Judgement

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(store):
    """An edition of the closed period of the kab/kota."""
    return workplace.published(store)


def judge(people, published, **told):
    given = {"edition": published.edition, "verdict": "accepted", **told}
    return actions.judge(by=people.coordinator, kab=KAB, label=CLOSED, **given)


def text(page):
    return page.content.decode()


def test_an_issued_recap_waits_for_the_province(people, signed_in, published):
    page = text(signed_in(people.coordinator).get("/provinsi/rekap/", {"periode": CLOSED}))
    assert "menunggu provinsi" in page


def test_the_coordinator_accepts_and_the_kabupaten_sees_it(people, signed_in, published):
    address = f"/provinsi/rekap/{KAB}/{CLOSED}/"
    given = {"edition": published.edition, "verdict": "accepted", "reason": ""}
    assert signed_in(people.coordinator).post(address, given).status_code == 302
    word = text(signed_in(people.operator).get(f"{address}kata/"))
    assert "Provinsi menerima rekap" in word
    entry = Entry.objects.get(act="judge_recap")
    assert entry.subject == f"recap:{KAB}:{CLOSED}:{published.edition}"


def test_a_recap_is_sent_back_with_a_reason_and_asks_for_an_amendment(people, signed_in, published):
    address = f"/provinsi/rekap/{KAB}/{CLOSED}/"
    given = {"edition": published.edition, "verdict": "returned", "reason": "TMS Taktakan <b>salah"}
    signed_in(people.coordinator).post(address, given)
    word = text(signed_in(people.operator).get(f"{address}kata/"))
    assert "Provinsi mengembalikan rekap" in word
    assert "TMS Taktakan &lt;b&gt;salah" in word
    assert "terbitkan edisi baru" in word


def test_the_period_page_asks_for_the_word_and_shows_why_it_was_sent_back(
    people, signed_in, published
):
    judge(people, published, verdict="returned", reason="TMS Taktakan salah jumlah")
    operator = signed_in(people.operator)
    page = text(operator.get(f"/periode/{CLOSED}/"))
    fragment = re.search(r'<div hx-get="([^"]+)" hx-trigger="load">', page)[1]
    assert fragment == f"/provinsi/rekap/{KAB}/{CLOSED}/kata/"
    assert "TMS Taktakan salah jumlah" in text(operator.get(fragment))


def test_a_period_without_documents_asks_for_no_word(people, signed_in, store):
    page = text(signed_in(people.operator).get(f"/periode/{RUNNING}/"))
    assert "/kata/" not in page


def test_sending_back_without_a_reason_is_refused_in_words(people, signed_in, published):
    address = f"/provinsi/rekap/{KAB}/{CLOSED}/"
    given = {"edition": published.edition, "verdict": "returned", "reason": " "}
    page = signed_in(people.coordinator).post(address, given)
    assert page.status_code == 422
    assert "Tulis alasannya" in text(page)
    assert not Judgement.objects.exists()


def test_the_same_word_twice_is_one(people, published):
    assert judge(people, published) == judge(people, published)
    assert Judgement.objects.count() == Entry.objects.filter(act="judge_recap").count() == 1


def test_the_last_word_counts_and_the_others_stay(people, published):
    judge(people, published, verdict="returned", reason="jumlah")
    judge(people, published)
    assert queries.judgement(KAB, CLOSED).verdict == "accepted"
    assert [each.verdict for each in queries.said(KAB, CLOSED)] == ["accepted", "returned"]


def test_only_the_newest_edition_is_judged(people, published):
    with pytest.raises(actions.NotJudgedError):
        judge(people, published, edition=published.edition + 1)


@pytest.mark.parametrize("who", ["operator", "commissioner", "bawaslu", "stranger"])
def test_nobody_else_judges(people, published, who):
    with pytest.raises(PermissionDenied):
        actions.judge(by=getattr(people, who), kab=KAB, label=CLOSED, edition=1, verdict="accepted")


def test_a_word_is_not_edited_in_the_database(people, published):
    found = judge(people, published)
    with pytest.raises(DatabaseError), transaction.atomic():
        Judgement.objects.filter(pk=found.pk).update(verdict="returned")
    with pytest.raises(DatabaseError), transaction.atomic():
        Judgement.objects.all().delete()


def test_a_stranger_does_not_see_the_recap_of_another_kabupaten(people, signed_in, published):
    client = signed_in(people.stranger)
    assert client.get(f"/provinsi/rekap/{KAB}/{CLOSED}/").status_code == 404
    assert client.get(f"/provinsi/rekap/{KAB}/{CLOSED}/kata/").status_code == 404
    assert client.get(f"/provinsi/rekap/{OTHER_KAB}/{CLOSED}/").status_code == 200


def test_a_period_not_issued_has_no_form(people, signed_in, store):
    page = text(signed_in(people.coordinator).get(f"/provinsi/rekap/{KAB}/{RUNNING}/"))
    assert "Belum ada yang terbit" in page
    assert "Simpan putusan" not in page


def test_a_sent_back_recap_makes_the_kabupaten_one_to_look_at(people, signed_in, published):
    judge(people, published, verdict="returned", reason="jumlah tidak cocok")
    page = text(signed_in(people.coordinator).get("/provinsi/", {"periode": CLOSED}))
    assert "dikembalikan: jumlah tidak cocok" in page
