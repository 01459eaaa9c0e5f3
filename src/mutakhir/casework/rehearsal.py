"""The rehearsal: what a file would lead to if it were taken in, worked out where nothing counts.

The same steps as in earnest (taking in, linking, proposing), in a scratch store: its numbers are
those that the real run gives as long as no other file and no decision comes in between.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.casebook import Casebook
from mutakhir.casework.desk import (
    Linker,
    casebook,
    period_records,
    propose_period,
    proposed_periods,
    read_outcomes,
    read_proposals,
)
from mutakhir.casework.draft import OUTCOME_SCHEMA, Proposals
from mutakhir.casework.states import OPEN
from mutakhir.intake.receipt import Receipt
from mutakhir.linkage.model import Model
from mutakhir.rules import Law
from mutakhir.store import Store
from mutakhir.store.scratch import scratch

#: Told the share done, 0 to 1.
Told = Callable[[float], None]
_SAMPLE: Final = 25


@dataclass(frozen=True)
class Stage:
    """What proposing needs beside a store: the roll before the period, and how it is linked."""

    period: str
    voters: pa.Table
    departed: pa.Table
    linker: Linker
    model: Model
    law: Law

    def propose(self, store: Store) -> Proposals:
        """Link and propose in ``store``."""
        return propose_period(
            store,
            self.period,
            voters=self.voters,
            departed=self.departed,
            linker=self.linker,
            model=self.model,
            law=self.law,
        )


@dataclass(frozen=True)
class Rehearsal:
    """``before`` and ``after``: proposals without and with the file. ``outcomes``: of its rows.

    ``stood``: ``before`` is what the office has on its desk; else other files wait to be proposed
    too, and ``before`` was worked out with them, so that the difference is this file's alone.
    """

    receipt: Receipt
    before: pa.Table  # PROPOSAL_SCHEMA
    after: pa.Table  # PROPOSAL_SCHEMA
    outcomes: pa.Table  # OUTCOME_SCHEMA
    stood: bool
    difference: "Difference"


@dataclass(frozen=True)
class Count:
    """Of one kind or kecamatan: open proposals that stay, that come, that fall away."""

    key: str
    waiting: int
    new: int
    gone: int


@dataclass(frozen=True)
class Difference:
    """Before and after, counted. ``kinds`` by kind, ``places`` by kecamatan (6 digits or empty).

    ``rows``: what became of the file's accepted rows, in words → how many. ``sample``: new
    proposals: kind, reason, kecamatan, band, why.
    """

    kinds: tuple[Count, ...]
    places: tuple[Count, ...]
    rows: dict[str, int]
    sample: tuple[dict[str, str], ...]


def rehearse(
    store: Store,
    stage: Stage,
    take: Callable[[Store], Receipt],
    *,
    beside: Path,
    told: Told = lambda _share: None,
) -> Rehearsal:
    """Take a file in by ``take`` and propose, in a scratch store under ``beside``.

    Raises what ``take`` raises; StoreBusyError while somebody writes ``store``; StoreError.
    """
    with scratch(store, beside) as trial:
        told(0.05)
        standing = _standing(trial, stage.period)
        before = standing if standing is not None else stage.propose(trial).proposals
        told(0.35)
        receipt = take(trial)
        told(0.5)
        after, outcomes = before, OUTCOME_SCHEMA.empty_table()
        if receipt.status == "taken":
            found = stage.propose(trial)
            after, outcomes = found.proposals, _of_source(found.outcomes, receipt.source_id)
        told(0.9)
        places = _Places(stage, period_records(trial, stage.period))
        difference = _difference(before, after, outcomes, casebook(trial), places)
    return Rehearsal(receipt, before, after, outcomes, standing is not None, difference)


def _standing(store: Store, period: str) -> pa.Table | None:
    """The proposals on the desk, when they answer every record that waits; else None."""
    if period not in proposed_periods(store):
        return None
    answered = set(read_outcomes(store, period)["record_id"].to_pylist())
    waiting = set(period_records(store, period)["record_id"].to_pylist())
    return read_proposals(store, period) if answered == waiting else None


def _of_source(outcomes: pa.Table, source_id: str) -> pa.Table:
    return outcomes.filter(pc.starts_with(outcomes["record_id"], f"{source_id}:"))


class _Places:
    """In which kecamatan a proposal lies: where its voter stands, else where its record says."""

    def __init__(self, stage: Stage, records: pa.Table) -> None:
        people = pa.concat_tables(
            [table.select(["dpid", "desa"]) for table in (stage.voters, stage.departed)]
        )
        self._voters = (people["dpid"].combine_chunks(), people["desa"].combine_chunks())
        self._records = (records["record_id"].combine_chunks(), records["desa"].combine_chunks())

    def of(self, proposals: pa.Table) -> list[str]:
        """Six digits for each proposal; empty where nothing says it."""
        desas = pc.coalesce(
            _looked_up(proposals["dpid"], *self._voters),
            _looked_up(proposals["record_id"], *self._records),
        )
        return [(desa or "")[:6] for desa in desas.to_pylist()]


def _looked_up(keys: pa.ChunkedArray, among: pa.Array, values: pa.Array) -> pa.Array:
    return values.take(pc.index_in(keys.combine_chunks(), value_set=among))


def _difference(
    before: pa.Table, after: pa.Table, outcomes: pa.Table, book: Casebook, places: _Places
) -> Difference:
    was, will = _open(before, book), _open(after, book)
    new = will.filter(pc.invert(pc.is_in(will["proposal_id"], was["proposal_id"].combine_chunks())))
    gone = was.filter(pc.invert(pc.is_in(was["proposal_id"], will["proposal_id"].combine_chunks())))
    kec_was, kec_new, kec_gone = (places.of(table) for table in (was, new, gone))
    kinds = [table["kind"].to_pylist() for table in (was, new, gone)]
    return Difference(
        kinds=_counts(*kinds),
        places=_counts(kec_was, kec_new, kec_gone),
        rows=dict(Counter(outcomes["words"].to_pylist()).most_common()),
        sample=_sample(new, kec_new),
    )


def _open(proposals: pa.Table, book: Casebook) -> pa.Table:
    """Those on which nobody has said the last word."""
    states = [book.case(each).state in OPEN for each in proposals["proposal_id"].to_pylist()]
    return proposals.filter(pa.array(states, pa.bool_()))


def _counts(was: list[str], new: list[str], gone: list[str]) -> tuple[Count, ...]:
    before, comes, goes = Counter(was), Counter(new), Counter(gone)
    keys = sorted({*before, *comes, *goes})
    return tuple(Count(key, before[key] - goes[key], comes[key], goes[key]) for key in keys)


def _sample(new: pa.Table, places: list[str]) -> tuple[dict[str, Any], ...]:
    shown = new.slice(0, _SAMPLE).select(["kind", "reason", "band", "why"]).to_pylist()
    return tuple({**row, "kec": kec} for row, kec in zip(shown, places, strict=False))
