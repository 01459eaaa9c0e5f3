"""Signing in: passwords, limits, second factor, and what is not there."""

import re
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from lib.workplace import PASSWORD
from mutakhir_web.accounts import temporary
from mutakhir_web.accounts.models import User
from mutakhir_web.audit.models import Entry
from mutakhir_web.config.environment import Environment

LOGIN = "/akun/login/"
NEW = "jembatan kopi layang senja"


def enter(client, name="operator", password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": name, "password": password}, **headers)


def words(page):
    return page.content.decode()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def strict(settings):
    """As in an office: the second factor is asked of everybody."""
    settings.SECOND_FACTOR_REQUIRED = True


# -- names and passwords


def test_the_right_password_leads_to_the_first_page_of_ones_own_menu(people, store, client):
    assert enter(client)["Location"] == "/mulai/"
    guard = Client()
    enter(guard, "keamanan")
    assert guard.get("/mulai/")["Location"] == "/sesi/"


def test_a_name_may_be_typed_in_capitals(people, store, client):
    assert enter(client, "OPERATOR ").status_code == 302


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(people, client):
    wrong, unknown = enter(client, "operator", "salah"), enter(client, "tiada", "salah")
    assert "Nama akun atau kata sandi salah" in words(wrong)
    assert _told(wrong) == _told(unknown)


def test_a_guesser_is_stopped_in_words_that_do_not_tell_whether_the_name_exists(people, client):
    for name in ("operator", "tiada"):
        for _ in range(5):
            enter(client, name, "salah")
    stopped, unknown = enter(client, "operator"), enter(client, "tiada")
    assert "Tunggu lima menit" in words(stopped)
    assert _told(stopped) == _told(unknown)


def test_a_guesser_with_a_name_each_is_stopped_by_address(people, client):
    for n in range(20):
        enter(client, f"nama{n}", "salah")
    assert "Tunggu lima menit" in words(enter(client, "satu-lagi", "salah"))
    assert enter(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302


def test_the_limit_is_one_for_all_processes(people, client):
    for _ in range(5):
        enter(client, "operator", "salah")
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"
    assert "allauth" in str(_rows("accounts_cache"))


def test_an_ended_account_is_told_so_only_with_its_password(people, client):
    people.operator.is_active = False
    people.operator.save()
    assert "Nama akun atau kata sandi salah" in words(enter(client, "operator", "salah"))
    page = client.post(LOGIN, {"login": "operator", "password": PASSWORD}, follow=True)
    assert "Akun tidak berlaku" in words(page)
    assert not page.wsgi_request.user.is_authenticated


def test_an_expired_account_does_not_get_in(people, client):
    User.objects.filter(username="operator").update(expires_on="2020-01-01")
    page = client.post(LOGIN, {"login": "operator", "password": PASSWORD}, follow=True)
    assert "Akun tidak berlaku" in words(page)
    assert not page.wsgi_request.user.is_authenticated


def test_after_signing_in_one_stays_on_this_server(people, store, client):
    page = client.post(
        f"{LOGIN}?next=https://jahat.example/", {"login": "operator", "password": PASSWORD}
    )
    assert page["Location"] == "/mulai/"


@pytest.mark.parametrize(
    "address",
    [
        *("signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/"),
        *("password/reset/", "password/reset/done/", "password/reset/key/1-abc/"),
        *("login/code/confirm/", "reauthenticate/code/", "social/signup/", "sessions/"),
        "2fa/webauthn/signup/",
    ],
)
def test_what_makes_no_sense_here_is_not_there(people, signed_in, store, address):
    assert Client().get(f"/akun/{address}").status_code == 404
    assert signed_in(people.operator).get(f"/akun/{address}").status_code == 404


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("pendek", "12"),
        ("passwordpassword", "mudah ditebak"),
        ("kotaserang2026", "mudah ditebak"),
        ("qwertyuiop1234", "mudah ditebak"),
        ("kpupemilu2029", "mudah ditebak"),
        ("operator operator", "mudah ditebak"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused_with_advice(people, password, said):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, people.operator)
    assert said in " ".join(refused.value.messages)


@pytest.mark.parametrize("password", [NEW, "Rimba-7-perahu-hujan", "x" * 3 + "Tq9!vLm2#zRw"])
def test_a_password_that_holds_is_taken(people, password):
    validate_password(password, people.operator)


def test_temporary_passwords_differ_and_satisfy_the_rules(people):
    made = {temporary.make() for _ in range(200)}
    assert len(made) == 200
    for password in list(made)[:20]:
        assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
        validate_password(password, people.operator)


def test_a_temporary_password_opens_nothing_but_its_own_change(people, store, client):
    people.operator.must_change_password = True
    people.operator.save()
    enter(client)
    assert client.get("/antrean/")["Location"] == "/akun/password/change/"
    form = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "Pilih kata sandi lain" in words(client.post("/akun/password/change/", form))
    form |= {"password1": NEW, "password2": NEW}
    assert client.post("/akun/password/change/", form).status_code == 302
    assert client.get("/akun/sesi/").status_code == 200
    people.operator.refresh_from_db()
    assert not people.operator.must_change_password
    assert people.operator.check_password(NEW)


def test_changing_the_password_signs_the_other_devices_out(people, store, signed_in):
    here, there = signed_in(people.operator), signed_in(people.operator)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post("/akun/password/change/", form)
    assert here.get("/akun/").status_code == 200
    assert there.get("/akun/").status_code == 302


# -- second factor


def test_without_a_second_factor_only_the_own_account_is_open(people, store, client, strict):
    enter(client)
    assert client.get("/antrean/")["Location"] == "/akun/2fa/"
    page = client.get("/akun/2fa/")
    assert "perlu faktor kedua sebelum dipakai bekerja" in words(page)
    assert client.get("/akun/").status_code == 200


def test_the_whole_way_with_an_authenticator_app(
    store, people, client, strict, django_capture_on_commit_callbacks
):
    enter(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = _set_up_app(client)
    assert client.get("/mulai/").status_code == 302
    codes = _recovery_codes(client)
    client.post("/akun/logout/")

    assert enter(client)["Location"] == "/akun/2fa/authenticate/"
    assert client.get("/akun/")["Location"].startswith(LOGIN)  # not in yet
    assert "Kode salah" in words(client.post("/akun/2fa/authenticate/", {"code": "000000"}))
    assert Entry.objects.latest("id").act == "factor_failed"
    cache.clear()  # half a minute passes: a code opens once
    client.post("/akun/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/akun/").status_code == 200
    client.post("/akun/logout/")

    enter(client)
    client.post("/akun/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/akun/").status_code == 200
    client.post("/akun/logout/")
    enter(client)
    page = client.post("/akun/2fa/authenticate/", {"code": codes[0]})
    assert "Kode salah" in words(page)  # a recovery code opens once
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"factor_added", "factor_failed", "signed_in", "signed_out"} <= acts


def test_a_code_opens_once(people, store, client, strict):
    enter(client)
    secret = _set_up_app(client)
    client.post("/akun/logout/")
    code = code_of(secret)
    enter(client)
    client.post("/akun/2fa/authenticate/", {"code": code})
    other = Client()
    enter(other)
    other.post("/akun/2fa/authenticate/", {"code": code})
    assert other.get("/akun/").status_code == 302


def test_codes_cannot_be_guessed_one_after_the_other(people, store, client, strict):
    enter(client)
    secret = _set_up_app(client)
    client.post("/akun/logout/")
    cache.clear()
    enter(client)
    for n in range(6):
        page = client.post("/akun/2fa/authenticate/", {"code": f"{n:06}"})
    assert "Tunggu lima menit" in words(page)
    page = client.post("/akun/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/akun/").status_code == 302


def test_secrets_do_not_lie_in_the_database_in_the_clear(people, store, client, strict):
    enter(client)
    secret = _set_up_app(client)
    stored = str([row.data for row in Authenticator.objects.all()])
    assert secret not in stored


def test_removing_the_last_factor_closes_the_office_again(people, store, client, strict):
    enter(client)
    _set_up_app(client)
    client.post("/akun/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/antrean/")["Location"] == "/akun/2fa/"
    assert Entry.objects.filter(act="factor_removed").exists()


def test_a_reset_may_drop_a_lost_factor(people, store, client, signed_in):
    enter(client)
    _set_up_app(client)
    office = signed_in(people.administrator)
    office.post("/pengguna/akun/operator/kata-sandi/")
    assert Authenticator.objects.filter(user=people.operator).exists()
    office.post("/pengguna/akun/operator/kata-sandi/", {"faktor": "lepas"})
    assert not Authenticator.objects.filter(user=people.operator).exists()
    assert Entry.objects.latest("id").detail["factors_dropped"] == 2


@pytest.mark.parametrize(
    "address",
    [
        *("/akun/", "/akun/sesi/", "/akun/password/change/", "/akun/2fa/", "/akun/logout/"),
        *("/akun/reauthenticate/", "/akun/2fa/webauthn/", "/akun/inactive/"),
    ],
)
def test_every_page_of_the_account_is_in_our_frame_and_runs_nothing_inline(
    people, store, signed_in, address
):
    page = signed_in(people.operator).get(address)
    assert page.status_code == 200
    assert "css/workplace.css" in words(page)
    _runs_nothing_inline(words(page))


@pytest.mark.parametrize("address", ["totp/activate/", "webauthn/add/"])
def test_pages_that_change_factors_ask_for_the_password_first(people, store, signed_in, address):
    client = signed_in(people.operator)
    page = client.get(f"/akun/2fa/{address}")
    assert page["Location"].startswith("/akun/reauthenticate/")
    client.post(page["Location"], {"password": PASSWORD})
    page = client.get(f"/akun/2fa/{address}")
    assert page.status_code == 200
    _runs_nothing_inline(words(page))


def test_login_runs_nothing_inline(client, db):
    _runs_nothing_inline(words(client.get(LOGIN)))


# -- proxies


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "10.1.1.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.9.9.9", "203.0.113.7"),
        (1, None, "10.1.1.1"),
    ],
)
def test_nobody_chooses_the_address_under_which_they_are_recorded(
    people, settings, proxies, forwarded, address
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"REMOTE_ADDR": "10.1.1.1"}
    if forwarded:
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    enter(Client(), "operator", "salah", **headers)
    assert Entry.objects.latest("id").address == address


