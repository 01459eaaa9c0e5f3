"""``mutakhir queue``: the open proposals as a work sheet for the office."""

from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from mutakhir.casework.desk import casebook, period_records, read_proposals
from mutakhir.casework.queue import COLUMNS, VALUES, with_values
from mutakhir.casework.queue import queue as waiting
from mutakhir.casework.work_sheet import work_sheet
from mutakhir.commands.decide import PeriodOption, StoreOption, refusals
from mutakhir.person import PERSON_FIELDS
from mutakhir.roll.steps import roll_before
from mutakhir.store import Store, write_bytes


def queue(
    store: StoreOption,
    period: PeriodOption,
    out: Annotated[Path, typer.Option(help="Lembar kerja XLSX yang ditulis.")],
    kind: Annotated[str | None, typer.Option(help="Hanya jenis ini, misalnya remove.")] = None,
    values: Annotated[
        bool, typer.Option("--values", help="Sertakan isi kedua rekaman (data pribadi).")
    ] = False,
) -> None:
    """Tulis antrean usulan sebagai lembar kerja; isi kolom act dan by, lalu `decide`."""
    with refusals():
        opened = Store.open(store)
        rows = [
            row
            for row in waiting(read_proposals(opened, period), casebook(opened))
            if kind is None or row["kind"] == kind
        ]
        if values:
            rows = list(_with_values(opened, period, rows))
        columns = (*COLUMNS, *VALUES) if values else COLUMNS
        write_bytes(out, work_sheet(rows, columns))
    typer.echo(f"{len(rows)} usulan menunggu, ditulis ke {out}.")
    if values:
        typer.echo("Lembar ini memuat data pribadi: simpan dan hapus menurut aturan kantor.")


def _with_values(store: Store, period: str, rows: list[dict[str, Any]]) -> Any:
    roll = roll_before(store, period)
    columns = ["dpid", *PERSON_FIELDS]
    known = pa.concat_tables([roll.voters.select(columns), roll.departed.select(columns)])
    return with_values(rows, known, period_records(store, period))
