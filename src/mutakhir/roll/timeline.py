"""The timeline: everything that was proposed, decided and changed about one voter, oldest first.

Structured, for screens; ``trace`` says the like in lines of text. Values of fields are personal:
the screen masks them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import pyarrow.parquet as pq

from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import SEEN_BY_OFFICER, Decision
from mutakhir.casework.desk import proposed_periods
from mutakhir.casework.effect import touching
from mutakhir.casework.proposal import PROPOSAL_SCHEMA
from mutakhir.roll.ledger import OUTSIDE, SEX_CORRECTED
from mutakhir.roll.lookup import Lookup, area
from mutakhir.roll.snapshot import manifest
from mutakhir.store import Store

Row = dict[str, Any]
#: On the roll: came, left, moved, changed, suspended, restored. In the office: proposal, decision.
What = Literal["came", "left", "moved", "changed", "suspended", "restored", "proposal", "decision"]
_STAGES: Final = {"proposal": 0, "decision": 1}


@dataclass(frozen=True, slots=True)
class Document:
    """A row of a source. ``kind``: of document (rules/ evidence); ``row`` as a spreadsheet counts.

    What an officer saw without a file has neither source nor row.
    """

    record_id: str
    kind: str
    source_id: str
    file: str
    row: int | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    ``version``: the roll version that holds it, None for proposals and decisions. ``origin`` and
    ``destination``: ledger accounts. ``decision``: the one behind it, or the event itself;
    ``approval``: the yes that followed. ``at``: of the decision that made it count, RFC 3339;
    empty for proposals.
    """

    what: What
    period: str
    at: str = ""
    version: int | None = None
    kind: str = ""
    reason: str = ""
    origin: str = ""
    destination: str = ""
    fields: tuple[FieldChange, ...] = ()
    documents: tuple[Document, ...] = ()
    proposal: str | None = None
    decision: Decision | None = None
    approval: Decision | None = None


def timeline(
    lookup: Lookup,
    dpid: str,
    kabs: tuple[str, ...],
    *,
    book: Casebook,
    proposals: Iterable[Row] = (),
) -> list[Event]:
    """Everything known of one voter, oldest first; empty outside the caller's area.

    ``proposals``: those on this voter (PROPOSAL_SCHEMA), as ``proposals_on`` reads them or as
    the office's own tables hold them. A voter not yet on the roll has only the office's part.
    """
    store, last = lookup.store, lookup.anywhere(dpid)
    if last is not None and not last["desa"].startswith(area(kabs)):
        return []
    proposals = [each for each in proposals if each["dpid"] == dpid]
    events = [_proposed(store, each) for each in proposals if each["kab"].startswith(area(kabs))]
    told = [decision for decision in book.decisions_of(dpid) if decision.kab.startswith(area(kabs))]
    events += [_decided(store, decision) for decision in told]
    events += _on_roll(lookup, dpid, last, book)
    return sorted(events, key=_order)


def proposals_on(store: Store, dpid: str) -> list[Row]:
    """Proposals of every period on one voter, read from the store's files."""
    found: list[Row] = []
    for period in proposed_periods(store):
        path = store.period(period) / "proposals.parquet"
        table = pq.read_table(path, schema=PROPOSAL_SCHEMA, filters=[("dpid", "==", dpid)])
        found += table.to_pylist()
    return found


def _order(event: Event) -> tuple[str, int, int, int]:
    seq = event.decision.seq if event.decision else 0
    return event.period, event.version or 0, _STAGES.get(event.what, 2), seq


def _proposed(store: Store, row: Row) -> Event:
    evidence = ((each["record_id"], each["kind"]) for each in row["evidence"])
    return Event(
        what="proposal",
        period=row["period"],
        kind=row["kind"],
        reason=row["reason"],
        documents=_documents(store, evidence),
        proposal=row["proposal_id"],
    )