def test_a_request_without_an_address_is_recorded_without_one(people, signed_in, store):
    client = signed_in(people.administrator)
    client.get("/akun/")  # the session is known
    client.post("/pengguna/akun/operator/nonaktif/", REMOTE_ADDR="")
    assert Entry.objects.latest("id").address is None


def test_how_many_proxies_there_are_is_a_number(monkeypatch):
    monkeypatch.setenv("MUTAKHIR_PROXIES", "satu")
    with pytest.raises(ValueError, match="MUTAKHIR_PROXIES='satu'"):
        Environment.read()


def test_the_proxys_word_on_tls_is_believed_only_from_our_own(monkeypatch):
    program = "from mutakhir_web.config import settings as s; print(s.SECURE_PROXY_SSL_HEADER)"
    for number, believed in (("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')")):
        monkeypatch.setenv("MUTAKHIR_PROXIES", number)
        said = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert said.stdout.strip() == believed


# -- helpers


def _told(page):
    return re.findall(r'role="alert">([^<]*)<', words(page))


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {table}")
        return cursor.fetchall()


def _runs_nothing_inline(page):
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes, body
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    assert "javascript:" not in page
    assert "<style" not in page


def _set_up_app(client):
    page = client.get("/akun/2fa/totp/activate/")
    client.post(page["Location"], {"password": PASSWORD})
    page = client.get("/akun/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert "Kode salah" in words(client.post("/akun/2fa/totp/activate/", {"code": "000000"}))
    done = client.post("/akun/2fa/totp/activate/", {"code": code_of(secret)})
    assert done["Location"] == "/akun/2fa/recovery-codes/"
    return secret


def _recovery_codes(client):
    page = client.get("/akun/2fa/recovery-codes/")
    return page.context["unused_codes"]
