"""One file's rows to Parquet: sheet by sheet, batch by batch, never the whole file in memory."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.intake.batch import Aside, Desk
from mutakhir.intake.columns import columns
from mutakhir.intake.lines import LineSorter
from mutakhir.intake.options import Options
from mutakhir.intake.place import Places
from mutakhir.intake.plan import Plan, column_letter
from mutakhir.intake.receipt import Receipt, SheetReceipt
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.intake.set_aside import SET_ASIDE_SCHEMA, to_table
from mutakhir.intake.sheets import Sheet
from mutakhir.intake.sheets.sheet import Cells

ROWS_A_BATCH: Final = 20_000
Rows = list[tuple[int, Cells]]


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Rows hold no cycles: looking for some among millions of cells takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass
class FileWork:
    """Writes ``records.parquet`` and ``set_aside.parquet`` of one source into ``folder``."""

    source_id: str
    folder: Path
    options: Options
    receipt: Receipt
    dpids: list[pa.Array] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)

    def run(self, sheets: list[Sheet], plans: Mapping[int, Plan | None]) -> None:
        """Read every sheet under its plan (None: a sheet without rows of people)."""
        with (
            _collector_resting(),
            pq.ParquetWriter(self.folder / "records.parquet", RECORD_SCHEMA) as records,
            pq.ParquetWriter(self.folder / "set_aside.parquet", SET_ASIDE_SCHEMA) as set_aside,
        ):
            places = Places(self.options.regions, self.options.region)
            for sheet in sheets:
                plan = plans[sheet.number]
                if plan is None:
                    self._count_lines(sheet)
                elif plan.sure:
                    self._read(sheet, plan, places, records, set_aside)
                else:
                    self._hold(sheet, plan, set_aside)
        self._part_shared_dpids(sheets, plans)

    def _count_lines(self, sheet: Sheet) -> None:
        counts = SheetReceipt(sheet.number, sheet.label, "")
        for cells in sheet.rows():
            counts.lines += 1
            counts.skipped["text" if any(map(str.strip, cells)) else "blank"] += 1
        self.receipt.sheets.append(counts)

    def _read(
        self,
        sheet: Sheet,
        plan: Plan,
        places: Places,
        records: pq.ParquetWriter,
        set_aside: pq.ParquetWriter,
    ) -> None:
        counts = self._begin(sheet, plan)
        desk = self._desk(sheet, plan, places)
        for rows in self._batches(sheet, plan, counts):
            outcome = desk.read(rows)
            self.dpids.append(outcome.dpids)
            records.write_batch(outcome.accepted)
            set_aside.write_table(to_table(self.source_id, sheet.number, outcome.aside))
            counts.accepted += outcome.accepted.num_rows
            self._count_aside(counts, outcome.aside)
            counts.warnings.update(outcome.warnings)
            self.origins |= outcome.origins

    def _hold(self, sheet: Sheet, plan: Plan, set_aside: pq.ParquetWriter) -> None:
        """Hold every row of a sheet whose layout is a guess."""
        counts = self._begin(sheet, plan)
        reason = ("", "layout_unknown", ())
        for rows in self._batches(sheet, plan, counts):
            aside = [Aside(row, "held", (reason,), tuple(cells), None) for row, cells in rows]
            set_aside.write_table(to_table(self.source_id, sheet.number, aside))
            self._count_aside(counts, aside)

    def _begin(self, sheet: Sheet, plan: Plan) -> SheetReceipt:
        named: dict[str, str] = {}
        for at, name in enumerate(plan.fields):
            told = plan.told(at)
            named[f"{told} ({column_letter(at)})" if told in named else told] = name or ""
        counts = SheetReceipt(sheet.number, sheet.label, plan.layout, columns=named)
        self.receipt.sheets.append(counts)
        return counts

    def _desk(self, sheet: Sheet, plan: Plan, places: Places) -> Desk:
        rules, version = self.options.rules, self.options.codes
        return Desk(
            self.source_id,
            sheet.number,
            sheet.label,
            plan,
            columns(rules, version),
            self.options.marks,
            self.options.words,
            places,
            self.options.ages,
            self.options.odd,
            self.receipt.damage,
        )

    def _batches(self, sheet: Sheet, plan: Plan, counts: SheetReceipt) -> Iterator[Rows]:
        sorter = LineSorter(plan)
        batch: Rows = []
        for number, cells in enumerate(sheet.rows(), 1):
            kind = sorter.skipped(number, cells)
            if kind is None:
                batch.append((number, cells))
            else:
                counts.skipped[kind] += 1
            if len(batch) == ROWS_A_BATCH:
                self.options.progress(self.receipt.file, sheet.done())
                counts.read += len(batch)
                yield batch
                batch = []
        counts.read += len(batch)
        counts.lines = counts.read + counts.skipped.total()
        if batch:
            yield batch
        self.options.progress(self.receipt.file, 1.0)

    def _count_aside(self, counts: SheetReceipt, aside: list[Aside]) -> None:
        held = sum(row.outcome == "held" for row in aside)
        counts.held += held
        counts.rejected += len(aside) - held

    # -- two rows with one DPID: neither may pass

    def _part_shared_dpids(self, sheets: list[Sheet], plans: Mapping[int, Plan | None]) -> None:
        shared = self._shared_dpids()
        if not len(shared):
            return
        path = self.folder / "records.parquet"
        table = pq.read_table(path)
        sharing = pc.is_in(table["dpid"], value_set=shared)
        pq.write_table(table.filter(pc.invert(sharing)), path)
        taken: dict[int, set[int]] = defaultdict(set)
        for record_id in table.filter(sharing)["record_id"].to_pylist():
            _, number, row = record_id.split(":")
            taken[int(number)].add(int(row))
        self._move_aside(sheets, taken)

    def _shared_dpids(self) -> pa.Array:
        counted = pc.value_counts(pa.chunked_array(self.dpids, pa.string()).drop_null())
        return counted.field("values").filter(pc.greater(counted.field("counts"), 1))

    def _move_aside(self, sheets: list[Sheet], taken: dict[int, set[int]]) -> None:
        path = self.folder / "set_aside.parquet"
        tables = [pq.read_table(path)]
        reason = ("dpid", "dpid_twice", ())
        for sheet, counts in zip(sheets, self.receipt.sheets, strict=True):
            rows = taken.get(sheet.number, set())
            aside = [
                Aside(number, "held", (reason,), tuple(cells), None)
                for number, cells in enumerate(sheet.rows(), 1)
                if number in rows
            ]
            tables.append(to_table(self.source_id, sheet.number, aside))
            counts.held += len(aside)
            counts.accepted -= len(aside)
        whole = pa.concat_tables(tables).sort_by(
            [("sheet_number", "ascending"), ("row", "ascending")]
        )
        pq.write_table(whole, path)
