"""Handing files in. Every step may come twice: the second finds what the first did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.intake import pieces, tasks
from mutakhir_web.intake.agencies import Agency
from mutakhir_web.intake.models import Mapping, Source, State, Upload
from mutakhir_web.jobs import actions as jobs
from mutakhir_web.jobs.models import Job

#: Parts that nobody went on with for so long are swept away.
_STALE = timedelta(days=7)
#: A file lies here once and in the store once while it is taken in.
_ROOM = 2


class UploadError(ValueError):
    """The file can't be handed in like this; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What the officer says of a file. ``region``: where rows lie that don't say it themselves."""

    kab: str
    period: str
    agency: str
    region: str
    codes: str = "2023"
    layout: str = ""
    mends: str = ""
    try_first: bool = False

    def fields(self) -> dict[str, Any]:
        """As an Upload holds them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The row that heads the columns: its number, its words, by what it is known again."""

    row: int
    words: tuple[str, ...]
    signature: str | None


def begin(*, by: User, handed: Handed, name: str, size: int, modified: int) -> Upload:
    """A place for a file that comes in pieces; the one already begun, when the same file comes.

    Raises UploadError.
    """
    require(by, Act.TAKE_IN, handed.kab)
    _check_size(size)
    _sweep(by)
    with transaction.atomic():
        begun = Upload.objects.select_for_update().filter(
            by=by.username, state=State.RECEIVING, kab=handed.kab, name=pieces.safe_name(name)
        )
        upload = begun.filter(size=size, modified=modified).first() or Upload()
        if upload._state.adding:
            upload.name, upload.size, upload.modified = pieces.safe_name(name), size, modified
            upload.by = by.username
        for field, value in handed.fields().items():
            setattr(upload, field, value)
        upload.save()
    return upload


def append(*, by: User, upload: Upload, body: pieces.Reading, start: int, length: int) -> int:
    """One piece; where the part ends now. Raises UploadError, BusyError, CutOffError, OSError."""
    require(by, Act.TAKE_IN, upload.kab)
    if upload.state != State.RECEIVING:
        return upload.size
    if not 0 < length <= pieces.PIECE or start + length > upload.size:
        raise UploadError(_("Potongan berkas tidak sesuai; muat ulang halaman, lalu ulangi."))
    return pieces.append(upload.id, body, start=start, length=length)


def finish(*, by: User, upload: Upload, digest: str = "") -> Upload:
    """All pieces are there: make them a file and put the work in the queue.

    Raises UploadError, BusyError, OSError.
    """
    require(by, Act.TAKE_IN, upload.kab)
    if upload.state != State.RECEIVING:
        return upload
    try:
        whole = pieces.finish(upload.id, upload.name, size=upload.size, digest=digest)
    except pieces.CutOffError:
        raise UploadError(
            _("Berkas belum lengkap; pilih berkas yang sama untuk melanjutkan.")
        ) from None
    except pieces.MixedUpError:
        raise UploadError(
            _("Isi yang tiba tidak sama dengan berkas di peramban. Unggah sekali lagi.")
        ) from None
    return _start(upload.id, by=by, sha256=whole.sha256, since=State.RECEIVING)


def hand_in(*, by: User, handed: Handed, name: str, size: int, chunks: Iterable[bytes]) -> Upload:
    """A whole file from a plain form. Raises UploadError, OSError; then nothing of it is left."""
    require(by, Act.TAKE_IN, handed.kab)
    _check_size(size)
    upload_id, plain = uuid4(), pieces.safe_name(name)
    whole = pieces.take_whole(upload_id, plain, chunks)
    try:
        with transaction.atomic():
            Upload.objects.create(
                id=upload_id, name=plain, size=whole.size, by=by.username, **handed.fields()
            )
            return _start(upload_id, by=by, sha256=whole.sha256, since=State.RECEIVING)
    except BaseException:
        pieces.discard(upload_id)
        raise


@transaction.atomic
def read_anew(
    *, by: User, source: Source, handed: Handed, mapping: dict[str, Any] | None = None
) -> Upload:
    """Read a wholly held source once more, in another way. Raises UploadError.

    Asked twice, the work that waits is the same.
    """
    require(by, Act.TAKE_IN, handed.kab)
    if source.accepted:
        raise UploadError(_("Sumber ini sudah masuk; tarik dahulu bila caranya keliru."))
    waiting = Upload.objects.filter(raw_of=source.pk, state=State.WHOLE).first()
    if waiting is not None:
        return waiting
    upload = Upload.objects.create(
        name=source.file,
        size=source.size,
        raw_of=source.pk,
        mapping=mapping or {},
        by=by.username,
        **handed.fields(),
    )
    return _start(upload.id, by=by, sha256=source.sha256, since=State.RECEIVING)


@transaction.atomic
def map_columns(
    *, by: User, source: Source, handed: Handed, mapping: dict[str, Any], heading: Heading
) -> Upload:
    """Confirm what a source's columns hold: read it so, and the next file with its headings."""
    require(by, Act.TAKE_IN, handed.kab)
    upload = read_anew(by=by, source=source, handed=handed, mapping=mapping)
    if heading.signature:
        Mapping.objects.update_or_create(
            kab=handed.kab,
            signature=heading.signature,
            defaults={
                "headings": list(heading.words),
                "content": mapping,
                "below": mapping["first_row"] - heading.row,
                "by": by.username,
            },
        )
    auditor.record("map", by=by, kab=handed.kab, subject=f"source:{source.pk}")
    return upload


