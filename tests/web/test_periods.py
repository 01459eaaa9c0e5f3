"""A period from open to closed, by the people who may, with documents at the end."""

import re

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lib.workplace import KAB, RUNNING
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.jobs.models import Job
from mutakhir_web.periods import queries
from mutakhir_web.periods.models import Step
from mutakhir_web.periods.stages import Stage

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
