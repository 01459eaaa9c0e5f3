"""The tally: of each bulk group, what was looked at, what was decided in bulk, what was wrong.

Folded from the decision file alone. A case once found wrong stays so, whatever is said later: the
budget can't be mended by thinking an error over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from mutakhir.casework.decision import SEEN_BY_OFFICER, Decision
from mutakhir.casework.states import State
from mutakhir.rules.period import Period

#: Reason of a restoration that says the voter was never dead. Others say nothing of an error: who
#: moved away may have come back.
FOUND_ALIVE = "ditemukan_hidup"


class Group(NamedTuple):
    """A bulk group: proposals of one kab/kota and period that rest on equal evidence."""

    period: str
    kab: str
    rule: str  # ``proposal.bulk_rule`` without what officers add


@dataclass(slots=True)
class Tally:
    """Proposals by proposal_id. ``seed`` is that of the sample, once a case of it was looked at."""

    seed: str | None = None
    looked: set[str] = field(default_factory=set)
    bulk: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)


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

    def group(self, group: Group) -> Tally:
        """The tally of a group; a fresh one when nothing was decided in it."""
        return self.groups.get(group) or Tally()

    def found(self, group: Group, periods: int) -> Found:
        """What is known of a group: its sample, and its bulk in this and the periods before."""
        here, when = self.group(group), Period.parse(group.period)
        bulk = undone = 0
        for _ in range(periods):
            each = self.group(group._replace(period=when.label))
            bulk, undone = bulk + len(each.bulk), undone + len(each.wrong & each.bulk)
            when = when.previous()
        return Found(len(here.looked), len(here.wrong & here.looked), bulk, undone)

    def note(self, decision: Decision, subject: Decision, state: State) -> None:
        """``decision`` left the case of ``subject`` (itself, or the accept it is about) so."""
        if decision is subject:
            self._enter(decision)
        if state in ("rejected", "overturned"):
            self._found_wrong([subject])
        if state == "in_effect" and subject.reason == FOUND_ALIVE:
            accepts = self._accepts.get(subject.dpid or "", ())
            self._found_wrong(accept for accept in accepts if accept.reason == "meninggal")

    def withdraw(self, sources: Iterable[str]) -> None:
        """Accepts that rest on nothing but the withdrawn ``sources`` were wrong."""
        gone = {*sources}
        every = (accept for accepts in self._accepts.values() for accept in accepts)
        self._found_wrong(accept for accept in every if _lost_ground(accept, gone))

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
            tally.seed = tally.seed or seed
            tally.looked.add(proposal)
        else:
            tally.bulk.add(proposal)
        if decision.act == "accept":
            self._accepts.setdefault(decision.dpid or "", []).append(decision)

    def _found_wrong(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            proposal = decision.proposal or ""
            if proposal in self._of:
                self.groups[self._of[proposal]].wrong.add(proposal)


def _lost_ground(accept: Decision, gone: set[str]) -> bool:
    records = {record for record, _ in accept.evidence if record != SEEN_BY_OFFICER}
    sources = {record.partition(":")[0] for record in records}
    taken = (accept.record or "").partition(":")[0]
    return taken in gone or (bool(sources) and sources <= gone)
