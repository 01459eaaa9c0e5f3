"""Signing in and out and what guards it, as audit entries.

These are allauth's and Django's acts, not ours, so signals tell of them; every act of our own
writes its entry itself (``auditor.record`` inside its transaction).
"""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa import signals as factor
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from mutakhir_web.accounts.models import User
from mutakhir_web.audit import auditor


@receiver(user_logged_in)
def signed_in(user: User, **_given: Any) -> None:
    """All steps passed."""
    _record("signed_in", user)


@receiver(user_logged_out)
def signed_out(user: User | None, **_given: Any) -> None:
    """By the user, or because the account ended."""
    if user is not None:
        _record("signed_out", user)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], **_given: Any) -> None:
    """Whoever it was: the account's name only where there is such an account.

    What was typed is not kept otherwise: people type passwords and NIKs into the wrong field.
    """
    typed = str(credentials.get("username", "")).lower()
    known = User.objects.filter(username=typed).first()
    _record("sign_in_failed", known or User(username="", role="", area=""))


@receiver(password_changed)
def password_was_changed(user: User, **_given: Any) -> None:
    """By its owner."""
    _record("password_changed", user)


@receiver(factor.authenticator_added)
def factor_added(user: User, authenticator: Any, **_given: Any) -> None:
    """A second factor more."""
    _record("factor_added", user, kind=authenticator.type)


@receiver(factor.authenticator_removed)
def factor_removed(user: User, authenticator: Any, **_given: Any) -> None:
    """A second factor less."""
    _record("factor_removed", user, kind=authenticator.type)


@receiver(factor.authenticator_reset)
def factor_reset(user: User, authenticator: Any, **_given: Any) -> None:
    """New recovery codes in place of the old."""
    _record("factor_reset", user, kind=authenticator.type)


@receiver(factor.authentication_failed)
def factor_failed(user: User, authenticator: Any, **_given: Any) -> None:
    """The password was right and the second factor wrong: worth a look."""
    _record("factor_failed", user, kind=authenticator.type)


def _record(act: str, user: User, **detail: str) -> None:
    subject = f"account:{user.username}" if user.username else ""
    with transaction.atomic():
        auditor.record(act, by=user, kab=user.area, subject=subject, **detail)
