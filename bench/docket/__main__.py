"""A decision sealed in the last days of a large quarter: time and memory.

    ./mutakhir bench docket [--proposals N] [--write]

Makes a store of so many proposals, most of them decided, half as many decisions again, and seals
in it from processes of their own: one alone, four at once, and two with 25 threads each (50
operators, each with the next case at once). ``--write`` puts the table into docs/benchmarks.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.docket.quarter import make  # noqa: E402
from bench.lib.measure import machine, record  # noqa: E402

from mutakhir.casework import decision_file  # noqa: E402
from mutakhir.store import Store  # noqa: E402


@dataclass(frozen=True)
class Load:
    """So many processes, threads in each, and cases for each process."""

    name: str
    processes: int
    threads: int
    cases: int


LOADS = (
    Load("one process, one thread", 1, 1, 1000),
    Load("four processes, one thread each", 4, 1, 250),
    Load("two processes, 25 threads each", 2, 25, 1000),
)
CASES = sum(load.processes * load.cases for load in LOADS)


def main() -> None:
    """Measure and print; write when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--proposals", type=int, default=204_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = make(Path(folder) / "store", asked.proposals, CASES)
        before = decision_file.read(store.decisions).end
        first, told = asked.proposals - CASES, []
        for load in LOADS:
            told.append(run(load, store, first))
            first += load.processes * load.cases
        none_lost(store, before)
        disk = fsync_ms(Path(folder) / "probe", before.line)
    lines = [row(load, found) for load, found in zip(LOADS, told, strict=True)]
    body = page(asked.proposals, before, told[0][0], lines, disk)
    print(body)
    if asked.write:
        record(ROOT / "docs" / "benchmarks.md", "Sealing a decision", body)


def run(load: Load, store: Store, first: int) -> list[dict[str, Any]]:
    """What each process of the load measured; they begin together."""
    command = [sys.executable, "-m", "bench.docket.office", str(store.root)]
    env = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    started = [
        subprocess.Popen(
            [*command, str(first + number * load.cases), str(load.cases), str(load.threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )
        for number in range(load.processes)
    ]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [json.loads(process.communicate()[0]) for process in started]


def row(load: Load, told: list[dict[str, Any]]) -> str:
    """One line of the table: the sealings of all processes together."""
    each = [ms for one in told for ms in one["each"]]
    cut = quantiles(each, n=100)
    rate = len(each) / max(one["whole"] for one in told) * 1000
    figures = f"{cut[49]:.1f} | {cut[94]:.1f} | {max(each):.0f} | {rate:.0f}"
    return f"| {load.name} | {len(each):,} | {figures} |"


def none_lost(store: Store, before: decision_file.Cursor) -> None:
    """Every acknowledged decision is in the file, once, and the chain holds."""
    made = decision_file.read(store.decisions).decisions[before.seq :]
    assert len(made) == len({decision.proposal for decision in made}) == CASES


def fsync_ms(path: Path, size: int) -> float:
    """Median of appending ``size`` bytes and waiting for the disk: the least a sealing can take."""
    spent = []
    with path.open("ab", buffering=0) as file:
        for _ in range(200):
            started = time.perf_counter()
            file.write(b"x" * size)
            os.fsync(file.fileno())
            spent.append(1000 * (time.perf_counter() - started))
    return sorted(spent)[100]


def page(
    proposals: int,
    before: decision_file.Cursor,
    told: dict[str, Any],
    lines: list[str],
    disk: float,
) -> str:
    """The section of docs/benchmarks.md."""
    head = (
        "| Load | sealed | p50 ms | p95 ms | most ms | sealed/s |\n|---|---:|---:|---:|---:|---:|"
    )
    return (
        f"`./mutakhir bench docket --proposals {proposals}`, one run. {machine('pyarrow')}.\n\n"
        f"{proposals:,} proposals and {before.seq:,} decisions ({before.size / 2**20:.0f} MiB): a"
        f" process opens its docket in {told['open']:.1f} s, holds {told['held']:.0f} MiB for it"
        f" and took {told['peak']:.0f} at most. Each sealing below is one decision, on disk when"
        f" it returns.\n\n"
        + "\n".join([head, *lines])
        + f"\n\nOne line written and synced by itself: {disk:.1f} ms (median). Afterwards the"
        " file was read anew: every decision there once, chain whole. Budget: p95 under 300 ms with"
        " 50 operators at once."
    )


if __name__ == "__main__":
    main()