@transaction.atomic
def again(*, by: User, upload: Upload) -> Upload:
    """Put a failed work in the queue once more."""
    require(by, Act.TAKE_IN, upload.kab)
    return _start(upload.id, by=by, sha256=upload.sha256, since=State.FAILED)


@transaction.atomic
def count(*, by: User, upload: Upload) -> Upload:
    """A file that was tried shall count: take it in."""
    require(by, Act.TAKE_IN, upload.kab)
    Upload.objects.filter(pk=upload.pk, state=State.TRIED).update(try_first=False)
    return _start(upload.id, by=by, sha256=upload.sha256, since=State.TRIED)


@transaction.atomic
def discard(*, by: User, upload: Upload) -> None:
    """Drop an upload that counts nowhere yet. Raises UploadError when it does, or is at work."""
    require(by, Act.TAKE_IN, upload.kab)
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if held.state == State.DISCARDED:
        return
    if held.state not in (State.RECEIVING, State.TRIED, State.FAILED):
        raise UploadError(_("Berkas ini sudah dikerjakan; tidak dapat dibuang."))
    held.state = State.DISCARDED
    held.save(update_fields=["state"])
    auditor.record("discard", by=by, kab=held.kab, subject=f"upload:{held.id}")
    transaction.on_commit(lambda: pieces.discard(held.id))


@transaction.atomic
def note_download(*, by: User, kab: str, source: Source, which: str, purpose: str) -> None:
    """Record that somebody takes rows of people away. Raises UploadError without a purpose."""
    require(by, Act.TAKE_IN, kab)
    if not purpose.strip():
        raise UploadError(_("Sebut tujuan mengunduh."))
    auditor.record(
        "download",
        by=by,
        kab=kab,
        subject=f"source:{source.pk}",
        purpose=purpose[:300],
        which=which,
    )


@transaction.atomic
def say_agency(*, by: User, kab: str, source: Source, agency: str, period: str) -> None:
    """Say from whom a source came and for which period it counts as received."""
    require(by, Act.TAKE_IN, kab)
    if agency not in Agency.values:
        raise UploadError(_("Pilih instansi."))
    Source.objects.filter(pk=source.pk).update(agency=agency, period=period, said=True)
    auditor.record(
        "say_agency", by=by, kab=kab, subject=f"source:{source.pk}", agency=agency, period=period
    )


def _check_size(size: int) -> None:
    most = settings.UPLOAD_MOST_BYTES
    if size <= 0:
        raise UploadError(_("Berkas kosong (0 byte). Minta ulang kepada pengirim."))
    if size > most:
        raise UploadError(
            _(
                "Berkas terlalu besar (%(size)s; paling besar %(most)s). Bagi per kecamatan, atau"
                " ZIP-kan."
            )
            % {"size": filesizeformat(size), "most": filesizeformat(most)}
        )
    if pieces.free_bytes() < _ROOM * size:
        raise UploadError(
            _("Disk server hampir penuh; berkas tidak diterima. Hubungi pengelola, lalu ulangi.")
        )


def _sweep(by: User) -> None:
    """Drop what the user left unfinished long ago."""
    old = Upload.objects.filter(
        by=by.username, state=State.RECEIVING, at__lt=timezone.now() - _STALE
    )
    for upload in old:
        discard(by=by, upload=upload)
    pieces.sweep(known=Upload.objects.values_list("pk", flat=True), older_than=_STALE)


@transaction.atomic
def _start(upload_id: UUID, *, by: User, sha256: str, since: State) -> Upload:
    """The work in the queue, once: whoever comes second finds it there."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state != since:
        return upload
    upload.state, upload.sha256 = State.WHOLE, sha256
    upload.job = _job(upload, by)
    upload.save()
    return upload


def _job(upload: Upload, by: User) -> Job:
    words = _("Uji coba %(file)s") if upload.try_first else _("Terima %(file)s")
    title = words % {"file": upload.name}
    return jobs.start(
        tasks.rehearse if upload.try_first else tasks.receive,
        by=by,
        kind="intake",
        title=title[:200],
        kab=upload.kab,
        upload_id=str(upload.id),
    )
