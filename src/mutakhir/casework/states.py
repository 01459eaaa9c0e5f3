"""States a proposal can stand in, as the decisions on it leave it."""

from typing import Final, Literal

State = Literal[
    "proposed",
    "field_check",
    "need_document",
    "accepted_waiting_second",
    "in_effect",
    "rejected",
    "overturn_waiting_second",
    "overturned",
]
#: In the words an office uses.
STATES: Final[dict[State, str]] = {
    "proposed": "diusulkan",
    "field_check": "menunggu cek lapangan",
    "need_document": "menunggu dokumen",
    "accepted_waiting_second": "diterima, menunggu orang kedua",
    "in_effect": "berlaku",
    "rejected": "ditolak",
    "overturn_waiting_second": "pembatalan diminta, menunggu orang kedua",
    "overturned": "dibatalkan",
}
#: States in which an accepted proposal counts in the next build.
STANDING: Final[frozenset[State]] = frozenset({"in_effect", "overturn_waiting_second"})
#: States in which nobody has said the last word: the record comes up again next period.
OPEN: Final[frozenset[State]] = frozenset(
    {"proposed", "field_check", "need_document", "accepted_waiting_second"}
)
