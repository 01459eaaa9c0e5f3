"""What the office's own order of work says before an act: rooms above may object.

The domain knows only open and closed periods; that a period is frozen before its plenary is known
to the room of periods, which is above this one and registers its objection when it starts.
"""

from collections.abc import Callable

#: (kab, period) -> why nothing may be decided now, in words for the office; None when it may.
Objection = Callable[[str, str], str | None]
_OBJECTIONS: list[Objection] = []
#: period -> why no proposals may be made for it now, in words; None when they may.
_TO_PROPOSING: list[Callable[[str], str | None]] = []


def register(objection: Objection) -> Objection:
    """Ask ``objection`` before every act on a case. Usable as a decorator."""
    if objection not in _OBJECTIONS:
        _OBJECTIONS.append(objection)
    return objection


def objection(kab: str, period: str) -> str | None:
    """The first objection of any room, or None."""
    return next((found for asked in _OBJECTIONS if (found := asked(kab, period))), None)


def register_proposing(objection: Callable[[str], str | None]) -> None:
    """Ask ``objection`` before proposals of a period are made."""
    if objection not in _TO_PROPOSING:
        _TO_PROPOSING.append(objection)


def proposing_objection(period: str) -> str | None:
    """The first objection of any room to proposing, or None."""
    return next((found for asked in _TO_PROPOSING if (found := asked(period))), None)
