"""Files come in through the browser: whole or in pieces, once, and nothing half."""

import hashlib
import io
import os
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from lib.intake_command import files_in
from lib.intake_files import BUDI, HEADER, SITI, UDIN, but, text, workbook
from lib.job_worker import work_off
from lib.workplace import KAB
from mutakhir.intake.sources import list_sources
from mutakhir_web.audit.models import Entry
from mutakhir_web.intake import pieces, receiving
from mutakhir_web.intake.models import Source, State, Upload
from mutakhir_web.jobs.models import Job
from mutakhir_web.jobs.models import State as JobState

SAID = {"agency": "disdukcapil", "region": KAB, "codes": "2023"}


@pytest.fixture
def operator(people, store, signed_in):
    return signed_in(people.operator)


@pytest.fixture
def table(tmp_path):
    return text(tmp_path / "daftar.csv", [HEADER, SITI, BUDI, but(UDIN, nik="123")]).read_bytes()


def handed_in(client, *files, **said):
    """The answer to a plain form with these (name, bytes)."""
    parts = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/terima/serahkan", {**SAID, **said, "file": parts})


def begun(client, name, content, **said):
    given = {**SAID, **said, "name": name, "size": len(content), "modified": 17}
    return client.post("/terima/unggahan", given)


def sent(client, place, content, start=0, length=None):
    piece = content[start : start + (length or place["piece"])]
    return client.post(
        place["send"],
        piece,
        content_type="application/octet-stream",
        headers={"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{len(content)}"},
    )


def nothing_lies_about(settings):
    return (
        not any(Path(settings.UPLOADS, "berkas").rglob("*"))
        if Path(settings.UPLOADS).exists()
        else True
    )


def test_a_file_goes_from_the_form_through_the_job_to_its_receipt(operator, table, settings):
    answer = handed_in(operator, ("daftar.csv", table))
    upload = Upload.objects.get()
    assert answer.url == f"/terima/unggahan/{upload.id}/"
    assert "Peramban boleh ditutup" in operator.get(answer.url).content.decode()
    assert work_off() == 1
    receipt = operator.get(answer.url, follow=True)
    assert receipt.redirect_chain == [(f"/terima/sumber/{Upload.objects.get().source}/", 302)]
    page = receipt.content.decode()
    assert "NIK bukan 16 angka" in page
    source = Source.objects.get(pk=Upload.objects.get().source)
    assert (source.read, source.accepted, source.rejected) == (3, 2, 1)
    assert (source.agency, source.said, source.by) == ("disdukcapil", True, "operator")
    assert Entry.objects.filter(act="take_in", subject=f"source:{source.pk}").count() == 1
    assert nothing_lies_about(settings)


def test_the_page_asks_until_the_work_has_ended_and_then_leads_on(operator, table):
    handed_in(operator, ("daftar.csv", table))
    upload = Upload.objects.get()
    asked = operator.get(f"/terima/unggahan/{upload.id}/maju")
    assert "hx-get" in asked.content.decode()
    assert "HX-Redirect" not in asked.headers
    work_off()
    asked = operator.get(f"/terima/unggahan/{upload.id}/maju")
    assert asked.headers["HX-Redirect"] == f"/terima/unggahan/{upload.id}/"


def test_several_files_are_taken_each_by_itself_and_a_bad_one_stops_none(operator, table):
    other = table.replace(b"UDIN", b"UDAN")
    handed_in(
        operator,
        ("a.csv", table),
        ("gambar.png", b"\x89PNG\r\n\x1a\n" + bytes(999)),
        ("b.csv", other),
    )
    assert work_off() == 3
    outcomes = set(Upload.objects.values_list("name", "outcome"))
    assert outcomes == {("a.csv", "taken"), ("gambar.png", "refused"), ("b.csv", "taken")}
    page = operator.get("/terima/?key=refused").content.decode()
    assert "gambar.png" in page
    assert "a.csv" not in page.split("<table")[1]


def test_pieces_make_the_same_file(operator, tmp_path):
    rows = [HEADER, *(but(SITI, no=str(n), alamat="KP. BARU " * 20) for n in range(9_000))]
    content = text(tmp_path / "besar.csv", rows).read_bytes()
    assert len(content) > 2 * pieces.PIECE
    place = begun(operator, "besar.csv", content).json()
    for start in range(0, len(content), place["piece"]):
        assert sent(operator, place, content, start).status_code == 200
    over = hashlib.sha256(
        b"".join(
            hashlib.sha256(content[at : at + pieces.PIECE]).digest()
            for at in range(0, len(content), pieces.PIECE)
        )
    ).hexdigest()
    assert operator.post(place["finish"], {"digest": over}).status_code == 200
    upload = Upload.objects.get()
    assert (upload.state, upload.sha256) == (State.WHOLE, hashlib.sha256(content).hexdigest())
    work_off()
    assert Source.objects.get(pk=upload.sha256[:16]).read == 9_000


