"""What a build takes and gives: tables only, no files."""

from dataclasses import dataclass

import pyarrow as pa

from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_SCHEMA


@dataclass(frozen=True)
class Roll:
    """One roll version in memory.

    ``voters`` (VOTER_SCHEMA) and ``departed`` (DEPARTED_SCHEMA) sorted by dpid; ``ledger``
    (ENTRY_SCHEMA) and ``changes`` (CHANGE_SCHEMA) of this version only, sorted by all columns.
    """

    version: int
    period: str
    voters: pa.Table
    departed: pa.Table
    ledger: pa.Table
    changes: pa.Table

    @classmethod
    def empty(cls) -> "Roll":
        """Version 0: nobody."""
        return cls(
            0,
            "",
            VOTER_SCHEMA.empty_table(),
            DEPARTED_SCHEMA.empty_table(),
            ENTRY_SCHEMA.empty_table(),
            CHANGE_SCHEMA.empty_table(),
        )


@dataclass(frozen=True)
class BuildInputs:
    """``roll = build(previous roll, sources, decisions, rules)``: all that a build may look at.

    ``records`` (RECORD_SCHEMA) holds at least the records that ``effects`` (EFFECT_SCHEMA) name.
    ``adopted`` (RECORD_SCHEMA) is the opening list, for the first version only.
    """

    previous: Roll
    period: str
    adopted: pa.Table
    records: pa.Table
    effects: pa.Table
