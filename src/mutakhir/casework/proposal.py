"""The proposal: a change to one voter that a source or link suggests, evidence frozen."""

from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa

#: add: a person not on the roll; remove: a voter leaves the roll (two people);
#: correct: other details; relocate: another desa or TPS inside the same kabupaten/kota;
#: suspend: death below the rung that removes, voter stays and is marked;
#: restore: a departed or suspended voter comes back (two people);
#: conflict: a source lists a voter whom a tombstone holds dead: a person must look.
Kind = Literal["add", "remove", "correct", "relocate", "suspend", "restore", "conflict"]
#: In the words an office uses.
KINDS: Final[dict[Kind, str]] = {
    "add": "tambah",
    "remove": "coret",
    "correct": "perbaiki",
    "relocate": "pindahkan",
    "suspend": "tangguhkan",
    "restore": "pulihkan",
    "conflict": "konflik",
}

EVIDENCE_TYPE: Final = pa.struct(
    [pa.field("record_id", pa.string()), pa.field("kind", pa.string())]
)

#: ``proposal_id`` is the first 16 hexadecimal digits of
#: SHA-256(``period|kind|dpid|reason|record_id``): the same files give the same proposals in any
#: order. For ``add`` the dpid is new: the first 16 of SHA-256(``dpid|record_id``).
PROPOSAL_SCHEMA: Final = pa.schema(
    [
        pa.field("proposal_id", pa.string(), nullable=False),
        pa.field("period", pa.string(), nullable=False),
        pa.field("kab", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("dpid", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        # the record whose values an add, correct or relocate would take
        pa.field("record_id", pa.string()),
        # which of its fields a correct would take
        pa.field("fields", pa.list_(pa.string()), nullable=False),
        # every record that speaks for it, with the kind of document behind each
        pa.field("evidence", pa.list_(EVIDENCE_TYPE), nullable=False),
        # the duplicate's other side, or the tombstone in a conflict
        pa.field("other_dpid", pa.string()),
        # dpids of other additions that may be the same new person
        pa.field("rivals", pa.list_(pa.string())),
        # from the link that joined record and voter; sure when none was needed
        pa.field("band", pa.string(), nullable=False),
        pa.field("weight", pa.float64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What policies look at in a proposal; ``evidence`` holds (record_id, kind of document)."""

    proposal_id: str
    period: str
    kab: str
    kind: Kind
    dpid: str
    reason: str
    evidence: tuple[tuple[str, str], ...]
    band: str
    record_id: str | None = None
    fields: tuple[str, ...] = ()
    other_dpid: str | None = None
    rivals: tuple[str, ...] = ()


def bulk_rule(proposal: Proposed, document: str | None = None) -> str:
    """The name under which proposals with equal evidence may be decided at once.

    ``document`` is the one the officer adds to each of them, if any.
    """
    kinds = {kind for _, kind in proposal.evidence} | ({document} if document else set())
    documents = "+".join(sorted(kinds))
    return f"{proposal.kind}/{proposal.reason}/{documents}"
