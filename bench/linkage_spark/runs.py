"""One command measured with all its processes, and what runs of several sizes tell."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from mutakhir.linkage.link import LINK_SCHEMA

ROOT = Path(__file__).parents[2]
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Run:
    """Wall time, processor time of all its processes, and the highest sum of their resident
    memory seen (memory they share counts for each)."""

    seconds: float
    processor_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Grown:
    """Both engines at one size; how many links, or None where they differ."""

    size: int
    duckdb: Run
    spark: Run
    links: int | None


def measured(command: list[str]) -> Run:
    """Run to the end. Raises CalledProcessError when it fails."""
    started, peak, ticks = time.perf_counter(), 0.0, {}
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(command, stdout=sys.stderr, env=environment, start_new_session=True)
    while process.poll() is None:
        seen = in_session(process.pid)
        peak = max(peak, sum(resident for resident, _ in seen.values()))
        ticks |= {pid: used for pid, (_, used) in seen.items()}
        time.sleep(0.2)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(time.perf_counter() - started, sum(ticks.values()), peak)


def in_session(leader: int) -> dict[int, tuple[float, float]]:
    """Processes started by ``leader`` -> resident MiB, seconds of processor so far (Linux)."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == leader:
            used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            found[int(stat.parent.name)] = (int(fields[21]) * PAGE / 2**20, used)
    return found


def same_links(one: Path, other: Path) -> int | None:
    """How many links two files hold, row for row the same (probabilities within 1e-9)."""
    tables = [pq.read_table(path).cast(LINK_SCHEMA) for path in (one, other)]
    exact = [table.drop_columns(["probability"]) for table in tables]
    chances = [table["probability"].to_numpy() for table in tables]
    if not exact[0].equals(exact[1]) or abs(chances[0] - chances[1]).max(initial=0) > 1e-9:
        return None
    return tables[0].num_rows


def growth_table(grown: list[Grown]) -> str:
    """A line a size, and the slope between the two largest."""
    lines = [
        "| lines a side | links, the same | DuckDB s | Spark s | Spark core s | Spark MiB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for g in grown:
        links = "differ" if g.links is None else f"{g.links:,}"
        lines.append(
            f"| {g.size:,} | {links} | {g.duckdb.seconds:.1f} | {g.spark.seconds:.1f}"
            f" | {g.spark.processor_seconds:.0f} | {g.spark.peak_mib:,.0f} |"
        )
    if len(grown) > 1:
        lines += ["", slope(*grown[-2:])]
    return "\n".join(lines)


def slope(small: Grown, large: Grown) -> str:
    """What a million more lines a side cost, and the start that does not grow."""
    millions = (large.size - small.size) / 10**6
    wall = (large.spark.seconds - small.spark.seconds) / millions
    cores = (large.spark.processor_seconds - small.spark.processor_seconds) / millions
    start = small.spark.seconds - wall * small.size / 10**6
    return (
        f"From {small.size:,} to {large.size:,} lines, a million more lines a side cost Spark"
        f" {wall:.0f} s here and {cores:.0f} core seconds; {start:.0f} s are its start and its"
        " steps, whatever the size."
    )
