"""A period of one kab/kota, as the office walks through it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a period stands. The decision file knows only open and closed; the rest is the
    office's own order of work."""

    OPEN = "open", _("terbuka")
    FROZEN = "frozen", _("dibekukan")
    PLENARY = "plenary", _("rapat pleno")
    CLOSED = "closed", _("ditutup")
    SKIPPED = "skipped", _("dilewati")


class Period(models.Model):
    """``label`` as 2026-Q4. ``reason`` and ``rule``: of the last reopening or skipping."""

    kab = models.CharField(max_length=4)
    label = models.CharField(max_length=7)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    plenary_on = models.DateField(_("tanggal pleno"), null=True, blank=True)
    reason = models.TextField(blank=True)
    rule = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Table options."""

        ordering = ("-label", "kab")
        constraints = (models.UniqueConstraint(fields=("kab", "label"), name="one_period"),)
