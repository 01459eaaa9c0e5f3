"""Taking entries out of the audit is an act like any other."""

from django.db import transaction

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.audit.queries import Asked


@transaction.atomic
def record_export(asked: Asked, *, by: User, form: str) -> None:
    """Note who takes out what, before the first line is sent."""
    require(by, Act.SEE_AUDIT, asked.kab or by.area)
    auditor.record("audit_exported", by=by, kab=by.area, form=form, asked=asked.told())
