"""Long work of this room, in the job worker. Each may be run again: it finds what stands."""

from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _
from django_tasks import task

from mutakhir.casework.desk import propose_period
from mutakhir.linkage.model_file import default_model
from mutakhir.numerals import dots
from mutakhir.roll.steps import roll_before
from mutakhir_web.accounts.models import User
from mutakhir_web.bulk import door
from mutakhir_web.jobs.work import Work, at_work, when_free
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.bulk_decisions import Plan, run
from mutakhir_web.review.filters import Filter


@task()
def propose(job_id: str, period: str) -> None:
    """Make the period's proposals from the files taken in, and open their cases."""
    with at_work(job_id) as work:
        work.told(0.05, _("Menautkan baris sumber dengan daftar."))
        when_free(lambda: _propose(period))
        work.told(0.5, _("Menyusun kasus."))
        added = open_cases(period, progress=lambda share: work.told(0.5 + share / 2))
        work.done(_("%(n)s usulan baru masuk antrean.") % {"n": dots(added)}, added=added)


def _propose(period: str) -> None:
    store = door.store()
    before = roll_before(store, period)
    propose_period(
        store,
        period,
        voters=before.voters,
        departed=before.departed,
        linker=door.linker(),
        model=default_model(),
        law=door.law(period),
    )


@task()
def decide_bulk(job_id: str, query: str, plan: dict[str, Any]) -> None:
    """Decide at once what a confirmed filter of equal evidence held."""
    with at_work(job_id) as work:
        _decide_bulk(work, User.objects.get(username=work.job.by), query, Plan(**plan))


def _decide_bulk(work: Work, by: User, query: str, plan: Plan) -> None:
    asked = dict(parse_qsl(query))
    found = Filter.parse(asked, kab=work.job.kab, period=asked["periode"])
    receipt = run(by=by, asked=found, plan=plan, told=work.told)
    said = _("%(sealed)s diputuskan, %(refused)s ditolak aturan.") % {
        "sealed": dots(receipt.sealed),
        "refused": dots(len(receipt.refused)),
    }
    work.done(said, sealed=receipt.sealed, refused=receipt.refused)
