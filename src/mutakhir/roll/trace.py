"""The trace: where a row went, and why a voter is or is not on the roll. References only."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.casebook import Casebook, fold
from mutakhir.casework.decision import Decision
from mutakhir.casework.desk import proposed_periods, read_outcomes, read_proposals
from mutakhir.casework.states import STATES
from mutakhir.roll import snapshot
from mutakhir.store import Store


def trace(store: Store, reference: str) -> list[str]:
    """The story of a record_id or a dpid, oldest first, in words. Empty when it is unknown."""
    book = fold(snapshot.decided(store).decisions)
    if ":" in reference:
        return _of_record(store, reference, book)
    return _of_voter(store, reference, book)


def _of_record(store: Store, record_id: str, book: Casebook) -> list[str]:
    lines: list[str] = []
    source = record_id.partition(":")[0]
    for decision in book.adopted.values():
        if decision.source == source:
            lines.append(f"sumber {source} adalah daftar awal (keputusan {decision.seq})")
    for period in proposed_periods(store):
        outcomes = _where(read_outcomes(store, period), "record_id", record_id)
        for outcome in outcomes.to_pylist():
            lines.append(f"{period}: {outcome['words']}")
            if outcome["proposal_id"]:
                lines += _of_proposal(store, period, outcome["proposal_id"], book)
    return lines


def _of_proposal(store: Store, period: str, proposal_id: str, book: Casebook) -> list[str]:
    proposals = (
        _where(read_proposals(store, period), "proposal_id", proposal_id).to_pylist()
        if period in proposed_periods(store)
        else []
    )
    lines = [
        f"{period}: usulan {proposal_id} {row['kind']} {row['reason']}, pemilih {row['dpid']}, "
        f"{len(row['evidence'])} bukti, kecocokan {row['band']}"
        for row in proposals
    ]
    lines += [_decided(decision) for decision in book.history.get(proposal_id, ())]
    lines.append(f"usulan {proposal_id}: {STATES[book.case(proposal_id).state]}")
    return lines


def _of_voter(store: Store, dpid: str, book: Casebook) -> list[str]:
    lines: list[str] = []
    decided = [(d.period, d.proposal) for d in book.decisions if d.dpid == dpid and d.proposal]
    waiting = [
        (period, proposal_id)
        for period in proposed_periods(store)
        for proposal_id in _where(read_proposals(store, period), "dpid", dpid)[
            "proposal_id"
        ].to_pylist()
    ]
    # Decided ones first, in their order: a later file may have put another proposal in their place.
    for period, proposal_id in dict.fromkeys([*decided, *waiting]):
        lines += _of_proposal(store, period, proposal_id, book)
    for version in store.versions():
        lines += _of_version(store, version, dpid)
    return lines


def _of_version(store: Store, version: int, dpid: str) -> list[str]:
    roll = snapshot.read(store, version)
    lines = [
        f"versi {version} ({roll.period}): {row['account_from']} → {row['account_to']}, "
        f"{row['reason']}, keputusan {row['decision']}"
        for row in _where(roll.ledger, "dpid", dpid).to_pylist()
    ]
    lines += [
        f"versi {version} ({roll.period}): ubah {row['field']}, keputusan {row['decision']}"
        for row in _where(roll.changes, "dpid", dpid).to_pylist()
    ]
    if version == store.versions()[-1]:
        lines += _standing(roll.voters, roll.departed, version, dpid)
    return lines


def _standing(voters: pa.Table, departed: pa.Table, version: int, dpid: str) -> Iterable[str]:
    for row in _where(voters, "dpid", dpid).to_pylist():
        place = f"desa {row['desa']} TPS {row['tps']}, {row['status']}"
        yield f"terdaftar pada versi {version}: {place}"
    for row in _where(departed, "dpid", dpid).to_pylist():
        document = row["rung"] or "tanpa dokumen"
        since = f"{row['reason']} sejak {row['left']}, {document}"
        yield f"tidak terdaftar pada versi {version}: {since}"


def _where(table: pa.Table, column: str, value: str) -> pa.Table:
    return table.filter(pc.equal(table[column], value))


def _decided(decision: Decision) -> str:
    note = f": {decision.note}" if decision.note else ""
    target = f" atas keputusan {decision.target}" if decision.target else ""
    return (
        f"keputusan {decision.seq} ({decision.at}): {decision.act}{target} oleh {decision.by}{note}"
    )
