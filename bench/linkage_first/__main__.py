"""``python bench/linkage_first``: time, memory and accuracy of one roll against one feed.

Each job runs in a process of its own, so that its peak memory is its own. The registers are
made by tests/lib/registers.py, with truth, and kept in --folder for the next run.
"""

import argparse
import json
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tests"))

from lib.registers import make_registers  # noqa: E402
from mutakhir.engines.duckdb import connection  # noqa: E402
from mutakhir.linkage import duck  # noqa: E402
from mutakhir.linkage.model import default_model  # noqa: E402

JOBS = ("link", "dedupe")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roll", type=int, default=480_000)
    parser.add_argument("--feed", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", default="1GB")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench_linkage_first")
    parser.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder / f"{options.roll}-{options.feed}-{options.seed}"
    if options.job:
        print(json.dumps(run(options.job, folder, options.memory)))
        return
    make(folder, options)
    print(json.dumps(machine()))
    for job in JOBS:
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--job", job], check=True)


def make(folder: Path, options: argparse.Namespace) -> None:
    if (folder / "truth.json").exists():
        return
    registers = make_registers(options.seed, roll=options.roll, feed=options.feed)
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(registers.left, folder / "roll.parquet")
    pq.write_table(registers.right, folder / "feed.parquet")
    truth = {"link": sorted(registers.links), "dedupe": sorted(registers.duplicates)}
    (folder / "truth.json").write_text(json.dumps(truth))


def run(job: str, folder: Path, memory: str) -> dict[str, object]:
    roll = pq.read_table(folder / "roll.parquet")
    feed = pq.read_table(folder / "feed.parquet")
    started = time.perf_counter()
    with connection(memory) as con:
        if job == "link":
            links = duck.link(con, roll, feed, default_model())
        else:
            links = duck.duplicates(con, roll, default_model())
    seconds = time.perf_counter() - started
    truth = {tuple(pair) for pair in json.loads((folder / "truth.json").read_text())[job]}
    return {
        "job": job,
        "seconds": round(seconds, 2),
        "peak_rss_mb": peak_rss_mb(),
        **accuracy(links, truth),
    }


def peak_rss_mb() -> int:
    """Of this process alone: getrusage would count what the parent held at the fork."""
    status = Path("/proc/self/status").read_text()
    return next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmHWM")) // 1024


def accuracy(links, truth: set[tuple[str, ...]]) -> dict[str, object]:
    found: dict[str, set[tuple[str, str]]] = {"sure": set(), "review": set()}
    for left, right, band in zip(
        *(links[c].to_pylist() for c in ("left_id", "right_id", "band")), strict=True
    ):
        found[band].add((left, right))
    sure, review = found["sure"], found["review"]
    return {
        "true_pairs": len(truth),
        "sure": len(sure),
        "sure_wrong": len(sure - truth),
        "sure_recall": round(len(sure & truth) / len(truth), 4),
        "review": len(review),
        "review_wrong": len(review - truth),
        "missed": len(truth - sure - review),
    }


def machine() -> dict[str, object]:
    return {
        "date": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        **{name: version(name) for name in ("duckdb", "pyarrow", "rapidfuzz")},
        "machine": platform.machine(),
    }


if __name__ == "__main__":
    main()
