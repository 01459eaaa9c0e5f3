"""Proposals from a screen: a small source like any other, refused in words, never half done."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lib.workplace import KAB, RUNNING
from mutakhir.casework.desk import read_proposals
from mutakhir.intake.sources import read_records
from mutakhir.roll import snapshot
from mutakhir.roll.lookup_index import build_lookup
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.intake.models import Source
from mutakhir_web.review.actions import decide
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Case
from mutakhir_web.review.tasks import _propose
from mutakhir_web.voters.models import Submission

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32


@pytest.fixture
def indexed(store):
    build_lookup(store, door.latest().version)
    return store


@pytest.fixture
def roll(indexed):
    return snapshot.read(indexed, door.latest().version, [KAB])


@pytest.fixture
def someone(roll):
    return next(v for v in roll.voters.to_pylist() if v["ktp_el"] == "S" and v["marital"] == "B")


@pytest.fixture
def operator(people, signed_in, indexed):
    return signed_in(people.operator)


def answers(**told):
    return {"token": str(uuid.uuid4()), "evidence": "ktp_el", **told}


def newcomer(desa, **told):
    given = {"name": "SA'DIAH", "nik": "3673014508060007", "birth_date": "05-08-2006", "sex": "P"}
    return answers(**{**given, "desa": desa, "reason": "genap_17", **told})


def sources_in(store):
    return {path.name for path in store.sources.iterdir()}


def of_voter(store, dpid):
    return [row for row in read_proposals(store, RUNNING).to_pylist() if row["dpid"] == dpid]


def test_a_correction_becomes_a_source_and_then_a_proposal(operator, store, someone):
    page = operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", answers(marital="S"))
    assert page.status_code == 302
    submission = Submission.objects.get()
    assert page["Location"] == f"/pemilih/usulan/{submission.source}/"
    (record,) = read_records(store, submission.source).to_pylist()
    assert (record["claim"], record["marital"], record["nik"]) == ("change", "S", someone["nik"])
    _propose(RUNNING)
    assert ["marital"] in [row["fields"] for row in of_voter(store, someone["dpid"])]


def test_its_source_is_named_by_day_and_number_and_by_no_person(operator, someone):
    operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", answers(marital="S"))
    source = Source.objects.get(pk=Submission.objects.get().source)
    assert re.fullmatch(rf"usulan-layar-{KAB}-\d{{4}}-\d\d-\d\d-1\.csv", source.file)
    assert (source.agency, source.period, source.by) == ("kpu", RUNNING, "operator")


def test_the_same_form_sent_twice_is_one_submission(operator, someone):
    given = answers(marital="S")
    first = operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", given)
    second = operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", given)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"birth_date": "31-02-1985"}, "anggal"),
        ({"nik": "123"}, "NIK bukan 16 angka"),
        ({"nik": "3673019908060007"}, "Tanggal di dalam NIK tidak mungkin"),
    ],
)
def test_what_intake_refuses_is_said_beside_what_was_typed(operator, store, someone, given, told):
    before = sources_in(store)
    page = operator.post(
        f"/pemilih/{someone['dpid']}/perbaiki/", answers(note="dari ketua RT", **given)
    )
    assert page.status_code == 422
    words = page.content.decode()
    assert told in words
    assert "dari ketua RT" in words
    assert next(iter(given.values())) in words
    assert sources_in(store) == before
    assert not Submission.objects.exists()


def test_nothing_said_is_no_correction(operator, someone):
    page = operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", answers())
    assert "Isi sedikitnya satu" in page.content.decode()


def test_a_move_leads_to_a_relocation(operator, store, roll, someone):
    other = next(
        v for v in roll.voters.to_pylist() if v["desa"] == someone["desa"] and v is not someone
    )
    tps = "002" if someone["tps"] == "001" else "001"
    operator.post(f"/pemilih/{someone['dpid']}/pindah/", answers(desa=other["desa"], tps_to=tps))
    _propose(RUNNING)
    assert "relocate" in [row["kind"] for row in of_voter(store, someone["dpid"])]


def test_who_should_leave_needs_two_people_still(operator, store, someone):
    given = answers(reason="meninggal", evidence="akta_kematian", event_date="01-10-2026")
    operator.post(f"/pemilih/{someone['dpid']}/keluar/", given)
    _propose(RUNNING)
    (row,) = [r for r in of_voter(store, someone["dpid"]) if r["kind"] == "remove"]
    assert row["reason"] == "meninggal"
    assert any(each["kind"] == "akta_kematian" for each in row["evidence"])


def test_who_left_may_be_proposed_back(operator, store, roll):
    moved = next(r for r in roll.departed.to_pylist() if r["reason"] not in ("meninggal", "ganda"))
    address = f"/pemilih/{moved['dpid']}/kembali/"
    assert operator.post(address, answers()).status_code == 302
    _propose(RUNNING)
    assert "restore" in [row["kind"] for row in of_voter(store, moved["dpid"])]
    assert operator.get(f"/pemilih/{moved['dpid']}/keluar/").status_code == 404


def test_a_new_voter_with_an_apostrophe_is_reported(operator, store, someone):
    page = operator.post("/pemilih/usulan/baru/", newcomer(someone["desa"]))
    assert page.status_code == 302
    (record,) = read_records(store, Submission.objects.get().source).to_pylist()
    assert (record["name"], record["claim"]) == ("SA'DIAH", "new")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=HYPERLINK(1)", '"; DROP TABLE x'])
def test_a_name_that_is_code_is_only_text(operator, someone, name):
    page = operator.post("/pemilih/usulan/baru/", newcomer(someone["desa"], name=name, nik="1"))
    assert page.status_code == 422
    assert "<script>alert" not in page.content.decode()


def test_a_new_voter_without_a_name_is_asked_for_it(operator, someone):
    page = operator.post("/pemilih/usulan/baru/", newcomer(someone["desa"], name=""))
    assert page.status_code == 422


def test_the_form_shows_no_personal_number_of_a_closed_record(operator, someone):
    words = operator.get(f"/pemilih/{someone['dpid']}/perbaiki/").content.decode()
    assert someone["nik"] not in words
    assert someone["nkk"] not in words
    assert someone["birth_date"] not in words


def test_a_photo_is_kept_and_served_to_the_area_only(operator, people, signed_in, someone):
    photo = SimpleUploadedFile("ktp SITI.png", PNG, content_type="image/png")
    operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", answers(marital="S", attachment=photo))
    submission = Submission.objects.get()
    assert "SITI" not in submission.attachment.name
    address = f"/pemilih/usulan/{submission.source}/lampiran/"
    assert b"".join(operator.get(address).streaming_content) == PNG
    assert signed_in(people.stranger).get(address).status_code == 404


def test_a_program_is_no_attachment(operator, store, someone):
    before = sources_in(store)
    fake = SimpleUploadedFile("foto.png", b"#!/bin/sh", content_type="image/png")
    page = operator.post(
        f"/pemilih/{someone['dpid']}/perbaiki/", answers(marital="S", attachment=fake)
    )
    assert "Bukan foto" in page.content.decode()
    assert sources_in(store) == before


def test_a_submission_is_written_down_without_what_it_says(operator, someone):
    operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", answers(name="NAMA YANG BENAR"))
    entry = Entry.objects.get(act="submit")
    assert entry.subject == f"source:{Submission.objects.get().source}"
    assert "NAMA" not in str(entry.__dict__)


@pytest.mark.parametrize("who", ["commissioner", "coordinator", "bawaslu", "security"])
def test_who_may_not_correct_is_refused(people, signed_in, someone, who):
    client = signed_in(getattr(people, who))
    assert client.get(f"/pemilih/{someone['dpid']}/perbaiki/").status_code == 403
    assert client.post("/pemilih/usulan/baru/", {}).status_code == 403


def test_a_stranger_can_neither_correct_nor_see_what_was_handed_in(
    operator, people, signed_in, someone
):
    operator.post(f"/pemilih/{someone['dpid']}/perbaiki/", answers(marital="S"))
    stranger = signed_in(people.stranger)
    assert stranger.get(f"/pemilih/{someone['dpid']}/perbaiki/").status_code == 404
    source = Submission.objects.get().source
    assert stranger.get(f"/pemilih/usulan/{source}/").status_code == 404


def test_a_decision_of_a_minute_ago_shows_at_once(operator, store, people, roll):
    open_cases(RUNNING)
    case = Case.objects.filter(kind="correct", kab=KAB, sampled=True).first()
    case = case or Case.objects.filter(kind="correct", kab=KAB).first()
    decide(by=people.operator, proposal=case.proposal, act="accept", seen=0, document="ktp_el")
    words = operator.get(f"/pemilih/{case.dpid}/").content.decode()
    assert f"keputusan sejak versi {door.latest().version}" in words
    found = operator.post("/pemilih/", {"apa": case.dpid}).content.decode()
    assert "ada keputusan baru" in found
