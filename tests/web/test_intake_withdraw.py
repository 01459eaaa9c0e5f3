"""A source is withdrawn by two people, and what rests on it is told beforehand."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lib.job_worker import work_off
from lib.workplace import KAB, RUNNING
from mutakhir.casework.desk import read_proposals
from mutakhir.casework.verdict import Verdict
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.intake import mirror
from mutakhir_web.intake.models import Source

AT = "2026-11-28T09:00:00+07:00"


@pytest.fixture
def source(store, db):
    """The certificates of this quarter."""
    mirror.catch_up()
    return Source.objects.get(
        kabs__kab=KAB, period=RUNNING, file__startswith="disdukcapil_akta_kematian"
    )


@pytest.fixture
def resting(store, source):
    """Deaths that stand on the source alone, in effect: how many."""
    alone = [
        row["proposal_id"]
        for row in read_proposals(store, RUNNING).to_pylist()
        if row["kind"] == "remove"
        and {each["record_id"].split(":")[0] for each in row["evidence"]} == {source.pk}
    ]
    docket = door.docket(RUNNING)
    for act, by in (("accept", "satu"), ("approve", "dua")):
        receipt = docket.seal([Verdict(each, act, by) for each in alone], kab=KAB, at=AT)
        assert not receipt.refused
    return len(alone)


def test_the_page_tells_how_many_decisions_would_fall(people, signed_in, source, resting):
    assert resting > 0
    page = signed_in(people.operator).get(f"/terima/sumber/{source.pk}/tarik").content.decode()
    assert f"{resting} putusan yang berlaku akan gugur" in page


def test_a_request_waits_for_the_second_person_who_sees_it_on_the_list(
    people, signed_in, source, store
):
    operator, checker = signed_in(people.operator), signed_in(people.checker)
    address = f"/terima/sumber/{source.pk}/tarik"
    operator.post(address, {"reason": "berkas uji, bukan dari Disdukcapil"})
    operator.post(address, {"reason": "dua kali ditekan"})
    (asked,) = (each for each in door.book().decisions if each.act == "withdraw")
    assert (asked.by, asked.kab, asked.period) == ("operator", KAB, RUNNING)
    assert Entry.objects.get(act="withdraw").subject == f"source:{source.pk}"
    page = checker.get("/terima/").content.decode()
    assert "berkas uji, bukan dari Disdukcapil" in page
    assert 'href="/antrean/orang-kedua/"' in page
    assert "penarikan menunggu persetujuan" in page
    checker.post(f"/antrean/orang-kedua/penarikan/{asked.seq}/")
    assert source.pk in door.book().withdrawn
    page = operator.get("/terima/?key=withdrawn").content.decode()
    assert source.file in page
    assert "tidak lagi dihitung" in operator.get(f"/terima/sumber/{source.pk}/").content.decode()


def test_a_request_without_a_reason_is_refused(people, signed_in, source):
    operator = signed_in(people.operator)
    address = f"/terima/sumber/{source.pk}/tarik"
    answer = operator.post(address, {"reason": "  "}, follow=True)
    assert "Sebut alasan" in answer.content.decode()
    assert not door.book().withdrawals


def test_the_opening_list_is_not_withdrawn(people, signed_in, store, db):
    mirror.catch_up()
    opening = door.book().adopted[KAB].source
    answer = signed_in(people.operator).post(
        f"/terima/sumber/{opening}/tarik", {"reason": "salah"}, follow=True
    )
    assert "daftar awal tidak bisa ditarik" in answer.content.decode()
    assert not Entry.objects.filter(act="withdraw").exists()


def test_a_withdrawn_file_handed_in_again_is_refused(people, signed_in, source, store):
    operator, checker = signed_in(people.operator), signed_in(people.checker)
    operator.post(f"/terima/sumber/{source.pk}/tarik", {"reason": "salah berkas"})
    checker.post(f"/antrean/orang-kedua/penarikan/{len(door.book().decisions)}/")
    raw = SimpleUploadedFile("lagi.xlsx", (store.source(source.pk) / "raw").read_bytes())
    said = {"agency": "disdukcapil", "region": KAB, "codes": "2023", "file": raw}
    page = operator.post("/terima/serahkan", said).url
    work_off()
    shown = operator.get(page).content.decode()
    assert re.search(r"sudah ditarik dengan keputusan", shown)
