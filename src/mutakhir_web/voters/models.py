"""What was proposed from a screen: each submission became a small source of its own."""

from typing import Final

from django.core.files.storage import storages
from django.db import models

#: How the files begin that a screen makes; no name of a person, and none of an officer.
TITLE: Final = "usulan-layar"


def private() -> object:
    """Storage of attachments: outside the web root, served only through a view that asks who."""
    return storages["default"]


class Submission(models.Model):
    """One filled-in form. ``token`` names the form, so that sending it twice is one submission.

    ``claim``: of the canonical record; ``dpid``: empty for a new voter. What was typed stands in
    the source, where every other claim stands; the note and the attachment stand here.
    """

    token = models.UUIDField(unique=True)
    kab = models.CharField(max_length=4)
    period = models.CharField(max_length=7)
    dpid = models.CharField(max_length=40, blank=True, db_index=True)
    claim = models.CharField(max_length=10)
    source = models.CharField(max_length=16, db_index=True)
    file = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    attachment = models.FileField(upload_to="usulan/", storage=private, blank=True)
    attachment_type = models.CharField(max_length=40, blank=True)
    attachment_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        """Table options."""

        ordering = ("-at",)
        indexes = (models.Index(fields=("kab", "-at"), name="submission_of_kab"),)
