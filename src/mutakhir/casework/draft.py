"""The draft: a proposal in the making. Records that say the same of one voter share one."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from mutakhir.casework.policies import best_rung, removing_rungs
from mutakhir.casework.proposal import KINDS, PROPOSAL_SCHEMA, Kind
from mutakhir.numerals import dots
from mutakhir.rules import Law

#: What became of each accepted record; ``words`` tells the operator. ``outcome`` is one of
#: proposal, confirmed, not_on_roll, departed_already, not_eligible, outside, incomplete.
OUTCOME_SCHEMA: Final = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("proposal_id", pa.string()),
        pa.field("words", pa.string(), nullable=False),
    ]
)

#: Where a record can end, in the words an office uses.
OUTCOMES: Final = {
    "proposal": "menjadi usulan",
    "confirmed": "sudah sesuai",
    "not_on_roll": "tidak ada di daftar",
    "not_eligible": "belum memenuhi syarat",
    "departed_already": "sudah dikeluarkan",
    "incomplete": "tidak lengkap",
}

#: Said of a record whose removal became a suspension: the documents together do not remove.
SUSPENSION: Final = "usulan penangguhan: meninggal menurut sumber, menunggu akta kematian"


@dataclass(frozen=True)
class Proposals:
    """``proposals`` (PROPOSAL_SCHEMA) by proposal_id, ``outcomes`` (OUTCOME_SCHEMA) by record."""

    proposals: pa.Table
    outcomes: pa.Table

    @property
    def outcomes_said(self) -> str:
        """How many records ended where, in words."""
        return _spoken(self.outcomes["outcome"], OUTCOMES)

    @property
    def kinds_said(self) -> str:
        """How many proposals of each kind, in words."""
        return _spoken(self.proposals["kind"], KINDS)

    @property
    def for_review(self) -> int:
        """How many proposals a person must look at one by one."""
        bands: list[str] = self.proposals["band"].to_pylist()
        return bands.count("review")


def _spoken(column: pa.ChunkedArray, words: Mapping[Any, str]) -> str:
    counts = Counter(column.to_pylist())
    parts = (f"{dots(counts[key])} {word}" for key, word in words.items() if counts[key])
    return ", ".join(parts) or "tidak ada"


@dataclass(slots=True)
class Draft:
    """``evidence`` holds (record_id, kind of document) of every record that asks for it."""

    kind: Kind
    kab: str
    dpid: str
    reason: str
    record_id: str | None = None
    fields: tuple[str, ...] = ()
    other_dpid: str | None = None
    rivals: tuple[str, ...] = ()
    band: str = "sure"
    weight: float = 0.0
    why: str = ""
    evidence: set[tuple[str, str]] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Drafts with one key are one proposal."""
        return (self.kind, self.dpid, self.reason, self.record_id or "")


class Pad:
    """Collects drafts and outcomes."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str, str, str], Draft] = {}
        self._outcomes: list[tuple[str, str, Draft | None, str]] = []

    def propose(self, draft: Draft, record_id: str, words: str) -> None:
        """``record_id`` leads to this draft, or to the equal one that is there already."""
        self._outcomes.append((record_id, "proposal", self.keep(draft), words))

    def keep(self, draft: Draft) -> Draft:
        """Put the draft on the pad; the one that stands for it from now on."""
        standing = self._drafts.setdefault(draft.key, draft)
        standing.evidence |= draft.evidence
        # One sure link is enough; the words are those of the strongest.
        better = (draft.band == "sure", draft.weight, draft.why)
        if better > (standing.band == "sure", standing.weight, standing.why):
            standing.band, standing.weight, standing.why = draft.band, draft.weight, draft.why
        return standing

    def settle(self, record_id: str, outcome: str, words: str) -> None:
        """``record_id`` leads to no proposal."""
        self._outcomes.append((record_id, outcome, None, words))

    def tables(self, period: str, law: Law) -> Proposals:
        """Everything on the pad. Deaths below the removing rung become suspensions."""
        for draft in self._drafts.values():
            if (draft.kind, draft.reason) == ("remove", "meninggal"):
                documents = {kind for _, kind in draft.evidence}
                draft.kind = "remove" if documents & removing_rungs(law) else "suspend"
                draft.why = f"{best_rung(documents, law) or 'tanpa dokumen'}; {draft.why}"
        rows = sorted(
            (_row(draft, period) for draft in self._drafts.values()),
            key=lambda row: row["proposal_id"],
        )
        return Proposals(
            pa.Table.from_pylist(rows, schema=PROPOSAL_SCHEMA),
            _outcome_table(self._outcomes, period),
        )


def _outcome_table(outcomes: Iterable[tuple[str, str, Draft | None, str]], period: str) -> pa.Table:
    rows = [
        {
            "record_id": record_id,
            "outcome": outcome,
            "proposal_id": _proposal_id(draft, period) if draft else None,
            "words": SUSPENSION if draft and draft.kind == "suspend" else words,
        }
        for record_id, outcome, draft, words in sorted(outcomes, key=lambda each: each[0])
    ]
    return pa.Table.from_pylist(rows, schema=OUTCOME_SCHEMA)


def _proposal_id(draft: Draft, period: str) -> str:
    text = "|".join((period, *draft.key))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _row(draft: Draft, period: str) -> dict[str, Any]:
    return {
        "proposal_id": _proposal_id(draft, period),
        "period": period,
        "kab": draft.kab,
        "kind": draft.kind,
        "dpid": draft.dpid,
        "reason": draft.reason,
        "record_id": draft.record_id,
        "fields": list(draft.fields),
        "evidence": [{"record_id": r, "kind": k} for r, k in sorted(draft.evidence)],
        "other_dpid": draft.other_dpid,
        "rivals": list(draft.rivals),
        "band": draft.band,
        "weight": draft.weight,
        "why": draft.why,
    }
