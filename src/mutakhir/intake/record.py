"""The canonical record: one row of one source, as a claim about one person."""

from typing import Final, Literal

import pyarrow as pa

from mutakhir.person import PERSON_FIELDS

#: What a row says about its person. A claim changes nothing by itself.
#: listed: stands on a full list; new: should be added (mark B, candidates pindah masuk and
#: potensial); ineligible: should leave (TMS, mark = TMS code); change: other details (mark U);
#: move: other TPS or desa inside the kabupaten/kota (mark P, code 8 of 2023).
Claim = Literal["listed", "new", "ineligible", "change", "move"]
CLAIMS: Final[tuple[Claim, ...]] = ("listed", "new", "ineligible", "change", "move")

#: One source's accepted rows. ``record_id`` is ``<source_id>:<sheet number>:<row>``:
#: unique in a store and free of personal data. ``row`` counts from 1 as a spreadsheet does.
RECORD_SCHEMA: Final = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("source_id", pa.string(), nullable=False),
        pa.field("sheet", pa.string(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),
        pa.field("claim", pa.string(), nullable=False),
        # why: a TMS or new-voter reason in canonical words (rules/), None when not said
        pa.field("reason", pa.string()),
        pa.field("dpid", pa.string()),
        *(pa.field(name, pa.string()) for name in PERSON_FIELDS),
        # where a mover comes from (new) or goes to (ineligible): a region code of any level
        pa.field("other_region", pa.string()),
        # the TPS a move leads to
        pa.field("tps_to", pa.string()),
        # day of death, move or discharge, same form as birth_date
        pa.field("event_date", pa.string()),
        # kind of document the row stands on, a rung of rules/ evidence: None = bare claim
        pa.field("evidence", pa.string()),
        pa.field("warnings", pa.list_(pa.string()), nullable=False),
    ]
)
