"""Sealing: verdicts become decisions, one per voter, at the end of the decision file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.budget import Groups
from mutakhir.casework.casebook import Case, Casebook
from mutakhir.casework.decision import SEEN_BY_OFFICER, Decision
from mutakhir.casework.decision_book import DecisionBook, Where
from mutakhir.casework.policies import (
    ON_PROPOSAL,
    Question,
    decided_kind,
    needs_two,
    objection,
)
from mutakhir.casework.proposal import Proposed
from mutakhir.casework.tally import FOUND_ALIVE
from mutakhir.casework.verdict import Verdict
from mutakhir.rules import Law

#: Verdicts handed in together, the area their officer may decide for, and when.
Asked: TypeAlias = tuple[Iterable[Verdict], str | None, str]
#: How long one may wait for the decision file while others seal.
WAITING: Final = timedelta(seconds=30)


class SealError(Exception):
    """The act on a source or period is not allowed; the message says why, for the office."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A verdict that was not sealed, and why, in words for the office.

    ``proposal_id`` is ``putusan ke-N`` where no such proposal is known: it may be anything, a NIK.
    """

    proposal_id: str
    act: str
    reason: str


@dataclass(frozen=True, slots=True)
class SealReceipt:
    """``sealed`` in the order of the file; sealed + refused = verdicts handed in."""

    sealed: tuple[Decision, ...]
    refused: tuple[Refused, ...]
    head: str


def seal(
    where: Where,
    *,
    period: str,
    kab: str | None,
    proposals: pa.Table,
    verdicts: Iterable[Verdict],
    law: Law,
    at: str,
) -> SealReceipt:
    """Seal ``verdicts`` on ``proposals`` (PROPOSAL_SCHEMA) into the decision file.

    ``kab`` is the area the officers may decide for; None: each proposal's own. ``at`` is an
    RFC 3339 time with offset. A verdict that a policy forbids is refused, not
    raised, and the others go through. Raises SealError when time runs backwards,
    DecisionFileError when the file is broken. Who seals again and again keeps a Docket.
    """
    verdicts = list(verdicts)
    file = DecisionBook.of(where)
    known = proposed(proposals, {v.proposal_id for v in verdicts})
    groups = Groups(_neighbours(proposals, known, law), file.book, law.budget, period)
    (outcome,) = Sitting(file, period, law, known, groups).seal_each([(verdicts, kab, at)])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where verdicts on one period's proposals are weighed: ``file`` and what was proposed."""

    file: DecisionBook
    period: str
    law: Law
    proposals: Mapping[str, Proposed]
    groups: Groups

    def ask(self, verdict: Verdict, kab: str | None = None) -> Question:
        """The verdict with everything that bears on it. ``kab``: see ``seal``."""
        book = self.file.book
        case = book.case(verdict.proposal_id)
        subject = self.proposals.get(verdict.proposal_id)
        standing = self.groups.standing(subject) if subject else None
        area = kab or _area(case, subject)
        return Question(verdict, self.period, area, subject, case, book, self.law, standing)

    def seal_each(self, together: Iterable[Asked]) -> list[SealReceipt | Exception]:
        """What each gets who asks, in their order; all that is sealed is written at once.

        SealError takes the place of a receipt. Raises DecisionFileError, or OSError on a full
        disk; then nothing of any of them is sealed.
        """
        with self.file.sealing() as book:
            weighed = [self._weigh(book, *asked) for asked in together]
        return [
            SealReceipt(each[0], each[1], self.file.head) if isinstance(each, tuple) else each
            for each in weighed
        ]

    def _weigh(
        self, book: Casebook, verdicts: Iterable[Verdict], kab: str | None, at: str
    ) -> tuple[tuple[Decision, ...], tuple[Refused, ...]] | SealError:
        """Sealed and refused."""
        sealed: list[Decision] = []
        refused: list[Refused] = []
        try:
            at = forward(book, at)
        except SealError as error:
            return error
        for number, verdict in enumerate(verdicts, start=1):
            question = self.ask(verdict, kab)
            reason = objection(question)
            if reason is not None:
                refused.append(_refused(question, reason, number))
                continue
            subject = question.proposal
            looks = subject is not None and not self.groups.settled(subject)
            decision = _decide(question, at, looks=looks)
            book.apply(decision)
            sealed.append(decision)
        return tuple(sealed), tuple(refused)


def _refused(question: Question, reason: str, number: int) -> Refused:
    verdict = question.verdict
    named = question.proposal is not None or question.case.last is not None
    return Refused(verdict.proposal_id if named else f"putusan ke-{number}", verdict.act, reason)


def _area(case: Case, subject: Proposed | None) -> str:
    if subject is not None:
        return subject.kab
    return case.last.kab if case.last else ""


