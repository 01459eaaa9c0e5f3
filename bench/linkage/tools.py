"""What runs against what: each tool as a command, where its links land, where it decides."""

import json
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.lib.measure import run_measured

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child.py")
JUDGE = Path(__file__).with_name("judge.py")

#: Name for the tables; ``points`` as in evaluate.py.
TITLES = {
    "floor": "floor: read, hash-join on NIK, agreement, write",
    "nik": "NIK equality alone",
    "splink_stock": "Splink, stock comparisons",
    "splink": "Splink, tuned",
    "splink_derived": "Splink, tuned, through the register",
    "ours": "ours",
    "ours_first": "ours, making the index",
    "ours_indexed": "ours, with the index",
}
LINK_TOOLS = ("floor", "nik", "ours", "splink", "splink_stock")
#: In this order: the second makes what the third uses.
INCREMENT_TOOLS = ("ours", "ours_first", "ours_indexed")
DEDUPE_TOOLS = ("nik", "ours", "splink", "splink_derived")


@dataclass(frozen=True)
class Job:
    """One task on one folder of registers: ``link`` or ``dedupe``."""

    task: str
    folder: Path
    memory: str

    def out(self, tool: str) -> Path:
        return self.folder / "out" / self.task / tool

    def links(self, tool: str) -> Path:
        return self.out(tool) / "links.parquet"

    @property
    def index(self) -> Path:
        return self.folder / "out" / self.task / "index"

    def command(self, tool: str) -> list[str]:
        """Ours as a user runs it; the others through child.py, which times their stages."""
        if not tool.startswith("ours"):
            return [sys.executable, str(CHILD), self.task, tool, str(self.folder)]
        roll, register = str(self.folder / "roll.parquet"), str(self.folder / "register.parquet")
        files = [roll, register] if self.task == "link" else [roll, "--register", register]
        out = ["--out", str(self.out(tool)), "--memory", self.memory]
        if tool != "ours":
            out += ["--index", str(self.index)]
        return [str(ROOT / "mutakhir"), self.task, *files, *out]

    def run(self, tool: str) -> dict[str, Any]:
        """Run the tool anew; returns its title, seconds, peak and stages."""
        shutil.rmtree(self.out(tool), ignore_errors=True)
        if tool == "ours_first":
            shutil.rmtree(self.index, ignore_errors=True)
        self.out(tool).parent.mkdir(parents=True, exist_ok=True)
        measured = run_measured(self.command(tool), ROOT)
        stages_file = self.out(tool) / "stages.json"
        stages = json.loads(stages_file.read_text()) if stages_file.exists() else {}
        return {"tool": tool, "title": TITLES[tool], **asdict(measured), "stages": stages}

    def judge(self, tool: str, memory: str) -> dict[str, Any]:
        """What judge.py tells of the tool's links."""
        command = [sys.executable, str(JUDGE), self.task, tool, str(self.folder), memory]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found
