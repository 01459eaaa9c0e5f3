"""Starting long work, and finding it again after a crash."""

from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from mutakhir_web.accounts.models import User
from mutakhir_web.audit import auditor
from mutakhir_web.jobs.models import Job, State


@transaction.atomic
def start(
    task: Task[Any, Any], *, by: User, kind: str, title: str, kab: str = "", **given: Any
) -> Job:
    """Put ``task`` in the queue as a job. The task is called with ``job_id`` and ``given`` (JSON).

    Job, queue entry and audit entry stand in one transaction: all of them or none.
    """
    job = Job.objects.create(kind=kind, title=title, kab=kab, by=by.username)
    task.enqueue(job_id=str(job.id), **given)
    auditor.record("job", by=by, kab=kab, subject=f"job:{job.id}", kind=kind)
    return job


@transaction.atomic
def recover() -> int:
    """Put work that a crash broke off back into the queue; how many there were.

    Called by the only job worker before it starts, so whatever claims to run does not. Every step
    of the work may be run again: it finds what stands and goes on.
    """
    broken = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    Job.objects.filter(state=State.RUNNING).update(state=State.WAITING)
    return int(broken.update(status=TaskResultStatus.READY, started_at=None))
