"""A sheet: rows of text cells with a place in the file they come from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: One row's cells as text, "" for an empty one. Row numbers count from 1 without gaps.
Cells = list[str]


@dataclass(frozen=True)
class Sheet:
    """One table of a file. ``number`` counts from 0 over all members of an archive."""

    number: int
    name: str
    member: str
    rows: Callable[[], Iterator[Cells]]
    siblings: tuple[str, ...] = ()
    #: share of the sheet read so far, 0 to 1, for a progress bar
    done: Callable[[], float] = field(default=lambda: 0.0)

    @property
    def label(self) -> str:
        """How people find the sheet: member and sheet name, whichever there is."""
        return "/".join(part for part in (self.member, self.name) if part)
