"""``mutakhir odd-but-true``: the register of flags that were looked into and are true."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from mutakhir.intake.odd import add as add_entry
from mutakhir.intake.odd import load
from mutakhir.store import Store, StoreError

app = typer.Typer(help="Daftar hal yang aneh tetapi benar, dengan buktinya.", no_args_is_help=True)

StoreFolder = Annotated[Path, typer.Option("--store", help="Folder penyimpanan.")]


@app.command()
def add(
    of: Annotated[str, typer.Argument(help="DPID, atau nomor rekaman dari tanda terima.")],
    code: Annotated[str, typer.Argument(help="Kode dari tanda terima, misalnya over_100.")],
    store: StoreFolder,
    evidence: Annotated[str, typer.Option(help="Dokumen yang membuktikan (tanpa nomor NIK).")],
    by: Annotated[str, typer.Option(help="Petugas yang memeriksa.")],
) -> None:
    """Mencatat satu hal yang aneh tetapi benar; tanda itu tidak muncul lagi."""
    try:
        opened = Store.open(store)
        add_entry(opened, of=of, code=code, evidence=evidence, by=by, at=datetime.now(UTC))
    except (StoreError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo("Dicatat.")


@app.command(name="list")
def list_entries(store: StoreFolder) -> None:
    """Menampilkan daftar itu."""
    try:
        register = load(Store.open(store))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    table = Table("Milik", "Kode", "Bukti", "Oleh", "Pada")
    for entry in register.entries:
        table.add_row(entry.of, entry.code, entry.evidence, entry.by, entry.at)
    Console().print(table)
