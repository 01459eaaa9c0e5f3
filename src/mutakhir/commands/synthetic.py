"""``synthetic``: a made-up population, the files an office gets about it, and the truth."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from mutakhir.numerals import dots
from mutakhir.synthetic import Manifest, generate

_KOTA_SERANG = ["3673"]


def synthetic(
    out: Annotated[Path, typer.Option("--out", help="Folder tujuan.")],
    kabkota: Annotated[
        list[str] | None, typer.Option("--kabkota", help="Kode kabupaten/kota; boleh berulang.")
    ] = None,
    voters: Annotated[int, typer.Option("--voters", help="Jumlah pemilih daftar awal.")] = 480_084,
    seed: Annotated[int, typer.Option("--seed", help="Benih acak.")] = 2026,
    quarters: Annotated[int, typer.Option("--quarters", min=1, help="Jumlah triwulan.")] = 1,
) -> None:
    """Buat penduduk sintetis, berkas triwulanannya, dan kebenarannya."""
    kabs = tuple(code.replace(".", "") for code in kabkota or _KOTA_SERANG)
    try:
        manifest = _with_bar(out, kabs, voters, seed, quarters)
    except ValueError as error:
        typer.echo(f"synthetic: {error}", err=True)
        raise typer.Exit(2) from error
    for line in _summary(out, manifest):
        typer.echo(line)


def _with_bar(out: Path, kabs: tuple[str, ...], voters: int, seed: int, quarters: int) -> Manifest:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("data sintetis", total=1.0)
        return generate(
            out,
            kabs=kabs,
            voters=voters,
            seed=seed,
            quarters=quarters,
            progress=lambda what, share: bar.update(task, description=what, completed=share),
        )


def _summary(out: Path, manifest: Manifest) -> list[str]:
    lines = [f"Data sintetis (orang rekaan) di {out}:"]
    for kab, counts in manifest.counts.items():
        opening = dots(counts["opening_lines"])
        lines.append(f"  {kab}: {opening} baris daftar awal")
    files = sorted(manifest.files)
    return [*lines, f"  {len(files)} berkas masuk:", *(f"    {name}" for name in files)]
