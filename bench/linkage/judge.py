"""Judge one tool's links in a process of its own: ``judge.py TASK TOOL FOLDER MEMORY``; JSON out.

A process of its own, so that the memory of judging is not inherited by what is measured next.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "src")]

import duckdb  # noqa: E402
from bench.linkage.evaluate import (  # noqa: E402
    BAND_POINTS,
    ONE_POINT,
    SPLINK_POINTS,
    Point,
    Unit,
    at,
    best,
    review,
)
from bench.linkage.fairness import gaps  # noqa: E402
from bench.linkage.kinds import twins_with_two_niks, wrong_kinds  # noqa: E402
from bench.linkage.truth import Truth, connection, judge  # noqa: E402


def main() -> None:
    task, tool, folder, memory = sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    truth = Truth(folder, within=task == "dedupe")
    with connection(memory, folder / "out" / "spill") as con:
        truth.load(con)
        judge(con, folder / "out" / task / tool / "links.parquet")
        units: tuple[Unit, ...] = ("pairs",) if truth.within else ("records", "pairs")
        found: dict[str, object] = {unit: judged(con, points_of(tool), unit) for unit in units}
        if tool.startswith("ours"):
            found |= bands(con, truth, units[0])
    print(json.dumps(found))


def points_of(tool: str) -> tuple[Point, ...]:
    if tool.startswith("ours"):
        return BAND_POINTS
    return SPLINK_POINTS if tool.startswith("splink") else ONE_POINT


def judged(
    con: duckdb.DuckDBPyConnection, points: tuple[Point, ...], unit: Unit
) -> list[dict[str, object]]:
    """Scores at the tool's points and at its best, with the wrong links of each by kind."""
    scores = []
    for point in (*points, best(con, unit)):
        score = at(con, point, unit)
        score.kinds = wrong_kinds(con, point.condition)
        score.twins_with_two_niks = twins_with_two_niks(con, point.condition)
        scores.append(score.as_dict())
    return scores


def bands(con: duckdb.DuckDBPyConnection, truth: Truth, unit: Unit) -> dict[str, object]:
    """What only a tool with bands has: its queue, and whom the queue strikes."""
    fair = {
        name: [asdict(gap) | {"fair": gap.fair} for gap in found]
        for name, found in gaps(con, unit).items()
    }
    return {"review": review(con, unit, truth.rows(con)), "fairness": fair}


if __name__ == "__main__":
    main()
