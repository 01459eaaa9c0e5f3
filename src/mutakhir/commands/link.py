"""``mutakhir link`` and ``mutakhir dedupe``."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mutakhir.engines import engine as engine_called
from mutakhir.linkage import files
from mutakhir.linkage.model import default_model


def _memory(value: str) -> str:
    if re.fullmatch(r"[1-9][0-9]*(MB|GB)", value) is None:
        raise typer.BadParameter("tulis seperti 500MB atau 4GB")
    return value


_Out = Annotated[Path, typer.Option("--out", help="Folder hasil: links.parquet, summary.json.")]
_Engine = Annotated[Literal["duckdb", "plain"], typer.Option("--engine", help="Mesin hitung.")]
_Memory = Annotated[
    str,
    typer.Option("--memory", help="Batas memori DuckDB, misalnya 1GB.", callback=_memory),
]
_Json = Annotated[bool, typer.Option("--json", help="Ringkasan sebagai JSON.")]


def link(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih, Parquet kanonik.")],
    b: Annotated[Path, typer.Argument(help="Data sumber, Parquet kanonik.")],
    *,
    out: _Out,
    engine: _Engine = "duckdb",
    memory: _Memory = "1GB",
    as_json: _Json = False,
) -> None:
    """Pasangkan orang yang sama di dua daftar. Tidak mengubah daftar mana pun."""
    model = default_model()
    try:
        files.check_folder(out)
        left, right = files.read_people(a), files.read_records(b)
    except files.InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    links = engine_called(engine, memory=memory).link(left, right, model)
    sizes = {"left": left.num_rows, "right": right.num_rows}
    _finish(out, links, files.summarise(links, sizes, model, engine), as_json)


def dedupe(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih, Parquet kanonik.")],
    *,
    out: _Out,
    engine: _Engine = "duckdb",
    memory: _Memory = "1GB",
    as_json: _Json = False,
) -> None:
    """Cari orang yang tercatat ganda dalam satu daftar. Tidak mencoret siapa pun."""
    model = default_model()
    try:
        files.check_folder(out)
        people = files.read_people(a)
    except files.InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    links = engine_called(engine, memory=memory).duplicates(people, model)
    summary = files.summarise(links, {"left": people.num_rows}, model, engine)
    _finish(out, links, summary, as_json)


def _finish(out: Path, links: Any, summary: dict[str, Any], as_json: bool) -> None:
    files.write_links(out, links, summary)
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True))
        return
    bands = summary["bands"]
    typer.echo(
        f"{summary['links']} pasangan: {bands.get('sure', 0)} hampir pasti,"
        f" {bands.get('review', 0)} perlu dilihat petugas. Hasil: {out}"
    )
