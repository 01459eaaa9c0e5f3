"""Making, changing and ending accounts and sessions; each with its audit entry.

An administrator acts inside their own area, on others: nobody raises, prolongs or ends themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction

from mutakhir_web.accounts import temporary
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as an administrator wants it."""

    username: str
    full_name: str
    role: str
    area: str
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Issued:
    """An account and its password for the first sign-in, which is shown once and not kept."""

    account: User
    password: str


@transaction.atomic
def create(wanted: Wanted, *, by: User) -> Issued:
    """Make an account. Raises PermissionDenied outside the area, IntegrityError for a used name."""
    return _create(wanted, by)


@transaction.atomic
def create_many(wanted: Iterable[Wanted], *, by: User) -> list[Issued]:
    """All of them or none."""
    return [_create(each, by) for each in wanted]


def _create(wanted: Wanted, by: User) -> Issued:
    require(by, Act.MANAGE_PEOPLE, wanted.area)
    password = temporary.make()
    account = User.objects.create(
        username=wanted.username,
        full_name=wanted.full_name,
        role=wanted.role,
        area=wanted.area,
        expires_on=wanted.expires_on,
        must_change_password=True,
        password=temporary.hashed(password),
    )
    _record("account_created", by, account, given_role=wanted.role, until=_day(wanted.expires_on))
    return Issued(account, password)


@transaction.atomic
def change(username: str, wanted: Wanted, *, by: User) -> User:
    """Set name, role, area and expiry. Raises PermissionDenied, also when it is one's own."""
    account = _others(username, by)
    require(by, Act.MANAGE_PEOPLE, wanted.area)
    before = {"role": account.role, "area": account.area, "until": _day(account.expires_on)}
    account.full_name = wanted.full_name
    account.role, account.area = wanted.role, wanted.area
    account.expires_on = wanted.expires_on
    account.save(update_fields=["full_name", "role", "area", "expires_on"])
    after = {"role": account.role, "area": account.area, "until": _day(account.expires_on)}
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    _record("account_changed", by, account, changed=changed)
    return account


@transaction.atomic
def deactivate(username: str, *, by: User) -> User:
    """End the account and its sessions. Doing it twice changes nothing."""
    account = _others(username, by)
    if account.is_active:
        account.is_active = False
        account.save(update_fields=["is_active"])
        _record("account_ended", by, account, sessions=_end_all(account))
    return account


@transaction.atomic
def reactivate(username: str, *, by: User) -> User:
    """Let the account be used again. Doing it twice changes nothing."""
    account = _others(username, by)
    if not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
        _record("account_reopened", by, account)
    return account


@transaction.atomic
def reset_password(username: str, *, by: User, factors: bool = False) -> Issued:
    """A new password for one use; all sessions end. ``factors``: drop the second factors too."""
    account = _others(username, by)
    password = temporary.make()
    account.password, account.must_change_password = temporary.hashed(password), True
    account.save(update_fields=["password", "must_change_password"])
    dropped = 0
    if factors:
        dropped, _rows = Authenticator.objects.filter(user=account).delete()
    ended = _end_all(account)
    _record("password_reset", by, account, sessions=ended, factors_dropped=dropped)
    return Issued(account, password)


@transaction.atomic
def end_own_session(session_id: int, *, by: User) -> None:
    """End one of one's own sessions. Raises UserSession.DoesNotExist when it is over already."""
    _end(UserSession.objects.get(pk=session_id, user=by), by)


@transaction.atomic
def end_session(session_id: int, *, by: User) -> None:
    """End somebody's session. Raises UserSession.DoesNotExist, PermissionDenied."""
    session = UserSession.objects.select_related("user").get(pk=session_id)
    require(by, Act.END_SESSIONS, session.user.area)
    _end(session, by)


@transaction.atomic
def end_sessions(owner: User, *, by: User, but: str = "") -> int:
    """End all sessions of ``owner`` but the one with the key ``but``; how many there were."""
    if owner != by:
        require(by, Act.END_SESSIONS, owner.area)
    ended = _end_all(owner, but=but)
    if ended:
        _record("session_ended", by, owner, sessions=ended)
    return ended


def _others(username: str, by: User) -> User:
    account = User.objects.select_for_update().get(username=username)
    require(by, Act.MANAGE_PEOPLE, account.area)
    if account == by:
        raise PermissionDenied
    return account


def _end(session: UserSession, by: User) -> None:
    session.end()
    _record("session_ended", by, session.user, sessions=1)


def _end_all(owner: User, but: str = "") -> int:
    sessions = list(UserSession.objects.filter(user=owner).exclude(session_key=but))
    for session in sessions:
        session.end()
    return len(sessions)


def _record(act: str, by: User, account: User, **detail: object) -> None:
    """The area of the account is the region of the act; names of people stay out of it."""
    auditor.record(act, by=by, kab=account.area, subject=f"account:{account.username}", **detail)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
