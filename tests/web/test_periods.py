"""A period from open to closed, by the people who may, with documents at the end."""

import io
import re
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from lib.workplace import CLOSED, KAB, OTHER_KAB, RUNNING
from mutakhir.casework.desk import read_proposals
from mutakhir.casework.verdict import Verdict
from mutakhir.recap import editions
from mutakhir.recap.table import Count
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.jobs.models import Job
from mutakhir_web.periods import actions, queries
from mutakhir_web.periods.checklist import checklist, count_open, stopping
from mutakhir_web.periods.models import Step
from mutakhir_web.periods.stages import Stage
from mutakhir_web.review import gate
from mutakhir_web.review.bridge import open_cases

pytestmark = pytest.mark.usefixtures("store")


def work():
    """Do what waits in the queue, as the worker does."""
    for waiting in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
        DBTaskResult.objects.filter(pk=waiting.pk).update(status=TaskResultStatus.SUCCESSFUL)


@pytest.fixture
def office(people, signed_in):
    return Office(people, signed_in)


class Office:
    """People of one kab/kota at their browsers."""

    def __init__(self, people, signed_in):
        self.people, self._signed_in, self._clients = people, signed_in, {}

    def get(self, who, path):
        return self._client(who).get(f"/periode/{path}")

    def post(self, who, path, **values):
        return self._client(who).post(f"/periode/{path}", values, follow=True)

    def _client(self, who):
        if who not in self._clients:
            self._clients[who] = self._signed_in(getattr(self.people, who))
        return self._clients[who]

    def step(self, who, step, seen, **said):
        return self.post(who, f"{RUNNING}/langkah/", step=step, seen=seen, **said)

    def ready_for_the_plenary(self):
        open_cases(RUNNING)
        self.post("operator", f"{RUNNING}/bawa/", cases="200")
        self.post("operator", f"{RUNNING}/bangun/")
        work()
        self.post("operator", f"{RUNNING}/tanggal/", plenary_on="2027-01-04")
        self.step("operator", "freeze", "open")
        return self.step("operator", "convene", "frozen")

    def hold_the_meeting(self):
        return self.post("operator", f"{RUNNING}/pleno/", **meeting())

    def close(self):
        page = self.post("commissioner", f"{RUNNING}/terbitkan/")
        work()
        return page


def meeting(**changed):
    """The plenary's form, filled in."""
    rows = {
        f"{kind}-{part}_FORMS": "0"
        for kind in ("attendees", "objections", "commissioners")
        for part in ("INITIAL", "TOTAL")
    }
    return {
        **rows,
        "n": "7",
        "number_pattern": "{n}/PL.02.1-BA/{kode}/{year}",
        "office": "KPU",
        "day": "2027-01-04",
        "hour": "09:00",
        "zone": "WIB",
        "place": "Aula KPU Kota Serang",
        "chair": "Ketua KPU Kota Serang",
        "attendees-TOTAL_FORMS": "2",
        "attendees-0-institution": "Bawaslu",
        "objections-TOTAL_FORMS": "1",
        "objections-0-by": "Bawaslu",
        "objections-0-objection": "TPS 3 belum dicek",
        "objections-0-answer": "Dicek dan sesuai",
        **changed,
    }


