"""Where things lie in a store folder (docs/formats/store.md)."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mutakhir.store.swap import recover, write_json

FORMAT = 1


class StoreError(Exception):
    """The folder is not a store this version can use; the message says why and what to do."""


class StoreBusyError(StoreError):
    """Another command is writing the store."""


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _format_of(marker: Path) -> int:
    try:
        return int(json.loads(marker.read_text())["format"])
    except (ValueError, KeyError, TypeError):
        raise StoreError(
            f"{marker.parent} bukan gudang data yang utuh; sebut folder lain, atau pulihkan dari"
            " cadangan."
        ) from None


@contextmanager
def _alone(path: Path, busy: str) -> Iterator[None]:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreBusyError(f"{busy}; tunggu sampai selesai.") from None
        yield


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
        lookup/                             indexes over rolls, made again when missing
            people/<version>/               who is where, by number and by name
            history/<version>/              what the version changed, by voter
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
                raise StoreError(
                    f"{root} bukan gudang data (tanpa store.json); buat dengan `mutakhir intake`."
                )
            if root.exists() and not _is_empty_folder(root):
                raise StoreError(
                    f"{root} berisi hal lain dan bukan gudang data; sebut folder lain."
                )
            write_json(marker, {"format": FORMAT})
        found = _format_of(marker)
        if found != FORMAT:
            raise StoreError(
                f"{root} berformat {found}; versi program ini membaca format {FORMAT}."
            )
        store = cls(root)
        with suppress(StoreBusyError), store.writing():
            pass
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

    @property
    def lookup(self) -> Path:
        """Folder of the look-up indexes: safe to delete, made again from the rolls."""
        return self.root / "lookup"

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
        """Hold the store for one writer, and mend what a crash left behind.

        A second writer is told so at once (StoreBusyError).
        """
        with _alone(self.root / ".lock", f"{self.root} sedang ditulis oleh perintah lain"):
            for parent in (self.root, self.sources, self.periods, self.rolls, self.recaps):
                recover(parent)
            yield

    @contextmanager
    def indexing(self) -> Iterator[None]:
        """Hold the look-up indexes for one builder, beside the writer of the store."""
        self.lookup.mkdir(exist_ok=True)
        with _alone(self.lookup / ".lock", f"indeks {self.root} sedang dibuat"):
            for parent in (self.lookup / "people", self.lookup / "history"):
                recover(parent)
            yield
