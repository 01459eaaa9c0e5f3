"""Write beside, then swap in: after a crash there is the old or the new, never a half."""

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Unfinished work carries this mark in its name; ``Store.open`` sweeps it away.
BESIDE = ".beside-"


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, onto the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


@contextmanager
def swapped_folder(target: Path) -> Iterator[Path]:
    """A fresh folder beside ``target`` to write into; on a clean exit it becomes ``target``.

    An older ``target`` is moved aside first and deleted last, so that at any moment a reader
    who looks for ``target`` and then for its set-aside name finds one whole folder
    (``recover`` in this module puts it back after a crash between the two renames).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{BESIDE}new-{target.name}-{uuid.uuid4().hex[:8]}")
    beside.mkdir()
    try:
        yield beside
        _sync_tree(beside)
        aside = target.with_name(f"{BESIDE}old-{target.name}")
        if target.exists():
            target.replace(aside)
        beside.replace(target)
        sync(target.parent)
        shutil.rmtree(aside, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def recover(parent: Path, only: str = "*") -> None:
    """Undo what a crash left in ``parent``: put a set-aside folder back, drop unfinished ones.

    ``only``: the one target meant. Nobody else may be writing there: what is unfinished goes.
    """
    leftovers = [*parent.glob(f"{BESIDE}old-{only}"), *parent.glob(f"{BESIDE}new-{only}-*")]
    for leftover in leftovers:
        name = leftover.name.removeprefix(f"{BESIDE}old-")
        if name != leftover.name and not (parent / name).exists():
            leftover.replace(parent / name)
        elif leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def write_bytes(target: Path, content: bytes) -> None:
    """Replace the file ``target`` with ``content`` in one step that survives power loss."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{BESIDE}new-{target.name}-{uuid.uuid4().hex[:8]}")
    try:
        beside.write_bytes(content)
        sync(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    sync(target.parent)


def write_json(target: Path, value: Any) -> None:
    """Replace ``target`` with ``value`` as JSON: sorted keys, two spaces, UTF-8, final newline."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    write_bytes(target, f"{text}\n".encode())
