"""``mutakhir diff``."""

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated

import pyarrow as pa
import typer

from mutakhir.commands.decide import StoreOption, refusals
from mutakhir.roll.diff import diff as compare
from mutakhir.roll.diff import totals
from mutakhir.store import Store

_WHAT = {"came": "masuk", "left": "keluar", "moved": "pindah", "changed": "berubah"}


class Output(StrEnum):
    """How the difference is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def diff(
    a: Annotated[int, typer.Argument(help="Versi lama.")],
    b: Annotated[int, typer.Argument(help="Versi baru.")],
    store: StoreOption,
    output: Annotated[
        Output, typer.Option("--format", help="table, json atau csv.")
    ] = Output.TABLE,
) -> None:
    """Siapa masuk, keluar, pindah atau berubah antara dua versi, dan mengapa (DPID saja)."""
    with refusals():
        found = compare(Store.open(store), a, b)
    if output is Output.JSON:
        typer.echo(json.dumps({"totals": totals(found), "rows": found.to_pylist()}, indent=2))
    elif output is Output.CSV:
        _write_csv(found)
    else:
        _write_table(found)


def _write_csv(found: pa.Table) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found.column_names)
    for row in found.to_pylist():
        writer.writerow([" ".join(v) if isinstance(v, list) else v for v in row.values()])


def _write_table(found: pa.Table) -> None:
    for what, reasons in totals(found).items():
        typer.echo(f"{_WHAT[what]}: {sum(reasons.values())}")
        for reason, count in reasons.items():
            typer.echo(f"  {reason}: {count}")
    for row in found.to_pylist():
        fields = f" ({', '.join(row['fields'])})" if row["fields"] else ""
        path = f"{row['origin']} → {row['destination']}"
        typer.echo(f"{row['dpid']} {_WHAT[row['what']]} {row['reason']} {path}{fields}")
