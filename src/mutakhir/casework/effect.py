"""Decisions in effect: what a period's decisions, folded, ask the next roll to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

from mutakhir.casework.casebook import Case, Casebook, CasebookError
from mutakhir.casework.decision import SEEN_BY_OFFICER, Decision, same_person
from mutakhir.casework.policies import best_rung, needs_two, removing_rungs
from mutakhir.person import PERSON_FIELDS
from mutakhir.rules import Law

#: Decisions in effect, one row each, as casework folds them from the decision file: who they
#: touch, and where the values they take stand. The order of rows does not matter.
EFFECT_SCHEMA: Final = pa.schema(
    [
        # seq of the accept; of the overturning or withdrawal where a reversal is asked
        pa.field("decision", pa.int64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),  # a proposal kind; never conflict
        pa.field("dpid", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        # where the values stand: a record, or ``sebelum:<period>:<dpid>``, the voter as the
        # last roll before that period held them
        pa.field("record_id", pa.string()),
        pa.field("fields", pa.list_(pa.string()), nullable=False),
        pa.field("rung", pa.string()),  # best document behind it
        pa.field("other_dpid", pa.string()),  # as in the proposal
    ]
)
#: Fields that a move takes with it.
MOVED_FIELDS: Final = ("address", "rt", "rw", "desa", "tps")
#: Reasons of a reversal.
OVERTURNED, WITHDRAWN = "pembatalan", "penarikan_sumber"
_MOVING: Final = ("add", "remove", "restore", "suspend")


@dataclass(frozen=True, slots=True)
class _Standing:
    """An accept and the periods from and until which it counts (until: not counting)."""

    accept: Decision
    since: str
    until: str | None
    ended_by: Decision | None
    ended_as: str = ""

    def counts(self, period: str) -> bool:
        """Whether it counts at the end of ``period``."""
        return self.since <= period and (self.until is None or period < self.until)

    def counted(self, period: str) -> bool:
        """Whether it counted at the end of the period before ``period``, and so on its roll."""
        return self.since < period and (self.until is None or period <= self.until)


def effects(decisions: Iterable[Decision], period: str, law: Law) -> pa.Table:
    """What the decisions up to ``period`` ask its roll to do (EFFECT_SCHEMA), sorted.

    Within the period, what was overturned or rests on withdrawn sources does not count. What
    an earlier roll already holds is undone by a reversal. The caller gives the whole file; the
    decisions of later periods are left out here.
    """
    book = fold_until(decisions, period)
    all_standing = [found for case in book.cases.values() if (found := _standing(case, book, law))]
    all_standing.sort(key=lambda each: each.accept.seq)
    rows = [
        _effect(each.accept, _documents(each.accept, book), law)
        for each in all_standing
        if each.since == period and each.counts(period)
    ]
    rows += _reversals(all_standing, period, law)
    rows.sort(key=lambda row: (row["decision"], row["dpid"], row["kind"], row["record_id"] or ""))
    return pa.Table.from_pylist(rows, schema=EFFECT_SCHEMA)


def touching(book: Casebook, dpid: str) -> list[Decision]:
    """The decisions that may bear on one voter: on them, and the withdrawals of sources."""
    found = list(book.decisions_of(dpid))
    for approval in book.withdrawn.values():
        asked = book.decision(approval.target)
        found += [each for each in (asked, approval) if each is not None]
    return sorted(found, key=_seq)


def effects_on(dpid: str, decisions: Sequence[Decision], period: str, law: Law) -> pa.Table:
    """Of ``effects`` those on one voter; ``decisions``: all of ``touching`` that were sealed.

    They are folded as if they were the whole file, which needs numbers without gaps.
    """
    places = {decision.seq: place for place, decision in enumerate(decisions, start=1)}
    alone = [
        replace(decision, seq=places[decision.seq], target=places.get(decision.target or 0))
        for decision in decisions
    ]
    rows = [
        {**row, "decision": decisions[row["decision"] - 1].seq}
        for row in effects(alone, period, law).to_pylist()
        if row["dpid"] == dpid
    ]
    return pa.Table.from_pylist(rows, schema=EFFECT_SCHEMA)


def resting_on(book: Casebook, source: str, law: Law) -> list[Decision]:
    """The accepts in effect that would be void without ``source``, by seq.

    Those that lose their ground with it, beside the sources already withdrawn: what withdrawing
    it takes back, in this period or from an earlier roll.
    """
    gone = {source} | set(book.withdrawn)
    return [
        each.accept
        for case in book.cases.values()
        if (each := _standing(case, book, law)) is not None
        and each.until is None
        and source in _touched(each.accept)
        and not _has_ground(each.accept, gone, law)
    ]


def fold_until(decisions: Iterable[Decision], period: str) -> Casebook:
    """The casebook of the decisions that belong to ``period`` and those before it."""
    book = Casebook()
    for decision in decisions:
        book.apply(decision, counts=decision.period <= period)
    return book


def _standing(case: Case, book: Casebook, law: Law) -> _Standing | None:
    accept, effective = case.accept, case.effective
    if accept is None or effective is None or effective.seq < accept.seq:
        return None
    _know_reason(accept, law)
    two = needs_two(accept.kind, accept.reason or "", law)  # type: ignore[arg-type]
    if two and (effective is accept or same_person(effective.by, accept.by)):
        return None
    ends = [end for end in (case.overturned, _voided(accept, book, law)) if end is not None]
    end = min(ends, key=lambda each: (each.period, each.seq), default=None)
    if end is None:
        return _Standing(accept, effective.period, None, None)
    ended_as = OVERTURNED if end is case.overturned else WITHDRAWN
    return _Standing(accept, effective.period, end.period, end, ended_as)


def _know_reason(accept: Decision, law: Law) -> None:
    known = {"add": law.additions, "remove": law.removals}.get(accept.kind or "")
    if known is not None and accept.reason not in known:
        text = f"alasan tidak dikenal dalam {law.name}"
        raise CasebookError(f"keputusan {accept.seq}: {text}")


def _voided(accept: Decision, book: Casebook, law: Law) -> Decision | None:
    """The withdrawal that leaves this accept without ground, if one does."""
    touched = _touched(accept) & book.withdrawn.keys()
    out = sorted((book.withdrawn[source] for source in touched), key=_seq)
    gone: set[str] = set()
    for withdrawal in out:
        target = book.decision(withdrawal.target)
        gone.add(target.source or "" if target else "")
        if not _has_ground(accept, gone, law):
            return withdrawal
    return None


def _touched(accept: Decision) -> set[str]:
    """The sources that an accept rests on, by evidence or by the values it takes."""
    return {_source(record) for record, _ in accept.evidence} | {_source(accept.record or "")}


def _has_ground(accept: Decision, gone: set[str], law: Law) -> bool:
    """Values still have their source, and the evidence left is still enough."""
    if accept.record and _source(accept.record) in gone:
        return False
    left = {kind for record, kind in accept.evidence if _source(record) not in gone}
    from_sources = any(
        _source(record) not in gone for record, _ in accept.evidence if record != SEEN_BY_OFFICER
    )
    if accept.kind == "remove" and accept.reason == "meninggal":
        return bool(left & removing_rungs(law))
    return from_sources


def _source(record_id: str) -> str:
    return record_id.partition(":")[0]


def _seq(decision: Decision) -> int:
    return decision.seq


def _documents(accept: Decision, book: Casebook) -> list[str]:
    gone = book.withdrawn.keys()
    return [kind for record, kind in accept.evidence if _source(record) not in gone]


def _effect(accept: Decision, documents: Iterable[str], law: Law) -> dict[str, Any]:
    return {
        "decision": accept.seq,
        "kind": accept.kind,
        "dpid": accept.dpid,
        "reason": accept.reason,
        "record_id": accept.record,
        "fields": list(accept.fields),
        "rung": best_rung(documents, law) or min(documents, default=None),
        "other_dpid": accept.other_dpid,
    }


def _reversals(standing: list[_Standing], period: str, law: Law) -> Iterator[dict[str, Any]]:
    """What must be undone in ``period`` because it stood on an earlier roll until now."""
    of_voter: dict[str, list[_Standing]] = {}
    for each in standing:
        if each.since < period:
            of_voter.setdefault(each.accept.dpid or "", []).append(each)
    for found in of_voter.values():
        fallen = [each for each in found if each.until == period]
        if not fallen:
            continue
        moving = [each for each in found if each.accept.kind in _MOVING]
        was = _place(moving, lambda each: each.counted(period))
        now = _place(moving, lambda each: each.counts(period))
        if was != now:
            yield _undo_moving(moving, period, (was, now), law)
        if "gone" not in (was, now):
            for each in fallen:
                yield from _undo_values(each, found, period)


def _place(moving: list[_Standing], counts: Callable[[_Standing], bool]) -> str:
    """Where those that count leave a voter: on, suspended, gone."""
    adds = [each for each in moving if each.accept.kind == "add"]
    last = next((each for each in reversed(moving) if counts(each)), None)
    if adds and not any(counts(each) for each in adds):
        return "gone"
    if last is None or last.accept.kind in ("add", "restore"):
        return "on"
    return "gone" if last.accept.kind == "remove" else "suspended"


def _undo_moving(
    moving: list[_Standing], period: str, way: tuple[str, str], law: Law
) -> dict[str, Any]:
    """From where the voter was to where what still counts leaves them: one effect."""
    fallen = [each for each in moving if each.until == period][-1]
    last = next((each for each in reversed(moving) if each.counts(period)), None)
    if way[1] == "on":
        return _reversal(fallen, "restore")
    if way[0] == "gone":
        # Back as the tombstone holds them: suspended.
        return _reversal(fallen, "restore", fields=["status"])
    if last is None or last.accept.kind not in ("remove", "suspend"):
        return _reversal(fallen, "remove")
    # The tombstone or suspension that a restoration lifted stands again, on its own document.
    again = _effect(last.accept, [kind for _, kind in last.accept.evidence], law)
    return _reversal(fallen, again["kind"], reason=again["reason"], rung=again["rung"])


def _reversal(each: _Standing, kind: str, **more: Any) -> dict[str, Any]:
    assert each.ended_by is not None
    return {
        "decision": each.ended_by.seq,
        "kind": kind,
        "dpid": each.accept.dpid,
        "reason": each.ended_as,
        "record_id": None,
        "fields": [],
        "rung": None,
        "other_dpid": None,
        **more,
    }


def _undo_values(each: _Standing, others: list[_Standing], period: str) -> Iterator[dict[str, Any]]:
    """Each field goes back to the last decision that still counts, or to the roll before."""
    if each.accept.kind not in ("correct", "relocate"):
        return
    back: dict[tuple[str, str], list[str]] = {}
    for field in _set_fields(each.accept):
        setters = [o for o in others if field in _set_fields(o.accept)]
        counting = [o.accept for o in setters if o.counts(period)]
        if counting and counting[-1].seq > each.accept.seq:
            continue
        place = ("correct", f"sebelum:{setters[0].since}:{each.accept.dpid}")
        if counting:
            # An earlier move is made again: its record says where to, not where they stood.
            kind = "relocate" if counting[-1].kind == "relocate" else "correct"
            place = (kind, counting[-1].record or "")
        back.setdefault(place, []).append(field)
    for (kind, record), names in sorted(back.items()):
        fields = sorted(names) if kind == "correct" else []
        yield _reversal(each, kind, record_id=record, fields=fields)


def _set_fields(accept: Decision) -> tuple[str, ...]:
    if accept.kind == "add":
        return PERSON_FIELDS
    if accept.kind == "relocate":
        return MOVED_FIELDS
    return accept.fields if accept.kind == "correct" else ()
