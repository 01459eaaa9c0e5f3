"""The desk: proposals of one period in a store, from its sources and the roll before it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.casework import decision_file
from mutakhir.casework.casebook import Casebook, fold
from mutakhir.casework.decision_file import Cursor
from mutakhir.casework.draft import OUTCOME_SCHEMA, Proposals
from mutakhir.casework.proposal import PROPOSAL_SCHEMA
from mutakhir.casework.propose import propose
from mutakhir.casework.states import OPEN
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.intake.sources import read_records
from mutakhir.linkage.model import Model
from mutakhir.person import PERSON_FIELDS
from mutakhir.rules import Law
from mutakhir.store import Store, StoreError, swapped_folder

#: How often a run is made again because decisions overtook it.
_RUNS: Final = 3


class Linker(Protocol):
    """The part of an engine that links."""

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """Links between voters and records (LINK_SCHEMA)."""

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """Links within one table (LINK_SCHEMA)."""


def propose_period(
    store: Store,
    period: str,
    *,
    voters: pa.Table,
    departed: pa.Table,
    linker: Linker,
    model: Model,
    law: Law,
) -> Proposals:
    """Link the period's records with the roll before it, propose, and write both down.

    ``voters`` and ``departed`` are the roll before the period. Writes links, proposals and
    outcomes under ``periods/<period>``, over those of an earlier run. Others may decide meanwhile
    on what that one proposed: see ``_overtaken``. StoreError when they do so again and again.
    """
    with store.writing():
        chain = decision_file.read(store.decisions)
        book, end = fold(chain.decisions), chain.end
        records = _records(store, period, book)
        columns = ["dpid", *PERSON_FIELDS]
        known = pa.concat_tables([voters.select(columns), departed.select(columns)])
        links = linker.link(known, records, model)
        duplicates = linker.duplicates(voters, model)
        for _ in range(_RUNS):
            standing = _standing_additions(book, period)
            found = propose(
                period=period,
                voters=voters,
                departed=departed,
                records=records,
                links=links,
                duplicates=duplicates,
                law=law,
                alike=lambda people: linker.duplicates(people, model),
                standing=standing.keys(),
            )
            _write(store, period, pa.concat_tables([links, duplicates]), found)
            end = _catch_up(book, store, end)
            if not _overtaken(found, standing, _standing_additions(book, period)):
                return found
    raise StoreError(
        f"putusan atas pemilih baru terus masuk selama usulan {period} disusun; "
        "susun sekali lagi sebelum memutus yang lain"
    )


def _write(store: Store, period: str, links: pa.Table, found: Proposals) -> None:
    with swapped_folder(store.period(period)) as folder:
        pq.write_table(links, folder / "links.parquet")
        pq.write_table(found.proposals, folder / "proposals.parquet")
        pq.write_table(found.outcomes, folder / "outcomes.parquet")


def _catch_up(book: Casebook, store: Store, end: Cursor) -> Cursor:
    """Fold in what was sealed after ``end``; where the file ends now."""
    chain = decision_file.read_from(store.decisions, end)
    for decision in chain.decisions:
        book.apply(decision)
    return chain.end


def _overtaken(found: Proposals, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether an addition accepted during the run now stands under another proposal's name.

    Then another source's record of the same person would come in by a dpid of its own. Asked
    after the proposals were written: who decides from then on decides on these.
    """
    late = {record: proposal for record, proposal in now.items() if record not in before}
    outcomes = found.outcomes
    ours = outcomes.filter(pc.is_in(outcomes["record_id"], pa.array(late, pa.string())))
    return any(late[row["record_id"]] != row["proposal_id"] for row in ours.to_pylist())


def read_proposals(store: Store, period: str) -> pa.Table:
    """The proposals of a period (PROPOSAL_SCHEMA). StoreError when none were made."""
    return _read(store.period(period) / "proposals.parquet", PROPOSAL_SCHEMA, period)


def read_outcomes(store: Store, period: str) -> pa.Table:
    """What became of each record of a period (OUTCOME_SCHEMA). StoreError when not proposed."""
    return _read(store.period(period) / "outcomes.parquet", OUTCOME_SCHEMA, period)


def _read(path: Path, schema: pa.Schema, period: str) -> pa.Table:
    if not path.exists():
        raise StoreError(f"belum ada usulan untuk {period}; jalankan `mutakhir propose` dulu")
    return pq.read_table(path, schema=schema, partitioning=None)


def proposed_periods(store: Store) -> list[str]:
    """Periods with proposals, oldest first."""
    if not store.periods.exists():
        return []
    return sorted(path.parent.name for path in store.periods.glob("*/outcomes.parquet"))


def period_records(store: Store, period: str) -> pa.Table:
    """The records a period answers (RECORD_SCHEMA), sorted by record_id.

    Those of every source no earlier period has answered, and the backlog: records whose
    proposal nobody finished deciding. Sources adopted or withdrawn say nothing more.
    """
    return _records(store, period, casebook(store))


def casebook(store: Store) -> Casebook:
    """All decisions sealed so far, folded."""
    return fold(decision_file.read(store.decisions).decisions)


def _records(store: Store, period: str, book: Casebook) -> pa.Table:
    silent = {decision.source for decision in book.adopted.values()} | book.withdrawn.keys()
    earlier = [read_outcomes(store, p) for p in proposed_periods(store) if p < period]
    answered = pa.concat_tables([OUTCOME_SCHEMA.empty_table(), *earlier])
    seen = set(pc.unique(_source(answered["record_id"])).to_pylist())
    waiting = _backlog(answered, book)
    parts = [RECORD_SCHEMA.empty_table()]
    for path in sorted(store.sources.glob("*/records.parquet")):
        if path.parent.name in silent:
            continue
        table = read_records(store, path.parent.name)
        if path.parent.name in seen:
            table = table.filter(pc.is_in(table["record_id"], waiting))
        parts.append(table)
    return pa.concat_tables(parts).sort_by("record_id")


def _standing_additions(book: Casebook, period: str) -> dict[str, str]:
    """The records by which the period's accepted additions come in, each with its proposal."""
    accepts = (each for (when, _), found in book.moving.items() if when == period for each in found)
    return {each.record or "": each.proposal or "" for each in accepts if each.kind == "add"}


def _source(record_ids: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.list_element(pc.split_pattern(record_ids, ":", max_splits=1), 0)


def _backlog(answered: pa.Table, book: Casebook) -> pa.Array:
    """The records that led to a proposal still open."""
    proposed: Iterable[str] = pc.unique(answered["proposal_id"].drop_null()).to_pylist()
    still = [each for each in proposed if book.case(each).state in OPEN]
    mask = pc.is_in(answered["proposal_id"], pa.array(still, pa.string()))
    return answered.filter(mask)["record_id"].combine_chunks()
