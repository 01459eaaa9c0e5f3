"""The docket: what one period's people decide on, held in memory and kept in step with the store.

A process that serves many people keeps one per period; each act costs what is new, not a reading
of the whole file. Threads share it; processes meet in the decision file.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any, Final, NamedTuple, TypeAlias

import pyarrow as pa

from mutakhir.casework import office
from mutakhir.casework.budget import Groups, Standing
from mutakhir.casework.casebook import Case
from mutakhir.casework.decision import Act, Decision
from mutakhir.casework.decision_book import DecisionBook
from mutakhir.casework.desk import read_proposals
from mutakhir.casework.policies import decided_kind, needs_two, objection
from mutakhir.casework.proposal import PROPOSAL_SCHEMA, Proposed
from mutakhir.casework.seal import SealError, SealReceipt, Sitting
from mutakhir.casework.shelf import Shelf
from mutakhir.casework.transitions import TRANSITIONS, after
from mutakhir.casework.verdict import VERDICT_ACTS, Verdict
from mutakhir.rules import Law
from mutakhir.store import Store

#: Which file it is: another one after each run of ``propose``.
_Identity: TypeAlias = tuple[int, int, int]


class GroupOfCase(NamedTuple):
    """How a proposal stands in its bulk group. ``sampled``: it is looked at by itself."""

    group: Standing
    sampled: bool
    waiting: bool


@dataclass(slots=True)
class _Asked:
    """Verdicts handed in, and what became of them once they were weighed."""

    verdicts: list[Verdict]
    kab: str | None
    at: str
    #: set with the outcome, or without one when it is their turn to seal
    called: Event = field(default_factory=Event)
    outcome: SealReceipt | Exception | None = None


#: What those get whose sealing was stopped from outside (an interrupt): nothing of it is there.
_BROKEN_OFF: Final = SealError("penyegelan terputus; tidak ada yang disegel, ulangi")


class Docket:
    """One period of a store. Ask ``open``; every method takes the lock by itself."""

    def __init__(self, store: Store, period: str, law: Law, file: DecisionBook) -> None:
        """``file``: the store's decision book, which dockets of several periods may share."""
        self.store, self.period, self.law, self.file = store, period, law, file
        self._lock = file.lock
        self._gate, self._sealing = Lock(), False
        self._asked: list[_Asked] = []
        self._identity: _Identity | None = None
        self._sitting = self._laid_out()

    @classmethod
    def open(cls, store: Store, period: str, law: Law) -> "Docket":
        """Read and fold the store's decisions and the period's proposals, if there are any yet.

        Raises DecisionFileError or CasebookError when the decision file is broken.
        """
        return cls(store, period, law, DecisionBook.open(store.decisions))

    def catch_up(self) -> tuple[Decision, ...]:
        """Take in what was sealed or proposed meanwhile; the decisions that are new here.

        Raises DecisionFileError when the file is no longer the one that was read, or broken.
        """
        with self._lock:
            self._lay_out_anew()
            return self.file.catch_up()

    def since(self, seq: int) -> tuple[Decision, ...]:
        """The decisions known after the one with this seq, in their order."""
        with self._lock:
            return tuple(self.file.book.decisions[seq:])

    # verdicts

    def objection(self, verdict: Verdict, *, kab: str | None = None) -> str | None:
        """Why ``verdict`` may not be sealed, in words for the office; None when it may.

        ``kab``: the area the officer may decide for; None: the proposal's own.
        """
        with self._lock:
            return objection(self._sitting.ask(verdict, kab))

    def seal(self, verdicts: Iterable[Verdict], *, kab: str | None = None, at: str) -> SealReceipt:
        """Seal each verdict that no policy forbids; the others are refused with their reason.

        ``at``: RFC 3339 with offset. When this returns, what was sealed is on disk; when it raises
        (SealError, DecisionFileError, OSError), nothing has changed.
        """
        asked = _Asked([*verdicts], kab, at)
        with self._gate:
            self._asked.append(asked)
            if not self._sealing:
                self._call_next()
        asked.called.wait()
        if asked.outcome is None:
            self._seal_together()
        if isinstance(asked.outcome, Exception):
            raise asked.outcome
        assert asked.outcome is not None
        return asked.outcome

    def _seal_together(self) -> None:
        """All who wait, in one write: the disk is waited for once, not once for each.

        Whoever came first while that is going on does the same for those who came after.
        """
        with self._gate:
            together, self._asked = self._asked, []
        outcomes: Sequence[SealReceipt | Exception] = [_BROKEN_OFF] * len(together)
        try:
            with self._lock:
                self._lay_out_anew()
                outcomes = self._sitting.seal_each((a.verdicts, a.kab, a.at) for a in together)
        except Exception as error:
            outcomes = [error] * len(together)
        finally:
            for asked, outcome in zip(together, outcomes, strict=True):
                asked.outcome = outcome
                asked.called.set()
            with self._gate:
                self._call_next()

    def _call_next(self) -> None:
        self._sealing = bool(self._asked)
        if self._sealing:
            self._asked[0].called.set()

    # acts on sources, periods and earlier decisions: see ``office``

    def adopt(self, source: str, **given: Any) -> Decision:
        """``given``: kab, by, at, note."""
        return office.adopt(self.file, source=source, **self._common, **given)

    def withdraw(self, source: str, **given: Any) -> Decision:
        """``given``: kab, by, at, note."""
        return office.withdraw(self.file, source=source, **self._common, **given)

    def overturn(self, seq: int, **given: Any) -> Decision:
        """``given``: kab, by, at, note."""
        return office.overturn(self.file, seq=seq, **self._common, **given)

    def approve(self, seq: int, **given: Any) -> Decision:
        """``given``: kab, by, at, note."""
        return office.approve(self.file, seq=seq, **self._common, **given)

    def retract(
        self, seqs: Iterable[int], *, built_until: int, **given: Any
    ) -> tuple[Decision, ...]:
        """All of these, or none. ``built_until``: ``snapshot.built_until``. ``given``: as above."""
        return office.retract(
            self.file, seqs=seqs, built_until=built_until, **self._common, **given
        )

    def close(self, **given: Any) -> Decision:
        """``given``: kab, by, at."""
        return office.close(self.file, **self._common, **given)

    def reopen(self, **given: Any) -> Decision:
        """``given``: kab, by, at, note, basis."""
        return office.reopen(self.file, **self._common, **given)

    def skip(self, **given: Any) -> Decision:
        """``given``: kab, by, at, note, basis."""
        return office.skip(self.file, **self._common, **given)

    @property
    def _common(self) -> dict[str, Any]:
        return {"period": self.period, "law": self.law}

    # what is known

    def proposal(self, proposal_id: str) -> Proposed | None:
        """The proposal, as policies look at it; None when this period has no such one."""
        with self._lock:
            return self._sitting.proposals.get(proposal_id)

    def case(self, proposal_id: str) -> Case:
        """Where the proposal stands now; a copy, which later decisions don't change."""
        with self._lock:
            return copy(self.file.book.case(proposal_id))

    def standing(self, proposal_id: str) -> GroupOfCase | None:
        """How the proposal's bulk group stands; None where the budget has no word on it."""
        with self._lock:
            subject = self._sitting.proposals.get(proposal_id)
            group = self._sitting.groups.standing(subject) if subject else None
            if group is None:
                return None
            return GroupOfCase(group, proposal_id in group.sample, proposal_id in group.waiting)

    def groups(self) -> list[Standing]:
        """Every bulk group of the period, in the order of their names."""
        with self._lock:
            return list(self._sitting.groups)

    def decisions_on(self, proposal_id: str) -> tuple[Decision, ...]:
        """Every decision on the proposal, in their order."""
        with self._lock:
            return self.file.book.history.get(proposal_id, ())

    def decisions_of(self, dpid: str) -> tuple[Decision, ...]:
        """Every decision on any proposal about the voter, in any period, in their order."""
        with self._lock:
            return self.file.book.decisions_of(dpid)

    def closed(self, kab: str) -> bool:
        """Whether the period takes no more decisions of ``kab``."""
        with self._lock:
            return (self.period, kab) in self.file.book.closed

    def transitions(self, proposal_id: str) -> tuple[Act, ...]:
        """The acts that the table of states allows on the proposal now, whoever decides.

        What else a policy may object to depends on the verdict: ask ``objection``.
        """
        with self._lock:
            return tuple(self._allowed(proposal_id))

    def _allowed(self, proposal_id: str) -> Iterator[Act]:
        question = self._sitting.ask(Verdict(proposal_id, "accept", ""))
        subject, case = question.proposal, question.case
        if (self.period, question.kab) in self.file.book.closed:
            return
        for act in _VERDICTS:
            two = case.two_people
            if act == "accept" and subject is not None:
                two = needs_two(decided_kind(question), subject.reason, self.law)
            if after(case.state, act, two_people=two) is not None:
                yield act

    # proposals

    def _lay_out_anew(self) -> None:
        # Between the two renames of a swap there is no file: then what is known stays.
        if _identity(self._path) not in (self._identity, None):
            self._sitting = self._laid_out()

    def _laid_out(self) -> Sitting:
        """The period's proposals and their groups. A period not proposed yet has none."""
        # Looked at before reading: when the file is swapped in between, it is read once more.
        self._identity = _identity(self._path)
        table = PROPOSAL_SCHEMA.empty_table()
        if self._identity is not None:
            table = read_proposals(self.store, self.period)
        known = Shelf(table)
        # Reading took more than the shelf holds; a docket is kept for weeks.
        pa.default_memory_pool().release_unused()
        groups = Groups(known, self.file.book, self.law.budget, self.period)
        return Sitting(self.file, self.period, self.law, known, groups)

    @property
    def _path(self) -> Path:
        return self.store.period(self.period) / "proposals.parquet"


#: Acts on a proposal in the order of the table of states.
_VERDICTS: tuple[Act, ...] = tuple(
    dict.fromkeys(row.act for row in TRANSITIONS if row.act in VERDICT_ACTS)
)


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_mtime_ns, found.st_ino, found.st_size)
