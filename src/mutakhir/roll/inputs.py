"""What a build takes and gives: tables only, no files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA
from mutakhir.roll.root import RollRoot
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
    ``adopted`` (RECORD_SCHEMA) is the opening list, for the first version only; ``adoptions``
    maps each of its kab/kota to the seq of the decision that adopted it.
    """

    previous: Roll
    period: str
    adopted: pa.Table
    records: pa.Table
    effects: pa.Table
    adoptions: Mapping[str, int] = field(default_factory=dict)


class Builder(Protocol):
    """The part of an engine that builds. Both engines give equal tables and equal roots."""

    def build(self, inputs: BuildInputs) -> Roll:
        """The next roll version. ``checks.before`` has found nothing that stops it."""

    def root(self, roll: Roll, previous: str) -> RollRoot:
        """The root of ``roll`` after the version with root ``previous`` (docs/formats/roll.md)."""
