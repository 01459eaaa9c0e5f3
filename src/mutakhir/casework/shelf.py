"""The shelf: a period's proposals by proposal_id, taken from their table one at a time."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, ValuesView

import pyarrow as pa

from mutakhir.casework.proposal import Proposed
from mutakhir.casework.seal import all_proposed

_AT_ONCE = 4096


class Shelf(Mapping[str, Proposed]):
    """A table takes a small part of the memory that as many objects would."""

    def __init__(self, proposals: pa.Table) -> None:
        """``proposals``: PROPOSAL_SCHEMA."""
        needed = proposals.drop_columns(["weight", "why"])
        self._table = needed.sort_by("proposal_id").combine_chunks()
        self._ids = self._table["proposal_id"]

    def __getitem__(self, proposal_id: str) -> Proposed:
        row = self._row(proposal_id)
        if row is None:
            raise KeyError
        return all_proposed(self._table.slice(row, 1))[proposal_id]

    def __contains__(self, proposal_id: object) -> bool:
        return isinstance(proposal_id, str) and self._row(proposal_id) is not None

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return (each.as_py() for each in self._ids)

    def values(self) -> ValuesView[Proposed]:
        """All of them, in the order of their proposal_id, some thousands in memory at once."""
        return _Values(self)

    def batches(self) -> Iterator[Mapping[str, Proposed]]:
        """All of them, some thousands at once."""
        for start in range(0, len(self), _AT_ONCE):
            yield all_proposed(self._table.slice(start, _AT_ONCE))

    def _row(self, proposal_id: str) -> int | None:
        row = bisect_left(self._ids, proposal_id, key=lambda each: each.as_py())
        found = row < len(self) and self._ids[row].as_py() == proposal_id
        return row if found else None


class _Values(ValuesView[Proposed]):
    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[Proposed]:
        return (each for batch in self._shelf.batches() for each in batch.values())
