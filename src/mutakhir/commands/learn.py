"""``mutakhir learn``: a model's weights from the lists themselves."""

import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import pyarrow.parquet as pq
import typer

from mutakhir.commands.link import memory_size
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import files
from mutakhir.linkage.drift import Drift, drift
from mutakhir.linkage.learn import Learned, LearnError
from mutakhir.linkage.learn import learn as learn_from
from mutakhir.linkage.model import ModelError
from mutakhir.linkage.model_file import model_text, read_model
from mutakhir.linkage.model_writer import File, learned_model
from mutakhir.store import write_bytes

_LIMIT = 1.0


def learn(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih: Parquet atau CSV.")],
    b: Annotated[
        Path | None, typer.Argument(help="Data sumber; tanpa ini, ganda di satu daftar.")
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="Berkas model baru.")],
    model: Annotated[
        Path | None, typer.Option("--model", help="Model dasar; tanpa ini, model pemilih.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="Model periode lalu, untuk dibandingkan.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Nama model baru.")] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="Periode, ditulis ke dalam berkas.")
    ] = None,
    limit: Annotated[
        float, typer.Option("--limit", min=0.0, help="Beda bobot yang dibiarkan, dalam bit.")
    ] = _LIMIT,
    memory: Annotated[
        str,
        typer.Option("--memory", help="Batas memori mesin, misalnya 4GB.", callback=memory_size),
    ] = "4GB",
) -> None:
    """Pelajari bobot model dari daftar itu sendiri, tanpa label. Tidak mengubah daftar mana pun."""
    try:
        base = model_text(model)
        last = model_text(against) if against else None
        learned, sides = _learned(base, [a, b] if b else [a], memory)
        text = learned_model(
            base, learned, sides, name=name or f"{read_model(base).name}-learned", period=period
        )
        found = drift(last, text, limit) if last is not None else []
    except (files.InputError, ModelError, LearnError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    write_bytes(out, text.encode())
    typer.echo(f"Model: {out}. Dipelajari dari {learned.matches:.0f} pasangan orang yang sama.")
    if against:
        _show(found)
    if any(one.far for one in found):
        raise typer.Exit(1)


def _learned(base: str, tables: list[Path], memory: str) -> tuple[Learned, dict[str, File]]:
    """What the tables teach, and which tables they were."""
    model = read_model(base)
    with ExitStack() as stack:
        paths = [stack.enter_context(files.people_file(path, model)) for path in tables]
        rows = [pq.read_metadata(path).num_rows for path in paths]
        right = paths[1] if len(paths) > 1 else None
        counts = DuckdbEngine(memory, _step).counts(paths[0], right, model)
    made = [File(count, _sha256(path)) for count, path in zip(rows, tables, strict=True)]
    return learn_from(counts, model), dict(zip(("left", "right"), made, strict=False))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _step(words: str) -> None:
    typer.echo(f"… {words}", err=True)


def _show(found: list[Drift]) -> None:
    """The table of weights then and now; those that drifted are marked."""
    typer.echo(
        f"\n{'isian':<14}{'tingkat':<12}{'lama':>9}{'baru':>9}{'beda':>9}  {'batas':>6}"
        "  m lama → baru, u lama → baru"
    )
    for one in found:
        mark = "  BERGESER" if one.far else ""
        typer.echo(
            f"{one.field:<14}{one.level:<12}{one.old:>9.3f}{one.new:>9.3f}{one.difference:>+9.3f}"
            f"  {one.allowed:>6.2f}  {_share(one.old_m)} → {_share(one.new_m)},"
            f" {_share(one.old_u)} → {_share(one.new_u)}{mark}"
        )
    far = sum(one.far for one in found)
    typer.echo(
        f"\n{far} bobot bergeser lebih dari batas. Periksa sumbernya sebelum model ini dipakai."
        if far
        else "\nTidak ada bobot yang bergeser lebih dari batas."
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
