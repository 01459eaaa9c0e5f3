"""The job: one piece of long work, how far it is, and how it ended."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("menunggu giliran")
    RUNNING = "running", _("berjalan")
    DONE = "done", _("selesai")
    FAILED = "failed", _("gagal")


class Job(models.Model):
    """Kept after it ended, as the record of what was asked. ``share`` is 0 to 1.

    ``said``: the result, or what went wrong and what to do, in words for the office. ``result``:
    what the page that asked needs to go on (identities, counts).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=200)
    kab = models.CharField(max_length=4, blank=True, db_index=True)
    by = models.CharField(max_length=150)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    share = models.FloatField(default=0)
    said = models.TextField(blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        """Table options."""

        ordering = ("-created",)

    @property
    def ended_well(self) -> bool:
        """Whether the work is done."""
        return self.state == State.DONE

    @property
    def at_work(self) -> bool:
        """Whether the page should ask again."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def percent(self) -> int:
        """Progress for a bar."""
        return round(100 * self.share)
