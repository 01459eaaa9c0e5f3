"""Folders of registers with truth, each made on first use by data.py in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MAKER = Path(__file__).with_name("data.py")


@dataclass(frozen=True)
class Setting:
    """What a pair of registers is made from."""

    size: int
    seed: int
    dirt: float = 1.0
    nik_damage: str = "today"

    @property
    def folder(self) -> str:
        return f"{self.size}-{self.seed}-{self.dirt:g}-{self.nik_damage}"

    @property
    def title(self) -> str:
        dirt = "" if self.dirt == 1 else f", dirt {self.dirt:g}"
        damage = "" if self.nik_damage == "today" else f", NIKs as in {self.nik_damage}"
        return f"{self.size:,}, seed {self.seed}{dirt}{damage}"


def registers(base: Path, setting: Setting) -> Path:
    """The folder of the whole roll and register."""
    return _made(base / setting.folder, setting, setting.size)


def increment(base: Path, setting: Setting, rows: int) -> Path:
    """The folder of the whole roll and ``rows`` lines of its register."""
    whole = registers(base, setting)
    part = base / f"{setting.folder}-increment-{rows}"
    return _made(part, setting, rows, "--increment-of", str(whole))


def _made(folder: Path, setting: Setting, size: int, *more: str) -> Path:
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    say(f"making {folder.name}")
    command = [sys.executable, str(MAKER), str(folder), "--size", str(size)]
    command += ["--seed", str(setting.seed), "--dirt", str(setting.dirt)]
    command += ["--nik-damage", setting.nik_damage, *more]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return folder


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)