def _neighbours(
    proposals: pa.Table, known: Mapping[str, Proposed], law: Law
) -> Mapping[str, Proposed]:
    """Proposals that may share a bulk group with those ``known``."""
    kabs = sorted({each.kab for each in known.values()})
    near = pc.is_in(proposals["kab"], pa.array(kabs, pa.string()))
    budgeted = pc.is_in(proposals["kind"], pa.array(law.budget.kinds, pa.string()))
    return all_proposed(proposals.filter(pc.and_(near, budgeted)))


def proposed(proposals: pa.Table, wanted: set[str]) -> Mapping[str, Proposed]:
    """The proposals called for, by proposal_id."""
    mask = pc.is_in(proposals["proposal_id"], pa.array(sorted(wanted), pa.string()))
    return all_proposed(proposals.filter(mask))


def all_proposed(proposals: pa.Table) -> Mapping[str, Proposed]:
    """What policies look at in each of ``proposals`` (PROPOSAL_SCHEMA), by proposal_id."""
    return {
        row["proposal_id"]: Proposed(
            **{name: row[name] for name in _PLAIN},
            fields=tuple(row["fields"]),
            evidence=tuple((item["record_id"], item["kind"]) for item in row["evidence"]),
            rivals=tuple(row["rivals"] or ()),
        )
        for row in proposals.to_pylist()
    }


_PLAIN: Final = (
    "proposal_id",
    "period",
    "kab",
    "kind",
    "dpid",
    "reason",
    "record_id",
    "other_dpid",
    "band",
)


def _decide(question: Question, at: str, *, looks: bool) -> Decision:
    verdict, law = question.verdict, question.law
    base: dict[str, Any] = {
        "seq": len(question.book.decisions) + 1,
        "at": at,
        "period": question.period,
        "kab": question.kab,
        "act": verdict.act,
        "by": verdict.by,
        "rule": law.name,
        "note": verdict.note,
        "bulk": verdict.bulk,
    }
    if verdict.act in ON_PROPOSAL and question.proposal is not None:
        frozen = _frozen(question, question.proposal)
        frozen["extra"] |= _counted_as(question) if looks else {}
        return Decision(**base, **frozen)
    last = question.case.last
    assert last is not None  # `known` refused the others
    return Decision(**base, target=last.seq if verdict.act == "approve" else _counted(question))


def _counted(question: Question) -> int | None:
    return question.case.accept.seq if question.case.accept else None


def _counted_as(question: Question) -> dict[str, str]:
    """What makes the decision count for the budget: a look at the sample, or one in bulk."""
    standing, verdict = question.standing, question.verdict
    if standing is None or verdict.act not in ("accept", "reject"):
        return {}
    if verdict.bulk is None and verdict.proposal_id in standing.sample:
        return {"group": standing.group.rule, "sample": standing.seed}
    in_bulk = verdict.bulk is not None and verdict.act == "accept"
    return {"group": standing.group.rule} if in_bulk else {}


def _frozen(question: Question, proposal: Proposed) -> dict[str, Any]:
    kind, reason = decided_kind(question), proposal.reason
    if proposal.kind == "conflict" and question.verdict.act == "accept":
        reason = FOUND_ALIVE
    evidence = set(proposal.evidence)
    if question.verdict.document:
        evidence.add((SEEN_BY_OFFICER, question.verdict.document))
    extra: dict[str, str] = {}
    if question.verdict.act == "accept":
        extra["people"] = "two" if needs_two(kind, reason, question.law) else "one"
    return {
        "proposal": proposal.proposal_id,
        "kind": kind,
        "dpid": proposal.dpid,
        "reason": reason,
        "record": proposal.record_id,
        "fields": proposal.fields,
        "evidence": tuple(sorted(evidence)),
        "other_dpid": proposal.other_dpid,
        "extra": extra,
    }


def forward(book: Casebook, at: str) -> str:
    """The time to seal at: ``at``, and never before the last decision.

    Who waited for the file read the clock before the one who wrote last: within WAITING, ``at``
    gives way to the order of the file. Raises SealError when ``at`` has no zone or lies further
    back.
    """
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise SealError("waktu tidak terbaca; tulis misalnya 2026-09-30T10:00:00+07:00") from None
    if moment.tzinfo is None:
        raise SealError(f"waktu {at} tanpa zona; tulis misalnya 2026-09-30T10:00:00+07:00")
    last = book.decisions[-1].at if book.decisions else at
    behind = datetime.fromisoformat(last) - moment
    if behind > WAITING:
        raise SealError(f"waktu {at} mendahului keputusan terakhir ({last})")
    return last if behind > timedelta() else at
