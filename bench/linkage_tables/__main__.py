"""Any person table: ours beside Splink, recordlinkage and dedupe, on the same files, in one run.

    ./mutakhir bench linkage_tables [--tables febrl1,febrl2,febrl3,fake_1000]
        [--tools splink,recordlinkage_ecm,recordlinkage_logistic,dedupe,ours] [--write]

Each tool finds the duplicates of each table in a process of its own. Told are precision, recall and
F1 of pairs where the tool itself decides, and the best F1 over all thresholds; and both F1 again
where all that hangs together is taken for one person.
"""

import argparse
import json
import os
import sys
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from bench.lib.measure import machine, record, run_measured  # noqa: E402
from bench.linkage_tables.scoring import (  # noqa: E402
    Scored,
    best,
    best_clustered,
    operating,
    operating_clustered,
)
from bench.linkage_tables.tables import TABLES, Table, read_entities, true_pairs  # noqa: E402

_HERE = Path(__file__).parent
TITLES = {
    "splink": "Splink, EM",
    "recordlinkage_ecm": "recordlinkage, EM",
    "recordlinkage_logistic": "recordlinkage, logistic with labels",
    "dedupe": "dedupe, with labels",
    "ours": "ours",
}
PACKAGES = ("splink", "recordlinkage", "dedupe", "duckdb", "scikit-learn", "rapidfuzz")


def main() -> None:
    options = read_options()
    lines = [
        "| table | tool | precision | recall | F1 | F1, clusters | best F1 | best, clusters | s |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name in options.tables:
        folder = options.folder / name
        TABLES[name].write(folder)
        truth = true_pairs(read_entities(folder))
        for tool in options.tools:
            print(f"bench: {name}: {tool}", file=sys.stderr, flush=True)
            seconds = run(tool, TABLES[name], folder)
            found = pairs_of(tool, folder)
            lines.append(line(name, tool, found, truth, seconds))
    body = f"{heading()}\n\n" + "\n".join(lines)
    print(body)
    if options.write:
        record(ROOT / "docs" / "benchmarks.md", "Any person table", body)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./mutakhir bench linkage_tables",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--tables", default=",".join(TABLES))
    parser.add_argument("--tools", default=",".join(TITLES))
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench_linkage_tables")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.tables, options.tools = options.tables.split(","), options.tools.split(",")
    if unknown := {*options.tables, *options.tools} - {*TABLES, *TITLES}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


def run(tool: str, table: Table, folder: Path) -> float:
    """Seconds of the whole process. Ours as a user runs it, with the model of the table's kind."""
    if tool == "ours":
        model = _HERE / "models" / f"{table.kind}.toml"
        command = [str(ROOT / "mutakhir"), "dedupe", str(folder / "table.csv")]
        command += ["--model", str(model), "--out", str(folder / "ours")]
    else:
        os.environ["PYTHONHASHSEED"] = "0"  # dedupe learns from sets: their order must not change
        command = [sys.executable, str(_HERE / "child.py"), tool, table.name, str(folder)]
    return run_measured(command, ROOT).seconds


def pairs_of(tool: str, folder: Path) -> list[Scored]:
    """What the tool wrote. Ours says yes where the band is sure."""
    if tool != "ours":
        return [tuple(row) for row in json.loads((folder / f"{tool}.json").read_text())]
    columns = ["left_id", "right_id", "weight", "band"]
    rows = pq.read_table(folder / "ours" / "links.parquet", columns=columns).to_pylist()
    return [(row["left_id"], row["right_id"], row["weight"], row["band"] == "sure") for row in rows]


def line(name: str, tool: str, found: list[Scored], truth: set, seconds: float) -> str:
    own = operating(found, truth)
    others = (operating_clustered, best, best_clustered)
    cells = [f"{own.precision:.4f}", f"{own.recall:.4f}", f"{own.f1:.4f}"]
    cells += [f"{score(found, truth).f1:.4f}" for score in others]
    return f"| {name} | {TITLES[tool]} | {' | '.join(cells)} | {seconds:.1f} |"


def heading() -> str:
    command = " ".join(["./mutakhir bench linkage_tables", *sys.argv[1:]])
    return (
        f"`{command}`, one run. {machine(*PACKAGES)}. Labels: the truth of a fifth of the people."
    )


if __name__ == "__main__":
    main()
