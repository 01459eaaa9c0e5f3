"""Jobs: how far they are, and how they end, in words that name nobody."""

import re
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lib.job_worker import work_off
from lib.workplace import KAB
from mutakhir.recap.identities import RefusedError
from mutakhir.roll.findings import BuildRefusedError, Finding
from mutakhir.roll.lookup_index import fresh
from mutakhir.store import StoreBusyError
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.common.logs import Formatter
from mutakhir_web.intake.receiving import GoneError
from mutakhir_web.jobs.actions import recover, start
from mutakhir_web.jobs.models import Job, State
from mutakhir_web.jobs.work import IN_WORDS, at_work, when_free
from mutakhir_web.periods import actions as periods
from mutakhir_web.review import actions as review
from mutakhir_web.voters import tasks

pytestmark = pytest.mark.django_db

NIK, NAME = "3673014107900001", "SA'DIAH"


@pytest.fixture
def job(db):
    return Job.objects.create(kind="sample", title="Contoh", kab=KAB, by="operator")


def again(job):
    """The job as the page sees it now."""
    job.refresh_from_db()
    return job


def written(caplog):
    """What the server writes about itself, in the form that settings give it."""
    line = Formatter("%(levelname)s %(message)s")
    return "\n".join(line.format(record) for record in caplog.records)


def failed(job, error):
    """The job after its work raised ``error``."""
    with at_work(str(job.pk)):
        raise error
    return again(job)


def test_a_page_sees_how_far_the_work_is(job, people, signed_in):
    operator = signed_in(people.operator)
    with at_work(str(job.pk)) as work:
        work.told(0.4, "Membaca baris.")
        page = operator.get(f"/pekerjaan/{job.pk}/").content.decode()
        assert again(job).state == State.RUNNING
    assert 'aria-valuenow="40"' in page
    assert "Membaca baris." in page
    assert "hx-get" in page  # it asks again


def test_progress_is_noted_about_once_a_second_and_at_the_end(job):
    with at_work(str(job.pk)) as work:
        work.told(0.1, "satu")
        work.told(0.2, "dua")
        assert (again(job).share, job.said) == (0.1, "satu")
        work.told(1.0, "tiga")
        assert (again(job).share, job.said) == (1.0, "tiga")


def test_a_done_job_says_its_result_and_is_asked_no_more(job, people, signed_in):
    with at_work(str(job.pk)) as work:
        work.done("Selesai: 3 usulan.", added=3)
    assert (again(job).state, job.share, job.result) == (State.DONE, 1.0, {"added": 3})
    assert job.started <= job.ended
    page = signed_in(people.operator).get(f"/pekerjaan/{job.pk}/").content.decode()
    assert "Selesai: 3 usulan." in page
    assert "hx-get" not in page


@pytest.mark.parametrize("kind", sorted({*IN_WORDS} - {BuildRefusedError, RefusedError}, key=repr))
def test_an_error_of_the_domain_becomes_its_words(job, kind):
    assert failed(job, kind("gudang belum siap; susun usulan dulu")).state == State.FAILED
    assert job.said == "gudang belum siap; susun usulan dulu"


def test_what_stops_a_build_is_said_with_its_place(job):
    finding = Finding("stop", "beda", "3673011001", "jumlah tidak sama")
    assert failed(job, BuildRefusedError([finding])).said == "3673011001: jumlah tidak sama"


@pytest.mark.parametrize("kind", [periods.NotNowError, review.RefusedError, GoneError])
def test_a_refusal_of_a_room_above_becomes_its_words(job, kind):
    assert failed(job, kind("belum dapat; ulangi besok")).said == "belum dapat; ulangi besok"


def test_a_full_disk_is_said_in_words_without_the_file(job):
    with at_work(str(job.pk)), Path("/dev/full").open("wb", buffering=0) as disk:
        disk.write(b"x")
    assert again(job).state == State.FAILED
    assert "Periksa ruang disk" in job.said
    assert "No space left" in job.said
    assert "/dev/full" not in job.said


@pytest.mark.parametrize("kind", [ValueError, KeyError, RuntimeError])
def test_an_unexpected_error_becomes_a_reference_and_its_text_goes_nowhere(job, kind, caplog):
    said = failed(job, kind(f"baris NIK {NIK} atas nama {NAME}")).said
    reference = re.search(r"nomor ([0-9a-f]{8}) ", said)[1]
    assert f"ERROR job sample failed, reference {reference}" in written(caplog)
    assert f"builtins.{kind.__name__}" in written(caplog)
    for text in (said, written(caplog)):
        assert NIK not in text
        assert NAME not in text


def test_an_unexpected_error_that_came_of_another_is_as_silent(job, caplog):
    with at_work(str(job.pk)):
        try:
            int(f"{NIK} {NAME}")
        except ValueError as error:
            raise RuntimeError(f"gagal: {NAME}") from error
    assert again(job).state == State.FAILED
    assert "builtins.ValueError" in written(caplog)
    assert NIK not in written(caplog)
    assert NAME not in written(caplog)


def test_work_that_a_crash_broke_off_goes_back_and_is_done(store, people):
    version = door.latest().version
    job = start(tasks.index, by=people.operator, kind="index", title="Indeks", version=version)
    Job.objects.update(state=State.RUNNING)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert work_off() == 0  # nobody takes what seems to be at work
    assert recover() == 1
    assert again(job).state == State.WAITING
    assert work_off() == 1
    assert again(job).state == State.DONE, job.said
    assert fresh(store, version)


def test_what_has_ended_is_not_put_back(job):
    Job.objects.update(state=State.DONE)
    assert recover() == 0
    assert again(job).state == State.DONE


def test_who_started_a_job_stands_in_the_audit(store, people):
    job = start(tasks.index, by=people.operator, kind="index", title="x", kab=KAB, version=1)
    entry = Entry.objects.get(act="job")
    assert (entry.by, entry.kab, entry.subject) == ("operator", KAB, f"job:{job.pk}")


def test_a_stranger_finds_no_job_of_another_kabupaten(job, people, signed_in):
    address = f"/pekerjaan/{job.pk}/"
    assert signed_in(people.stranger).get(address).status_code == 404
    assert signed_in(people.coordinator).get(address).status_code == 200
    nobody = "/pekerjaan/00000000-0000-4000-8000-000000000000/"
    assert signed_in(people.operator).get(nobody).status_code == 404


def test_a_job_waits_while_somebody_else_writes_the_store():
    tries = []

    def busy():
        tries.append(1)
        if len(tries) == 1:
            raise StoreBusyError("gudang sedang ditulis")
        return "selesai"

    assert when_free(busy) == "selesai"
    with pytest.raises(StoreBusyError):
        when_free(_busy, patience=0)


def _busy():
    raise StoreBusyError("gudang sedang ditulis")
