"""How right ours is on several seeds, on twice the dirt and on NIKs cut as in 2013, in one run.

    ./mutakhir bench linkage_accuracy [--size 200000] [--seeds 11,12,13] [--dirty-seeds 11,12]
        [--cut-seeds 11] [--memory 6GB] [--keep] [--write]

Registers with truth go to var/bench_linkage and are removed after use unless ``--keep``; those that
stood there before are used and stay. Counted by record, as in `./mutakhir bench linkage`.
``--write`` puts the table into docs/benchmarks.md.
"""

import argparse
import shlex
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.lib.measure import machine, record  # noqa: E402
from bench.linkage.accuracy import Figures, figures, summed, table, wrong_by_kind  # noqa: E402
from bench.linkage.folders import Setting, registers, say  # noqa: E402
from bench.linkage.tools import Job  # noqa: E402

PACKAGES = ("duckdb", "pyarrow", "rapidfuzz")


def main() -> None:
    options = read_options()
    rows = [measured(setting, options) for setting in settings(options)]
    body = "\n\n".join(
        [heading(), table(rows + sums(rows, options)), wrong_by_kind(summed("", rows))]
    )
    print(body)
    if options.write:
        record(ROOT / "docs" / "benchmarks.md", f"Accuracy of linkage: {options.size:,}", body)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./mutakhir bench linkage_accuracy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--size", type=int, default=200_000, help="lines of each register")
    parser.add_argument("--seeds", type=seeds, default="11,12,13", help="as dirty as today")
    parser.add_argument("--dirty-seeds", type=seeds, default="11,12", help="faults twice as common")
    parser.add_argument("--cut-seeds", type=seeds, default="11", help="NIKs as in 2013")
    parser.add_argument("--memory", default="6GB", help="limit for linking, and for judging")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench_linkage")
    parser.add_argument("--keep", action="store_true", help="leave the registers for another run")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not settings(options):
        parser.error("no seed given")
    return options


def seeds(text: str) -> list[int]:
    return [int(seed) for seed in text.split(",") if seed]


def settings(options: argparse.Namespace) -> list[Setting]:
    return [
        *(Setting(options.size, seed) for seed in options.seeds),
        *(Setting(options.size, seed, dirt=2) for seed in options.dirty_seeds),
        *(Setting(options.size, seed, nik_damage="2013") for seed in options.cut_seeds),
    ]


def measured(setting: Setting, options: argparse.Namespace) -> Figures:
    """Ours on one setting; nothing that was not there before is left, unless it is to be kept."""
    stood = (options.folder / setting.folder).exists()
    job = Job("link", registers(options.folder, setting), options.memory)
    say(setting.title)
    job.run("ours")
    judged = job.judge("ours", options.memory)
    if not (stood or options.keep):
        shutil.rmtree(job.folder)
    return figures(setting.title, setting.nik_damage == "2013", judged)


def sums(rows: list[Figures], options: argparse.Namespace) -> list[Figures]:
    """Over the seeds of each dirt that has several."""
    today, dirty = len(options.seeds), len(options.dirty_seeds)
    parts = {
        f"sum of {today} seeds": rows[:today],
        f"sum of {dirty} seeds, dirt 2": rows[today : today + dirty],
        f"sum of {len(options.cut_seeds)} seeds, NIKs as in 2013": rows[today + dirty :],
    }
    return [summed(name, part) for name, part in parts.items() if len(part) > 1]


def heading() -> str:
    command = shlex.join(["./mutakhir", "bench", "linkage_accuracy", *sys.argv[1:]])
    bold = "A figure that misses what is asked is bold."
    return f"`{command}`, one run. {machine(*PACKAGES)}. Counted by record. {bold}"


if __name__ == "__main__":
    main()
