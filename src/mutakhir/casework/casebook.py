"""The casebook: the decision file, folded. Where each proposal stands, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Final

from mutakhir.casework.decision import ON_PERIOD, Decision, same_person
from mutakhir.casework.states import STANDING, STATES, State
from mutakhir.casework.tally import Tallies
from mutakhir.casework.transitions import RETRACTABLE, after

#: The one pair of kinds that may follow each other on one voter in one period: the certificate
#: comes after the suspension.
CERTIFICATE_CAME: Final = ("suspend", "remove")
#: Acts on an earlier decision.
_ON_DECISION: Final = frozenset({"approve", "overturn"})


class CasebookError(Exception):
    """A decision that the decisions before it do not allow; the message names it by seq."""


@dataclass(slots=True)
class Case:
    """One proposal's standing: its accept, the yes that made it count, and its overturning."""

    state: State = "proposed"
    two_people: bool = False
    last: Decision | None = None
    accept: Decision | None = None
    effective: Decision | None = None
    overturn: Decision | None = None
    overturned: Decision | None = None


@dataclass(slots=True)
class Casebook:
    """Everything the decisions so far say.

    ``adopted`` is by kab/kota; ``withdrawals`` and ``withdrawn`` (approved ones: the approval)
    are by source. ``closed`` holds each (period, kab/kota) that takes no decisions: closed, or
    skipped. ``on_period`` holds the acts on each, in their order.
    """

    decisions: list[Decision] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    adopted: dict[str, Decision] = field(default_factory=dict)
    withdrawals: dict[str, Decision] = field(default_factory=dict)
    withdrawn: dict[str, Decision] = field(default_factory=dict)
    closed: set[tuple[str, str]] = field(default_factory=set)
    on_period: dict[tuple[str, str], tuple[Decision, ...]] = field(default_factory=dict)
    #: seq of what was taken back -> the retract
    retracted: dict[int, Decision] = field(default_factory=dict)
    #: (period, dpid) -> the accepts that move this voter on or off the roll in that period:
    #: one, or a suspension and the removal after it
    moving: dict[tuple[str, str], list[Decision]] = field(default_factory=dict)
    tallies: Tallies = field(default_factory=Tallies)
    #: proposal_id -> every decision on it, also those by way of an earlier one, in their order
    history: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    #: dpid -> the proposals about this voter that were decided on
    of_voter: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def case(self, proposal_id: str) -> Case:
        """The case of a proposal; a fresh one when nobody has decided on it yet."""
        return self.cases.get(proposal_id) or Case()

    def decision(self, seq: int | None) -> Decision | None:
        """The decision with this seq, if there is one."""
        known = seq is not None and 1 <= seq <= len(self.decisions)
        return self.decisions[seq - 1] if known and seq is not None else None

    def skipped(self, period: str, kab: str) -> bool:
        """Whether ``kab`` passed the period over."""
        acts = self.on_period.get((period, kab), ())
        return bool(acts) and acts[-1].act == "skip"

    def mover(self, period: str, dpid: str) -> Decision | None:
        """The accept that moves this voter on or off the roll in ``period``; the last one."""
        return next(reversed(self.moving.get((period, dpid), ())), None)

    def apply(self, decision: Decision, *, counts: bool = True) -> None:
        """Fold one more decision in; one that doesn't count only takes its place in the order.

        Raises CasebookError when it cannot follow the others.
        """
        if decision.seq != len(self.decisions) + 1:
            raise CasebookError(f"keputusan {decision.seq} tidak menyusul {len(self.decisions)}")
        if counts:
            self._fold(decision)
        self.decisions.append(decision)

    def unwind(self, seq: int) -> None:
        """Back to the first ``seq`` decisions, all of which count: what came after never was."""
        if len(self.decisions) > seq:
            before = fold(self.decisions[:seq])
            for each in fields(self):
                setattr(self, each.name, getattr(before, each.name))

    def decisions_of(self, dpid: str) -> tuple[Decision, ...]:
        """Every decision on a proposal about this voter, in their order."""
        found = [each for on in self.of_voter.get(dpid, ()) for each in self.history[on]]
        return tuple(sorted(found, key=_seq))

    def subject(self, decision: Decision) -> Decision:
        """What a decision is about: itself, or the accept or withdraw that it comes back to."""
        while decision.act in _ON_DECISION:
            decision = self._target(decision)
        return decision

    def _target(self, decision: Decision) -> Decision:
        target = self.decision(decision.target)
        if target is None or target.seq in self.retracted:
            raise CasebookError(f"keputusan {decision.seq} menunjuk keputusan yang tidak ada")
        return target

    def _fold(self, decision: Decision) -> None:
        if (decision.act == "reopen") != ((decision.period, decision.kab) in self.closed):
            how = "tidak ditutup" if decision.act == "reopen" else "sudah ditutup"
            text = f"periode {decision.period} {how} untuk {decision.kab}"
            raise CasebookError(f"keputusan {decision.seq}: {text}")
        if decision.act == "adopt":
            self.adopted[decision.kab] = decision
        elif decision.act in ON_PERIOD:
            self._act_on_period(decision)
        elif decision.act == "withdraw":
            self.withdrawals[decision.source or ""] = decision
        elif decision.act == "retract":
            self._retract(decision)
        elif (subject := self.subject(decision)).act == "withdraw":
            self._approve_withdrawal(decision, subject)
        else:
            then = self._stand(decision, subject)
            self._note_history(decision, subject)
            self.tallies.note(decision, subject, then)

    def _act_on_period(self, decision: Decision) -> None:
        key = (decision.period, decision.kab)
        self.on_period[key] = (*self.on_period.get(key, ()), decision)
        if decision.act == "reopen":
            self.closed.remove(key)
        else:
            self.closed.add(key)

    def _approve_withdrawal(self, decision: Decision, target: Decision) -> None:
        if same_person(decision.by, target.by):
            raise CasebookError(f"keputusan {decision.seq} ditandatangani orang yang sama")
        self.withdrawn.setdefault(target.source or "", decision)
        self.tallies.withdraw(self.withdrawn, decision.seq)

    def _stand(self, decision: Decision, subject: Decision) -> State:
        """Let the case stand as ``decision`` leaves it."""
        case = self.case(subject.proposal or "")
        two = case.two_people
        if decision.act == "accept":
            # A removal or restoration needs two whatever its line says (design.md, invariant 4).
            always = decision.kind in ("remove", "restore")
            two = always or decision.extra.get("people") == "two"
        then = after(case.state, decision.act, two_people=two)
        if then is None:
            text = f"`{decision.act}` tidak mungkin pada usulan yang {STATES[case.state]}"
            raise CasebookError(f"keputusan {decision.seq}: {text}")
        if decision.act == "approve" and case.last and same_person(case.last.by, decision.by):
            raise CasebookError(f"keputusan {decision.seq} ditandatangani orang yang sama")
        self.cases[subject.proposal or ""] = case
        case.two_people = two
        _record(case, decision, then)
        self._note_moving(case, subject)
        return then

    def _retract(self, decision: Decision) -> None:
        """The case stands as if the target had never been; how soon is ``retraction``'s to say.

        Looks at the sample and errors found by the target go too: nothing rested on them yet.
        """
        target = self._target(decision)
        subject = self.subject(target)
        own = (
            target.act in RETRACTABLE
            and self.case(subject.proposal or "").last is target
            and same_person(target.by, decision.by)
            and (target.period, target.kab) == (decision.period, decision.kab)
        )
        if not own:
            text = f"keputusan {target.seq} bukan keputusan terakhir petugas itu atas usulannya"
            raise CasebookError(f"keputusan {decision.seq} tidak bisa menarik kembali: {text}")
        self.retracted[target.seq] = decision
        self._note_history(decision, subject)
        self._fold_anew(subject.proposal or "")

    def _fold_anew(self, proposal: str) -> None:
        """Fold once more what still stands on this proposal, and on others of its voter.

        No other proposal's case, moving or tally hangs on them.
        """
        proposals, dpids = self._kin(proposal)
        every = sorted((d for each in proposals for d in self.history[each]), key=_seq)
        for each in every:
            self.cases.pop(each.proposal or "", None)
            self.moving.pop((each.period, each.dpid or ""), None)
        made = [d for d in every if d.act != "retract" and d.seq not in self.retracted]
        subjects = [self.subject(each) for each in made]
        notes = [(d, on, self._stand(d, on)) for d, on in zip(made, subjects, strict=True)]
        self.tallies.note_anew(proposals, dpids, notes)

    def _kin(self, proposal: str) -> tuple[set[str], set[str]]:
        """The proposals and the dpids that decisions join with this proposal."""
        proposals, dpids, left = {proposal}, set[str](), [proposal]
        while left:
            named = {each.dpid for each in self.history[left.pop()] if each.dpid} - dpids
            dpids |= named
            more = {each for dpid in named for each in self.of_voter[dpid]} - proposals
            proposals |= more
            left += more
        return proposals, dpids

    def _note_moving(self, case: Case, subject: Decision) -> None:
        accept = case.accept
        if accept is None or accept.kind not in ("add", "remove", "restore", "suspend"):
            return
        key = (accept.period, accept.dpid or "")
        movers = [each for each in self.moving.get(key, ()) if each.proposal != accept.proposal]
        if case.state in STANDING or case.state == "accepted_waiting_second":
            movers.append(accept)
        self.moving[key] = sorted(movers, key=_seq)

    def _note_history(self, decision: Decision, subject: Decision) -> None:
        proposal, dpid = subject.proposal or "", subject.dpid
        self.history[proposal] = (*self.history.get(proposal, ()), decision)
        known = self.of_voter.get(dpid or "", ())
        if dpid and proposal not in known:
            self.of_voter[dpid] = (*known, proposal)


def _record(case: Case, decision: Decision, then: State) -> None:
    if decision.act == "accept":
        case.accept = decision
    if then == "in_effect" and decision.act in ("accept", "approve"):
        case.effective = decision
    if decision.act == "overturn":
        case.overturn = decision
    if then == "overturned":
        case.overturned = decision
    case.state, case.last = then, decision


def _seq(decision: Decision) -> int:
    return decision.seq


def fold(decisions: Iterable[Decision]) -> Casebook:
    """The casebook after ``decisions``, given in order of seq from 1."""
    book = Casebook()
    for decision in decisions:
        book.apply(decision)
    return book
