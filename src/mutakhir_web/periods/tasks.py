"""Jobs of this room: build a roll, close a period and issue its documents."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_tasks import task

from mutakhir.numerals import dots
from mutakhir.roll.findings import BuildRefusedError
from mutakhir_web.accounts.models import User
from mutakhir_web.jobs.work import Work, at_work
from mutakhir_web.periods import publish


@task()
def build(job_id: str, label: str) -> None:
    """Build the period's roll version."""
    with at_work(job_id) as work, _findings_kept(work):
        user, kab = User.objects.get(username=work.job.by), work.job.kab
        manifest = publish.build(by=user, kab=kab, label=label, told=work.told)
        told = {"version": manifest.version, "n": dots(manifest.counts[kab]["total"])}
        work.done(_("Versi %(version)s dibangun: %(n)s pemilih.") % told, version=manifest.version)


@task()
def close_and_issue(job_id: str, label: str) -> None:
    """Close the period and issue berita acara, annexes, tables and bulletin."""
    with at_work(job_id) as work, _findings_kept(work):
        user, kab = User.objects.get(username=work.job.by), work.job.kab
        issued = publish.close_and_issue(by=user, kab=kab, label=label, told=work.told)
        told = {"n": issued.edition, "files": len(issued.files)}
        work.done(
            _("Ditutup dan diterbitkan: edisi %(n)s, %(files)s dokumen.") % told,
            **publish.as_result(issued),
        )


@contextmanager
def _findings_kept(work: Work) -> Iterator[None]:
    """What stopped a build is kept with the job, each finding with its place."""
    try:
        yield
    except BuildRefusedError as error:
        work.job.result = {"findings": [each.as_json() for each in error.findings]}
        raise
