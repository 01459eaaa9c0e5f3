"""Permissions: may this person do this here? Policies on the thing itself are the domain's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.roles import MATRIX, Act, Role

View = Callable[..., HttpResponse]


def allowed(user: User, act: Act) -> bool:
    """Whether the user's role may do ``act`` anywhere at all."""
    return user.is_authenticated and user.in_force and act in MATRIX[Role(user.role)]


def may(user: User, act: Act, code: str) -> bool:
    """Whether the user may do ``act`` to what lies in the region ``code`` (plain digits)."""
    return allowed(user, act) and code.startswith(user.area)


def require(user: User, act: Act, code: str) -> None:
    """Raises PermissionDenied unless ``may``."""
    if not may(user, act, code):
        raise PermissionDenied


def needs(*acts: Act) -> Callable[[View], View]:
    """A view for signed-in people who may do one of ``acts``.

    Where in the country is checked by query and action.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(allowed(request.user, act) for act in acts):  # type: ignore[arg-type]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        # Read by the test of every address.
        guarded.needs = frozenset(acts)  # type: ignore[attr-defined]
        return guarded

    return decorate
