"""The false-removal budget: a sample of each bulk group is looked at first; errors stop bulk."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mutakhir.casework.casebook import CERTIFICATE_CAME, Casebook
from mutakhir.casework.proposal import Proposed, bulk_rule
from mutakhir.casework.tally import Found, Group
from mutakhir.numerals import dots
from mutakhir.quality.sampling import draw, lower_bound, over, seed_of, upper_bound
from mutakhir.rules.law import Budget

#: stopped: too many errors. single: every case is in the sample. waiting: its sample is not looked
#: at yet. free: bulk may be used.
Stage = Literal["stopped", "single", "waiting", "free"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bulk group stands. ``waiting``: of its sample, those nobody has looked at yet."""

    group: Group
    size: int
    seed: str
    sample: frozenset[str]
    waiting: frozenset[str]
    found: Found
    budget: Budget

    @property
    def objection(self) -> str | None:
        """Why nothing of the group may be accepted in bulk now, in words for the office."""
        stop = stopped(self.found, self.budget, len(self.sample))
        if stop is not None or not self.waiting:
            return stop
        return (
            f"contoh kelompok ini belum selesai dilihat ({len(self.waiting)} dari"
            f" {len(self.sample)} menunggu): putuskan dulu satu per satu yang bertanda `contoh`"
            " pada lembar `mutakhir queue`"
        )

    @property
    def stage(self) -> Stage:
        """How far bulk is."""
        if stopped(self.found, self.budget, len(self.sample)) is not None:
            return "stopped"
        if len(self.sample) == self.size:
            return "single"
        return "waiting" if self.waiting else "free"

    @property
    def words(self) -> str:
        """How the group stands, in words for the office."""
        found, stage = self.found, self.stage
        seen = f"contoh {len(self.sample)} dari {dots(self.size)}: {found.looked} dilihat"
        seen += f", {found.wrong} salah"
        if stage == "stopped":
            least = f" (sedikitnya {self.bound(lower_bound)})" if found.wrong else ""
            later = f", {found.undone} dari {dots(found.bulk)} massal salah" if found.undone else ""
            return f"massal DIHENTIKAN; {seen}{least}{later}"
        if stage == "single":
            return f"semua satu per satu; {seen}"
        if stage == "waiting":
            return f"massal menunggu contoh; {seen}"
        return f"massal terbuka; {seen} (paling banyak {self.bound(upper_bound)})"

    def bound(self, bound: Callable[[int, int, float], float]) -> str:
        """What the sample leaves possible, as a percentage in words."""
        share = bound(self.found.wrong, self.found.looked, float(self.budget.confidence))
        return f"{100 * share:.1f} %".replace(".", ",")


def stopped(found: Found, budget: Budget, sample: int = 0) -> str | None:
    """Why bulk is stopped, in words for the office; None when errors are within the budget.

    ``sample``: how many are to be looked at, where that is known.
    """
    looked = max(found.looked, sample)
    if over(found.wrong, looked, budget.share):
        seen = f"dari {looked} contoh {found.looked} dilihat dan {found.wrong} salah"
    elif over(found.undone, found.bulk, budget.share):
        seen = f"dari {dots(found.bulk)} yang diputus massal {found.undone} ternyata salah"
    else:
        return None
    return (
        f"putusan massal kelompok ini dihentikan: {seen}, melebihi anggaran"
        f" {_said(budget.share)}; putuskan satu per satu dan hubungi meja penautan"
    )


def _said(share: Decimal) -> str:
    one_in = 1 / share
    if one_in == one_in.to_integral_value():
        return f"1 dari {dots(int(one_in))}"
    return f"{100 * share:f} %".replace(".", ",")


class Groups:
    """The bulk groups of one period's proposals. Ask ``standing``; it follows ``book``."""

    def __init__(
        self, proposals: Mapping[str, Proposed], book: Casebook, budget: Budget, period: str
    ) -> None:
        """``proposals``: by proposal_id; kept, and asked again for the cases of a sample."""
        self._proposals, self._book, self._budget, self._period = proposals, book, budget, period
        self._members: dict[Group, list[str]] = {}
        self._seeds: dict[Group, str] = {}
        self._samples: dict[tuple[Group, str], Mapping[str, Proposed]] = {}
        for each in proposals.values():
            if self._budgeted(each):
                self._members.setdefault(self._group(each), []).append(each.proposal_id)

    def standing(self, proposal: Proposed) -> Standing | None:
        """How the proposal's group stands; None when the budget has no word on it."""
        return self._standing(self._group(proposal)) if self._known(proposal) else None

    def sampled(self, proposal: Proposed) -> bool:
        """Whether the proposal is a case of its group's sample."""
        known = self._known(proposal)
        return known and proposal.proposal_id in self._sample(self._group(proposal))[1]

    def __iter__(self) -> Iterator[Standing]:
        """Every group, in the order of their names."""
        return (self._standing(group) for group in sorted(self._members))

    def settled(self, proposal: Proposed) -> bool:
        """Whether a decision on another proposal leaves nothing to look at in this one."""
        mover = self._book.mover(self._period, proposal.dpid)
        if mover is not None and mover.proposal != proposal.proposal_id:
            follows = (mover.kind, proposal.kind) == CERTIFICATE_CAME
            return proposal.kind != "relocate" and not follows
        other = self._book.mover(self._period, proposal.other_dpid or "")
        gone = other is not None and other.kind == "remove"
        return gone and proposal.reason == "ganda"

    def _budgeted(self, proposal: Proposed) -> bool:
        return proposal.kind in self._budget.kinds and proposal.band == "sure"

    def _known(self, proposal: Proposed) -> bool:
        return self._budgeted(proposal) and proposal.proposal_id in self._proposals

    def _group(self, proposal: Proposed) -> Group:
        return Group(self._period, proposal.kab, bulk_rule(proposal))

    def _standing(self, group: Group) -> Standing:
        members, tally = self._members[group], self._book.tallies.group(group)
        seed, sample = self._sample(group)
        unseen = (each for each in sample.values() if each.proposal_id not in tally.looked)
        waiting = frozenset(each.proposal_id for each in unseen if not self.settled(each))
        found = self._book.tallies.found(group, self._budget.periods)
        return Standing(group, len(members), seed, frozenset(sample), waiting, found, self._budget)

    def _sample(self, group: Group) -> tuple[str, Mapping[str, Proposed]]:
        """The seed and what it draws: that of the first look, or, before one, of the members."""
        members = self._members[group]
        seed = self._book.tallies.group(group).seed or self._seeds.get(group)
        if seed is None:
            seed = self._seeds[group] = seed_of(group, members)
        if (group, seed) not in self._samples:
            drawn = draw(seed, members, self._budget.sample)
            self._samples[group, seed] = {each: self._proposals[each] for each in drawn}
        return seed, self._samples[group, seed]
