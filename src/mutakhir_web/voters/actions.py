"""What is written here: looks, opened records, and the index that finds voters."""

from django.db import transaction
from django.utils.translation import gettext as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.jobs import actions as jobs
from mutakhir_web.jobs.models import Job
from mutakhir_web.voters import tasks
from mutakhir_web.voters.queries import Found, Record


@transaction.atomic
def note_search(*, by: User, found: Found, narrowed: list[str]) -> None:
    """Somebody searched: by what kind of term and how many were found, never the term.

    ``narrowed``: names of the refinements used.
    """
    auditor.record(
        "search",
        by=by,
        kab=by.area,
        subject=f"search:{found.by}",
        hits=found.total,
        too_many=found.too_many,
        narrowed=narrowed,
    )


@transaction.atomic
def note_look(*, by: User, record: Record) -> None:
    """Somebody looked at a record."""
    require(by, Act.SEE_VOTERS, record.kab)
    auditor.record(
        "look", by=by, kab=record.kab, subject=f"voter:{record.dpid}", day=record.day.isoformat()
    )


@transaction.atomic
def unmask(*, by: User, record: Record, purpose: str) -> None:
    """Somebody opens the numbers of a record and says what for."""
    require(by, Act.UNMASK, record.kab)
    auditor.record(
        "unmask", by=by, kab=record.kab, subject=f"voter:{record.dpid}", purpose=purpose[:300]
    )


def index(*, by: User, kab: str, version: int) -> Job:
    """Make the look-up index of a roll version; until it is there, the one before is searched."""
    require(by, Act.PREPARE, kab)
    title = _("Indeks pencarian daftar versi %(version)d") % {"version": version}
    return jobs.start(tasks.index, by=by, kind="index", title=title, kab=kab, version=version)
