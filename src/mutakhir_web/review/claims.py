"""Claims: who works on which case, so that two officers never get the same one.

A claim is a courtesy with an end, not a lock: what is sealed is guarded by what the officer has
seen (``actions``). It ends with the decision, when the page is left, or after LEASE.
"""

from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mutakhir_web.accounts.models import User
from mutakhir_web.audit import auditor
from mutakhir_web.review.models import Case

#: How long a case is kept for somebody who does nothing.
LEASE: Final = timedelta(minutes=10)


def free_for(user: User) -> Q:
    """Cases that nobody else works on."""
    gone = timezone.now() - LEASE
    return Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_at__lt=gone)


def holder(case: Case, user: User) -> User | None:
    """Who else works on the case now."""
    if case.claimed_by is None or case.claimed_by == user or case.claimed_at is None:
        return None
    return None if case.claimed_at < timezone.now() - LEASE else case.claimed_by


@transaction.atomic
def claim_next(*, by: User, among: QuerySet[Case], after: Case | None = None) -> Case | None:
    """The next free case of ``among``, kept for ``by``: after ``after``, or again from the start.

    None when nothing is left.
    """
    waiting = among.filter(free_for(by)).order_by("place")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    case = waiting.filter(place__gt=after.place).first() if after else None
    if case is None:
        others = waiting.exclude(pk=after.pk) if after else waiting
        case = others.first()
    if case is not None:
        _keep(case, by)
    return case


@transaction.atomic
def claim(*, by: User, case: Case) -> bool:
    """Keep this case for ``by``; False when somebody else has it, or must have it next."""
    if case.state.endswith("waiting_second") and case.last_by == by.username:
        return False
    free = Case.objects.filter(Q(pk=case.pk) & free_for(by))
    kept = free.update(claimed_by=by, claimed_at=timezone.now()) == 1
    case.refresh_from_db(fields=["claimed_by", "claimed_at"])
    return kept


@transaction.atomic
def take_over(*, by: User, case: Case) -> None:
    """Take the case from whoever has it; told in the audit."""
    before = case.claimed_by.username if case.claimed_by else ""
    _keep(case, by)
    subject = f"case:{case.proposal}"
    auditor.record("take_over", by=by, kab=case.kab, subject=subject, before=before)


def release(*, by: User, case: Case) -> None:
    """Let go of the case, if it is kept for ``by``."""
    Case.objects.filter(pk=case.pk, claimed_by=by).update(claimed_by=None, claimed_at=None)


def _keep(case: Case, by: User) -> None:
    case.claimed_by, case.claimed_at = by, timezone.now()
    case.save(update_fields=["claimed_by", "claimed_at"])
