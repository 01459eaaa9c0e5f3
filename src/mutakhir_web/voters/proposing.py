"""A proposal from a screen: a small file like any other, taken in by the same intake.

Nothing is half done: the file is first read into a store that is thrown away, so one that intake
would refuse never reaches the office's, and what was typed stays in the form.
"""

import csv
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir.intake import take_in
from mutakhir.intake.receipt import Receipt
from mutakhir.person import PERSON_FIELDS
from mutakhir.rules.period import Period
from mutakhir.store import Store
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.common.attachments import Attached, attached
from mutakhir_web.intake import mirror
from mutakhir_web.intake.agencies import Agency
from mutakhir_web.intake.models import Source, SourceKab
from mutakhir_web.jobs.work import when_free
from mutakhir_web.voters.models import TITLE, Submission
from mutakhir_web.voters.queries import Row

#: Columns of the canonical layout; the last one only makes each form's file its own.
_COLUMNS: Final = (
    *("dpid", *PERSON_FIELDS),
    *("claim", "reason", "evidence", "tps_to", "event_date", "formulir"),
)
#: Seconds to wait for another writer of the store while somebody sits before the page.
_PATIENCE: Final = 10.0


class RefusedRowError(ValueError):
    """Intake would not accept the row; ``rows``: why, as a receipt says it."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(_("Usulan belum dapat diterima."))
        self.rows = rows


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a form says. ``said``: by columns; ``row``: the voter, None for a new one."""

    token: UUID
    kab: str
    period: str
    claim: str
    said: Mapping[str, str]
    row: Row | None = None
    note: str = ""
    attachment: UploadedFile | None = None


def submit(*, by: User, proposal: Proposal) -> Submission:
    """Hand the proposal in as a source. The same form sent twice is one submission.

    Raises RefusedRowError, NotAttachedError, StoreBusyError, OSError; then nothing is kept.
    """
    require(by, Act.CORRECT, proposal.kab)
    before = Submission.objects.filter(token=proposal.token).first()
    if before is not None:
        return before
    kept = attached(proposal.attachment) if proposal.attachment else None
    with tempfile.TemporaryDirectory(prefix="usulan-") as folder:
        path = Path(folder) / _name(proposal.kab)
        path.write_bytes(_file(proposal))
        _try(path, proposal, Path(folder) / "coba")
        receipt = _take(path, door.store(), proposal)
    mirror.catch_up()
    return _noted(by, proposal, receipt, kept)


def _name(kab: str) -> str:
    """The file's title: the kab/kota and the day, numbered."""
    today = timezone.localdate()
    before = Submission.objects.filter(kab=kab, at__date=today).count()
    return f"{TITLE}-{kab}-{today:%Y-%m-%d}-{before + 1}.csv"


def _file(proposal: Proposal) -> bytes:
    """One row under the canonical columns: the voter as they stand, and what the form says."""
    stands = proposal.row or {}
    known = {name: stands.get(name) or "" for name in ("dpid", *PERSON_FIELDS)}
    row = {**known, **proposal.said, "claim": proposal.claim, "formulir": str(proposal.token)}
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS)
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue().encode()


def _try(path: Path, proposal: Proposal, place: Path) -> None:
    """Raises RefusedRowError when intake would not accept the row."""
    receipt = _take(path, Store.open(place, create=True), proposal)
    if receipt.error:
        said = {"field": None, "message": receipt.error["message"].rstrip(".")}
        raise RefusedRowError([{**said, "action": receipt.error["action"]}])
    if receipt.totals["accepted"] != 1:
        raise RefusedRowError(receipt.rows)


def _take(path: Path, store: Store, proposal: Proposal) -> Receipt:
    (receipt,) = when_free(
        lambda: take_in(
            [path],
            store,
            layout="canonical",
            region=proposal.kab,
            day=Period.parse(proposal.period).last,
        ),
        _PATIENCE,
    )
    return receipt


@transaction.atomic
def _noted(by: User, proposal: Proposal, receipt: Receipt, kept: Attached | None) -> Submission:
    source = receipt.source_id
    Source.objects.filter(pk=source).update(
        agency=Agency.KPU, said=True, period=proposal.period, by=by.username
    )
    SourceKab.objects.get_or_create(source_id=source, kab=proposal.kab)
    found = Submission(
        token=proposal.token,
        kab=proposal.kab,
        period=proposal.period,
        dpid=(proposal.row or {}).get("dpid", ""),
        claim=proposal.claim,
        source=source,
        file=receipt.file,
        note=proposal.note,
        by=by.username,
    )
    if kept is not None:
        found.attachment_type, found.attachment_sha256 = kept.kind, kept.sha256
        name = f"{kept.sha256[:32]}.{kept.ending}"
        found.attachment.save(name, proposal.attachment, save=False)
    found.save()
    auditor.record(
        "submit", by=by, kab=found.kab, subject=f"source:{source}", claim=found.claim,
        voter=found.dpid, attachment=found.attachment_sha256,
    )  # fmt: skip
    return found
