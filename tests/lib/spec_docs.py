"""Small tables of input and expected output: run as tests, shown as documentation.

A module ``tests/spec/<room>_<topic>.py`` states::

    PAGE = "reference/rules.md"      # which page of docs/ shows it
    TITLE = "Eligibility"            # its section there
    TABLES = [Table(...)]            # rows that are run, each a test
    def text() -> str: ...           # optional: generated prose before the tables

``tests/spec/test_spec.py`` finds the modules, runs every row and compares every page. After a
change: ``MUTAKHIR_WRITE_DOCS=1 python -m pytest tests/spec`` writes the pages anew. The part of a
page above ``MARK`` is written by hand and kept.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
MARK = "<!-- Generated from tests/spec by tests/lib/spec_docs.py. Do not edit below. -->"


@dataclass(frozen=True)
class Table:
    """``run(*inputs)`` gives the last cells of a row from its first ones."""

    about: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    run: Callable[..., Any]

    def check(self, row: tuple[Any, ...]) -> None:
        """Fail unless the row's outputs come from its inputs."""
        assert len(row) == len(self.inputs) + len(self.outputs)
        got = self.run(*row[: len(self.inputs)])
        got = got if len(self.outputs) > 1 else (got,)
        assert tuple(got) == row[len(self.inputs) :]

    def markdown(self) -> str:
        """The table for readers."""
        head = [*self.inputs, *(f"→ {name}" for name in self.outputs)]
        return f"{self.about}\n\n{grid(head, self.rows)}"


def grid(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *([cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: Any) -> str:
    """One value for readers: nothing is a dash, a list is joined."""
    if value is None or value in ((), ""):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value).replace("|", "\\|")


def modules() -> list[ModuleType]:
    """The spec modules, by name."""
    names = sorted(path.stem for path in (ROOT / "tests" / "spec").glob("*.py"))
    kept = [name for name in names if not name.startswith(("test_", "_"))]
    return [importlib.import_module(f"spec.{name}") for name in kept]


def pages() -> dict[str, str]:
    """Path under docs/ -> the generated part of that page."""
    parts: dict[str, list[str]] = {}
    for module in modules():
        text = module.text() if hasattr(module, "text") else ""
        tables = [table.markdown() for table in module.TABLES]
        section = "\n\n".join(
            part for part in (f"## {module.TITLE}", text.strip(), *tables) if part
        )
        parts.setdefault(module.PAGE, []).append(section)
    return {page: "\n\n".join(sections) + "\n" for page, sections in parts.items()}


def hold(path: Path, generated: str) -> None:
    """Fail unless the page at ``path`` ends in ``generated``; MUTAKHIR_WRITE_DOCS=1 writes it."""
    kept = path.read_text(encoding="utf-8").partition(MARK)[0] if path.exists() else ""
    wanted = f"{kept.rstrip()}\n\n{MARK}\n\n{generated}".lstrip()
    if os.environ.get("MUTAKHIR_WRITE_DOCS") == "1":
        path.write_text(wanted, encoding="utf-8")
    found = path.read_text(encoding="utf-8") if path.exists() else ""
    assert found == wanted, f"{path.name}: run MUTAKHIR_WRITE_DOCS=1 python -m pytest tests/spec"
