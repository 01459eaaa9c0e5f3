"""A period of one kab/kota, as the office walks through it: its steps, its plenary, its scans."""

from datetime import date, datetime, time

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutakhir.recap import meeting as minutes
from mutakhir_web.periods.stages import Stage


class Period(models.Model):
    """``label`` as 2026-Q4. ``stage`` is the office's own; what the decision file says goes
    before it (``queries.stage_of``). ``reason`` and ``rule``: of the last reopening or skipping.

    ``carried``: as many cases may stay open for the next period, as somebody has said.
    """

    kab = models.CharField(max_length=4)
    label = models.CharField(max_length=7)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    plenary_on = models.DateField(_("tanggal pleno"), null=True, blank=True)
    reason = models.TextField(blank=True)
    rule = models.CharField(max_length=200, blank=True)
    carried = models.PositiveIntegerField(default=0)
    carried_by = models.CharField(max_length=150, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Table options."""

        ordering = ("-label", "kab")
        constraints = (models.UniqueConstraint(fields=("kab", "label"), name="one_period"),)


class Step(models.Model):
    """One change of stage. Append-only in the database."""

    kab = models.CharField(max_length=4)
    label = models.CharField(max_length=7)
    step = models.CharField(max_length=10)
    then = models.CharField(max_length=10, choices=Stage.choices)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    rule = models.CharField(max_length=200, blank=True)

    class Meta:
        """Table options."""

        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("kab", "label", "-at"), name="step_of_period"),)


class Meeting(models.Model):
    """What only people know about one plenary. No number of voters stands here.

    ``edition``: of the documents that the plenary settles. ``attendees``: list of ``{institution,
    names}``; ``objections``: ``{by, objection, answer}``; ``commissioners``: ``{role, name}``.
    """

    kab = models.CharField(max_length=4)
    label = models.CharField(max_length=7)
    edition = models.PositiveSmallIntegerField(default=1)
    n = models.PositiveIntegerField(_("nomor urut berita acara"), null=True, blank=True)
    number_pattern = models.CharField(
        _("pola nomor"), max_length=120, blank=True, default=minutes.PATTERNS[0]
    )
    office = models.CharField(_("singkatan kantor dalam nomor"), max_length=60, default="KPU")
    address = models.CharField(_("alamat kantor"), max_length=200, blank=True)
    city = models.CharField(_("kota penandatanganan"), max_length=80, blank=True)
    place = models.CharField(_("tempat rapat"), max_length=200, blank=True)
    day = models.DateField(_("hari rapat"), null=True, blank=True)
    hour = models.TimeField(_("pukul"), null=True, blank=True)
    zone = models.CharField(
        _("zona waktu"), max_length=4, default="WIB", choices=[(z, z) for z in minutes.ZONES]
    )
    chair = models.CharField(_("pimpinan rapat"), max_length=120, blank=True)
    legal_basis = models.TextField(_("dasar hukum"), blank=True)
    decree = models.CharField(_("keputusan yang menyusul"), max_length=200, blank=True)
    url = models.CharField(_("alamat pengumuman"), max_length=200, blank=True)
    attendees = models.JSONField(default=list)
    objections = models.JSONField(default=list)
    commissioners = models.JSONField(default=list)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """Table options."""

        constraints = (
            models.UniqueConstraint(fields=("kab", "label", "edition"), name="one_meeting"),
        )

    @property
    def opened(self) -> datetime | None:
        """Day and hour on the clock of its zone."""
        day, hour = self.day, self.hour
        if not isinstance(day, date) or not isinstance(hour, time):
            return None
        return datetime.combine(day, hour)

    def for_minutes(self, *, remark: str = "", amends: str = "") -> minutes.Meeting:
        """As the berita acara takes it."""
        given = {
            name: getattr(self, name)
            for name in ("n", "office", "address", "city", "place", "zone", "chair", "decree")
        }
        board = tuple(minutes.Commissioner(**each) for each in self.commissioners)
        return minutes.Meeting(
            **given,
            number_pattern=self.number_pattern or minutes.PATTERNS[0],
            opened=self.opened,
            legal_basis=tuple(line for line in self.legal_basis.splitlines() if line.strip()),
            url=self.url,
            remark=remark,
            amends=amends,
            attendees=tuple(
                minutes.Attendee(each["institution"], tuple(each["names"].splitlines()))
                for each in self.attendees
            ),
            objections=tuple(minutes.Objection(**each) for each in self.objections),
            **({"commissioners": board} if board else {}),
        )


def private() -> object:
    """Storage of scans: outside the web root, served only through a view that asks who."""
    return storages["default"]


class Scan(models.Model):
    """The signed berita acara as a scan or photo, filed with the period."""

    kab = models.CharField(max_length=4)
    label = models.CharField(max_length=7)
    edition = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(upload_to="pindai/", storage=private)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Table options."""

        ordering = ("-at",)
        indexes = (models.Index(fields=("kab", "label"), name="scan_of_period"),)
