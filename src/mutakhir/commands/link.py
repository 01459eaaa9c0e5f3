"""``mutakhir link`` and ``mutakhir dedupe``."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import pyarrow.parquet as pq
import typer

from mutakhir.engines import engine as engine_called
from mutakhir.linkage import files
from mutakhir.linkage.model import ModelError
from mutakhir.linkage.model_file import default_model, load_model


def memory_size(value: str) -> str:
    """Checks the form of --memory."""
    if re.fullmatch(r"[1-9][0-9]*(MB|GB)", value) is None:
        raise typer.BadParameter("tulis seperti 500MB atau 4GB")
    return value


_Out = Annotated[Path, typer.Option("--out", help="Folder hasil: links.parquet, summary.json.")]
_ModelFile = Annotated[
    Path | None, typer.Option("--model", help="Berkas model; tanpa ini, model pemilih.")
]
_EngineName = Literal["duckdb", "plain", "spark"]
_Engine = Annotated[_EngineName, typer.Option("--engine", help="Mesin hitung.")]
_Master = Annotated[str, typer.Option("--master", help="Alamat gugus Spark.")]
_Memory = Annotated[
    str,
    typer.Option("--memory", help="Batas memori mesin, misalnya 4GB.", callback=memory_size),
]
_Json = Annotated[bool, typer.Option("--json", help="Ringkasan sebagai JSON.")]


def link(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih: Parquet atau CSV.")],
    b: Annotated[Path, typer.Argument(help="Data sumber: Parquet atau CSV.")],
    *,
    out: _Out,
    model: _ModelFile = None,
    engine: _Engine = "duckdb",
    master: _Master = "local[*]",
    memory: _Memory = "4GB",
    as_json: _Json = False,
) -> None:
    """Pasangkan orang yang sama di dua daftar. Tidak mengubah daftar mana pun."""
    _run([a, b], out, model, engine, master, memory, as_json)


def dedupe(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih: Parquet atau CSV.")],
    *,
    out: _Out,
    model: _ModelFile = None,
    engine: _Engine = "duckdb",
    master: _Master = "local[*]",
    memory: _Memory = "4GB",
    as_json: _Json = False,
) -> None:
    """Cari orang yang tercatat ganda dalam satu daftar. Tidak mencoret siapa pun."""
    _run([a], out, model, engine, master, memory, as_json)


def _run(
    tables: list[Path],
    out: Path,
    model_file: Path | None,
    name: _EngineName,
    master: str,
    memory: str,
    as_json: bool,
) -> None:
    with _told():
        model = load_model(model_file) if model_file else default_model()
        with ExitStack() as stack:
            folder = stack.enter_context(files.links_folder(out))
            paths = [stack.enter_context(files.people_file(path, model)) for path in tables]
            right = paths[1] if len(paths) > 1 else None
            linker = engine_called(name, memory=memory, tell=_step)
            linker.write_links(paths[0], right, model, folder / "links.parquet")
            sizes = dict(zip(("left", "right"), map(_rows, paths), strict=False))
            summary = files.write_summary(folder, sizes, model, name)
    _show(summary, out, as_json)


def _rows(path: Path) -> int:
    rows: int = pq.read_metadata(path).num_rows
    return rows


def _step(words: str) -> None:
    typer.echo(f"… {words}", err=True)


@contextmanager
def _told() -> Iterator[None]:
    """Bad files and models end the command with their message."""
    try:
        yield
    except (files.InputError, ModelError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _show(summary: dict[str, Any], out: Path, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True))
        return
    bands = summary["bands"]
    typer.echo(
        f"{summary['links']} pasangan: {bands.get('sure', 0)} hampir pasti,"
        f" {bands.get('review', 0)} perlu dilihat petugas. Hasil: {out}"
    )
