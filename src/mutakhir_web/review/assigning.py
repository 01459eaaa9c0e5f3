"""Sharing out the work: who, until when."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import may, require
from mutakhir_web.accounts.roles import MATRIX, Act
from mutakhir_web.audit import auditor
from mutakhir_web.review.models import Case


def colleagues(kab: str) -> list[User]:
    """Accounts in force that may decide on cases of ``kab``."""
    roles = [role for role, acts in MATRIX.items() if Act.DECIDE in acts]
    found = User.objects.filter(role__in=roles, is_active=True)
    return [user for user in found if may(user, Act.DECIDE, kab)]


@transaction.atomic
def assign(*, by: User, kab: str, proposals: Collection[str], to: User | None) -> int:
    """Give open cases of ``kab`` to somebody, or back to all (None); how many were given.

    Raises PermissionDenied; ValueError when ``to`` may not decide there.
    """
    require(by, Act.ASSIGN, kab)
    if to is not None and not may(to, Act.DECIDE, kab):
        raise ValueError(_("Petugas itu tidak dapat memutuskan usulan di wilayah ini."))
    given = _open(kab, proposals).update(assigned_to=to)
    whom = to.username if to else ""
    auditor.record("assign", by=by, kab=kab, to=whom, cases=given)
    return given


@transaction.atomic
def set_due(*, by: User, kab: str, proposals: Collection[str], due: date | None) -> int:
    """Set the day until which open cases of ``kab`` should be decided; how many there were."""
    require(by, Act.ASSIGN, kab)
    changed = _open(kab, proposals).update(due=due)
    day = due.isoformat() if due else ""
    auditor.record("set_due", by=by, kab=kab, due=day, cases=changed)
    return changed


def _open(kab: str, proposals: Collection[str]) -> QuerySet[Case]:
    return Case.objects.filter(kab=kab, open=True, proposal__in=proposals)
