"""The judge of linkage: ours, Splink and the floor in turn, on the same files, in one run.

    ./mutakhir bench linkage [--size 1000000] [--seed 2] [--dirt 1] [--nik-damage today|2013]
        [--tools floor,nik,ours,splink,splink_stock] [--memory 6GB]
        [--dedupe] [--increment 200000] [--write]

Registers with truth are made by mutakhir.synthetic.registers and kept in var/bench_linkage for the
next run. Each tool runs in a process of its own, and so does the judging of its links.
Links are judged by record first and by pair second (see evaluate.py).
``--dedupe`` looks for one person's lines within the roll instead of linking roll and register;
``--increment`` links so many lines of the register with the whole roll: without an index of the
roll, making one, and with it. ``--write`` puts the tables into docs/benchmarks.md.
"""

import argparse
import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.lib.measure import machine, record  # noqa: E402
from bench.linkage import report  # noqa: E402
from bench.linkage.folders import Setting, increment, registers, say  # noqa: E402
from bench.linkage.tools import DEDUPE_TOOLS, INCREMENT_TOOLS, LINK_TOOLS, Job  # noqa: E402

PACKAGES = ("duckdb", "splink", "pyarrow", "rapidfuzz")


def main() -> None:
    options = read_options()
    setting = Setting(options.size, options.seed, options.dirt, options.nik_damage)
    if options.increment:
        folder = increment(options.folder, setting, options.increment)
    else:
        folder = registers(options.folder, setting)
    job = Job("dedupe" if options.dedupe else "link", folder, options.memory)
    rows = [measured(job, tool, options.judge_memory) for tool in options.tools]
    units = ("pairs",) if options.dedupe else ("records", "pairs")
    body = "\n\n".join([heading(), *tables(rows, units)])
    print(body)
    if options.write:
        record(ROOT / "docs" / "benchmarks.md", title(options, setting), body)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./mutakhir bench linkage",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--size", type=int, default=1_000_000, help="lines of each register")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--dirt", type=float, default=1.0, help="2: faults twice as common")
    parser.add_argument("--nik-damage", choices=("today", "2013"), default="today")
    parser.add_argument("--tools", help="names with commas; all of them unless said")
    parser.add_argument("--memory", default="6GB", help="limit for ours")
    parser.add_argument("--judge-memory", default="6GB", help="limit for judging")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench_linkage")
    parser.add_argument("--dedupe", action="store_true")
    parser.add_argument("--increment", type=int, default=0, help="lines of the register to link")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    known = DEDUPE_TOOLS if options.dedupe else (*LINK_TOOLS, *INCREMENT_TOOLS[1:])
    usual = INCREMENT_TOOLS if options.increment else DEDUPE_TOOLS if options.dedupe else LINK_TOOLS
    options.tools = options.tools.split(",") if options.tools else list(usual)
    if unknown := set(options.tools) - set(known):
        parser.error(f"no such tool: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return options


def measured(job: Job, tool: str, judge_memory: str) -> report.Row:
    """Cost and accuracy of one tool."""
    say(f"{job.task}: {tool}")
    cost = job.run(tool)
    say(f"{job.task}: {tool} took {cost['seconds']:.1f} s; judging")
    return cost | job.judge(tool, judge_memory)


def tables(rows: list[report.Row], units: tuple[str, ...]) -> list[str]:
    parts = [report.costs(rows), *(report.accuracy(rows, unit) for unit in units)]
    for row in rows:
        if row["tool"] == "ours":
            parts += [report.queue(row, units[0]), report.fairness(row)]
    return parts


def heading() -> str:
    command = shlex.join(["./mutakhir", "bench", "linkage", *sys.argv[1:]])
    return f"`{command}`, one run. {machine(*PACKAGES)}."


def title(options: argparse.Namespace, setting: Setting) -> str:
    what = "Duplicates of a roll" if options.dedupe else "Linkage"
    rows = f"{options.increment:,} lines against " if options.increment else ""
    return f"{what}: {rows}{setting.title}"


if __name__ == "__main__":
    main()
