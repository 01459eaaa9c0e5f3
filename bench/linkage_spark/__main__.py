"""How linkage on Spark grows with the lists, beside DuckDB, and how large its blocks are.

    ./mutakhir bench linkage_spark [--sizes 50000,200000] [--seed 2] [--master local[2]]
        [--memory 3GB] [--write]

Registers with truth are those of `./mutakhir bench linkage`, kept in var/bench_linkage. Each run is
the command line in a process of its own, from start to end; both engines' links are compared row
by row. ``--write`` puts the tables into docs/benchmarks.md.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.lib.measure import machine, record  # noqa: E402
from bench.linkage.folders import Setting, registers, say  # noqa: E402
from bench.linkage_spark.blocks import block_table  # noqa: E402
from bench.linkage_spark.runs import Grown, growth_table, measured, same_links  # noqa: E402

PACKAGES = ("pyspark", "duckdb", "pyarrow", "pandas", "rapidfuzz")


def main() -> None:
    options = read_options()
    grown = [at_size(size, options) for size in options.sizes]
    body = "\n\n".join(
        [
            heading(),
            growth_table(grown),
            "Blocks of the largest roll, people of it alone:",
            block_table(folder_of(options.sizes[-1], options) / "roll.parquet"),
        ]
    )
    print(body)
    if options.write:
        record(ROOT / "docs" / "benchmarks.md", "Linkage on Spark", body)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./mutakhir bench linkage_spark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", default="50000,200000", help="lines of each register")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--memory", default="3GB")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench_linkage")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.sizes = sorted(map(int, options.sizes.split(",")))
    return options


def at_size(size: int, options: argparse.Namespace) -> Grown:
    """Both engines in turn on the same files."""
    folder = folder_of(size, options)
    runs = {}
    for name in ("duckdb", "spark"):
        say(f"{name}, {size:,} lines a side")
        out = folder / "out" / f"spark-bench-{name}"
        out.parent.mkdir(exist_ok=True)
        runs[name] = measured(
            [sys.executable, "-m", "mutakhir", "link"]
            + [str(folder / f"{side}.parquet") for side in ("roll", "register")]
            + ["--out", str(out), "--engine", name]
            + ["--master", options.master, "--memory", options.memory]
        )
        say(f"{name} took {runs[name].seconds:.1f} s")
    outs = [folder / "out" / f"spark-bench-{name}" / "links.parquet" for name in runs]
    return Grown(size, runs["duckdb"], runs["spark"], same_links(*outs))


def folder_of(size: int, options: argparse.Namespace) -> Path:
    return registers(options.folder, Setting(size, options.seed))


def heading() -> str:
    command = " ".join(["./mutakhir bench linkage_spark", *sys.argv[1:]])
    return f"`{command}`, one run. {machine(*PACKAGES)}."


if __name__ == "__main__":
    main()
