"""A file of the inbox: its sheets cell by cell, what is true about each row, and its bytes."""

from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from mutakhir.synthetic.population import Population
from mutakhir.synthetic.rows import Cell, Rows

#: One row per data row of every file. ``row`` counts from 1 as a spreadsheet shows it (a CSV's
#: header is row 1; a file without header starts at 1). ``person_id`` is null for garbage.
ROWS_SCHEMA = pa.schema(
    [
        pa.field("period", pa.string()),
        pa.field("file", pa.string()),
        pa.field("sheet", pa.string()),
        pa.field("sheet_no", pa.int32()),
        pa.field("row", pa.int32()),
        pa.field("person_id", pa.int64()),
        pa.field("truth", pa.string()),
        pa.field("dirt", pa.string()),
    ]
)

Kind = Literal["text", "xlsx", "xls", "ods"]


@dataclass
class Sheet:
    """One sheet: rows above the data, the data, rows below (JUMLAH)."""

    name: str
    above: list[list[Cell]]
    cells: list[list[Cell]]
    rows: Rows
    below: list[list[Cell]] = field(default_factory=list)

    def all_cells(self) -> list[list[Cell]]:
        """Every row from the top."""
        return [*self.above, *self.cells, *self.below]


@dataclass
class SourceFile:
    """One file of the inbox, not yet bytes; a bundle has ``members`` instead of sheets.

    ``layout``, ``codes`` and ``region`` are what an operator tells ``intake`` about it.
    """

    name: str
    kind: Kind | Literal["zip"]
    layout: str
    sheets: list[Sheet] = field(default_factory=list)
    members: list["SourceFile"] = field(default_factory=list)
    codes: str = "2023"
    region: str | None = None
    delimiter: str = ","
    encoding: str = "utf-8"
    stray_cell: bool = False

    def every_sheet(self) -> list[Sheet]:
        """Sheets across members, in archive order."""
        return self.sheets + [sheet for member in self.members for sheet in member.every_sheet()]


def truth_of(population: Population, period: str, source: SourceFile) -> pa.Table:
    """What is true about each row of the file (ROWS_SCHEMA)."""
    columns: dict[str, list[object]] = {name: [] for name in ROWS_SCHEMA.names}
    base = int(population.where.kab) * 10_000_000
    for number, sheet in enumerate(source.every_sheet()):
        first = len(sheet.above) + 1
        count = len(sheet.rows)
        garbage = len(sheet.below)
        columns["sheet"] += [sheet.name] * (count + garbage)
        columns["sheet_no"] += [number] * (count + garbage)
        columns["row"] += range(first, first + count + garbage)
        columns["person_id"] += [base + person for person in sheet.rows.person]
        columns["person_id"] += [None] * garbage
        columns["truth"] += sheet.rows.truth + ["garbage"] * garbage
        columns["dirt"] += [",".join(dirt) for dirt in sheet.rows.dirt] + [""] * garbage
    size = len(columns["row"])
    columns["period"], columns["file"] = [period] * size, [source.name] * size
    return pa.table(columns, schema=ROWS_SCHEMA)
