"""Time, memory and accuracy of linking one roll with one feed, and of finding its duplicates.

    ./mutakhir bench linkage_first [--roll N] [--feed N] [--write]

Each job runs in a process of its own, so that its peak memory is its own. The registers are
made by tests/lib/registers.py, with truth, and kept in --folder for the next run. ``--write``
puts the table into docs/benchmarks.md.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tests")]

from bench.lib.measure import machine, peak_mib, record  # noqa: E402

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
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder / f"{options.roll}-{options.feed}-{options.seed}"
    if options.job:
        print(json.dumps(run(options.job, folder, options.memory)))
        return
    make(folder, options)
    body = report(options, [in_a_process(job) for job in JOBS])
    print(body)
    if options.write:
        record(ROOT / "docs" / "benchmarks.md", "First linkage", body)


def in_a_process(job: str) -> dict[str, object]:
    command = [sys.executable, __file__, *sys.argv[1:], "--job", job]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def report(options: argparse.Namespace, jobs: list[dict[str, object]]) -> str:
    heads = list(jobs[0])
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(str(job[head]) for head in heads)} |" for job in jobs]
    return (
        f"`./mutakhir bench linkage_first --roll {options.roll} --feed {options.feed}"
        f" --seed {options.seed} --memory {options.memory}`, one run."
        f" {machine('duckdb', 'pyarrow', 'rapidfuzz')}.\n\n" + "\n".join(lines) + "\n\n"
        "`link`: the feed against the roll; `dedupe`: duplicates within the roll. Pairs are counted"
        " against the truth of the synthetic registers."
    )


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
        "peak MiB": round(peak_mib()),
        **accuracy(links, truth),
    }


def accuracy(links, truth: set[tuple[str, ...]]) -> dict[str, object]:
    found: dict[str, set[tuple[str, str]]] = {"sure": set(), "review": set()}
    for left, right, band in zip(
        *(links[c].to_pylist() for c in ("left_id", "right_id", "band")), strict=True
    ):
        found[band].add((left, right))
    sure, review = found["sure"], found["review"]
    return {
        "true pairs": len(truth),
        "sure": len(sure),
        "sure, wrong": len(sure - truth),
        "sure, recall": round(len(sure & truth) / len(truth), 4),
        "review": len(review),
        "review, wrong": len(review - truth),
        "missed": len(truth - sure - review),
    }


if __name__ == "__main__":
    main()