def _decided(store: Store, decision: Decision) -> Event:
    return Event(
        what="decision",
        period=decision.period,
        at=decision.at,
        kind=decision.kind or "",
        reason=decision.reason or "",
        documents=_documents(store, decision.evidence),
        proposal=decision.proposal,
        decision=decision,
    )


def _on_roll(lookup: Lookup, dpid: str, last: Row | None, book: Casebook) -> list[Event]:
    """What each version did to the voter: entries and changes of one decision are one event."""
    history = lookup.history
    groups: dict[tuple[int, int], tuple[list[Row], list[Row]]] = {}
    for row in history.ledger(dpid):
        groups.setdefault((row["version"], row["decision"]), ([], []))[0].append(row)
    for row in history.changes(dpid):
        groups.setdefault((row["version"], row["decision"]), ([], []))[1].append(row)
    events = []
    for (version, seq), (entries, changes) in sorted(groups.items()):
        before = history.at(dpid, version - 1, last)
        after = history.at(dpid, version, last)
        seen = _seen(entries, [row["field"] for row in changes], before or {}, after or {})
        period = manifest(lookup.store, version).period
        behind = _behind(lookup, seq, dpid, book)
        events.append(Event(period=period, version=version, **seen, **behind))
    return events


def _seen(entries: list[Row], names: list[str], before: Row, after: Row) -> Row:
    """What entries and changes say happened."""
    moves = [row for row in entries if row["reason"] != SEX_CORRECTED]
    if not moves:
        return {"what": _detail(names, after), "fields": _fields(names, before, after)}
    (move,) = moves
    origin, destination = move["account_from"], move["account_to"]
    where = {"origin": origin, "destination": destination, "reason": move["reason"]}
    if origin.startswith(OUTSIDE):
        what = "restored" if before else "came"
        return {"what": what, **where, "fields": _fields(names, before, after)}
    if destination.startswith(OUTSIDE):
        return {"what": "left", **where, "fields": _fields(names, before, after)}
    return {"what": "moved", **where, "fields": _fields(["desa", "tps", *names], before, after)}


def _detail(names: list[str], after: Row) -> What:
    if names != ["status"]:
        return "changed"
    return "suspended" if after["status"] == "ditangguhkan" else "restored"


def _fields(names: Iterable[str], before: Row, after: Row) -> tuple[FieldChange, ...]:
    found = (FieldChange(name, before.get(name), after.get(name)) for name in names)
    return tuple(each for each in found if each.old != each.new)


def _behind(lookup: Lookup, seq: int, dpid: str, book: Casebook) -> Row:
    """The decision behind an event, the yes after it and the documents."""
    decision = book.decision(seq)
    if decision is None:
        return {}
    if decision.act == "adopt":
        record = lookup.history.opened_by(dpid)
        documents = _documents(lookup.store, [(record, "")] if record else [])
        return {"decision": decision, "at": decision.at, "documents": documents}
    yeses = (each for each in touching(book, dpid) if each.act == "approve")
    approval = next((each for each in yeses if each.target == seq), None)
    return {
        "decision": decision,
        "approval": approval,
        "at": (approval or decision).at,
        "kind": decision.kind or "",
        "documents": _documents(lookup.store, decision.evidence),
        "proposal": decision.proposal,
    }


def _documents(store: Store, evidence: Iterable[tuple[str, str]]) -> tuple[Document, ...]:
    return tuple(_document(store, record, kind) for record, kind in evidence)


def _document(store: Store, record_id: str, kind: str) -> Document:
    if record_id == SEEN_BY_OFFICER:
        return Document(record_id, kind, "", "", None)
    source, _, row = record_id.split(":")
    return Document(record_id, kind, source, _file(store, source), int(row))


@lru_cache(maxsize=1024)
def _file(store: Store, source: str) -> str:
    """The name under which a source came in; sources never change."""
    return str(json.loads((store.source(source) / "manifest.json").read_text())["file"])
