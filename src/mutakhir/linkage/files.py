"""Canonical Parquet files → the tables linkage takes, and links → a folder."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.linkage.model import Model
from mutakhir.person import PERSON_FIELDS
from mutakhir.store import swapped_folder, write_json

_WRITTEN = {"links.parquet", "summary.json"}


class InputError(Exception):
    """A file or folder that cannot be used; the message, in Indonesian, says what to do."""


def read_people(path: Path) -> pa.Table:
    """``dpid`` and PERSON_FIELDS of a roll's or a source's file; raises InputError.

    In a source's file (one with ``record_id``) the record stands for the person.
    """
    return _canonical(_read(path), path).rename_columns(["dpid", *PERSON_FIELDS])


def read_records(path: Path) -> pa.Table:
    """``record_id``, PERSON_FIELDS and, where there is one, ``source_id``; raises InputError."""
    table = _read(path)
    records = _canonical(table, path).rename_columns(["record_id", *PERSON_FIELDS])
    if "source_id" in table.column_names:
        return records.append_column("source_id", table["source_id"])
    return records


def _read(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        kind = "tidak ada" if not path.exists() else "bukan berkas Parquet yang utuh"
        raise InputError(f"{path}: {kind}. Berikan berkas Parquet kanonik.") from error


def _canonical(table: pa.Table, path: Path) -> pa.Table:
    id_column = "record_id" if "record_id" in table.column_names else "dpid"
    missing = sorted({id_column, *PERSON_FIELDS} - set(table.column_names))
    if missing:
        raise InputError(f"{path}: kolom tidak ada: {', '.join(missing)}. Lihat `intake`.")
    ids = table[id_column]
    if ids.null_count or pc.count_distinct(ids).as_py() != len(ids):
        raise InputError(f"{path}: kolom {id_column} harus terisi dan tidak berulang.")
    return table.select([id_column, *PERSON_FIELDS])


def check_folder(out: Path) -> None:
    """Raise InputError when ``out`` holds anything that a run would destroy."""
    if out.exists() and (not out.is_dir() or {p.name for p in out.iterdir()} - _WRITTEN):
        raise InputError(f"{out}: berisi berkas lain. Sebut folder baru atau folder hasil lama.")


def write_links(out: Path, links: pa.Table, summary: dict[str, Any]) -> None:
    """``links.parquet`` and ``summary.json`` in ``out``, swapped in together."""
    check_folder(out)
    with swapped_folder(out) as folder:
        pq.write_table(links, folder / "links.parquet", compression="zstd")
        write_json(folder / "summary.json", summary)


def summarise(links: pa.Table, sizes: dict[str, int], model: Model, engine: str) -> dict[str, Any]:
    """Counts by band and rule, for people and for the quality room. No personal values."""
    return {
        "model": model.name,
        "engine": engine,
        "rows": sizes,
        "links": links.num_rows,
        "bands": _count(links, "band"),
        "rules": _count(links, "rule"),
    }


def _count(links: pa.Table, column: str) -> dict[str, int]:
    counts = pc.value_counts(links[column].combine_chunks()).to_pylist()
    return {entry["values"]: entry["counts"] for entry in counts}
