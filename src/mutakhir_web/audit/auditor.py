"""The auditor: writes the entry inside the transaction of the act. No actor, no entry."""

from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import transaction

from mutakhir_web.accounts.models import User
from mutakhir_web.audit.models import Entry


class Origin(NamedTuple):
    """Where a request came from."""

    address: str | None
    device: str


#: Set for each request by ``audit.middleware``; work of the job worker has none.
origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


class NoTransactionError(RuntimeError):
    """An act was recorded outside a transaction: it could stand without its entry, or alone."""


def record(
    act: str,
    *,
    by: User,
    kab: str = "",
    subject: str = "",
    purpose: str = "",
    **detail: Any,
) -> Entry:
    """Record that ``by`` did ``act``. ``detail`` must hold no personal value.

    Raises NoTransactionError outside ``transaction.atomic``.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransactionError(act)
    came = origin.get() or Origin(None, "")
    return Entry.objects.create(
        act=act,
        by=by.username,
        role=by.role,
        kab=kab,
        subject=subject,
        purpose=purpose,
        address=came.address,
        device=came.device,
        detail=detail,
    )
