"""Accounts are made, changed and ended by an administrator, inside the own area and on others."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.test import Client
from django.utils import timezone

from lib.workplace import KAB, OTHER_KAB, PASSWORD
from mutakhir_web.accounts.models import KeptForeverError, User
from mutakhir_web.accounts.roles import Role
from mutakhir_web.audit.models import Entry
from mutakhir_web.people import actions
from mutakhir_web.people.actions import Wanted

NEW = {"username": "ani.3673", "full_name": "Operator Satu", "role": "operator", "area": KAB}


@pytest.fixture
def office(store, people, signed_in):
    return signed_in(people.administrator)


def wanted(**changes):
    given = {"username": "ani", "full_name": "", "role": "operator", "area": KAB}
    return Wanted(**given | {"expires_on": None} | changes)


def last_entry():
    return Entry.objects.latest("id")


def test_the_list_holds_the_accounts_of_the_area_only(office, people, signed_in):
    page = office.get("/pengguna/").content.decode()
    assert "operator" in page
    assert "tetangga" in page
    people.administrator.area = OTHER_KAB
    people.administrator.save()
    page = office.get("/pengguna/").content.decode()
    assert "tetangga" in page
    assert "pemeriksa" not in page


def test_the_list_is_filtered_by_role_area_state_and_text(office, people):
    def names(query):
        return [account.username for account in office.get("/pengguna/" + query).context["page"]]

    people.checker.is_active = False
    people.checker.save()
    assert names("?peran=security") == ["keamanan"]
    assert names("?wilayah=Kabupaten+Serang") == ["tetangga"]
    assert names("?keadaan=ended") == ["pemeriksa"]
    assert "pemeriksa" not in names("?keadaan=active")
    assert names("?teks=tetang") == ["tetangga"]
    assert len(names("?keadaan=no_factor")) == 7


def test_a_filter_that_is_not_understood_says_so_and_hides_nothing(office):
    page = office.get("/pengguna/?wilayah=Atlantis")
    assert "Tidak ada provinsi atau kabupaten/kota bernama Atlantis." in page.content.decode()
    assert len(page.context["page"].object_list) == 8


def test_a_new_account_has_a_password_that_is_shown_once(office):
    page = office.post("/pengguna/baru/", NEW)
    password = page.context["issued"].password
    assert password in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    account = User.objects.get(username="ani.3673")
    assert account.check_password(password)
    assert account.must_change_password
    assert password not in office.get("/pengguna/akun/ani.3673/").content.decode()
    assert last_entry().act == "account_created"
    assert (last_entry().kab, last_entry().subject) == (KAB, "account:ani.3673")
    assert "Operator Satu" not in str(last_entry().detail)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "operator"}, "Nama akun ini sudah pernah dipakai"),
        ({"username": "Ani Baru"}, "huruf kecil"),
        ({"username": "ab"}, "3 sampai 30"),
        ({"area": "3201"}, "di luar wilayah Anda"),
        ({"area": "Indonesia"}, "di luar wilayah Anda"),
        ({"area": "Serang"}, "dapat berarti"),
        ({"area": "9999"}, "bukan kode wilayah"),
        ({"area": "3673011"}, "bukan kode wilayah"),
        ({"expires_on": "2020-01-01"}, "sudah lewat"),
        ({"role": "raja"}, "raja"),
    ],
)
def test_what_cannot_be_is_refused_in_words(office, change, words):
    before = User.objects.count()
    page = office.post("/pengguna/baru/", NEW | change)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "area", ["3673", "36.73", "Kota Serang", "kota serang", "3673 Kota Serang"]
)
def test_an_area_is_found_by_code_or_name(office, area):
    office.post("/pengguna/baru/", NEW | {"area": area})
    assert User.objects.get(username="ani.3673").area == KAB


def test_a_change_says_what_changed(office, people):
    form = {"full_name": "", "role": "checker", "area": "36", "expires_on": "2030-12-31"}
    assert office.post("/pengguna/akun/operator/", form).status_code == 302
    people.operator.refresh_from_db()
    assert (people.operator.role, people.operator.area) == ("checker", "36")
    assert last_entry().detail["changed"] == {
        "role": ["operator", "checker"],
        "area": [KAB, "36"],
        "until": ["", "2030-12-31"],
    }


def test_an_ended_account_is_out_everywhere_at_once(office, people, signed_in):
    desk = signed_in(people.operator)
    assert desk.get("/akun/").status_code == 200
    office.post("/pengguna/akun/operator/nonaktif/")
    assert desk.get("/akun/").headers["Location"].startswith("/akun/login/")
    assert last_entry().act == "account_ended"
    office.post("/pengguna/akun/operator/nonaktif/")
    assert Entry.objects.filter(act="account_ended").count() == 1
    office.post("/pengguna/akun/operator/aktif/")
    assert last_entry().act == "account_reopened"
    assert signed_in(people.operator).get("/akun/").status_code == 200


def test_an_account_expires_after_its_last_day(people, signed_in, store):
    desk = signed_in(people.operator)
    people.operator.expires_on = timezone.localdate()
    people.operator.save()
    assert desk.get("/akun/").status_code == 200
    people.operator.expires_on -= timedelta(days=1)
    people.operator.save()
    page = desk.get("/akun/", follow=True)
    assert "Akun ini sudah tidak berlaku" in page.content.decode()


def test_a_reset_ends_sessions_and_must_be_changed(office, people, signed_in):
    desk = signed_in(people.operator)
    desk.get("/akun/")
    page = office.post("/pengguna/akun/operator/kata-sandi/")
    assert last_entry().act == "password_reset"
    assert last_entry().detail["sessions"] == 1
    assert desk.get("/akun/").status_code == 302
    password = page.context["issued"].password
    fresh = Client()
    assert fresh.login(username="operator", password=password)
    assert fresh.get("/antrean/").headers["Location"] == "/akun/password/change/"


def test_nobody_changes_themselves(office, people):
    form = {"full_name": "", "role": "commissioner", "area": "36"}
    assert office.post("/pengguna/akun/admin/", form).status_code == 403
    for act in ("nonaktif", "aktif", "kata-sandi"):
        assert office.post(f"/pengguna/akun/admin/{act}/").status_code == 403
    people.administrator.refresh_from_db()
    assert people.administrator.role == Role.ADMINISTRATOR
    page = office.get("/pengguna/akun/admin/").content.decode()
    assert "hanya dapat diubah administrator lain" in page


def test_an_administrator_of_a_kabupaten_reaches_no_further(people, store, signed_in):
    people.administrator.area = KAB
    people.administrator.save()
    desk = signed_in(people.administrator)
    assert desk.get("/pengguna/akun/tetangga/").status_code == 404
    assert desk.post("/pengguna/akun/tetangga/nonaktif/").status_code == 404
    assert desk.get("/pengguna/akun/provinsi/").status_code == 404
    for area in (OTHER_KAB, "36", ""):
        with pytest.raises(PermissionDenied):
            actions.create(wanted(area=area), by=people.administrator)
        with pytest.raises(PermissionDenied):
            actions.change("operator", wanted(area=area), by=people.administrator)
    with pytest.raises(PermissionDenied):
        actions.deactivate("tetangga", by=people.administrator)


def test_who_may_not_manage_people_cannot_by_any_door(people):
    for user in (people.operator, people.security, people.commissioner):
        with pytest.raises(PermissionDenied):
            actions.create(wanted(), by=user)
        with pytest.raises(PermissionDenied):
            actions.reset_password("pemeriksa", by=user)


def test_accounts_are_never_deleted(people):
    with pytest.raises(KeptForeverError), transaction.atomic():
        people.operator.delete()
    with pytest.raises(KeptForeverError), transaction.atomic():
        User.objects.filter(username="operator").delete()
    assert User.objects.filter(username="operator").exists()


def test_nothing_is_half_done_when_the_database_goes_away(office, monkeypatch):
    before = User.objects.count()

    def away(*_args, **_given):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Entry.objects, "create", away)
    office.raise_request_exception = False
    page = office.post("/pengguna/baru/", NEW)
    assert page.status_code == 503
    assert User.objects.count() == before


def test_own_devices_are_listed_and_signed_out(people, signed_in, store):
    here, there = signed_in(people.operator), signed_in(people.operator)
    there.get("/akun/", headers={"user-agent": "Mozilla/5.0 (Android 14) Chrome/120.0 Safari/537"})
    page = here.get("/akun/sesi/")
    assert "Chrome, Android" in page.content.decode()
    other = next(place for place in page.context["places"] if not place.current)
    here.post(f"/akun/sesi/{other.id}/akhiri/")
    assert there.get("/akun/").status_code == 302
    assert here.get("/akun/").status_code == 200
    assert last_entry().act == "session_ended"


def test_all_other_devices_are_signed_out(people, signed_in, store):
    here, *others = (signed_in(people.operator) for _ in range(3))
    for desk in (here, *others):
        desk.get("/akun/")
    here.post("/akun/sesi/akhiri-lainnya/")
    assert [desk.get("/akun/").status_code for desk in (here, *others)] == [200, 302, 302]
    assert last_entry().detail == {"sessions": 2}


def test_nobody_signs_out_a_colleague_by_the_door_for_oneself(people, signed_in, store):
    mine, theirs = signed_in(people.operator), signed_in(people.checker)
    mine.get("/akun/")
    theirs.get("/akun/")
    session = theirs.get("/akun/sesi/").context["places"][0].id
    mine.post(f"/akun/sesi/{session}/akhiri/")
    assert theirs.get("/akun/").status_code == 200


def test_the_security_officer_ends_sessions_of_the_area(people, signed_in, store):
    guard, desk = signed_in(people.security), signed_in(people.operator)
    desk.get("/akun/")
    places = guard.get("/sesi/").context["places"]
    session = next(place.id for place in places if place.username == "operator")
    guard.post(f"/sesi/{session}/akhiri/")
    assert desk.get("/akun/").status_code == 302
    assert (last_entry().act, last_entry().by) == ("session_ended", "keamanan")
    page = guard.post(f"/sesi/{session}/akhiri/", follow=True)
    assert "sudah berakhir" in page.content.decode()


def test_sessions_of_another_area_are_not_there(people, signed_in, store):
    people.security.area = OTHER_KAB
    people.security.save()
    guard, desk = signed_in(people.security), signed_in(people.operator)
    desk.get("/akun/")
    session = desk.get("/akun/sesi/").context["places"][0].id
    assert "operator" not in {place.username for place in guard.get("/sesi/").context["places"]}
    assert guard.post(f"/sesi/{session}/akhiri/").status_code == 404
    assert guard.post("/sesi/akun/operator/akhiri/").status_code == 404
    assert desk.get("/akun/").status_code == 200


def test_a_session_of_an_old_password_is_not_listed(people, signed_in, store):
    desk = signed_in(people.operator)
    desk.get("/akun/")
    people.operator.set_password(PASSWORD + " lain")
    people.operator.save()
    again = Client()
    again.login(username="operator", password=PASSWORD + " lain")
    assert len(again.get("/akun/sesi/").context["places"]) == 1
