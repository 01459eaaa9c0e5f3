"""Policies: may this happen to this proposal? Each answers with the objection, or None."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from mutakhir.casework.budget import Standing, stopped
from mutakhir.casework.casebook import CERTIFICATE_CAME, Case, Casebook
from mutakhir.casework.decision import Decision, same_person
from mutakhir.casework.documents import (
    PROOF_OF_LIFE,
    TWO_PEOPLE,
    document_label,
    document_labels,
)
from mutakhir.casework.proposal import Kind, Proposed, bulk_rule
from mutakhir.casework.states import STATES
from mutakhir.casework.tally import Group
from mutakhir.casework.transitions import after
from mutakhir.casework.verdict import VERDICT_ACTS, Verdict
from mutakhir.rules import Law

#: Acts that begin from the proposal itself, so it must be among this period's proposals.
ON_PROPOSAL: Final = frozenset({"accept", "reject", "field_check", "need_document"})


@dataclass(frozen=True, slots=True)
class Question:
    """A verdict and everything that bears on it. ``proposal`` is None when it is not known."""

    verdict: Verdict
    period: str
    kab: str
    proposal: Proposed | None
    case: Case
    book: Casebook
    law: Law
    #: how the proposal's bulk group stands, where the budget has a word on it
    standing: Standing | None = None

    @property
    def documents(self) -> frozenset[str]:
        """Kinds of document behind the proposal, with the one the officer has seen."""
        found = {kind for _, kind in self.proposal.evidence} if self.proposal else set()
        return frozenset(found | ({self.verdict.document} if self.verdict.document else set()))


def removing_rungs(law: Law) -> frozenset[str]:
    """Documents of a death that take a voter off the roll; lower ones only suspend."""
    return frozenset(rung.word for rung in law.rungs if rung.removes)


def best_rung(documents: Iterable[str], law: Law) -> str | None:
    """The highest rung of the evidence ladder among ``documents``, or None."""
    ranks = {rung.word: rung.rank for rung in law.rungs}
    return max((d for d in documents if d in ranks), key=lambda d: ranks[d], default=None)


def decided_kind(question: Question) -> Kind:
    """What accepting does: a conflict restores; a suspension with the full document removes."""
    assert question.proposal is not None
    kind = question.proposal.kind
    if kind == "conflict":
        return "restore"
    if kind == "suspend" and question.documents & removing_rungs(question.law):
        return "remove"
    return kind


def needs_two(kind: Kind, reason: str, law: Law) -> bool:
    """Whether a second, different officer must approve. Always so for removals, restorations."""
    if kind in ("remove", "restore"):
        return True
    return kind == "add" and law.addition(reason).two_people


def known(q: Question) -> str | None:
    """Nobody decides on what was not proposed in this period and area."""
    if q.verdict.act not in VERDICT_ACTS:
        return f"tindakan tidak dikenal: {q.verdict.act}"
    if not q.verdict.by.strip():
        return "tanpa nama petugas tidak ada keputusan"
    untouched = q.case.last is None
    if q.proposal is None and (untouched or q.verdict.act in ON_PROPOSAL):
        return "usulan tidak dikenal pada periode ini; jalankan `propose` lagi"
    if q.proposal is not None and q.proposal.kab != q.kab:
        return f"usulan milik {q.proposal.kab}, bukan {q.kab}"
    return None


def open_period(q: Question) -> str | None:
    """A closed period takes no more decisions."""
    closed = (q.period, q.kab) in q.book.closed
    return f"periode {q.period} sudah ditutup untuk {q.kab}" if closed else None


def allowed_step(q: Question) -> str | None:
    """The table of transitions knows the step."""
    two = q.case.two_people
    if q.verdict.act == "accept" and q.proposal is not None:
        two = needs_two(decided_kind(q), q.proposal.reason, q.law)
    if after(q.case.state, q.verdict.act, two_people=two) is None:
        return f"`{q.verdict.act}` tidak mungkin pada usulan yang {STATES[q.case.state]}"
    return None


def two_different_people(q: Question) -> str | None:
    """The second yes comes from another person than the first."""
    last = q.case.last
    if q.verdict.act == "approve" and last and same_person(last.by, q.verdict.by):
        return "penyetuju harus orang lain daripada pengusul keputusan"
    return None


def same_period(q: Question) -> str | None:
    """A second yes belongs to the period of the accept; a later one needs a fresh proposal."""
    last = q.case.last
    late = last is not None and last.act == "accept" and last.period != q.period
    if q.verdict.act == "approve" and late and last is not None:
        return f"keputusan pertama dari periode {last.period}; usulkan kembali pada {q.period}"
    return None


def alive_before_return(q: Question) -> str | None:
    """A tombstone is lifted only on a document that shows the person alive."""
    if q.verdict.act != "accept" or q.proposal is None or q.proposal.kind != "conflict":
        return None
    if q.verdict.document in PROOF_OF_LIFE:
        return None
    proofs = document_labels(PROOF_OF_LIFE, q.law)
    return f"tercatat meninggal: tolak, atau sebut bukti hidup ({proofs})"


def document_for_removal(q: Question) -> str | None:
    """A removal stands on a document its rule asks for; a death on a rung that removes."""
    if q.verdict.act != "accept" or q.proposal is None or decided_kind(q) != "remove":
        return None
    removal = q.law.removal(q.proposal.reason)
    asked = removing_rungs(q.law) if q.proposal.reason == "meninggal" else removal.documents
    if not asked or q.documents & frozenset(asked):
        return None
    return f"belum ada dokumen yang diminta: {document_labels(asked, q.law)}"


def equal_bulk(q: Question) -> str | None:
    """Bulk only where the evidence is equal and the link is sure."""
    if q.verdict.bulk is None or q.proposal is None:
        return None
    if q.proposal.band != "sure":
        return "kecocokan belum pasti: putuskan satu per satu"
    rule = bulk_rule(q.proposal, q.verdict.document)
    return None if q.verdict.bulk == rule else f"bukti tidak sama: usulan ini {rule}"


def sample_one_by_one(q: Question) -> str | None:
    """A case of the sample is looked at by itself, accepted or rejected."""
    if q.verdict.bulk is None or q.standing is None or q.verdict.act not in ("accept", "reject"):
        return None
    if q.verdict.proposal_id in q.standing.sample:
        return "usulan ini contoh kelompoknya: lihat dan putuskan sendiri, kosongkan bulk"
    return None


def within_budget(q: Question) -> str | None:
    """Bulk waits for its sample, and stops when more is wrong than the budget bears."""
    if q.verdict.act == "approve" and q.case.accept is not None:
        return bulk_stopped(q.case.accept, q.book, q.law)
    if q.verdict.act != "accept" or q.verdict.bulk is None or q.standing is None:
        return None
    return q.standing.objection


def bulk_stopped(accept: Decision, book: Casebook, law: Law) -> str | None:
    """Why an accept given in bulk may not take effect any more; None for any other accept."""
    if accept.bulk is None or accept.kind not in law.budget.kinds:
        return None
    group = Group(accept.period, accept.kab, accept.extra.get("group") or accept.bulk)
    stop = stopped(book.tallies.found(group, law.budget.periods), law.budget)
    return stop and f"{stop}: tolak, atau `field_check` lalu terima tanpa bulk"


def one_way_a_period(q: Question) -> str | None:
    """A voter enters, leaves, returns or is suspended once; a suspension may end in removal."""
    if q.verdict.act != "accept" or q.proposal is None:
        return None
    if decided_kind(q) in ("correct", "relocate"):
        return None
    other = q.book.mover(q.period, q.proposal.dpid)
    if other is None or other.proposal == q.proposal.proposal_id:
        return None
    if (other.kind, decided_kind(q)) != CERTIFICATE_CAME:
        return f"pemilih ini sudah diputus pada keputusan {other.seq} (`{other.kind}`)"
    return None


def one_new_person(q: Question) -> str | None:
    """Of additions that may be one person one is accepted, unless an officer saw two people."""
    if q.verdict.act != "accept" or q.proposal is None or q.verdict.document == TWO_PEOPLE:
        return None
    movers = (q.book.mover(q.period, rival) for rival in q.proposal.rivals)
    other = next((mover for mover in movers if mover is not None), None)
    if other is None:
        return None
    return (
        f"mungkin orang yang sama dengan pemilih baru pada keputusan {other.seq}: tolak, atau "
        f"sebut sebagai dokumen “{document_label(TWO_PEOPLE, q.law)}”"
    )


def one_side_of_a_duplicate(q: Question) -> str | None:
    """Of two registrations of one person, one stays."""
    if q.verdict.act != "accept" or q.proposal is None or q.proposal.reason != "ganda":
        return None
    other = q.book.mover(q.period, q.proposal.other_dpid or "")
    if other is not None and other.kind == "remove":
        return f"pasangan gandanya sudah dikeluarkan pada keputusan {other.seq}"
    return None


POLICIES: Final[tuple[Callable[[Question], str | None], ...]] = (
    known,
    open_period,
    allowed_step,
    two_different_people,
    same_period,
    alive_before_return,
    document_for_removal,
    equal_bulk,
    sample_one_by_one,
    within_budget,
    one_way_a_period,
    one_new_person,
    one_side_of_a_duplicate,
)


def objection(question: Question) -> str | None:
    """The first objection of any policy, in words for the office, or None when it may happen."""
    return next((found for policy in POLICIES if (found := policy(question))), None)
