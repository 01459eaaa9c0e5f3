"""Decisions in effect: what a period's decision file, folded, asks the next roll to do."""

from typing import Final

import pyarrow as pa

#: Decisions in effect, one row each, as casework folds them from the decision file: who they
#: touch, and where the values they take stand. The order of rows does not matter.
EFFECT_SCHEMA: Final = pa.schema(
    [
        pa.field("decision", pa.int64(), nullable=False),  # seq of the accept
        pa.field("kind", pa.string(), nullable=False),  # a proposal kind; never conflict
        pa.field("dpid", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("record_id", pa.string()),
        pa.field("fields", pa.list_(pa.string()), nullable=False),
        pa.field("rung", pa.string()),  # best document behind it
    ]
)
