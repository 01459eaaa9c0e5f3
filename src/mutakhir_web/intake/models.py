"""What the office knows of files beside what the store says: who handed in what, and for whom."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from mutakhir_web.intake.agencies import Agency
from mutakhir_web.jobs.models import Job


class State(models.TextChoices):
    """Where an upload stands. What became of the file is ``Upload.outcome``."""

    RECEIVING = "receiving", _("sedang diunggah")
    WHOLE = "whole", _("lengkap, dikerjakan")
    TRIED = "tried", _("diuji coba, menunggu pilihan")
    DONE = "done", _("selesai")
    FAILED = "failed", _("pekerjaan gagal")
    DISCARDED = "discarded", _("dibuang")


class Upload(models.Model):
    """One file on its way from a browser into the store.

    ``modified``: the browser's time of the file's last change, by which a broken-off upload is
    found again. ``mends``: the source whose set-aside rows it hands in again. ``raw_of``: no bytes
    of its own: that source's file, read once more in another way. ``mapping``: how its columns are
    to be read; ``mapped_by``: whose remembered mapping was used. ``outcome``: a receipt's status;
    ``refusal``: code, message and action of a refused file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kab = models.CharField(max_length=4)
    period = models.CharField(max_length=7)
    name = models.CharField(_("berkas"), max_length=255)
    size = models.PositiveBigIntegerField()
    modified = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    agency = models.CharField(max_length=20, choices=Agency.choices)
    region = models.CharField(max_length=10)
    codes = models.CharField(max_length=4, default="2023")
    layout = models.CharField(max_length=40, blank=True)
    mends = models.CharField(max_length=16, blank=True)
    raw_of = models.CharField(max_length=16, blank=True)
    mapping = models.JSONField(default=dict)
    mapped_by = models.CharField(max_length=150, blank=True)
    try_first = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVING)
    outcome = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=16, blank=True, db_index=True)
    refusal = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Table options."""

        ordering = ("-at",)
        indexes = (models.Index(fields=("kab", "state", "-at"), name="upload_of_kab"),)


class Source(models.Model):
    """A source of the store as screens list it: the manifest's mirror, and the office's own notes.

    ``stamp``: when the manifest that is mirrored was written (ns). ``summary``: the receipt
    without its rows, the reasons counted, and the first rows. ``unmapped``: nothing went in since
    nobody has said what its columns hold. ``said``: somebody named the agency; else it is guessed
    from the file's name. ``by``: empty when the command line took it in.
    """

    id = models.CharField(primary_key=True, max_length=16)
    file = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(db_index=True)
    status = models.CharField(max_length=10)
    layouts = models.JSONField(default=list)
    codes = models.CharField(max_length=4)
    region = models.CharField(max_length=10, blank=True)
    mapped = models.BooleanField(default=False)
    unmapped = models.BooleanField(default=False)
    corrects = models.JSONField(default=list)
    read = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    period = models.CharField(max_length=7, db_index=True)
    agency = models.CharField(max_length=20, blank=True, choices=Agency.choices)
    said = models.BooleanField(default=False)
    by = models.CharField(max_length=150, blank=True)
    summary = models.JSONField(default=dict)
    stamp = models.BigIntegerField()

    class Meta:
        """Table options."""

        ordering = ("-taken_at", "id")


class SourceKab(models.Model):
    """A kab/kota that a source speaks of: its region, the uploader's, or where its rows lie."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="kabs")
    kab = models.CharField(max_length=4)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        """Table options."""

        constraints = (models.UniqueConstraint(fields=("kab", "source"), name="source_of_kab"),)


class Mapping(models.Model):
    """A mapping that an office confirmed, by the headings under which it is used again.

    ``content``: as ``mutakhir.intake.mapping`` loads it; ``below``: rows from the heading row to
    the first row of data.
    """

    kab = models.CharField(max_length=4)
    signature = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    content = models.JSONField()
    below = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """Table options."""

        constraints = (models.UniqueConstraint(fields=("kab", "signature"), name="one_mapping"),)


class Expected(models.Model):
    """A file that a kab/kota waits for in a period."""

    kab = models.CharField(max_length=4)
    period = models.CharField(max_length=7)
    agency = models.CharField(max_length=20, choices=Agency.choices)
    due = models.DateField(_("tenggat"))

    class Meta:
        """Table options."""

        ordering = ("due", "agency")
        constraints = (
            models.UniqueConstraint(fields=("kab", "period", "agency"), name="expected_once"),
        )
