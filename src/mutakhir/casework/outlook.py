"""The outlook: what accepting a proposal would do, and which documents an officer may name."""

from dataclasses import dataclass

from mutakhir.casework.casebook import Case, Casebook
from mutakhir.casework.documents import PROOF_OF_LIFE, TWO_PEOPLE
from mutakhir.casework.policies import (
    Question,
    decided_kind,
    document_for_removal,
    needs_two,
    removing_rungs,
)
from mutakhir.casework.proposal import Kind, Proposed
from mutakhir.casework.verdict import Verdict
from mutakhir.rules import Law


@dataclass(frozen=True, slots=True)
class Outlook:
    """``kind``: what accepting does. ``two_people``: a second officer must approve.

    ``missing``: why it can't be accepted on these documents, in words for the office; or None.
    """

    kind: Kind
    two_people: bool
    missing: str | None


def outlook(proposal: Proposed, document: str | None, law: Law) -> Outlook:
    """What accepting ``proposal`` does when the officer has seen ``document`` (or none)."""
    verdict = Verdict(proposal.proposal_id, "accept", "", document=document)
    question = Question(verdict, proposal.period, proposal.kab, proposal, Case(), Casebook(), law)
    kind = decided_kind(question)
    missing = document_for_removal(question)
    if proposal.kind == "conflict" and document not in PROOF_OF_LIFE:
        missing = "tercatat meninggal: perlu bukti hidup"
    return Outlook(kind, needs_two(kind, proposal.reason, law), missing)


def documents_to_see(proposal: Proposed, law: Law) -> tuple[str, ...]:
    """Kinds of document that bear on the proposal, of which an officer may say "I saw it".

    The first ones are those that its rule asks for. Empty where none changes anything.
    """
    if proposal.kind == "conflict":
        return PROOF_OF_LIFE
    if proposal.reason == "meninggal" and proposal.kind in ("remove", "suspend"):
        rungs = removing_rungs(law)
        return tuple(rung.word for rung in reversed(law.rungs) if rung.word in rungs)
    if proposal.kind == "remove":
        return law.removal(proposal.reason).documents
    if proposal.kind == "add":
        asked = law.addition(proposal.reason).documents
        return (*((TWO_PEOPLE,) if proposal.rivals else ()), *asked)
    return ("ktp_el", "kk", "biodata")
