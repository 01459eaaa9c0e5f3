"""Photos and PDF that people hand in: taken for what their bytes are, whatever the name says."""

import hashlib
from dataclasses import dataclass
from typing import Final

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

#: What is taken, with the ending it is kept and served under.
KINDS: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
#: Bytes of the largest file, unless the caller bears more.
LARGEST: Final = 10 * 2**20
#: More than any of the kinds needs to be known by.
_HEAD: Final = 512


class NotAttachedError(ValueError):
    """The file was not taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that may be kept. ``kind``: of KINDS; ``size`` in bytes; ``sha256`` in hex."""

    kind: str
    size: int
    sha256: str

    @property
    def ending(self) -> str:
        """For its name: that is made of the hash, as what somebody called it may name a person."""
        return KINDS[self.kind]


def attached(upload: UploadedFile, *, largest: int | None = None) -> Attached:
    """What ``upload`` is, left at its beginning. Raises NotAttachedError in words for the office.

    ``largest``: in bytes; LARGEST unless said.
    """
    size, most = upload.size or 0, LARGEST if largest is None else largest
    if not size:
        raise NotAttachedError(_("Berkas kosong; pilih berkas lain."))
    if size > most:
        raise NotAttachedError(
            _("Berkas terlalu besar: paling besar %(mb)s MB. Perkecil fotonya lalu ulangi.")
            % {"mb": most // 2**20}
        )
    return Attached(_sniffed(upload), size, _sha256(upload))


def _sniffed(upload: UploadedFile) -> str:
    upload.seek(0)
    guess = filetype.guess(upload.read(_HEAD))
    if guess is None or guess.mime not in KINDS:
        raise NotAttachedError(_("Bukan foto (JPEG, PNG) atau PDF; simpan ulang lalu ulangi."))
    return str(guess.mime)


def _sha256(upload: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()
