"""Jobs of this room."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_tasks import task

from mutakhir.intake.receipt import Receipt
from mutakhir.numerals import dots
from mutakhir_web.intake import receiving, rehearsing
from mutakhir_web.intake.models import State, Upload
from mutakhir_web.jobs.work import Work, at_work


@task()
def receive(job_id: str, upload_id: str) -> None:
    """Take an uploaded file into the store."""
    with at_work(job_id) as work, _upload(upload_id) as upload:
        if upload.state == State.DONE:
            return  # done before a crash, and noted
        receipt = receiving.receive(upload, _told(work))
        work.done(said(receipt), source=receipt.source_id, status=receipt.status)


@task()
def rehearse(job_id: str, upload_id: str) -> None:
    """Try an uploaded file where nothing counts."""
    with at_work(job_id) as work, _upload(upload_id) as upload:
        if upload.state != State.WHOLE:
            return  # done before a crash, and noted
        found = rehearsing.rehearsed(
            upload, lambda share: work.told(share, _("Menautkan dan menyusun usulan coba-coba."))
        )
        work.done(said(found.receipt), **rehearsing.result(found))


@contextmanager
def _upload(upload_id: str) -> Iterator[Upload]:
    """The upload of a job; when the job fails, it waits for somebody to try again."""
    upload = Upload.objects.get(pk=upload_id)
    try:
        yield upload
    except Exception:
        Upload.objects.filter(pk=upload_id).exclude(state=State.DONE).update(state=State.FAILED)
        raise


def _told(work: Work) -> receiving.Told:
    return lambda share: work.told(0.95 * share, _("Membaca baris."))


def said(receipt: Receipt) -> str:
    """A receipt in one line."""
    if receipt.error:
        return f"{receipt.error['message']} {receipt.error['action']}"
    if receipt.status == "already":
        return _("Berkas ini sudah pernah diterima; tidak ada yang berubah.")
    counts = {name: dots(count) for name, count in receipt.totals.items()}
    return (
        _("%(read)s baris = %(accepted)s diterima + %(held)s ditahan + %(rejected)s ditolak.")
        % counts
    )
