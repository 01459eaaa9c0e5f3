"""The decision: one act by one person, one line of the append-only decision file."""

from dataclasses import dataclass, field
from typing import Final, Literal

#: Where the document that an officer names in a verdict stands among the evidence.
SEEN_BY_OFFICER: Final = "petugas"
#: accept, reject, field_check, need_document: on a proposal. approve: the second person's yes to
#: an accept. overturn: a later decision takes an earlier one back. adopt: a source becomes the
#: opening roll. withdraw: a source and everything that rests on it alone is void. retract: an
#: officer takes back their own last decision on a proposal before anything rests on it.
#: close: a period takes no more decisions. reopen: it does again. skip: a period is passed over.
Act = Literal[
    "accept",
    "reject",
    "field_check",
    "need_document",
    "approve",
    "overturn",
    "retract",
    "adopt",
    "withdraw",
    "close",
    "reopen",
    "skip",
]
#: Acts on a period: they change no voter.
ON_PERIOD: Final[frozenset[Act]] = frozenset({"close", "reopen", "skip"})


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of docs/formats/decisions.md: references and reasons, never a personal value."""

    seq: int
    at: str  # RFC 3339 with offset
    period: str  # "2026-Q3"
    kab: str  # 4 digits
    act: Act
    by: str
    rule: str  # rule under which the act is allowed, e.g. "pkpu-1-2025"
    note: str = ""
    # on a proposal: what was proposed, frozen
    proposal: str | None = None
    kind: str | None = None
    dpid: str | None = None
    reason: str | None = None
    record: str | None = None
    fields: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()  # (record_id, kind of document)
    other_dpid: str | None = None
    # approve, overturn, retract: the decision meant, by seq
    target: int | None = None
    # adopt, withdraw: the source meant
    source: str | None = None
    # bulk rule under which many equal cases were decided at once
    bulk: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


def same_person(one: str, other: str) -> bool:
    """Whether two names of officers are one: case and spaces make nobody a second person."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
