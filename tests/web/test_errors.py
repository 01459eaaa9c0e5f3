"""Error pages help, and need nothing that may be away."""

import logging
import os
import subprocess
import sys

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from mutakhir_web.common import views
from mutakhir_web.common.logs import Formatter
from mutakhir_web.config import urls as office

NIK, NAME = "3673014107900001", "SA'DIAH"


def boom(request):
    raise ValueError(f"baris NIK {NIK} atas nama {NAME}")


def chained(request):
    try:
        boom(request)
    except ValueError as error:
        raise RuntimeError(f"gagal: {NIK}") from error


def database_away(request):
    raise OperationalError("could not connect")


urlpatterns = [
    path("boom", boom),
    path("chained", chained),
    path("away", database_away),
    path("", include(office.urlpatterns)),
]
handler400 = office.handler400
handler403 = office.handler403
handler404 = office.handler404
handler429 = office.handler429
handler500 = office.handler500


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (views.bad_request, 400, "Permintaan tidak terbaca"),
        (views.forbidden, 403, "Bukan untuk peran Anda"),
        (views.not_found, 404, "Tidak ditemukan"),
        (views.too_many, 429, "Terlalu banyak permintaan"),
        (views.server_error, 500, "Kesalahan di pihak kami"),
        (views.stale_page, 403, "Halaman ini sudah usang"),
    ],
)
def test_each_error_has_its_page_without_any_database(answer, status, words, rf):
    page = answer(rf.get("/"))
    assert page.status_code == status
    assert words in page.content.decode()
    assert 'href="/mulai/"' in page.content.decode()


@pytest.mark.django_db
def test_a_missing_page_says_so_in_the_frame(visitor):
    page = visitor.get("/tidak-ada/")
    assert page.status_code == 404
    assert "Tidak ditemukan" in page.content.decode()


def test_a_database_that_is_away_in_a_page_asks_for_patience(visitor):
    page = visitor.get("/away")
    assert page.status_code == 503
    assert page["Retry-After"] == "10"
    assert "Tidak ada yang hilang" in page.content.decode()


@pytest.mark.django_db
def test_a_database_that_is_away_before_the_page_asks_for_patience(
    visitor, people, signed_in, monkeypatch, settings
):
    client = signed_in(people.operator)
    client.raise_request_exception = False

    def away(*_args, **_kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    page = client.get("/akun/")
    assert page.status_code == 503
    monkeypatch.undo()
    assert client.get("/akun/").status_code == 200


@pytest.mark.django_db
def test_a_form_of_an_old_session_is_stale_not_forbidden(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.operator)
    page = client.post("/akun/sesi/akhiri-lainnya/")
    assert page.status_code == 403
    assert "Halaman ini sudah usang" in page.content.decode()


@pytest.mark.parametrize("address", ["/boom", "/chained"])
def test_logs_tell_where_and_what_kind_but_no_personal_value(visitor, address, caplog):
    with caplog.at_level(logging.DEBUG):
        page = visitor.post(address + f"?nik={NIK}", {"nama": NAME})
    assert page.status_code == 500
    assert NIK not in page.content.decode()
    lines = "\n".join(_formatter().format(record) for record in caplog.records)
    assert NIK not in lines
    assert NAME not in lines
    assert "ValueError" in lines
    assert "in boom" in lines


def _formatter():
    return next(h.formatter for h in logging.getLogger().handlers if type(h.formatter) is Formatter)


@pytest.mark.django_db
def test_every_answer_carries_the_security_headers(client):
    page = client.get("/akun/login/")
    # Directives stand in no order; a script's is exactly this, without more.
    policy = page["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_leave_the_machine_only_over_tls():
    said = subprocess.run(
        [
            *(sys.executable, "-c"),
            "from mutakhir_web.config import settings as s;"
            "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0,"
            " s.SECURE_PROXY_SSL_HEADER, s.ALLAUTH_TRUSTED_PROXY_COUNT, s.SECOND_FACTOR_REQUIRED)",
        ],
        env={k: v for k, v in os.environ.items() if k != "MUTAKHIR_INSECURE"}
        | {"MUTAKHIR_PROXIES": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split("\n")[0] == "True True True None 0 True"
