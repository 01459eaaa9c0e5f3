"""Sources in a store: what was taken in, and its records."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.store import Store, StoreError

FORMAT: Final = 1


@dataclass(frozen=True)
class SourceManifest:
    """What is known of one source. ``corrects``: sources whose set-aside rows it hands in again."""

    source_id: str
    file: str
    sha256: str
    size: int
    taken_at: str  # RFC 3339
    reference_day: str  # on which ages were looked at
    layouts: tuple[str, ...]
    codes: str
    region: str
    mapped: bool
    corrects: tuple[str, ...]
    rules: str  # Rules.digest
    records: str  # SHA-256 of records.parquet
    software: str
    read: int
    accepted: int
    held: int
    rejected: int
    format: int = FORMAT

    @classmethod
    def read_from(cls, folder: Path) -> "SourceManifest":
        """The manifest of the source in ``folder``."""
        content: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        for name in ("layouts", "corrects"):
            content[name] = tuple(content[name])
        return cls(**{field.name: content[field.name] for field in fields(cls)})


def list_sources(store: Store) -> list[SourceManifest]:
    """Every source of ``store``, by source_id."""
    folders = sorted(store.sources.glob("[0-9a-f]*")) if store.sources.exists() else []
    return [SourceManifest.read_from(folder) for folder in folders]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_records(store: Store, source_id: str) -> pa.Table:
    """The accepted rows of one source (RECORD_SCHEMA).

    Raises StoreError when the source is not there, or its records are not those taken in.
    """
    folder = store.source(source_id)
    path = folder / "records.parquet"
    if not path.exists():
        raise StoreError(
            f"sumber {source_id} tidak ada di gudang; masukkan berkasnya dengan `mutakhir intake`"
        )
    if sha256_of(path) != json.loads((folder / "manifest.json").read_text())["records"]:
        raise StoreError(
            f"sumber {source_id} berubah sejak diterima; pulihkan gudang dari cadangan"
        )
    return pq.read_table(path, schema=RECORD_SCHEMA, partitioning=None)


def load_records(store: Store, source_ids: Iterable[str] | None = None) -> pa.Table:
    """Accepted rows (RECORD_SCHEMA) of the sources named, or of all: by source, sheet, row."""
    wanted = (
        [manifest.source_id for manifest in list_sources(store)]
        if source_ids is None
        else sorted(set(source_ids))
    )
    tables = [read_records(store, source) for source in wanted]
    return pa.concat_tables([RECORD_SCHEMA.empty_table(), *tables])
