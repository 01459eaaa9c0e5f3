"""Withdrawal of a source: asked for here with a reason; a second person approves it in review."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir.casework.decision import Decision
from mutakhir.casework.effect import resting_on
from mutakhir.casework.proposal import KINDS
from mutakhir.casework.seal import SealError
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.intake.actions import UploadError
from mutakhir_web.intake.models import Source


@dataclass(frozen=True, slots=True)
class Rests:
    """Decisions in effect that would fall with a source: in all, and by kind in words."""

    count: int
    kinds: tuple[tuple[str, int], ...]


def rests_on(source_id: str, period: str) -> Rests:
    """What stands on the source alone."""
    found = resting_on(door.book(), source_id, door.law(period))
    kinds = Counter(KINDS[each.kind] for each in found)  # type: ignore[index]  # accepts have one
    return Rests(len(found), tuple(kinds.most_common()))


def withdraw(*, by: User, kab: str, source: Source, reason: str) -> Decision:
    """Ask that a source, and what rests on it alone, be void. Raises UploadError.

    Asked twice, the request that waits is the same. Sealed inside the transaction and before it is
    committed, as all acts are: see ``review.actions``.
    """
    require(by, Act.WITHDRAW, kab)
    if not reason.strip():
        raise UploadError(_("Sebut alasan penarikan."))
    period = door.current_period(kab)
    with transaction.atomic():
        docket = door.docket(period)
        standing = door.book().withdrawals.get(source.pk)
        if standing is not None and source.pk not in door.book().withdrawn:
            return standing
        auditor.record(
            "withdraw", by=by, kab=kab, subject=f"source:{source.pk}", purpose=reason[:300]
        )
        at = timezone.localtime().isoformat(timespec="seconds")
        try:
            return docket.withdraw(source.pk, kab=kab, by=by.username, at=at, note=reason.strip())
        except SealError as error:
            raise UploadError(_in_words(error)) from None


def _in_words(error: SealError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
