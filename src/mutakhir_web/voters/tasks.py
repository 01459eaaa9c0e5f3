"""Jobs of this room."""

from django.utils.translation import gettext as _
from django_tasks import task

from mutakhir.roll.lookup_index import build_lookup, fresh
from mutakhir_web.bulk import door
from mutakhir_web.jobs.work import at_work, when_free


@task()
def index(job_id: str, version: int) -> None:
    """Make the look-up index of a roll version, unless it stands."""
    with at_work(job_id) as work:
        if not fresh(door.store(), version):
            when_free(lambda: build_lookup(door.store(), version, work.told))
        work.done(_("Daftar versi %(version)d dapat dicari.") % {"version": version})
