"""Rules files into rules: a loader that refuses what it does not understand."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from mutakhir.rules.checks import problems_between
from mutakhir.rules.codes import CodeList, code_lists
from mutakhir.rules.entry import Entry, Problem, RulesError, read_entry
from mutakhir.rules.law import Law, law_at
from mutakhir.rules.topics import TOPICS
from mutakhir.rules.values import value_problems


@dataclass(frozen=True)
class Rules:
    """All entries of a rules folder, checked. Ask ``load``."""

    entries: tuple[Entry, ...]
    digest: str  # SHA-256 over the files: names and bytes
    _lists: dict[tuple[str, str], CodeList] = field(repr=False)
    _laws: dict[date, Law] = field(default_factory=dict, repr=False)

    def codes(self, list_name: str, version: str) -> CodeList:
        """The list ``list_name`` as of ``version``. Raises RulesError when there is none."""
        found = self._lists.get((list_name, version))
        if found is None:
            known = ", ".join(f"{name} {of}" for name, of in sorted(self._lists))
            raise RulesError(
                f"No code list {list_name!r} of version {version!r}: there are {known}."
            )
        return found

    def at(self, day: date) -> Law:
        """The law in force on ``day``. Raises RulesError when there is none."""
        if day not in self._laws:
            self._laws[day] = law_at(self.entries, day)
        return self._laws[day]


def load(folder: Path | None = None) -> Rules:
    """The rules in ``folder``; without one, those shipped with this version (read once).

    Raises RulesError naming every problem.
    """
    return _shipped() if folder is None else _load(folder)


def check(folder: Path) -> list[Problem]:
    """Everything wrong with the rules in ``folder``; an empty list when they can be used."""
    return _read(folder)[1]


@cache
def _shipped() -> Rules:
    return _load(Path(str(files("mutakhir.rules") / "data")))


def _load(folder: Path) -> Rules:
    entries, problems = _read(folder)
    if problems:
        raise RulesError("\n".join(str(problem) for problem in problems))
    lists = {
        (found.list_name, found.version): found
        for entry in entries
        if entry.topic == "codes"
        for found in code_lists(entry)
    }
    return Rules(tuple(entries), _digest(folder), lists)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in _files(folder):
        content = path.read_bytes()
        total.update(f"{path.name}\n{len(content)}\n".encode() + content)
    return total.hexdigest()


def _read(folder: Path) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    if not _files(folder):
        problems.append(
            Problem(folder.name, "folder", "tidak berisi *.toml", "Sebutkan folder aturan.")
        )
    for path in _files(folder):
        found, wrong = _read_file(path)
        entries += found
        problems += wrong
    for entry in entries:
        problems += value_problems(entry)
    return entries, problems or problems_between(entries)


def _read_file(path: Path) -> tuple[list[Entry], list[Problem]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [Problem(path.name, "berkas", f"bukan TOML ({error})", "Perbaiki penulisannya.")]
    problems = _file_problems(path.name, content)
    if problems:
        return [], problems
    entries: list[Entry] = []
    for number, raw in enumerate(content["entry"], 1):
        found = read_entry(path.name, content["topic"], number, raw)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            problems += found
    return entries, problems


def _file_problems(name: str, content: dict[str, Any]) -> list[Problem]:
    problems = [
        Problem(name, "berkas", f"kunci {key!r} tidak dikenal", "Hanya ada topic dan [[entry]].")
        for key in content
        if key not in ("topic", "entry")
    ]
    if content.get("topic") not in TOPICS:
        what = f"topik {content.get('topic')!r} tidak dikenal"
        problems.append(Problem(name, "berkas", what, f"Pakai salah satu: {', '.join(TOPICS)}."))
    entries = content.get("entry")
    if not (isinstance(entries, list) and entries and all(isinstance(e, dict) for e in entries)):
        problems.append(Problem(name, "berkas", "tidak punya [[entry]]", "Tulis sedikitnya satu."))
    return problems
