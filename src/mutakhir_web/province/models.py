"""What the province said of the recaps of its kab/kota."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """Accepted as it is, or sent back for an amendment."""

    ACCEPTED = "accepted", _("diterima")
    RETURNED = "returned", _("dikembalikan")


class Judgement(models.Model):
    """One word on one edition. Append-only in the database: the last one counts.

    ``reason``: why it was sent back, in words for the kab/kota.
    """

    kab = models.CharField(max_length=4)
    label = models.CharField(max_length=7)
    edition = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Table options."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=("kab", "label", "edition"), name="judgement_of_recap"),)
