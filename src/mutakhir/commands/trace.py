"""``mutakhir trace``."""

from typing import Annotated

import typer

from mutakhir.commands.decide import StoreOption, refusals
from mutakhir.roll.trace import trace as tell
from mutakhir.store import Store


def trace(
    store: StoreOption,
    reference: Annotated[str, typer.Argument(help="record_id (sumber:lembar:baris) atau DPID.")],
) -> None:
    """Ke mana sebuah baris pergi, dan mengapa seorang pemilih ada atau tidak ada di daftar."""
    with refusals():
        lines = tell(Store.open(store), reference)
    if not lines:
        typer.echo(f"{reference} tidak dikenal di gudang ini.", err=True)
        raise typer.Exit(1)
    typer.echo("\n".join(lines))
