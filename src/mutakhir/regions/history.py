"""What became of a code: moved, renamed, renumbered or split, as data."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, cast

#: moved: the same place under another parent; renumbered: same place and parent, other number;
#: split: a part of the old region is now ``new``; renamed, spelled: same code, other name.
ChangeKind = Literal["moved", "renumbered", "split", "renamed", "spelled"]
#: derived: two published lists differ so; unverified: general knowledge, no published text read.
Basis = Literal["derived", "unverified"]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of history. ``last_seen`` is the last day on which ``old`` is known in use."""

    old: str
    new: str
    kind: ChangeKind
    old_name: str
    last_seen: date
    basis: Basis
    source: str


class History:
    """The changes, by old code."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self.changes = changes
        self._by_old: dict[str, list[Change]] = defaultdict(list)
        for change in sorted(changes, key=lambda c: (c.last_seen, c.new)):
            if change.new != change.old:
                self._by_old[change.old].append(change)

    def followed(self, code: str, on: date) -> Iterator[str]:
        """Present codes of what ``code`` meant on the day ``on``; itself when nothing changed.

        Where a region was split, the part that keeps the code comes first.
        """
        later = [change for change in self._by_old.get(code, ()) if on <= change.last_seen]
        if not later:
            yield code
            return
        first = [change for change in later if change.last_seen == later[0].last_seen]
        after = first[0].last_seen + timedelta(days=1)
        if all(change.kind == "split" for change in first):
            yield from self.followed(code, after)
        for change in sorted(first, key=lambda change: change.kind == "split"):
            yield from self.followed(change.new, after)

    @cached_property
    def other_names(self) -> dict[str, tuple[str, ...]]:
        """Present code -> names it also went by."""
        names: dict[str, list[str]] = defaultdict(list)
        for change in self.changes:
            if change.new == change.old:
                names[change.new].append(change.old_name)
        return {code: tuple(found) for code, found in names.items()}


def read_history(text: str) -> History:
    """Read ``history.csv``."""
    return History(
        tuple(
            Change(
                row["old"],
                row["new"],
                cast(ChangeKind, row["kind"]),
                row["old_name"],
                date.fromisoformat(row["last_seen"]),
                cast(Basis, row["basis"]),
                row["source"],
            )
            for row in csv.DictReader(io.StringIO(text))
        )
    )
