"""What the office's own order of work says before an act: rooms above may object.

The domain knows only open and closed periods; that a period is frozen before its plenary is known
to the room of periods, which is above this one and registers its objection when it starts.
"""

from collections.abc import Callable

#: (kab, period) -> why nothing may be decided now, in words for the office; None when it may.
Objection = Callable[[str, str], str | None]
_OBJECTIONS: list[Objection] = []


def register(objection: Objection) -> Objection:
    """Ask ``objection`` before every act on a case. Usable as a decorator."""
    if objection not in _OBJECTIONS:
        _OBJECTIONS.append(objection)
    return objection


def objection(kab: str, period: str) -> str | None:
    """The first objection of any room, or None."""
    return next((found for asked in _OBJECTIONS if (found := asked(kab, period))), None)
