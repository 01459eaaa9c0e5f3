"""The job worker in a test: what waits is done at once, in this process."""

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def work_off() -> int:
    """Do every job that waits, also those that jobs put in the queue; how many there were."""
    done = 0
    while waiting := list(DBTaskResult.objects.ready()):
        for result in waiting:
            arguments = result.task_result
            result.task.call(*arguments.args, **arguments.kwargs)
            DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.SUCCESSFUL)
            done += 1
    return done
