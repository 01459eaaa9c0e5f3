"""The tally: of each bulk group, what was looked at, what was decided in bulk, what was wrong.

Folded from the decision file alone. A case once found wrong stays so, whatever is said later: the
budget can't be mended by thinking an error over. Only what is taken back within minutes, before
anything rests on it (``office.retract``), was never said.
"""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from mutakhir.casework.decision import SEEN_BY_OFFICER, Decision
from mutakhir.casework.states import State
from mutakhir.rules.period import Period

#: Reason of a restoration that says the voter was never dead. Others say nothing of an error: who
#: moved away may have come back.
FOUND_ALIVE = "ditemukan_hidup"
#: A decision, what it is about (itself, or the accept it is about), and the state it led to.
Note: TypeAlias = tuple[Decision, Decision, State]


class Group(NamedTuple):
    """A bulk group: proposals of one kab/kota and period that rest on equal evidence."""

    period: str
    kab: str
    rule: str  # ``proposal.bulk_rule`` without what officers add


@dataclass(slots=True)
class Tally:
    """Proposals by proposal_id.

    ``looked``: seq of the first look at a case of the sample, and the sample's seed. ``bulk``:
    seq of the first accept in bulk.
    """

    looked: dict[str, tuple[int, str]] = field(default_factory=dict)
    bulk: dict[str, int] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)

    @property
    def seed(self) -> str | None:
        """The seed of the sample, once a case of it was looked at."""
        return min(self.looked.values())[1] if self.looked else None

    def forget(self, proposal: str) -> None:
        """As if nothing had been decided on the proposal."""
        self.looked.pop(proposal, None)
        self.bulk.pop(proposal, None)
        self.wrong.discard(proposal)


@dataclass(frozen=True, slots=True)
class Found:
    """``wrong`` of ``looked`` in the sample; ``undone`` of ``bulk`` over the periods remembered."""

    looked: int
    wrong: int
    bulk: int
    undone: int


@dataclass(slots=True)
class Tallies:
    """All groups, and the accepts in them by dpid."""

    groups: dict[Group, Tally] = field(default_factory=dict)
    _of: dict[str, Group] = field(default_factory=dict)
    _accepts: dict[str, list[Decision]] = field(default_factory=dict)
    #: each approved withdrawal: its seq, and the sources withdrawn by then
    _voids: list[tuple[int, frozenset[str]]] = field(default_factory=list)

    def group(self, group: Group) -> Tally:
        """The tally of a group; a fresh one when nothing was decided in it."""
        return self.groups.get(group) or Tally()

    def found(self, group: Group, periods: int) -> Found:
        """What is known of a group: its sample, and its bulk in this and the periods before."""
        here, when = self.group(group), Period.parse(group.period)
        bulk = undone = 0
        for _ in range(periods):
            each = self.group(group._replace(period=when.label))
            bulk, undone = bulk + len(each.bulk), undone + len(each.wrong & each.bulk.keys())
            when = when.previous()
        return Found(len(here.looked), len(here.wrong & here.looked.keys()), bulk, undone)

    def note(self, decision: Decision, subject: Decision, state: State) -> None:
        """``decision`` left the case of ``subject`` (itself, or the accept it is about) so."""
        if decision is subject:
            self._enter(decision)
        if state in ("rejected", "overturned"):
            self._found_wrong([subject])
        if state == "in_effect" and subject.reason == FOUND_ALIVE:
            accepts = self._accepts.get(subject.dpid or "", ())
            self._found_wrong(accept for accept in accepts if accept.reason == "meninggal")

    def withdraw(self, sources: Iterable[str], seq: int) -> None:
        """Accepts that rest on nothing but the withdrawn ``sources`` were wrong.

        ``seq``: of the decision since which these are the withdrawn ones.
        """
        gone = frozenset(sources)
        self._voids.append((seq, gone))
        self._void(self._accepts, gone)

    def _void(self, dpids: Iterable[str], gone: frozenset[str]) -> None:
        every = (accept for dpid in dpids for accept in self._accepts.get(dpid, ()))
        self._found_wrong(accept for accept in every if _lost_ground(accept, gone))

    def note_anew(
        self, proposals: Iterable[str], dpids: Collection[str], notes: Iterable[Note]
    ) -> None:
        """Forget all about ``proposals`` of the voters ``dpids``; instead, take in ``notes``.

        ``notes``: (decision, subject, state) as for ``note``, in their order. Withdrawals come in
        between them as they did.
        """
        for proposal in proposals:
            self._of.pop(proposal, None)
            for tally in self.groups.values():
                tally.forget(proposal)
        for dpid in dpids:
            self._accepts.pop(dpid, None)
        self.groups = {name: each for name, each in self.groups.items() if each != Tally()}
        waiting = deque(self._voids)
        for note in notes:
            while waiting and waiting[0][0] < note[0].seq:
                self._void(dpids, waiting.popleft()[1])
            self.note(*note)
        for _, gone in waiting:
            self._void(dpids, gone)

    def _enter(self, decision: Decision) -> None:
        proposal, seed = decision.proposal or "", decision.extra.get("sample")
        in_bulk = decision.act == "accept" and decision.bulk is not None
        if seed is None and not in_bulk:
            return
        # Files from before the budget name no group: the bulk's own name then stands for it.
        rule = decision.extra.get("group") or decision.bulk or ""
        group = Group(decision.period, decision.kab, rule)
        tally = self.groups.setdefault(group, Tally())
        self._of[proposal] = group
        if seed is not None:
            tally.looked.setdefault(proposal, (decision.seq, seed))
        else:
            tally.bulk.setdefault(proposal, decision.seq)
        if decision.act == "accept":
            self._accepts.setdefault(decision.dpid or "", []).append(decision)

    def _found_wrong(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            proposal = decision.proposal or ""
            if proposal in self._of:
                self.groups[self._of[proposal]].wrong.add(proposal)


def _lost_ground(accept: Decision, gone: Collection[str]) -> bool:
    records = {record for record, _ in accept.evidence if record != SEEN_BY_OFFICER}
    sources = {record.partition(":")[0] for record in records}
    taken = (accept.record or "").partition(":")[0]
    return taken in gone or (bool(sources) and sources.issubset(gone))
