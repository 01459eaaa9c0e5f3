"""Accounts and sessions as the screens show them, always within the reader's area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mutakhir_web.accounts.models import User
from mutakhir_web.areas.area import Area

#: What the filter "state" may ask for.
STATES = ("active", "ended", "no_factor")


def accounts(
    area: Area, *, role: str = "", within: str = "", state: str = "", text: str = ""
) -> QuerySet[User]:
    """The accounts of ``area``, by name; each with ``secured``: whether it has a second factor."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"))
    found = User.objects.filter(area.rows("area"), Area(within).rows("area"))
    found = found.annotate(secured=Exists(factor))
    if role:
        found = found.filter(role=role)
    if text:
        found = found.filter(Q(username__icontains=text) | Q(full_name__icontains=text))
    over = Q(is_active=False) | Q(expires_on__lt=timezone.localdate())
    match state:
        case "active":
            found = found.exclude(over)
        case "ended":
            found = found.filter(over)
        case "no_factor":
            found = found.exclude(over).filter(secured=False)
    return found


def account(area: Area, username: str) -> User:
    """One account of ``area``. Raises User.DoesNotExist also for one of elsewhere."""
    return User.objects.get(area.rows("area"), username=username)


@dataclass(frozen=True, slots=True)
class Place:
    """A session: somebody signed in, on some device."""

    id: int
    username: str
    full_name: str
    area: str
    started: datetime
    seen: datetime
    address: str
    device: str
    current: bool


def sessions(area: Area, *, current: str = "") -> list[Place]:
    """Everybody's sessions in ``area`` that are open now, the latest used first."""
    return _places(UserSession.objects.filter(area.rows("user__area")), current)


def sessions_of(user: User, *, current: str = "") -> list[Place]:
    """One account's open sessions. ``current``: the key of the one that asks."""
    return _places(UserSession.objects.filter(user=user), current)


def owner_of_session(session_id: int) -> User | None:
    """Whose session it is, of whatever area; None when it is over."""
    session = UserSession.objects.select_related("user").filter(pk=session_id).first()
    return session.user if session else None


def _places(rows: QuerySet[UserSession], current: str) -> list[Place]:
    known = list(rows.select_related("user").order_by("-last_seen_at"))
    still = _open_for(known)
    return [_place(row, current) for row in known if row.session_key in still]


def _open_for(rows: Iterable[UserSession]) -> set[str]:
    """Keys of sessions that still open the account: not expired, not of an old password."""
    owners = {row.session_key: row.user for row in rows}
    stored = Session.objects.filter(session_key__in=owners, expire_date__gt=timezone.now())
    return {session.session_key for session in stored if _opens(session, owners)}


def _opens(session: Session, owners: dict[str, User]) -> bool:
    content, owner = session.get_decoded(), owners[session.session_key]
    same = content.get("_auth_user_hash") == owner.get_session_auth_hash()
    return same and content.get(SESSION_KEY) == str(owner.pk)


def _place(row: UserSession, current: str) -> Place:
    return Place(
        id=row.pk,
        username=row.user.username,
        full_name=row.user.full_name,
        area=row.user.area,
        started=row.created_at,
        seen=row.last_seen_at,
        address=row.ip,
        device=row.user_agent,
        current=row.session_key == current,
    )
