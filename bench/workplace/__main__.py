"""The workplace of a large kabupaten: server time of its pages, and fifty operators at once.

    ./mutakhir bench workplace [--kabkota 3603] [--voters 2400000] [--home FOLDER]
        [--operators 50] [--seconds 60] [--pause 3] [--postgresql] [--write]

Makes the demonstration of that size (kept in FOLDER, used again when it is there), serves it as
`mutakhir serve` does, and drives it over HTTP from this process on the same machine. Budget:
p95 of server time under 100 ms for home, queue, case and voter by NIK, under 500 ms for a
tolerant search by name; decisions of 50 concurrent operators p95 under 300 ms, none lost.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tests")]

from bench.lib.measure import machine, record  # noqa: E402
from bench.workplace.office import office  # noqa: E402
from bench.workplace.operators import Work, work_together  # noqa: E402
from bench.workplace.pages import measure_pages  # noqa: E402

from mutakhir.demo import Demo, steps  # noqa: E402

#: page -> budget of the server time's p95, ms
BUDGETS = {"home": 100, "queue": 100, "case": 100, "voter by NIK": 100, "search by name": 500}
DECISION_BUDGET = 300


def main() -> None:
    """Measure and print; write when asked. Ends with 1 when a decision was lost."""
    asked = _asked()
    demo = Demo(asked.home, (asked.kabkota,), asked.voters)
    for step in steps(demo):
        print(f"{step.period} {step.title}: {step.run(lambda _: None)}", file=sys.stderr)
    with _own_copy(demo.store) as folder, _database(asked.postgresql) as database:
        size = {"workers": asked.workers, "threads": asked.threads}
        with office(folder, asked.kabkota, asked.operators, database=database, **size) as running:
            draws = random.Random(7)
            pages = measure_pages(running, folder / "store", draws, asked.requests)
            done = work_together(running, asked.seconds, asked.pause)
            memory = running.memory_mib()
        lost = done.lost(folder / "store")
    body = _report(asked, pages, done, memory, lost)
    print(body)
    if asked.write:
        engine = "PostgreSQL" if asked.postgresql else "SQLite"
        title = f"Workplace of {asked.voters:,} voters, {engine}"
        record(ROOT / "docs" / "benchmarks.md", title, body)
    sys.exit(1 if lost else 0)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kabkota", default="3603")
    parser.add_argument("--voters", type=int, default=2_400_000)
    parser.add_argument("--home", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--operators", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=3, help="seconds spent on a case")
    parser.add_argument("--requests", type=int, default=200, help="requests of each page")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


@contextmanager
def _own_copy(store: Path) -> Iterator[Path]:
    """A copy to decide in; the demonstration stays as it was made."""
    with tempfile.TemporaryDirectory(dir=store.parents[2]) as folder:
        shutil.copytree(store, Path(folder) / "store")
        yield Path(folder)


@contextmanager
def _database(postgresql: bool) -> Iterator[str]:
    if postgresql:
        from lib.postgres import database_url  # noqa: PLC0415 - only where it is asked for

        yield database_url()
    else:
        yield ""


def _report(
    asked: argparse.Namespace, pages: dict[str, list[float]], done: Work, memory: float, lost: int
) -> str:
    made = machine("Django", "gunicorn", "duckdb", "pyarrow", "psycopg")
    lines = ["| Page | requests | p50 ms | p95 ms | budget p95 |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {name} | {len(times)} | {share(times, 0.5):.0f} | {share(times, 0.95):.0f}"
        f" | {BUDGETS[name]} |"
        for name, times in pages.items()
    ]
    lines.append(
        f"| decision, {asked.operators} operators at once, wall time | {len(done.times)}"
        f" | {share(done.times, 0.5):.0f} | {share(done.times, 0.95):.0f} | {DECISION_BUDGET} |"
    )
    engine = "PostgreSQL (durability off)" if asked.postgresql else "SQLite"
    return (
        f"`./mutakhir bench workplace {' '.join(sys.argv[1:])}`, one run, {engine}. {made}.\n\n"
        f"{chr(10).join(lines)}\n\n"
        f"Pages one at a time, server time; {done.open_cases:,} open cases. Operators look at a"
        f" case for {asked.pause:g} s and decide for {asked.seconds:g} s: {done.rate:.1f} decisions"
        f" a second; {len(done.times):,} acknowledged, {done.refused} refused by a policy or"
        f" decided meanwhile, {done.errors} errors, {lost} lost. Server and load on the same two"
        f" cores; memory of the server's processes {memory:,.0f} MiB."
    )


def share(times: list[float], part: float) -> float:
    """The quantile of ``times``; not a number when there are none."""
    ordered = sorted(times)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


if __name__ == "__main__":
    main()