def test_a_broken_off_upload_goes_on_where_it_stopped(operator, table):
    place = begun(operator, "daftar.csv", table).json()
    assert sent(operator, place, table, 0, 50).json() == {"received": 50}
    again = begun(operator, "daftar.csv", table).json()
    assert (again["received"], again["send"]) == (50, place["send"])
    assert sent(operator, place, table, 0, 50).json() == {"received": 50}, "sent twice, kept once"
    assert sent(operator, place, table, 50).json() == {"received": len(table)}
    operator.post(place["finish"])
    work_off()
    assert Upload.objects.get().outcome == "taken"


def test_a_piece_cut_off_on_its_way_leaves_the_part_as_it_was(operator, table):
    place = begun(operator, "daftar.csv", table).json()
    sent(operator, place, table, 0, 50)
    answer = operator.post(
        place["send"],
        table[50:60],
        content_type="application/octet-stream",
        headers={"Content-Range": f"bytes 50-99/{len(table)}"},
    )
    assert answer.status_code == 409
    assert begun(operator, "daftar.csv", table).json()["received"] == 50


def test_a_file_that_is_not_whole_is_not_taken_in(operator, table):
    place = begun(operator, "daftar.csv", table).json()
    sent(operator, place, table, 0, 50)
    answer = operator.post(place["finish"])
    assert answer.status_code == 422
    assert "belum lengkap" in answer.json()["message"]
    assert (Job.objects.count(), Upload.objects.get().state) == (0, State.RECEIVING)


def test_bytes_mixed_up_on_their_way_are_not_taken_in(operator, table):
    place = begun(operator, "daftar.csv", table).json()
    sent(operator, place, table)
    answer = operator.post(place["finish"], {"digest": "0" * 64})
    assert answer.status_code == 422
    assert Job.objects.count() == 0
    assert begun(operator, "daftar.csv", table).json()["received"] == 0


def test_finishing_twice_starts_one_job(operator, table):
    place = begun(operator, "daftar.csv", table).json()
    sent(operator, place, table)
    first, second = operator.post(place["finish"]), operator.post(place["finish"])
    assert first.json() == second.json()
    assert Job.objects.count() == 1


def test_an_upload_is_discarded_and_nothing_of_it_stays(
    operator, table, settings, django_capture_on_commit_callbacks
):
    place = begun(operator, "daftar.csv", table).json()
    sent(operator, place, table, 0, 50)
    upload = Upload.objects.get()
    assert "Unggahan terputus" in operator.get(place["page"]).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        operator.post(f"/terima/unggahan/{upload.id}/buang")
    assert Upload.objects.get().state == State.DISCARDED
    assert nothing_lies_about(settings)


def test_bytes_that_a_stopped_server_left_are_swept_away_later(operator, table):
    place = begun(operator, "daftar.csv", table).json()
    sent(operator, place, table, 0, 50)
    left, fresh = pieces.folder(uuid4()), pieces.folder(uuid4())
    for folder in (left, fresh):
        folder.mkdir(parents=True)
    os.utime(left, (0, 0))
    os.utime(pieces.folder(Upload.objects.get().id), (0, 0))
    assert begun(operator, "daftar.csv", table).json()["received"] == 50
    assert (left.exists(), fresh.exists()) == (False, True)


