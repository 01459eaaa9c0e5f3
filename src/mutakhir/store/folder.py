"""Where things lie in a store folder (docs/formats/store.md)."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mutakhir.store.swap import recover, write_json

FORMAT = 1


class StoreError(Exception):
    """The folder is not a store this version can use; the message says why and what to do."""


@dataclass(frozen=True)
class Store:
    """One office's store.

    ::

        store.json                          format number
        sources/<source_id>/                manifest.json receipt.json raw records.parquet
                                            set_aside.parquet
        decisions.jsonl                     the append-only decision file
        periods/<period>/                   links.parquet proposals.parquet outcomes.parquet
        rolls/<version, 4 digits>/          manifest.json findings.json
            kab=<4 digits>/                 voters.parquet departed.parquet ledger.parquet
                                            changes.parquet
        recaps/<period>/                    tables, minutes, bulletin
    """

    root: Path

    @classmethod
    def open(cls, root: Path, *, create: bool = False) -> "Store":
        """Open the store at ``root``, mending what a crash left behind.

        Raises StoreError when ``root`` is no store (and ``create`` is not asked for).
        """
        marker = root / "store.json"
        if not marker.exists():
            if not create:
                raise StoreError(f"{root} is not a store: no store.json. Make one with `intake`.")
            if root.exists() and any(root.iterdir()):
                raise StoreError(f"{root} is neither empty nor a store. Name another folder.")
            write_json(marker, {"format": FORMAT})
        found = json.loads(marker.read_text())["format"]
        if found != FORMAT:
            raise StoreError(f"{root} has store format {found}; this version reads {FORMAT}.")
        store = cls(root)
        for parent in (root, store.sources, store.periods, store.rolls, store.recaps):
            if parent.exists():
                recover(parent)
        return store

    @property
    def sources(self) -> Path:
        """Folder of the sources, each under its source_id."""
        return self.root / "sources"

    @property
    def decisions(self) -> Path:
        """The append-only decision file."""
        return self.root / "decisions.jsonl"

    @property
    def periods(self) -> Path:
        """Folder of links and proposals, by period."""
        return self.root / "periods"

    @property
    def rolls(self) -> Path:
        """Folder of the roll versions."""
        return self.root / "rolls"

    @property
    def recaps(self) -> Path:
        """Folder of recaps and documents, by period."""
        return self.root / "recaps"

    def source(self, source_id: str) -> Path:
        """Folder of one source."""
        return self.sources / source_id

    def period(self, period: str) -> Path:
        """Folder of one period's links and proposals."""
        return self.periods / period

    def roll(self, version: int) -> Path:
        """Folder of one roll version."""
        return self.rolls / f"{version:04d}"

    def versions(self) -> list[int]:
        """Roll versions present, oldest first."""
        if not self.rolls.exists():
            return []
        return sorted(int(path.name) for path in self.rolls.iterdir() if path.name.isdigit())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one writer; a second one is told so at once (StoreError)."""
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(f"{self.root} is being written by another command.") from None
            yield