def said(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_quarter_closes_and_its_documents_are_there(office):
    office.ready_for_the_plenary()
    assert queries.stage_of(KAB, RUNNING) is Stage.PLENARY
    office.hold_the_meeting()
    office.close()
    job = Job.objects.get(kind=f"publish:{RUNNING}")
    assert job.ended_well, job.said
    assert queries.stage_of(KAB, RUNNING) is Stage.CLOSED
    [edition] = queries.editions(KAB, RUNNING)
    assert edition.minutes == "7/PL.02.1-BA/3673/2027"
    pdf = office.get("bawaslu", f"{RUNNING}/edisi/1/berita-acara.pdf?kab={KAB}")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert "attachment" in pdf["Content-Disposition"]
    assert pdf["X-Content-Type-Options"] == "nosniff"
    assert {s.step for s in Step.objects.all()} == {"freeze", "convene", "close"}
    assert Entry.objects.filter(act="period_close", by="anggota", kab=KAB).count() == 1
    assert (RUNNING, KAB) in door.book().closed


@pytest.mark.parametrize("who", ["operator", "checker", "commissioner", "bawaslu", "coordinator"])
def test_who_sees_periods_sees_them_all(office, who):
    page = said(office.get(who, f"?kab={KAB}"))
    assert "Triwulan III Tahun 2026" in page
    assert "ditutup" in page
    assert "Triwulan IV Tahun 2026" in page


WHY = {"reason": "Saran perbaikan Bawaslu: satu warga meninggal", "rule": "Surat 12/PM.00.02/2027"}


def test_a_late_correction_goes_through_a_visible_amendment(office):
    office.ready_for_the_plenary()
    office.hold_the_meeting()
    office.close()
    office.step("commissioner", "reopen", "closed", **WHY)
    assert queries.stage_of(KAB, RUNNING) is Stage.REOPENED
    remove_somebody()
    office.post("operator", f"{RUNNING}/bangun/")
    work()
    office.step("operator", "freeze", "reopened")
    office.step("operator", "convene", "frozen")
    page = said(office.get("operator", f"{RUNNING}/pleno/"))
    assert "untuk edisi 2" in page
    office.post("operator", f"{RUNNING}/pleno/", **meeting(n="8"))
    office.close()

    first, second = queries.editions(KAB, RUNNING)
    assert second.totals["akhir"]["total"] == first.totals["akhir"]["total"] - 1
    assert (second.reason, second.rule) == (WHY["reason"], WHY["rule"])
    old = pages(office.get("operator", f"{RUNNING}/edisi/1/berita-acara.pdf"))
    new = pages(office.get("operator", f"{RUNNING}/edisi/2/berita-acara.pdf"))
    assert "PERUBAHAN" not in old.replace(" ", "")
    assert "PERUBAHAN" in new.replace(" ", "")
    assert "atas Berita Acara Nomor: 7/PL.02.1-BA/3673/2027" in new
    assert "Dasar: Surat 12/PM.00.02/2027" in new
    page = said(office.get("bawaslu", f"{RUNNING}/?kab={KAB}"))
    assert "sudah diganti" in page
    assert "(−1)" in page
    assert WHY["reason"] in page


def remove_somebody():
    """Two people accept one removal of the running period by its document."""
    docket = door.docket(RUNNING)
    rows = read_proposals(door.store(), RUNNING).to_pylist()
    removal = next(
        row["proposal_id"]
        for row in rows
        if row["kab"] == KAB
        and row["kind"] == "remove"
        and docket.objection(Verdict(row["proposal_id"], "accept", "operator"), kab=KAB) is None
    )
    for act, by in (("accept", "operator"), ("approve", "pemeriksa")):
        sealed = docket.seal([Verdict(removal, act, by)], kab=KAB, at=actions.now())
        assert not sealed.refused, sealed.refused


def test_a_decision_during_the_build_asks_for_another_build(office, monkeypatch):
    builder = type(door.linker())
    counted = builder.root

    def root(self, *given):
        monkeypatch.setattr(builder, "root", counted)
        remove_somebody()
        return counted(self, *given)

    monkeypatch.setattr(builder, "root", root)
    office.post("operator", f"{RUNNING}/bangun/")
    work()
    assert Job.objects.get(kind=queries.BUILD + f":{RUNNING}").ended_well
    (built,) = [item for item in checklist(KAB, RUNNING) if item.key == "built"]
    assert (built.mark, built.said) == ("stop", "versi 3 belum memuat 2 putusan: bangun lagi")
    office.post("operator", f"{RUNNING}/bangun/")
    work()
    assert "built" not in [item.key for item in stopping(checklist(KAB, RUNNING), "convene")]


def pages(response):
    content = io.BytesIO(b"".join(response.streaming_content))
    return " ".join(" ".join(p.extract_text() for p in PdfReader(content).pages).split())


def test_a_period_on_which_a_later_version_stands_is_not_reopened(office):
    office.post("operator", f"{RUNNING}/bangun/")
    work()
    page = office.post("commissioner", f"{CLOSED}/langkah/", step="reopen", seen="closed", **WHY)
    assert "versi 3 sudah berdiri di atas periode 2026-Q3" in said(page)
    assert queries.stage_of(KAB, CLOSED) is Stage.CLOSED


@pytest.mark.parametrize("missing", ["reason", "rule"])
def test_nobody_reopens_without_reason_and_rule(office, missing):
    said_now = {**WHY, missing: " "}
    page = office.post(
        "commissioner", f"{CLOSED}/langkah/", step="reopen", seen="closed", **said_now
    )
    assert queries.stage_of(KAB, CLOSED) is Stage.CLOSED
    assert ("Sebut dasarnya" if missing == "rule" else "Tulis alasannya") in said(page)


def test_a_skipped_period_says_why_and_the_desk_goes_on_to_the_next(office):
    office.step("commissioner", "skip", "open", **WHY)
    assert queries.stage_of(KAB, RUNNING) is Stage.SKIPPED
    page = said(office.get("bawaslu", f"{RUNNING}/?kab={KAB}"))
    assert WHY["rule"] in page
    assert "dilewati" in page
    assert door.current_period(KAB) == "2027-Q1"
    assert door.current_period(OTHER_KAB) == RUNNING


@pytest.mark.parametrize("who", ["operator", "checker", "coordinator", "bawaslu", "security"])
def test_only_a_commissioner_reopens_and_skips(office, who):
    for step, label in (("reopen", CLOSED), ("skip", RUNNING)):
        seen = str(queries.stage_of(KAB, label))
        office.post(who, f"{label}/langkah/?kab={KAB}", step=step, seen=seen, **WHY)
    assert queries.stage_of(KAB, CLOSED) is Stage.CLOSED
    assert queries.stage_of(KAB, RUNNING) is Stage.OPEN


def test_a_stranger_finds_nothing_of_another_kab(office):
    for path in ("", f"{RUNNING}/", f"{RUNNING}/pleno/"):
        assert office.get("stranger", f"{path}?kab={KAB}").status_code == 404
    answer = office.post("stranger", f"{RUNNING}/langkah/?kab={KAB}", step="freeze", seen="open")
    assert answer.status_code == 404
    assert queries.stage_of(KAB, RUNNING) is Stage.OPEN


@pytest.mark.parametrize("who", ["security", "administrator"])
def test_who_has_no_business_with_periods_is_refused(office, who):
    assert office.get(who, f"{RUNNING}/?kab={KAB}").status_code == 403


def test_the_plenary_waits_until_every_line_of_the_checklist_is_green(office):
    office.step("operator", "freeze", "open")
    page = said(office.step("operator", "convene", "frozen"))
    assert "Daftar dibangun dari semua putusan: belum dibangun" in page
    assert queries.stage_of(KAB, RUNNING) is Stage.FROZEN


def test_open_cases_stop_the_plenary_until_somebody_carries_them_over(office):
    assert "susun ulang" in next(i.said for i in checklist(KAB, RUNNING) if i.key == "cases")
    open_cases(RUNNING)
    stopped = [i.key for i in stopping(checklist(KAB, RUNNING), "convene")]
    assert "cases" in stopped
    left = count_open(KAB, RUNNING)
    office.post("operator", f"{RUNNING}/bawa/", cases=str(left))
    assert "cases" not in [i.key for i in stopping(checklist(KAB, RUNNING), "convene")]
    office.post("operator", f"{RUNNING}/bawa/", cases=str(left - 1))
    assert "cases" in [i.key for i in stopping(checklist(KAB, RUNNING), "convene")]


def test_a_decision_after_the_build_asks_for_another_build(office):
    office.ready_for_the_plenary()
    remove_somebody()
    office.hold_the_meeting()
    page = said(office.close())
    assert "versi 3 belum memuat 2 putusan: bangun lagi" in page
    assert queries.stage_of(KAB, RUNNING) is Stage.PLENARY
    assert queries.editions(KAB, RUNNING) == []


def test_a_broken_identity_refuses_and_names_cell_and_difference(office, monkeypatch):
    office.ready_for_the_plenary()
    office.hold_the_meeting()
    true = editions.counted

    def short_of_one(*given):
        found = true(*given)
        row = found.rows[0]
        closing = row.counts["akhir"]
        row.counts["akhir"] = Count(closing.L, closing.P, closing.total - 1)
        return found

    monkeypatch.setattr(editions, "counted", short_of_one)
    office.close()
    job = Job.objects.get(kind=f"publish:{RUNNING}")
    assert not job.ended_well
    assert "sel total tertulis" in job.said
    assert "selisih −1" in job.said
    assert (RUNNING, KAB) not in door.book().closed
    assert queries.editions(KAB, RUNNING) == []


def test_a_closing_that_broke_off_before_its_documents_goes_on(office):
    office.ready_for_the_plenary()
    office.hold_the_meeting()
    actions.move(
        by=office.people.commissioner, kab=KAB, label=RUNNING, step="close", seen="plenary"
    )
    assert "dokumennya belum diterbitkan" in said(office.get("commissioner", f"{RUNNING}/"))
    office.close()
    assert [e.edition for e in queries.editions(KAB, RUNNING)] == [1]
    office.close()
    assert [e.edition for e in queries.editions(KAB, RUNNING)] == [1]


def test_a_second_click_on_a_stale_page_changes_nothing(office):
    office.step("operator", "freeze", "open")
    page = office.step("operator", "freeze", "open")
    assert "sudah berubah" in said(page)
    assert Step.objects.filter(step="freeze").count() == 1


def test_while_the_plenary_runs_nothing_is_decided_and_once_frozen_nothing_proposed(office):
    assert gate.proposing_objection(RUNNING) is None
    office.ready_for_the_plenary()
    assert "tunda pleno" in gate.objection(KAB, RUNNING)
    assert gate.objection(OTHER_KAB, RUNNING) is None
    assert "tidak disusun ulang" in gate.proposing_objection(RUNNING)
    office.step("operator", "adjourn", "plenary", reason="Bawaslu meminta cek ulang")
    assert gate.objection(KAB, RUNNING) is None


def test_the_plenary_is_saved_as_it_is_typed_and_what_is_wrong_is_named(office):
    client = office._client("operator")
    answer = client.post(f"/periode/{RUNNING}/pleno/", meeting(), headers={"HX-Request": "true"})
    assert "Tersimpan" in answer.content.decode()
    held = queries.meeting(KAB, RUNNING)
    assert held.attendees == [{"institution": "Bawaslu", "names": ""}]
    wrong = meeting(number_pattern="{nomor}", hour="25:99")
    answer = client.post(f"/periode/{RUNNING}/pleno/", wrong, headers={"HX-Request": "true"})
    assert "Belum tersimpan" in answer.content.decode()
    assert "nomor" in said(answer)
    assert queries.meeting(KAB, RUNNING).number_pattern == "{n}/PL.02.1-BA/{kode}/{year}"


def test_bawaslu_reads_the_plenary_and_cannot_write_it(office):
    assert office.get("bawaslu", f"{RUNNING}/pleno/?kab={KAB}").status_code == 200
    answer = office.post("bawaslu", f"{RUNNING}/pleno/?kab={KAB}", **meeting())
    assert answer.status_code == 403


def test_one_more_row_comes_with_its_number(office):
    path = f"{RUNNING}/pleno/baris/attendees/?attendees-TOTAL_FORMS=3"
    answer = office.get("operator", path).content.decode()
    assert 'name="attendees-3-institution"' in answer
    assert 'value="4"' in answer
    assert office.get("operator", f"{RUNNING}/pleno/baris/voters/").status_code == 404


PDF = b"%PDF-1.4\n" + b"0" * 64


def test_a_signed_scan_is_filed_by_what_it_is(office):
    scan = SimpleUploadedFile("BA ttd.exe", PDF)
    office.post("operator", f"{RUNNING}/pindai/", scan=scan)
    [filed] = queries.scans(KAB, RUNNING)
    assert (filed.content_type, filed.sha256) == ("application/pdf", sha256(PDF).hexdigest())
    answer = office.get("bawaslu", f"{RUNNING}/pindai/{filed.pk}/?kab={KAB}")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert office.get("stranger", f"{RUNNING}/pindai/{filed.pk}/").status_code == 404


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00" + b"0" * 64, b"<html>" + b"0" * 64])
def test_what_is_no_scan_is_refused_whatever_its_name(office, content):
    page = office.post("operator", f"{RUNNING}/pindai/", scan=SimpleUploadedFile("a.pdf", content))
    assert any(words in page.content.decode() for words in ("Berkas kosong", "Bukan foto"))
    assert list(queries.scans(KAB, RUNNING)) == []


def test_a_scan_may_be_larger_than_a_photo_but_not_without_end(office, monkeypatch):
    monkeypatch.setattr("mutakhir_web.common.attachments.LARGEST", 10)
    office.post("operator", f"{RUNNING}/pindai/", scan=SimpleUploadedFile("a.pdf", PDF))
    assert queries.scans(KAB, RUNNING)
    monkeypatch.setattr("mutakhir_web.periods.actions.SCAN_LIMIT", 10)
    page = office.post("operator", f"{RUNNING}/pindai/", scan=SimpleUploadedFile("b.pdf", PDF))
    assert "terlalu besar" in page.content.decode()


def test_no_document_of_another_name_leaves_the_store(office):
    office.ready_for_the_plenary()
    office.hold_the_meeting()
    office.close()
    for name in ("edisi.json", "..%2F..%2Fedisi.json", "lain.pdf"):
        assert office.get("operator", f"{RUNNING}/edisi/1/{name}").status_code == 404
    assert office.get("operator", f"{RUNNING}/edisi/2/berita-acara.pdf").status_code == 404
