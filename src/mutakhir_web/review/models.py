"""Cases and decisions as the office's database holds them.

The decision file is the truth; ``Decided`` mirrors it line by line, so that screens can ask. A
``Case`` is a proposal with its evidence frozen as the officer saw it, and the office's own notes
on it: who works on it, until when.
"""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mutakhir.casework.proposal import KINDS
from mutakhir.casework.states import STATES


def _standing(name: str, *fields: str) -> models.Index:
    """An index over the cases that are not superseded."""
    return models.Index(fields=fields, condition=Q(superseded=False), name=name)


class Case(models.Model):
    """One proposal. ``sides``: what the roll and the sources say, frozen when the case opened.

    ``group`` is the bulk rule (equal evidence); ``sampled``: belongs to its group's sample.
    ``open``: nobody has said the last word (``casework.states.OPEN``). ``superseded``: a later
    file made `propose` put another proposal in its place before anybody decided; it is not open.
    ``place`` is its place in the queue (``review.places``), ``stamp`` a hash of what was proposed.
    ``since``: when the office first held a file that speaks for it; ``carried``: an earlier
    period left it open. ``last_seq`` is the last decision on it: what an officer has seen.
    """

    proposal = models.CharField(max_length=16, unique=True)
    period = models.CharField(max_length=7)
    kab = models.CharField(max_length=4)
    kec = models.CharField(max_length=6, blank=True)
    desa = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    reason = models.CharField(max_length=40)
    group = models.CharField(max_length=200)
    band = models.CharField(max_length=6)
    weight = models.FloatField()
    dpid = models.CharField(max_length=16, db_index=True)
    other_dpid = models.CharField(max_length=16, blank=True, db_index=True)
    other_kab = models.CharField(max_length=4, blank=True)
    record = models.CharField(max_length=80, blank=True)
    evidence = models.JSONField(default=list)  # [[record_id, kind of document], ...]
    why = models.TextField(blank=True)
    sides = models.JSONField(default=dict)  # see review.sides
    stamp = models.CharField(max_length=16)
    place = models.BigIntegerField()
    state = models.CharField(max_length=25, choices=list(STATES.items()), default="proposed")
    open = models.BooleanField(default=True)
    sampled = models.BooleanField(default=False)
    carried = models.BooleanField(default=False)
    superseded = models.BooleanField(default=False)
    since = models.DateTimeField()
    opened_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True)
    first_seq = models.PositiveBigIntegerField(null=True)  # the accept that waits or counts
    first_by = models.CharField(max_length=150, blank=True)
    last_seq = models.PositiveBigIntegerField(null=True)
    last_by = models.CharField(max_length=150, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    due = models.DateField(_("tenggat"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Table options."""

        ordering = ("place",)
        # Conditions rather than columns: SQLite looks up no truth value in an index.
        indexes = (
            _standing("case_queue", "kab", "period", "state", "place"),
            _standing("case_every", "kab", "period", "place"),
            _standing("case_kec", "kab", "period", "kec", "state", "place"),
            # All that a filter may ask for, in the order in which pages count: counting reads this
            # index alone, never the rows with what they hold of people.
            _standing(
                "case_facets",
                *("kab", "period", "state", "kind", "group", "kec", "since", "band", "reason"),
                *("due", "assigned_to", "sampled", "carried", "other_kab"),
            ),
            models.Index(
                fields=("kab", "period", "state", "place"),
                condition=Q(sampled=True),
                name="case_sample",
            ),
            models.Index(
                fields=("kab", "period", "kind", "kec", "since"),
                condition=Q(open=True),
                name="case_left",
            ),
            models.Index(fields=("kab", "state", "place"), name="case_second"),
            models.Index(
                fields=("other_kab", "period"), condition=~Q(other_kab=""), name="case_cross"
            ),
            models.Index(
                fields=("assigned_to", "state", "place"),
                condition=Q(assigned_to__isnull=False),
                name="case_mine",
            ),
        )


class Decided(models.Model):
    """One line of the decision file, mirrored. Append-only in the database."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    period = models.CharField(max_length=7)
    kab = models.CharField(max_length=4)
    act = models.CharField(max_length=20)
    by = models.CharField(max_length=150, db_index=True)
    rule = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    proposal = models.CharField(max_length=16, blank=True, db_index=True)
    kind = models.CharField(max_length=10, blank=True)
    dpid = models.CharField(max_length=16, blank=True, db_index=True)
    reason = models.CharField(max_length=40, blank=True)
    target = models.PositiveBigIntegerField(null=True, db_index=True)
    source = models.CharField(max_length=16, blank=True)
    bulk = models.CharField(max_length=200, blank=True)
    line = models.JSONField()  # the whole line

    class Meta:
        """Table options."""

        ordering = ("seq",)
        indexes = (models.Index(fields=("kab", "period", "act"), name="decided_period"),)


def private() -> object:
    """Storage of attachments: outside the web root, served only through a view that asks who."""
    return default_storage


class Attachment(models.Model):
    """A photo or PDF that an officer laid beside a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="lampiran/", storage=private)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
