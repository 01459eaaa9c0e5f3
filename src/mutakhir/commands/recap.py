"""``mutakhir recap`` and ``mutakhir recap check``."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from mutakhir import regions
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.recap import check as checking
from mutakhir.recap import editions, export, published, terminal, verdict, workbook
from mutakhir.recap.identities import RefusedError, ensure
from mutakhir.recap.table import Row
from mutakhir.regions import Level, plain
from mutakhir.store import Store, StoreError, write_bytes

app = typer.Typer(help="Rekapitulasi daftar pemilih, dan pemeriksaan rekap yang sudah terbit.")


@app.callback(invoke_without_command=True)
def recap(
    context: typer.Context,
    *,
    store: Annotated[Path | None, typer.Option(help="Folder gudang data (store).")] = None,
    version: Annotated[int | None, typer.Option(help="Versi daftar.")] = None,
    period: Annotated[str | None, typer.Option(help="Periode, misalnya 2026-Q3.")] = None,
    level: Annotated[Level | None, typer.Option(help="Tingkat wilayah setiap baris.")] = None,
    kab: Annotated[str | None, typer.Option(help="Kode kabupaten/kota, misalnya 36.73.")] = None,
    form: Annotated[
        Literal["json", "csv", "xlsx", "table"], typer.Option("--format", help="Bentuk hasil.")
    ] = "table",
    out: Annotated[Path | None, typer.Option(help="Berkas hasil; tanpa ini ke layar.")] = None,
) -> None:
    """Rekapitulasi satu versi daftar: L, P, jumlah, dan alirannya menurut sebab."""
    if context.invoked_subcommand is not None:
        return
    if store is None:
        raise typer.BadParameter("sebut folder gudang data dengan --store")
    if form == "xlsx" and out is None:
        raise typer.BadParameter("sebut berkas hasil dengan --out untuk --format xlsx")
    try:
        opened = Store.open(store)
        number = editions.version_of(opened, version=version, period=period)
        kabs = editions.kabs_of(opened, number, plain(kab)) if kab else None
        issue = editions.recap(opened, number, kabs)
        ensure(issue.recap)
    except (StoreError, DecisionFileError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except RefusedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    _give(issue, level, form, out)


def _give(issue: editions.Issue, level: Level | None, form: str, out: Path | None) -> None:
    found = issue.recap
    rows = found.at(level) if level else list(found.rows)
    if form == "json":
        _write(export.as_json(found, rows).encode(), out)
    elif form == "csv":
        _write(export.as_csv(found, rows).encode(), out)
    else:
        whole = _whole(found.rows)
        parts = rows if level else found.below(whole)
        if form == "xlsx":
            _write(workbook.workbook(found, whole, parts, issue.law), out)
        else:
            terminal.show(Console(), found, whole, parts, issue.law)


def _whole(rows: tuple[Row, ...]) -> Row:
    """The region that holds all rows: a kabupaten/kota, or the provinsi of several."""
    if not rows or not all(row.code.startswith(rows[0].code) for row in rows):
        raise typer.BadParameter("daftar ini tidak dalam satu wilayah; sebut wilayah dengan --kab")
    return rows[0]


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        typer.echo(content.decode(), nl=False)
    else:
        write_bytes(out, content)
        typer.echo(f"Ditulis: {out}")


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
