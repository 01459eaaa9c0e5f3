"""``mutakhir test``: the test suite, as CI runs it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer


def run_tests(
    every: Annotated[bool, typer.Option("--all", help="Juga uji yang lambat.")] = False,
    rest: Annotated[list[str] | None, typer.Argument(help="Diteruskan kepada pytest.")] = None,
) -> None:
    """Jalankan semua uji; yang memakai basis data kerja juga pada PostgreSQL."""
    chosen = ["-m", ""] if every else []
    if rest:
        # A call with paths or options of pytest runs once, as it says.
        raise typer.Exit(_pytest([*chosen, *rest], "sqlite"))
    together = ["-n", str(min(os.cpu_count() or 1, MOST_TOGETHER)), "--dist", "loadfile"]
    failed = _pytest([*together, *chosen], "sqlite")
    raise typer.Exit(_pytest([*together, *chosen, *ON_BOTH], "postgresql") or failed)


#: Suites that use the work database: run on SQLite with all others, then on PostgreSQL.
ON_BOTH = ("tests/web", "tests/browser/test_quarter.py")
#: Files of tests run beside each other: each wants a core and about 2 GiB.
MOST_TOGETHER = 4


def _pytest(arguments: list[str], database: str) -> int:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "MUTAKHIR_TEST_DATABASE": database}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode  # noqa: S603


def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Folder di bench/: quarter, intake, ...")],
) -> None:
    """Ukur waktu dan memori; hasilnya dapat dicatat di docs/benchmarks.md."""
    root = Path(__file__).parents[3]
    script = root / "bench" / name
    if not (script / "__main__.py").exists():
        known = sorted(path.parent.name for path in root.glob("bench/*/__main__.py"))
        raise typer.BadParameter(f"tidak ada bench/{name}; yang ada: {', '.join(known)}")
    command = [sys.executable, str(script), *context.args]
    raise typer.Exit(subprocess.run(command, cwd=root, check=False).returncode)  # noqa: S603
