"""At work: what a task does around its work, so that the page can tell how far it is."""

import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir.casework.casebook import CasebookError
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.casework.seal import SealError
from mutakhir.intake.mapping import MappingError
from mutakhir.intake.options import OptionError
from mutakhir.recap.identities import RefusedError
from mutakhir.recap.issued import NotClosedError
from mutakhir.roll.findings import BuildRefusedError
from mutakhir.rules import RulesError
from mutakhir.store import StoreBusyError, StoreError
from mutakhir_web.jobs.models import Job, State

log = logging.getLogger(__name__)


class InWordsError(ValueError):
    """What a room of the workplace can't do; the message is for the screen: why, and what to do."""


#: Errors that say in words what is wrong and what to do, and quote no row. Others are told by a
#: reference only.
IN_WORDS = (
    BuildRefusedError,
    CasebookError,
    DecisionFileError,
    InWordsError,
    MappingError,
    NotClosedError,
    OptionError,
    RefusedError,
    RulesError,
    SealError,
    StoreError,
)
#: Seconds between two notes of progress: a page asks about once a second.
_PAUSE = 0.7
#: How long a job waits for another writer of the store.
_PATIENCE = 600.0


class Work:
    """The job of a task at work: tell it how far you are."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._told = 0.0

    def told(self, share: float, said: str = "") -> None:
        """Note progress (0 to 1), at most about once a second."""
        now = time.monotonic()
        if now - self._told < _PAUSE and share < 1:
            return
        self._told = now
        Job.objects.filter(pk=self.job.pk).update(share=min(share, 1.0), said=said)

    def done(self, said: str, **result: Any) -> None:
        """Note how it ended."""
        self.job.said, self.job.result = said, result


@contextmanager
def at_work(job_id: str) -> Iterator[Work]:
    """Run a task's work as the job ``job_id``; whatever is raised becomes the job's words."""
    job = Job.objects.get(pk=job_id)
    job.state, job.started = State.RUNNING, timezone.now()
    job.save(update_fields=["state", "started"])
    try:
        yield Work(job)
        job.state, job.share = State.DONE, 1.0
    except IN_WORDS as error:
        job.state, job.said = State.FAILED, str(error)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        job.state = State.FAILED
        job.said = _(
            "Berkas tidak dapat dibaca atau ditulis (%(reason)s). Periksa ruang disk dan izin,"
            " lalu ulangi; yang sudah tersimpan tetap utuh."
        ) % {"reason": reason}
    except Exception:
        reference = uuid.uuid4().hex[:8]
        # Its text may quote a row; the log keeps class and place (common/logs.py).
        log.exception("job %s failed, reference %s", job.kind, reference)
        job.state = State.FAILED
        job.said = _(
            "Terjadi kesalahan yang tidak terduga. Ulangi; bila terjadi lagi, sebutkan nomor"
            " %(reference)s kepada pengelola."
        ) % {"reference": reference}
    job.ended = timezone.now()
    job.save(update_fields=["state", "ended", "share", "said", "result"])


def when_free(work: Callable[[], Any], patience: float = _PATIENCE) -> Any:
    """``work()``, waiting while somebody else writes the store.

    Raises StoreBusyError after ``patience`` seconds.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return work()
        except StoreBusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
