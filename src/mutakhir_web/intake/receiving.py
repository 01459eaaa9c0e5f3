"""An uploaded file into the store: the job worker's steps, each of which may be run again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from mutakhir.intake import take_in
from mutakhir.intake.mapping import MappingError
from mutakhir.intake.options import OptionError
from mutakhir.intake.receipt import Receipt
from mutakhir.rules.period import Period
from mutakhir_web.accounts.models import User
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.intake import mirror, pieces
from mutakhir_web.intake.models import Source, SourceKab, State, Upload
from mutakhir_web.jobs.work import when_free

#: Told the share done, 0 to 1.
Told = Callable[[float], None]


class GoneError(ValueError):
    """The bytes of an upload are not there any more."""


@dataclass(frozen=True)
class Reading:
    """How a file is read: what its sender's letter says and its rows do not."""

    region: str
    period: str
    codes: str = "2023"
    layout: str = ""
    mapping: Path | None = None

    @classmethod
    def of(cls, upload: Upload) -> "Reading":
        """As the officer said it when handing in."""
        return cls(upload.region, upload.period, upload.codes, upload.layout)

    def take(self, path: Path, told: Told) -> Receipt:
        """Take ``path`` into the office's store, waiting while somebody else writes it.

        Raises ValueError in words for the office; StoreError; OSError.
        """
        withdrawn = door.book().withdrawn.keys()
        try:
            (receipt,) = when_free(
                lambda: take_in(
                    [path],
                    door.store(),
                    layout=self.layout or None,
                    codes=self.codes,
                    region=self.region or None,
                    mapping=self.mapping,
                    day=Period.parse(self.period).last,
                    withdrawn=withdrawn,
                    progress=lambda _name, share: told(share),
                )
            )
        except (OptionError, MappingError) as error:
            raise ValueError(str(error)) from None
        return receipt


def receive(upload: Upload, told: Told) -> Receipt:
    """Take the upload's file in and note what became of it."""
    path = pieces.folder(upload.id) / upload.name
    if not path.exists():
        raise GoneError(f"Isi berkas {upload.name} tidak ada lagi di server; unggah sekali lagi.")
    receipt = Reading.of(upload).take(path, told)
    note(upload, receipt)
    # The store has its own copy; a refused file counts nowhere and is not kept.
    pieces.discard(upload.id)
    return receipt


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
            say(upload)
        auditor.record(
            "take_in",
            by=user,
            kab=upload.kab,
            subject=f"source:{receipt.source_id}",
            outcome=receipt.status,
            refusal=(receipt.error or {}).get("code", ""),
            **receipt.totals,
        )


def say(upload: Upload) -> None:
    """Give the source what the officer said of it, and its place in the officer's kab/kota."""
    Source.objects.filter(pk=upload.source).update(
        agency=upload.agency, said=True, period=upload.period, by=upload.by
    )
    SourceKab.objects.get_or_create(source_id=upload.source, kab=upload.kab)
