"""The link: two records that may be one person, and why."""

from typing import Final, Literal

import pyarrow as pa

#: sure: a bulk rule may propose; review: a person looks; no: kept only for study.
Band = Literal["sure", "review", "no"]

#: ``left_id`` is a dpid of the roll (active or departed); ``right_id`` a record_id, or another
#: dpid when the roll is searched for duplicates (then left_id < right_id).
#: ``rule`` names what brought the pair together; ``evidence`` tells field by field what agreed
#: and its weight: ``nik=20.000 name~6.000:close sex!-7.000`` (evidence.py), never a value.
LINK_SCHEMA: Final = pa.schema(
    [
        pa.field("left_id", pa.string(), nullable=False),
        pa.field("right_id", pa.string(), nullable=False),
        pa.field("weight", pa.float64(), nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
        pa.field("band", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("evidence", pa.string(), nullable=False),
    ]
)
