"""Attachments: a photo or PDF beside a case, kept outside the web root."""

from pathlib import Path
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.common.attachments import NotAttachedError, attached
from mutakhir_web.review.models import Attachment, Case

#: Files beside one case.
MOST: Final = 20


@transaction.atomic
def attach(*, by: User, case: Case, upload: UploadedFile) -> Attachment:
    """Lay a photo or PDF beside the case. The same file twice is one.

    Raises PermissionDenied, NotAttachedError.
    """
    require(by, Act.DECIDE, case.kab)
    kept = attached(upload)
    Case.objects.select_for_update().get(pk=case.pk)
    there = case.attachments.filter(sha256=kept.sha256).first()
    if there is not None:
        return there
    if case.attachments.count() >= MOST:
        raise NotAttachedError(_("Usulan ini sudah berlampiran %(n)s berkas.") % {"n": MOST})
    found = Attachment(
        case=case,
        name=Path(upload.name or "").name[:200] or f"lampiran.{kept.ending}",
        content_type=kept.kind,
        size=kept.size,
        sha256=kept.sha256,
        by=by.username,
    )
    found.file.save(f"{kept.sha256[:32]}.{kept.ending}", upload, save=True)
    subject = f"case:{case.proposal}"
    auditor.record("attach", by=by, kab=case.kab, subject=subject, sha256=kept.sha256)
    return found
