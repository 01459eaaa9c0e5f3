"""A scratch store: looks like the office's, is written freely, leaves the office's untouched."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mutakhir.store.folder import Store
from mutakhir.store.swap import BESIDE

#: Files beside the folders, some of which grow in place: these are copied.
_COPIED: Final = ("store.json", "decisions.jsonl", "odd_but_true.jsonl")
#: The office's raw copies of files, which nothing reads again.
_LEFT_OUT: Final = ("raw",)


@contextmanager
def scratch(store: Store, beside: Path) -> Iterator[Store]:
    """What ``store`` holds of sources and periods at this moment, in a folder under ``beside``.

    Files that are never edited (Parquet, manifests, receipts) are the same files under a second
    name, where ``beside`` lies on the same disk: making it costs no room and hardly any time. The
    office may go on writing meanwhile; nothing of it shows here, and nothing of this there. Rolls
    are left out. Gone on leaving.

    Raises StoreBusyError while somebody writes the store.
    """
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="coba-", dir=beside) as folder:
        root = Path(folder)
        with store.writing():
            for name in _COPIED:
                if (store.root / name).exists():
                    shutil.copyfile(store.root / name, root / name)
            for parent in (store.sources, store.periods):
                _second_names(parent, root / parent.name)
        yield Store.open(root)


def _second_names(parent: Path, into: Path) -> None:
    """Every file in the folders of ``parent``, under the same name in ``into``."""
    into.mkdir()
    for folder in parent.iterdir() if parent.exists() else ():
        if folder.name.startswith(BESIDE):
            continue
        (into / folder.name).mkdir()
        for file in folder.iterdir():
            if file.name not in _LEFT_OUT:
                _second_name(file, into / folder.name / file.name)


def _second_name(file: Path, name: Path) -> None:
    try:
        os.link(file, name)
    except OSError:  # another disk, or one without second names
        shutil.copyfile(file, name)
