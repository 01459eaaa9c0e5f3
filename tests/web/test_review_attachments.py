"""Photos and PDF beside a case: by what they are, not by what they are called."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lib.review_room import text_of
from lib.workplace import KAB, RUNNING
from mutakhir_web.audit.models import Entry
from mutakhir_web.common import attachments
from mutakhir_web.review import attaching
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Attachment, Case

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 32
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 32


@pytest.fixture
def case(store):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB, kind="add")[0]


@pytest.fixture
def operator(people, signed_in):
    return signed_in(people.operator)


def _attach(client, case, content, name="foto.jpg"):
    address = f"/antrean/usulan/{case.proposal}/lampiran/"
    return client.post(address, {"berkas": SimpleUploadedFile(name, content)}, follow=True)


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpg")])
def test_a_photo_or_pdf_lies_beside_the_case(case, operator, settings, content, kind):
    page = _attach(operator, case, content, "KK BUDI.dat")
    found = Attachment.objects.get()
    assert f"/antrean/lampiran/{found.pk}/" in text_of(page)
    assert (settings.UPLOADS / found.file.name).read_bytes() == content
    assert "BUDI" not in found.file.name
    file = operator.get(f"/antrean/lampiran/{found.pk}/")
    assert b"".join(file) == content
    name = f"lampiran-{case.proposal}-{found.pk}.{kind}"
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert set(Entry.objects.values_list("act", flat=True)) >= {"attach", "see_attachment"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>alert(1)</script>", "Bukan foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Bukan foto"),
        (b"MZ\x90\x00" + b"\0" * 60, "Bukan foto"),
        (b"", "kosong"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(case, operator, content, said):
    assert said in text_of(_attach(operator, case, content, "foto.jpg"))
    assert not Attachment.objects.exists()


def test_a_file_too_large_is_refused_in_words(case, operator, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 20)
    assert "terlalu besar" in text_of(_attach(operator, case, PDF))


def test_there_is_an_end_to_how_many(case, operator, monkeypatch):
    monkeypatch.setattr(attaching, "MOST", 1)
    _attach(operator, case, PDF)
    assert "sudah berlampiran" in text_of(_attach(operator, case, PNG))


def test_the_same_file_twice_is_one(case, operator):
    for _ in range(2):
        _attach(operator, case, PDF)
    assert Attachment.objects.count() == 1


def test_a_form_without_a_file_says_so(case, operator):
    page = operator.post(f"/antrean/usulan/{case.proposal}/lampiran/", follow=True)
    assert "Pilih berkas" in text_of(page)


def test_only_the_area_sees_it(case, operator, people, signed_in):
    _attach(operator, case, PDF)
    address = f"/antrean/lampiran/{Attachment.objects.get().pk}/"
    assert signed_in(people.stranger).get(address).status_code == 404
    assert signed_in(people.security).get(address).status_code == 403
    assert b"".join(signed_in(people.bawaslu).get(address)) == PDF
    assert _attach(signed_in(people.commissioner), case, PNG).status_code == 403
