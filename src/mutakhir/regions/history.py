"""What became of a code: moved, renamed, renumbered or split, as data."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

#: renamed: same code, other name; moved: same place under another parent;
#: renumbered: same place and parent, other number; split: one code became several.
ChangeKind = Literal["renamed", "moved", "renumbered", "split"]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of history. ``last_seen`` is the last day on which ``old`` is known in use."""

    old: str
    new: str
    kind: ChangeKind
    old_name: str
    last_seen: date
    source: str


def read_history(text: str) -> tuple[Change, ...]:
    """Read ``history.csv``, in the order of the file."""
    return tuple(
        Change(
            row["old"],
            row["new"],
            cast(ChangeKind, row["kind"]),
            row["old_name"],
            date.fromisoformat(row["last_seen"]),
            row["source"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )
