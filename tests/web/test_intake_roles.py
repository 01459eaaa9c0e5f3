"""Who may see and do what with files: every role, every address; another kabupaten sees nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern

from lib.intake_files import HEADER, SITI, text
from lib.job_worker import work_off
from lib.workplace import KAB
from mutakhir_web.accounts.roles import MATRIX, Role
from mutakhir_web.intake import urls
from mutakhir_web.intake.models import Source, Upload

WHOM = (
    "operator",
    "checker",
    "commissioner",
    "coordinator",
    "bawaslu",
    "security",
    "administrator",
)


@pytest.fixture
def there(people, store, signed_in, tmp_path):
    """Kota Serang has taken in a file and has one on its way."""
    content = text(tmp_path / "a.csv", [HEADER, SITI]).read_bytes()
    client = signed_in(people.operator)
    said = {"agency": "bps", "region": KAB, "codes": "2023"}
    client.post("/terima/serahkan", {**said, "file": SimpleUploadedFile("a.csv", content)})
    work_off()
    client.post("/terima/unggahan", {**said, "name": "b.csv", "size": 10, "modified": 1})
    return {
        "source_id": Source.objects.get(by="operator").pk,
        "upload_id": Upload.objects.get(name="b.csv").pk,
        "which": "berkas",
    }


def address(pattern: URLPattern, there) -> str:
    given = {name: there[name] for name in pattern.pattern.converters}
    route = pattern.pattern._route
    for name, value in given.items():
        route = next(
            route.replace(f"<{kind}:{name}>", str(value))
            for kind in ("uuid", "slug", "str")
            if f"<{kind}:{name}>" in route
        )
    return f"/terima/{route}"


def status(client, pattern, there):
    """Of the method that the address takes."""
    answer = client.get(address(pattern, there))
    return client.post(address(pattern, there)) if answer.status_code == 405 else answer


def test_each_role_may_do_what_the_table_says(people, signed_in, there):
    for who in WHOM:
        user = getattr(people, who)
        client = signed_in(user)
        for pattern in urls.urlpatterns:
            allowed = bool(pattern.callback.needs & MATRIX[Role(user.role)])
            answer = status(client, pattern, there)
            assert (answer.status_code == 403) is not allowed, (who, pattern.name)


def test_a_stranger_finds_nothing_of_another_kabupaten(people, signed_in, there):
    client = signed_in(people.stranger)
    for pattern in urls.urlpatterns:
        answer = status(client, pattern, there)
        if pattern.pattern.converters:
            assert answer.status_code == 404, pattern.name
        else:
            assert "a.csv" not in answer.content.decode(), pattern.name


def test_nobody_unknown_gets_in(client, there):
    for pattern in urls.urlpatterns:
        answer = status(client, pattern, there)
        assert answer.status_code == 302, pattern.name
        assert answer.url.startswith("/akun/"), pattern.name


def test_a_region_outside_the_area_is_refused(people, signed_in, store, tmp_path):
    content = text(tmp_path / "a.csv", [HEADER, SITI]).read_bytes()
    said = {"agency": "bps", "region": "3604", "codes": "2023"}
    signed_in(people.operator).post(
        "/terima/serahkan", {**said, "file": SimpleUploadedFile("a.csv", content)}
    )
    assert not Upload.objects.exists()


def test_readers_see_receipts_but_no_way_to_change_or_take_away(people, signed_in, there):
    page = signed_in(people.bawaslu).get(f"/terima/sumber/{there['source_id']}/").content.decode()
    assert "diterima" in page
    assert "/unduh/" not in page
    assert "/tarik" not in page
    assert 'id="serahkan"' not in signed_in(people.bawaslu).get("/terima/").content.decode()
