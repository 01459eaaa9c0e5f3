"""Stations: the ledger's balance of every TPS, the level below the recap's rows."""

from dataclasses import dataclass

import pyarrow as pa

from mutakhir.engines.duckdb import connection
from mutakhir.recap import tally_sql as sql
from mutakhir.roll.inputs import Roll


@dataclass(frozen=True, slots=True)
class Station:
    """One TPS. ``arrived`` and ``left`` count moves from and to other TPS too, and corrected sex
    not at all: opening + new - gone + arrived - left = total."""

    desa: str
    tps: str
    opening: int
    new: int
    gone: int
    arrived: int
    left: int
    L: int
    P: int

    @property
    def total(self) -> int:
        """Men and women."""
        return self.L + self.P

    @property
    def difference(self) -> int:
        """What stands minus what the balance asks: 0 in every roll that a build let pass."""
        return self.total - (self.opening + self.new - self.gone + self.arrived - self.left)


def stations(roll: Roll, previous: Roll | None) -> list[Station]:
    """Every TPS that has or had voters, by desa and number.

    ``roll.ledger`` holds all entries since ``previous`` (None: nobody).
    """
    with connection() as con:
        con.register("voters", roll.voters)
        con.register("opening", (previous or Roll.empty()).voters)
        con.register("ledger", roll.ledger)
        found: pa.Table = con.sql(sql.stations()).to_arrow_table()
    return [Station(**row) for row in found.to_pylist()]
