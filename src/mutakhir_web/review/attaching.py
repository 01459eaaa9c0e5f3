"""Attachments: a photo or PDF beside a case, kept outside the web root."""

import hashlib
from pathlib import Path
from typing import Final

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.review.models import Attachment, Case

#: By their first bytes, whatever the name says; with the ending they are kept and served under.
TYPES: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
LARGEST: Final = 10 * 2**20
MOST: Final = 20


class NotAttachedError(ValueError):
    """The file was not taken; the message says why and what to do."""


@transaction.atomic
def attach(*, by: User, case: Case, upload: UploadedFile) -> Attachment:
    """Lay a photo or PDF beside the case. The same file twice is one.

    Raises PermissionDenied, NotAttachedError.
    """
    require(by, Act.DECIDE, case.kab)
    kind = _sniffed(upload)
    digest = _sha256(upload)
    Case.objects.select_for_update().get(pk=case.pk)
    there = case.attachments.filter(sha256=digest).first()
    if there is not None:
        return there
    if case.attachments.count() >= MOST:
        raise NotAttachedError(_("Usulan ini sudah berlampiran %(n)s berkas.") % {"n": MOST})
    found = Attachment(
        case=case,
        name=Path(upload.name or "").name[:200] or f"lampiran.{TYPES[kind]}",
        content_type=kind,
        size=upload.size or 0,
        sha256=digest,
        by=by.username,
    )
    # Named by content: what an officer called it may be a person's name.
    found.file.save(f"{digest[:32]}.{TYPES[kind]}", upload, save=True)
    subject = f"case:{case.proposal}"
    auditor.record("attach", by=by, kab=case.kab, subject=subject, sha256=digest)
    return found


def _sniffed(upload: UploadedFile) -> str:
    if not upload.size:
        raise NotAttachedError(_("Berkas kosong; pilih berkas lain."))
    if upload.size > LARGEST:
        raise NotAttachedError(
            _("Berkas terlalu besar: paling besar %(mb)s MB. Perkecil fotonya lalu ulangi.")
            % {"mb": LARGEST // 2**20}
        )
    upload.seek(0)
    guess = filetype.guess(upload.read(512))
    upload.seek(0)
    if guess is None or guess.mime not in TYPES:
        raise NotAttachedError(_("Bukan foto (JPEG, PNG) atau PDF; simpan ulang lalu ulangi."))
    return str(guess.mime)


def _sha256(upload: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()