def test_the_same_file_twice_at_once_counts_once_and_says_so(operator, table, store):
    handed_in(operator, ("daftar.csv", table))
    handed_in(operator, ("salinan.csv", table))
    before = len(list_sources(store))
    assert work_off() == 2
    assert len(list_sources(store)) == before + 1
    assert sorted(Upload.objects.values_list("outcome", flat=True)) == ["already", "taken"]
    twice = Upload.objects.get(outcome="already")
    page = operator.get(f"/terima/unggahan/{twice.id}/", follow=True)
    assert "sudah pernah diterima" in page.content.decode()
    assert page.redirect_chain[0][0] == f"/terima/sumber/{twice.source}/"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\r\n \r\n", "empty_file"),
        (b"PK\x03\x04" + b"\0" * 200, "damaged_file"),
        (b"%PDF-1.7 " + b"x" * 100, "not_a_table"),
        (";".join(HEADER).encode() + b"\n", "no_rows"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_the_store_stays(operator, store, content, code):
    before = files_in(store.root)
    handed_in(operator, ("salah.csv", content))
    work_off()
    upload = Upload.objects.get()
    assert (upload.outcome, upload.refusal["code"]) == ("refused", code)
    page = operator.get(f"/terima/unggahan/{upload.id}/").content.decode()
    assert upload.refusal["message"] in page
    assert files_in(store.root) == before


def test_an_empty_file_is_told_at_once(operator, settings):
    page = handed_in(operator, ("kosong.csv", b"")).headers["Location"]
    assert page == "/terima/"
    assert begun(operator, "kosong.csv", b"").status_code == 422
    assert not Upload.objects.exists()
    assert nothing_lies_about(settings)


def test_a_file_larger_than_the_cap_is_told_before_it_is_sent(operator, table, settings):
    settings.UPLOAD_MOST_BYTES = 100
    answer = begun(operator, "daftar.csv", table)
    assert answer.status_code == 422
    assert "terlalu besar" in answer.json()["message"]
    handed_in(operator, ("daftar.csv", table))
    assert not Upload.objects.exists()


def test_a_full_disk_is_told_and_leaves_nothing_half(operator, table, settings):
    place = begun(operator, "daftar.csv", table).json()
    folder = pieces.folder(Upload.objects.get().id)
    folder.mkdir(parents=True)
    (folder / ".part").symlink_to("/dev/full")
    answer = sent(operator, place, table)
    assert answer.status_code == 507
    assert "penuh" in answer.json()["message"]


def test_names_with_signs_do_no_harm(operator, table):
    name = "<script>alert('x')</script>=1+1 SA'DIAH.csv"
    handed_in(operator, (name, table))
    work_off()
    upload = Upload.objects.get()
    assert upload.outcome == "taken"
    page = operator.get("/terima/").content.decode()
    assert "<script>alert" not in page
    assert "SA&#x27;DIAH.csv" in page
    assert pieces.safe_name("../../etc/passwd") == "passwd"
    assert pieces.safe_name("..\\.part") == "part"
    assert len(pieces.safe_name("a" * 999 + ".xlsx").encode()) < 200


def test_formula_signs_are_tamed_in_the_csv(operator, table):
    handed_in(operator, ("=cmd|' calc'!A0.csv", table))
    work_off()
    content = b"".join(operator.get("/terima/?csv=1").streaming_content).decode("utf-8-sig")
    assert "\n'=cmd" in content.replace("\r", "").replace('"', "")


def test_rows_to_mend_come_back_tied_to_their_source(operator, table, tmp_path):
    handed_in(operator, ("daftar.csv", table))
    work_off()
    first = Upload.objects.get().source
    book = operator.post(f"/terima/sumber/{first}/unduh/perbaikan.xlsx", {"purpose": "memperbaiki"})
    assert Entry.objects.get(act="download").purpose == "memperbaiki"
    mended = _with_nik(b"".join(book.streaming_content), tmp_path, "9999990101700003")
    handed_in(operator, ("perbaikan.xlsx", mended), mends=first)
    work_off()
    second = Source.objects.exclude(pk=first).get(by="operator")
    assert (second.accepted, second.corrects) == (1, [first])
    assert (
        f"/terima/sumber/{second.pk}/" in operator.get(f"/terima/sumber/{first}/").content.decode()
    )


def _with_nik(content, tmp_path, nik):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    at = sheet[0].index("NIK")
    sheet[1][at] = nik
    return workbook(tmp_path / "p.xlsx", {"A": sheet}).read_bytes()


def test_a_download_without_a_purpose_is_refused(operator, table):
    handed_in(operator, ("daftar.csv", table))
    work_off()
    source = Upload.objects.get().source
    assert (
        operator.post(f"/terima/sumber/{source}/unduh/berkas", {"purpose": " "}).status_code == 302
    )
    raw = operator.post(f"/terima/sumber/{source}/unduh/berkas", {"purpose": "pemeriksaan"})
    assert b"".join(raw.streaming_content) == table
    aside = operator.post(f"/terima/sumber/{source}/unduh/ditahan.csv", {"purpose": "periksa"})
    assert "NIK bukan 16 angka" in b"".join(aside.streaming_content).decode()
    assert operator.post(f"/terima/sumber/{source}/unduh/lain", {"purpose": "x"}).status_code == 404


def test_work_that_fails_can_be_done_again(operator, table, store):
    handed_in(operator, ("daftar.csv", table))
    upload = Upload.objects.get()
    path = pieces.folder(upload.id) / upload.name
    path.rename(path.with_name("fort"))
    work_off()
    upload.refresh_from_db()
    assert (upload.state, upload.job.state) == (State.FAILED, JobState.FAILED)
    assert "unggah sekali lagi" in operator.get(f"/terima/unggahan/{upload.id}/").content.decode()
    path.with_name("fort").rename(path)
    operator.post(f"/terima/unggahan/{upload.id}/ulangi")
    work_off()
    assert Upload.objects.get().outcome == "taken"


def test_a_crash_after_the_file_went_in_is_mended_by_doing_it_again(operator, table, store):
    handed_in(operator, ("daftar.csv", table))
    upload = Upload.objects.get()
    path = pieces.folder(upload.id) / upload.name
    receiving.take(store, path, upload, lambda _share: None)  # and then the power went
    work_off()
    upload.refresh_from_db()
    assert upload.state == State.DONE
    assert Source.objects.get(pk=upload.source).read == 3


def test_the_command_line_s_sources_are_listed_too(operator, store):
    page = operator.get("/terima/").content.decode()
    mine = [each.file for each in list_sources(store) if each.region.startswith(KAB)]
    assert mine
    listed = re.findall(r'href="/terima/sumber/([0-9a-f]{16})/"', page)
    assert len(listed) == len(mine)
    assert "daftar awal" in page


def test_a_receipt_shows_kinds_of_cells_never_their_values(operator, table):
    handed_in(operator, ("daftar.csv", table.replace(b";123;", b";1234567890123456789;")))
    work_off()
    page = operator.get(f"/terima/sumber/{Upload.objects.get().source}/").content.decode()
    assert "19 angka" in page
    assert "1234567890" not in page
