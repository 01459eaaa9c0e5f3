"""An uploaded file into the store: the job worker's steps, each of which may be run again."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from mutakhir.intake import take_in
from mutakhir.intake.receipt import Receipt
from mutakhir.rules.period import Period
from mutakhir.store import Store
from mutakhir_web.accounts.models import User
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.intake import heads, mapped, mirror, pieces
from mutakhir_web.intake.models import Source, SourceKab, State, Upload
from mutakhir_web.jobs.work import InWordsError, when_free

#: Told the share done, 0 to 1.
Told = Callable[[float], None]


class GoneError(InWordsError):
    """The bytes of an upload are not there any more."""


@contextmanager
def bytes_of(upload: Upload) -> Iterator[Path]:
    """The upload's file under its own name: its own bytes, or those of the source it reads anew."""
    if not upload.raw_of:
        path = pieces.folder(upload.id) / upload.name
        if not path.exists():
            raise GoneError(
                f"Isi berkas {upload.name} tidak ada lagi di server; unggah sekali lagi."
            )
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
        path = Path(folder) / upload.name
        path.symlink_to(door.store().source(upload.raw_of) / "raw")
        yield path


def take(store: Store, path: Path, upload: Upload, told: Told) -> Receipt:
    """Take ``path`` into ``store`` as the upload says it is to be read.

    Raises OptionError, MappingError, StoreBusyError, StoreError, all in words; OSError.
    """
    with mapped.as_file(upload.mapping) as mapping:
        (receipt,) = take_in(
            [path],
            store,
            layout=upload.layout or None,
            codes=upload.codes,
            region=upload.region or None,
            mapping=mapping,
            day=Period.parse(upload.period).last,
            withdrawn=door.book().withdrawn.keys(),
            progress=lambda _name, share: told(share),
        )
    return receipt


def receive(upload: Upload, told: Told) -> Receipt:
    """Take the upload's file in, by a remembered mapping where one fits; note what became of it."""
    with bytes_of(upload) as path:
        use_remembered(upload, path)
        receipt = when_free(lambda: take(door.store(), path, upload, told))
    note(upload, receipt)
    # The store has its own copy; a refused file counts nowhere and is not kept.
    pieces.discard(upload.id)
    return receipt


def use_remembered(upload: Upload, path: Path) -> None:
    """Read the file as somebody said before of one with the same headings."""
    if upload.layout or upload.mapping or _went_in(upload.sha256[:16]):
        return
    found = mapped.remembered(upload.kab, path)
    if found is not None:
        mapping, upload.mapping = found
        upload.mapped_by = mapping.by


def _went_in(source_id: str) -> bool:
    return Source.objects.filter(pk=source_id, accepted__gt=0).exists()


def note(upload: Upload, receipt: Receipt) -> None:
    """Write the outcome down: upload, mirror and audit."""
    if receipt.status != "refused":
        mirror.catch_up()
    user = User.objects.get(username=upload.by)
    with transaction.atomic():
        upload.state, upload.outcome = State.DONE, receipt.status
        upload.source, upload.refusal = receipt.source_id, receipt.error or {}
        upload.save()
        if receipt.status in ("taken", "held"):
            _say(upload)
        auditor.record("take_in", by=user, kab=upload.kab, **_recorded(upload, receipt))
    if receipt.status == "taken":
        heads.forget(receipt.source_id)


def _recorded(upload: Upload, receipt: Receipt) -> dict[str, Any]:
    return {
        "subject": f"source:{receipt.source_id}",
        "outcome": receipt.status,
        "refusal": (receipt.error or {}).get("code", ""),
        "mapped": bool(upload.mapping),
        **receipt.totals,
    }


def _say(upload: Upload) -> None:
    """Give the source what the officer said of it, and its place in the officer's kab/kota."""
    Source.objects.filter(pk=upload.source).update(
        agency=upload.agency, said=True, period=upload.period, by=upload.by
    )
    SourceKab.objects.get_or_create(source_id=upload.source, kab=upload.kab)
