"""One peer in a process of its own: ``child.py TASK TOOL FOLDER``.

Writes FOLDER/out/TASK/TOOL/links.parquet and stages.json (seconds by stage).
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "src")]


def main() -> None:
    task, tool, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    out = folder / "out" / task / tool
    out.mkdir(parents=True)
    work = peer(task, tool)
    started = time.perf_counter()
    stages = work(folder, out)
    stages["work"] = time.perf_counter() - started
    (out / "stages.json").write_text(json.dumps(stages))


def peer(task: str, tool: str) -> Callable[[Path, Path], dict[str, float]]:
    """The function that does the work; its library is imported before the clock starts."""
    if tool in ("floor", "nik"):
        floor = import_module("bench.linkage.peers.floor")
        return getattr(floor, "twice" if task == "dedupe" else tool)
    splink_run = import_module("bench.linkage.peers.splink_run")
    if tool == "splink_derived":
        return splink_run.derived
    return partial(getattr(splink_run, task), tool=tool)


if __name__ == "__main__":
    main()
