"""The voter: one line of the roll."""

from typing import Final

import pyarrow as pa

from mutakhir.person import PERSON_FIELDS

#: ``status`` is ``aktif`` or ``ditangguhkan`` (death reported, document pending: still counted).
#: ``entered`` is the period in which the voter came onto this roll.
VOTER_FIELDS: Final = ("dpid", *PERSON_FIELDS, "status", "entered")
VOTER_SCHEMA: Final = pa.schema([pa.field(name, pa.string()) for name in VOTER_FIELDS])

#: Who left, with the last record, why, when and on what: the tombstones. Carried from version
#: to version, so that no later import can bring the dead back unseen.
DEPARTED_SCHEMA: Final = pa.schema(
    [
        *VOTER_SCHEMA,
        pa.field("reason", pa.string(), nullable=False),
        pa.field("left", pa.string(), nullable=False),  # period
        pa.field("decision", pa.int64(), nullable=False),  # seq
        pa.field("rung", pa.string()),  # best document behind it (rules/ evidence)
    ]
)
