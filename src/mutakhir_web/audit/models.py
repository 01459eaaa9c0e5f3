"""The audit entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One act or one look. References and reasons; never a NIK, NKK, name or birth date.

    ``by``: username at the time. ``kab``: region the act was about, on whose behalf it was done.
    ``subject``: what it was done to, as ``kind:identity`` (``case:9f…``, ``voter:<dpid>``).
    """

    at = models.DateTimeField(_("waktu"), auto_now_add=True, db_index=True)
    by = models.CharField(_("oleh"), max_length=30)
    role = models.CharField(_("peran"), max_length=20)
    kab = models.CharField(_("wilayah"), max_length=4, blank=True)
    act = models.CharField(_("tindakan"), max_length=40)
    subject = models.CharField(_("terhadap"), max_length=120, blank=True)
    purpose = models.CharField(_("tujuan"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("alamat"), null=True, blank=True)
    device = models.CharField(_("perangkat"), max_length=200, blank=True)
    detail = models.JSONField(_("rincian"), default=dict, blank=True)

    class Meta:
        """Table options."""

        ordering = ("-id",)
        # A page is "the next fifty below this id" of what was asked for: each index gives that run
        # of rows in order, however many millions there are.
        indexes = (
            models.Index(fields=("by", "id"), name="audit_by"),
            models.Index(fields=("kab", "id"), name="audit_kab"),
            models.Index(fields=("act", "id"), name="audit_act"),
            models.Index(fields=("subject", "id"), name="audit_subject"),
        )
