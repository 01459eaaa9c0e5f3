"""``mutakhir recap`` and ``mutakhir recap check``."""

import json
from pathlib import Path
from typing import Annotated

import typer

from mutakhir import regions
from mutakhir.recap import check as checking
from mutakhir.recap import published, verdict

app = typer.Typer(help="Rekapitulasi daftar pemilih, dan pemeriksaan rekap yang sudah terbit.")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Tabel rekap CSV yang sudah terbit.")],
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")] = False,
) -> None:
    """Periksa rekap terbit: sel mana yang tidak cocok, dan berapa selisihnya."""
    try:
        rows = published.read(file)
    except published.TableError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    result = checking.check(rows, regions.load())
    if as_json:
        typer.echo(json.dumps(verdict.as_json(result), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(verdict.as_lines(result)))
    if result.broken or result.unreadable:
        raise typer.Exit(1)


@app.callback()
def recap() -> None:
    """Rekapitulasi daftar pemilih."""
