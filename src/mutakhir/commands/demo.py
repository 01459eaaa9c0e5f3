"""``mutakhir demo``: one whole quarter of a synthetic kota, shown step by step."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mutakhir.commands.serve import become
from mutakhir.demo import ERROR_RATE, Demo, Step, steps
from mutakhir.numerals import dots
from mutakhir.recap.identities import RefusedError
from mutakhir.regions import plain
from mutakhir.roll.findings import BuildRefusedError
from mutakhir.store import StoreError


def demo(
    *,
    kabkota: Annotated[
        list[str] | None, typer.Option("--kabkota", help="Kode kabupaten/kota; boleh berulang.")
    ] = None,
    voters: Annotated[int, typer.Option(help="Jumlah pemilih daftar awal.")] = 480_084,
    seed: Annotated[int, typer.Option(help="Benih acak.")] = 2026,
    quarters: Annotated[int, typer.Option(min=1, help="Jumlah triwulan.")] = 1,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Berakhir dengan ruang kerja di peramban.")
    ] = True,
    port: Annotated[int, typer.Option(help="Porta ruang kerja.")] = 8000,
    engine: Annotated[str, typer.Option(help="duckdb atau plain.")] = "duckdb",
) -> None:
    """Peragaan: dari berkas kotor sampai berita acara, satu triwulan penuh."""
    home = Path(os.environ.get("MUTAKHIR_HOME", "var"))
    kabs = tuple(dict.fromkeys(plain(code) for code in kabkota or ["3673"]))
    chosen = Demo(home, kabs, voters, seed, quarters, engine)
    console = Console()
    try:
        for step in steps(chosen):
            _run(console, step)
    except KeyboardInterrupt:
        console.print("Dihentikan. Jalankan lagi perintah yang sama untuk melanjutkan.")
        raise typer.Exit(130) from None
    except (ValueError, StoreError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except (RefusedError, BuildRefusedError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    _summary(console, chosen)
    _lay_out_office(console, chosen)
    if serve:
        become("serve", "--port", str(port), **_office(chosen))


def _office(chosen: Demo) -> dict[str, str]:
    """What the workplace's processes must know."""
    home = str((chosen.folder / "kantor").resolve())
    store = str(chosen.store.resolve())
    return {"MUTAKHIR_HOME": home, "MUTAKHIR_STORE": store, "MUTAKHIR_DEMO": "1"}


def _lay_out_office(console: Console, chosen: Demo) -> None:
    """Accounts for every role, and the running quarter's cases in the queue."""
    console.print(f"\n[bold]Ruang kerja[/] {chosen.running}", highlight=False)
    command = [sys.executable, "-m", "mutakhir_web.config.demo"]
    environment = {**os.environ, **_office(chosen)}
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise typer.Exit(done.returncode)


def _run(console: Console, step: Step) -> None:
    started = time.perf_counter()
    name = f"{step.period}  {step.title}"
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        said = step.run(lambda share: bar.update(task, total=1.0, completed=share))
    took = f"{time.perf_counter() - started:.1f}".replace(".", ",")
    console.print(f"[green]✓[/] {name:<56} [dim]{took:>6} dtk[/]", highlight=False)
    console.print(Padding(said, (0, 0, 0, 4)), highlight=False)


def _summary(console: Console, chosen: Demo) -> None:
    console.print(
        "\n[bold]Semua orang di sini rekaan.[/] Putusan dibuat kantor simulasi yang membaca"
        f" kebenaran sintetis dan keliru pada {ERROR_RATE:.0%} usulan; langkah lainnya seperti di"
        " kantor.",
        highlight=False,
    )
    for period in chosen.periods:
        for folder in sorted((chosen.store / "recaps" / period).glob("*/edisi-*")):
            console.print(f"\n[bold]{_balance(folder, period)}[/]", highlight=False)
            console.print(f"{folder}{os.sep}", highlight=False, soft_wrap=True)
            names = "  ".join(sorted(path.name for path in folder.iterdir()))
            console.print(Padding(names, (0, 0, 0, 4)), highlight=False)
    console.print(f"\nGudang data: {chosen.store}", highlight=False, soft_wrap=True)
    console.print(f"Berkas masuk dan kebenaran: {chosen.inbox}", highlight=False, soft_wrap=True)


def _balance(folder: Path, period: str) -> str:
    """The region's balance, from the recap that was just written."""
    rows = json.loads((folder / "rekap.json").read_text())["rows"]
    row = next(row for row in rows if row["code"] == folder.parent.name)
    before, new, gone, now = (
        dots(row["counts"].get(cell, {}).get("total", 0))
        for cell in ("awal", "baru", "tms", "akhir")
    )
    return f"{row['name']}, {period}: {before} + {new} baru − {gone} TMS = {now} pemilih"
