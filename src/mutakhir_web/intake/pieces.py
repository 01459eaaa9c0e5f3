"""Bytes on their way in: pieces appended to a part beside, renamed when whole.

A part is never read by anybody. What breaks off stays a part, and goes on from its last whole
piece; what is discarded leaves nothing.
"""

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import FileIO
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from django.conf import settings

from mutakhir.store.swap import sync

#: A piece's bytes: no more than what a web server in front takes by its own settings (1 MiB).
PIECE: Final = 1 << 20
_PART: Final = ".part"
_CHUNK: Final = 1 << 16


class Reading(Protocol):
    """A request's body, or any file."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes; nothing at the end."""


class BusyError(Exception):
    """Another tab or request is writing the same part."""


class CutOffError(Exception):
    """Fewer bytes came than were announced; the part is as it was before."""


class MixedUpError(Exception):
    """The bytes that arrived are not those of the file as the browser read it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that has arrived: where it lies, how large it is, SHA-256 of its bytes."""

    path: Path
    size: int
    sha256: str


def folder(upload: UUID) -> Path:
    """Where the bytes of one upload lie."""
    return Path(settings.UPLOADS) / "berkas" / upload.hex


def received(upload: UUID) -> int:
    """Bytes of the part that are there: where the browser goes on."""
    part = folder(upload) / _PART
    return part.stat().st_size if part.exists() else 0


def free_bytes() -> int:
    """Room on the disk that takes uploads."""
    place = Path(settings.UPLOADS)
    place.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(place).free


def append(upload: UUID, body: Reading, *, start: int, length: int) -> int:
    """Add ``length`` bytes of ``body`` at ``start``; the bytes that are there now.

    Where the part does not end at ``start``, nothing is written: the answer says where it ends.
    Raises BusyError, CutOffError, OSError (a full disk); the part is then as it was.
    """
    with _held(upload) as part:
        end = part.seek(0, os.SEEK_END)
        if end != start:
            return end
        try:
            written = _copy(body, part, length)
            if written != length:
                raise CutOffError
        except (OSError, CutOffError):
            part.truncate(start)
            raise
        return start + written


def finish(upload: UUID, name: str, *, size: int, digest: str = "") -> Whole:
    """Make the part the file ``name``, on disk when this returns. Asked again, the same answer.

    ``digest``: SHA-256 over the SHA-256 of each piece, as the browser read the file; empty when
    it could not. Raises MixedUpError (the part is gone then), CutOffError, OSError.
    """
    target = folder(upload) / name
    part = folder(upload) / _PART
    if not target.exists():
        with _held(upload) as held:
            if held.seek(0, os.SEEK_END) != size:
                raise CutOffError
        if digest and digest != pieces_digest(part):
            part.unlink()
            raise MixedUpError
        sync(part)
        part.replace(target)
        sync(target.parent)
    with target.open("rb") as file:
        return Whole(target, size, hashlib.file_digest(file, "sha256").hexdigest())


def take_whole(upload: UUID, name: str, chunks: Iterable[bytes]) -> Whole:
    """A file from a plain form, written beside and renamed. OSError leaves nothing behind."""
    target = folder(upload) / name
    try:
        with _held(upload) as part:
            for chunk in chunks:
                _write(part, chunk)
            size = part.tell()
        return finish(upload, name, size=size)
    except OSError:
        discard(upload)
        raise
    finally:
        if not target.exists():
            discard(upload)


def discard(upload: UUID) -> None:
    """Leave nothing of an upload."""
    shutil.rmtree(folder(upload), ignore_errors=True)


def sweep(*, known: Collection[UUID], older_than: timedelta) -> None:
    """Drop bytes that belong to no upload: their server stopped before it could note them down."""
    names = {upload.hex for upload in known}
    place = Path(settings.UPLOADS) / "berkas"
    for each in place.iterdir() if place.exists() else ():
        if (
            each.name not in names
            and time.time() - each.stat().st_mtime > older_than.total_seconds()
        ):
            shutil.rmtree(each, ignore_errors=True)


def pieces_digest(path: Path) -> str:
    """SHA-256 over the SHA-256 of each piece: what a browser can reckon without the whole file."""
    over = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            over.update(hashlib.sha256(piece).digest())
    return over.hexdigest()


def safe_name(name: str) -> str:
    """A file's own name without folders and control signs, no longer than a disk takes.

    Never one that hides (the part does) and never empty.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip().lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{_short(stem, 180) or 'berkas'}.{ending}"
    return _short(plain, 180) or "berkas"


def _short(text: str, most: int) -> str:
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


@contextmanager
def _held(upload: UUID) -> Iterator[FileIO]:
    """The part, open for one writer."""
    place = folder(upload)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (place / _PART).open("ab", buffering=0) as part:
        try:
            fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError from None
        yield part


def _copy(body: Reading, part: FileIO, length: int) -> int:
    left = length
    while left and (chunk := body.read(min(_CHUNK, left))):
        _write(part, chunk)
        left -= len(chunk)
    return length - left


def _write(part: FileIO, chunk: bytes) -> None:
    """All of ``chunk``: an unbuffered file may take less at a time, and buffers nothing to lose."""
    left = memoryview(chunk)
    while left:
        left = left[part.write(left) :]
