"""The acts that the code records, read from its text."""

import ast
from collections.abc import Iterator
from pathlib import Path

import mutakhir_web


def recorded_acts() -> dict[str, str]:
    """Act → a file that records it, for every ``record("act", ...)`` of the workplace."""
    root = Path(mutakhir_web.__file__).parent
    return {
        act: str(path.relative_to(root))
        for path in sorted(root.rglob("*.py"))
        for act in _acts(ast.parse(path.read_text(encoding="utf-8")))
    }


def _acts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        first = node.args[0]
        if called in ("record", "_record") and isinstance(first, ast.Constant):
            yield str(first.value)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""
