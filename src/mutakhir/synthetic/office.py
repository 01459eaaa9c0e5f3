"""The simulated office: decides proposals from the truth, with a stated share of errors.

It stands in for people in the demo, the bench and tests, and whoever shows its decisions says so.
It never errs in favour of the dead: a tombstone falls only on proof of life, which an absent
person cannot give.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from mutakhir.casework.budget import Groups, Standing, stopped
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.policies import needs_two, removing_rungs
from mutakhir.casework.proposal import Proposed, bulk_rule
from mutakhir.casework.seal import all_proposed
from mutakhir.casework.tally import Group
from mutakhir.casework.verdict import Verdict
from mutakhir.rules import Law
from mutakhir.rules.period import Period
from mutakhir.synthetic.arrays import stream
from mutakhir.synthetic.truth import Row, Truth, read_truth

#: Shares of the office's habits beside its error rate; shown with its decisions.
HABITS: Final = {
    "error_caught_by_checker": 0.5,  # wrong accepts that the second person turns down
    "field_check_in_review": 0.05,  # of proposals whose link is not sure
    "document_still_missing": 0.10,  # of right removals on a bare claim
    "errors_left_in_a_look": 0.1,  # of the errors, in cases of a sample; its documents are sought
    "akta_brought_along": 0.25,  # of right suspensions: the family shows the certificate
}
#: Dirt that changes how a value is written, not the value.
_HARMLESS: Final = frozenset(
    {"date_other_form", "date_serial", "nik_apostrophe", "trailing_space", "curly_apostrophe"}
    | {"repeated_row", "rt_short"}
)
_MOVES: Final = frozenset({"real_move_within", "wrong_tps"})


def verdicts(
    proposals: pa.Table,
    generated: Path,
    *,
    period: str,
    law: Law,
    voters: pa.Table,
    book: Casebook | None = None,
    error_rate: float = 0.02,
    seed: int = 2026,
) -> list[Verdict]:
    """What the office says on ``proposals`` (PROPOSAL_SCHEMA) of ``period``: samples, then others.

    ``generated``: the folder that ``generate`` made. ``voters``: the roll before the period (its
    dpid). ``book``: what was decided before. Where two people are needed, the second one's verdict
    follows the first one's; in bulk, when the first one is through.
    """
    known = all_proposed(proposals)
    groups = Groups(known, book or Casebook(), law.budget, period)
    said: list[Verdict] = []
    for kab in sorted({each.kab for each in known.values()}):
        truth = read_truth(generated / kab, period)
        office = _Office(kab, period, law, truth, error_rate, groups)
        office.know_roll(voters)
        mine = {key: each for key, each in sorted(known.items()) if each.kab == kab}
        said += office.decide(mine, stream(seed, kab, f"office/{period}"))
    return said


@dataclass
class _Office:
    """One kab's officers, and what they have agreed to in this round."""

    kab: str
    period: str
    law: Law
    truth: Truth
    error_rate: float
    groups: Groups
    on_roll: set[int] = field(default_factory=set)
    entrances: dict[int, str] = field(default_factory=dict)  # person -> the one right addition
    struck_twice: set[int] = field(default_factory=set)
    wrong_looks: set[Group] = field(default_factory=set)
    approvals: list[Verdict] = field(default_factory=list)  # of what was accepted in bulk

    def know_roll(self, voters: pa.Table) -> None:
        found = (self.truth.voters.get(dpid) for dpid in voters["dpid"].to_pylist())
        self.on_roll = {person for person in found if person is not None}

    def decide(
        self, proposals: Mapping[str, Proposed], rng: np.random.Generator
    ) -> Iterator[Verdict]:
        self.choose_entrances(proposals)
        luck = rng.random((len(proposals), 4))
        drawn = [each for each in enumerate(proposals.values()) if self.groups.sampled(each[1])]
        others = [
            each for each in enumerate(proposals.values()) if not self.groups.sampled(each[1])
        ]
        for number, proposal in (*drawn, *others):
            yield from self.answer(proposal, number, luck[number])
        yield from self.approvals

    def choose_entrances(self, proposals: Mapping[str, Proposed]) -> None:
        """A person proposed several times enters once, by the record with the fewest errors."""
        best: dict[int, tuple[int, str]] = {}
        for proposal in proposals.values():
            row = self.truth.rows.get(proposal.record_id or "")
            if proposal.kind == "add" and row is not None and row.person is not None:
                candidate = (len(_spoilt(row)), proposal.proposal_id)
                best[row.person] = min(candidate, best.get(row.person, candidate))
        self.entrances = {person: identity for person, (_, identity) in best.items()}

    def answer(
        self,
        proposal: Proposed,
        number: int,
        luck: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    ) -> Iterator[Verdict]:
        """One proposal: look, decide, and let a second person look where the rules ask for two."""
        operator = f"opr-{self.kab}-{number % 3 + 1}"
        identity, look = proposal.proposal_id, self.groups.sampled(proposal)
        if proposal.band != "sure" and luck[0] < HABITS["field_check_in_review"]:
            yield Verdict(identity, "field_check", operator, "cek lapangan")
            return
        errs = self.errs(proposal, luck[1], look=look)
        if self.right(proposal) == errs:
            self.note_wrong(proposal, look=look)
            yield Verdict(identity, "reject", operator, "tidak sesuai kenyataan")
            return
        document = self.document(proposal, luck[2])
        if document == "" and not look and luck[3] < HABITS["document_still_missing"]:
            yield Verdict(identity, "need_document", operator, "dokumen belum ada")
            return
        document = document or self.obtained(proposal, document)
        bulk = bulk_rule(proposal, document) if self.in_bulk(proposal) else None
        yield Verdict(identity, "accept", operator, bulk=bulk, document=document)
        self.remember(proposal)
        if self.two_people(proposal, document):
            caught = errs and luck[3] < HABITS["error_caught_by_checker"]
            checker = f"chk-{self.kab}-{number % 2 + 1}"
            second = Verdict(identity, "reject" if caught else "approve", checker)
            if bulk is not None:
                self.approvals.append(second)
                return
            if caught:
                self.note_wrong(proposal, look=look)
            yield second

    def errs(self, proposal: Proposed, luck: float, *, look: bool) -> bool:
        rate = self.error_rate * (HABITS["errors_left_in_a_look"] if look else 1)
        return luck < rate and proposal.kind not in ("conflict", "restore")

    def note_wrong(self, proposal: Proposed, *, look: bool) -> None:
        standing = self.groups.standing(proposal)
        if look and standing is not None:
            self.wrong_looks.add(standing.group)

    def in_bulk(self, proposal: Proposed) -> bool:
        """Sure and, where the budget has a word, neither of the sample nor in a stopped group."""
        if proposal.band != "sure" or self.groups.sampled(proposal):
            return False
        standing = self.groups.standing(proposal)
        return standing is None or not self.stopped(standing)

    def stopped(self, standing: Standing) -> bool:
        budget = standing.budget
        return standing.group in self.wrong_looks or bool(stopped(standing.found, budget))

    def right(self, proposal: Proposed) -> bool:
        """Whether accepting would make the roll truer."""
        match proposal.kind:
            case "add":
                return self.right_addition(proposal)
            case "remove" | "suspend":
                return self.right_removal(proposal)
            case "correct":
                return self.right_correction(proposal)
            case "relocate":
                return self.same_person(proposal) and self.row_truth(proposal) in _MOVES
            case "restore" | "conflict":
                return self.may_vote(self.truth.voters.get(proposal.dpid))

    def right_addition(self, proposal: Proposed) -> bool:
        row = self.truth.rows.get(proposal.record_id or "")
        if row is None or row.person is None or row.truth == "duplicate":
            return False
        chosen = self.entrances.get(row.person) == proposal.proposal_id
        return chosen and row.person not in self.on_roll and self.may_vote(row.person)

    def right_removal(self, proposal: Proposed) -> bool:
        person = self.truth.voters.get(proposal.dpid)
        if person is None:
            return False
        if proposal.reason == "ganda":
            return self.right_duplicate(proposal, person)
        found = self.truth.person(person)
        facts = {
            "meninggal": not found.alive,
            "pindah_domisili": not found.resident,
            "tni": found.military,
            "polri": found.military,
            "hak_pilih_dicabut": found.revoked,
            "di_bawah_umur": found.alive and not self.may_vote(person),
        }
        return facts.get(proposal.reason, not (found.alive and found.resident))

    def right_duplicate(self, proposal: Proposed, person: int) -> bool:
        other = self.truth.voters.get(proposal.other_dpid or "", person)
        twice = self.truth.person(person).twice_on_roll or proposal.other_dpid is not None
        return twice and other == person and person not in self.struck_twice

    def right_correction(self, proposal: Proposed) -> bool:
        row = self.truth.rows.get(proposal.record_id or "")
        if row is None or not self.same_person(proposal):
            return False
        return not _spoilt(row) & {*proposal.fields, "row"}

    def same_person(self, proposal: Proposed) -> bool:
        records = [proposal.record_id] if proposal.record_id else [r for r, _ in proposal.evidence]
        person = self.truth.voters.get(proposal.dpid)
        found = (self.truth.rows.get(record) for record in records)
        return person is not None and all(row is not None and row.person == person for row in found)

    def row_truth(self, proposal: Proposed) -> str | None:
        records = [proposal.record_id, *(record for record, _ in proposal.evidence)]
        found = (self.truth.rows.get(record or "") for record in records)
        return next((row.truth for row in found if row is not None), None)

    def may_vote(self, person: int | None) -> bool:
        if person is None:
            return False
        return self.truth.person(person).qualified(str(Period.parse(self.period).last))

    def document(self, proposal: Proposed, luck: float) -> str | None:
        """The document that must be named: None when none is, empty when one must be sought."""
        if proposal.kind == "conflict":
            return "alive"
        if proposal.kind == "suspend":
            brought = luck < HABITS["akta_brought_along"]
            return "akta_kematian" if brought else None
        if proposal.kind != "remove":
            return None
        asked = self.asked(proposal.reason)
        return None if not asked or asked & {kind for _, kind in proposal.evidence} else ""

    def obtained(self, proposal: Proposed, document: str | None) -> str | None:
        """The document the office seeks out when the files brought none."""
        return min(self.asked(proposal.reason)) if document == "" else None

    def asked(self, reason: str) -> frozenset[str]:
        if reason == "meninggal":
            return removing_rungs(self.law)
        return frozenset(self.law.removal(reason).documents)

    def two_people(self, proposal: Proposed, document: str | None) -> bool:
        kind = proposal.kind
        if kind == "conflict":
            kind = "restore"
        if kind == "suspend" and document in removing_rungs(self.law):
            kind = "remove"
        return needs_two(kind, proposal.reason, self.law)

    def remember(self, proposal: Proposed) -> None:
        if proposal.reason == "ganda":
            self.struck_twice.add(self.truth.voters.get(proposal.dpid, -1))


def _spoilt(row: Row) -> set[str]:
    """Fields of the row whose value, not only its form, is wrong; ``row`` for the whole of it."""
    return {dirt.split(":")[0] for dirt in row.dirt if dirt.split(":")[1] not in _HARMLESS}
