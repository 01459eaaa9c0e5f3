"""``mutakhir queue``: the open proposals as a work sheet for the office."""

from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from mutakhir.casework.budget import Groups, Standing
from mutakhir.casework.desk import casebook, period_records, read_proposals
from mutakhir.casework.queue import COLUMNS, SAMPLED, VALUES, with_values
from mutakhir.casework.queue import queue as waiting
from mutakhir.casework.seal import all_proposed
from mutakhir.casework.work_sheet import work_sheet
from mutakhir.commands.decide import PeriodOption, StoreOption, law_of, refusals
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
        proposals, book = read_proposals(opened, period), casebook(opened)
        budget = law_of(period).budget
        rows = [
            row
            for row in waiting(proposals, book, budget, period)
            if kind is None or row["kind"] == kind
        ]
        if values:
            rows = list(_with_values(opened, period, rows))
        columns = (*COLUMNS, *VALUES) if values else COLUMNS
        write_bytes(out, work_sheet(rows, columns))
        groups = list(Groups(all_proposed(proposals), book, budget, period))
    typer.echo(f"{len(rows)} usulan menunggu, ditulis ke {out}.")
    _show_groups(groups, rows)
    if values:
        typer.echo("Lembar ini memuat data pribadi: simpan dan hapus menurut aturan kantor.")


def _show_groups(groups: list[Standing], rows: list[dict[str, Any]]) -> None:
    """How each bulk group that is not done yet stands, and how many looks that asks for."""
    there = {(row["kab"], row["group"]) for row in rows}
    standing = [each for each in groups if (each.group.kab, each.group.rule) in there]
    if not standing:
        return
    looks = sum(row["sample"] == SAMPLED for row in rows)
    typer.echo(f"{looks} di antaranya contoh: lihat dan putuskan satu per satu sebelum massal.")
    for each in standing:
        typer.echo(f"  {each.group.kab} {each.group.rule}: {each.words}")


def _with_values(store: Store, period: str, rows: list[dict[str, Any]]) -> Any:
    roll = roll_before(store, period)
    columns = ["dpid", *PERSON_FIELDS]
    known = pa.concat_tables([roll.voters.select(columns), roll.departed.select(columns)])
    return with_values(rows, known, period_records(store, period))
