"""The verdict: what one officer says on one proposal, before it is sealed as a decision."""

from dataclasses import dataclass
from typing import Final

from mutakhir.casework.decision import Act

#: Acts a verdict can carry; the others are on sources and periods.
VERDICT_ACTS: Final[frozenset[Act]] = frozenset(
    {"accept", "reject", "field_check", "need_document", "approve", "overturn"}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``bulk`` names the rule of a bulk decision (``proposal.bulk_rule``).

    ``document`` is the kind of a document the officer has seen that no record brought:
    ``akta_kematian`` on a suspension makes it a removal, ``alive`` resolves a conflict.
    """

    proposal_id: str
    act: Act
    by: str
    note: str = ""
    bulk: str | None = None
    document: str | None = None
