"""Files of people → what an engine reads, and links → a folder."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from mutakhir import __version__
from mutakhir.linkage.clusters import Clusters
from mutakhir.linkage.csv_file import CsvError, column_names, write_parquet
from mutakhir.linkage.model import Model
from mutakhir.linkage.repeated import Flags, repeated_in
from mutakhir.store import recover, swapped_folder, write_json

FORMAT: Final = 1
#: Links counted at once.
_BATCH: Final = 1_000_000
_WRITTEN: Final = {"links.parquet", "clusters.parquet", "summary.json", "model.toml"}
_LIBRARIES: Final = {
    "duckdb": ("duckdb", "pyarrow"),
    "plain": ("pyarrow", "rapidfuzz"),
    "spark": ("pyarrow", "pyspark"),
}


class InputError(Exception):
    """A file or folder that cannot be used; the message, in Indonesian, says what to do."""


@contextmanager
def people_file(path: Path, model: Model, *, known: bool = False) -> Iterator[Path]:
    """The Parquet file an engine reads: ``path`` itself, or a copy of a CSV while the block runs.

    It has an id, filled and never repeated, and the model's columns. Raises InputError naming
    what is missing. ``known``: a run has read these very bytes before, so the ids are good.
    """
    if not path.is_file():
        raise InputError(f"{path}: {'bukan berkas' if path.exists() else 'tidak ada'}.")
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        with TemporaryDirectory(prefix="mutakhir-") as folder:
            copy = Path(folder) / "people.parquet"
            _copy_csv(path, copy, model)
            yield copy
    else:
        with _told(path):
            identity = _identity(path, pq.read_schema(path).names, model)
            if not known:
                _check_ids(path, path, identity)
        yield path


def _copy_csv(path: Path, copy: Path, model: Model) -> None:
    with _told(path):
        names = column_names(path)
        identity = _identity(path, names, model)
        source = [model.source] if model.source in names else []
        write_parquet(path, list(dict.fromkeys([identity, *source, *model.columns])), copy)
    _check_ids(copy, path, identity)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Faults of the file in words. A full disk is not one of them."""
    try:
        yield
    except CsvError as error:
        raise InputError(f"{path}: {error}.") from error
    except PermissionError as error:
        raise InputError(f"{path}: tidak boleh dibaca. Minta hak bacanya.") from error
    except pa.ArrowInvalid as error:
        raise InputError(
            f"{path}: bukan berkas Parquet yang utuh. Berikan Parquet atau CSV."
        ) from error


def _identity(shown: Path, columns: list[str], model: Model) -> str:
    """The id column. Raises InputError when it or a column of the model is not there."""
    missing = sorted(set(model.columns) - set(columns))
    if missing:
        raise InputError(
            f"{shown}: kolom tidak ada: {', '.join(missing)}. Model {model.name} memerlukannya;"
            " sebut model lain dengan --model."
        )
    identity = model.id_of(columns)
    if identity is None:
        raise InputError(f"{shown}: tidak ada kolom pengenal ({', '.join(model.ids)}).")
    return identity


def _check_ids(file: Path, shown: Path, identity: str) -> None:
    def ids() -> Iterator[pa.Array]:
        for batch in ds.dataset(file).to_batches(columns=[identity]):
            yield batch.column(0).cast(pa.string())

    empty = np.concatenate([np.zeros(0, bool), *map(_empty, ids())])
    for flags, fault in ((empty, "kosong"), (repeated_in(ids), "tidak unik")):
        if flags.any():
            row = int(np.argmax(flags)) + 1
            raise InputError(
                f"{shown}: kolom {identity} harus terisi dan tidak berulang;"
                f" baris data ke-{row} {fault}. Perbaiki berkasnya."
            )


def _empty(ids: pa.Array) -> Flags:
    flags: Flags = pc.fill_null(pc.equal(ids, ""), True).to_numpy(zero_copy_only=False)
    return flags


def check_folder(out: Path) -> None:
    """Raise InputError when ``out`` holds anything that a run would destroy."""
    if out.exists() and (not out.is_dir() or {p.name for p in out.iterdir()} - _WRITTEN):
        raise InputError(f"{out}: berisi berkas lain. Sebut folder baru atau folder hasil lama.")


@contextmanager
def links_folder(out: Path) -> Iterator[Path]:
    """A folder to write into that takes the place of ``out`` when all went well. What a crash
    left of an earlier run goes first."""
    recover(out.parent, out.name)
    check_folder(out)
    with swapped_folder(out) as folder:
        yield folder


def finish(
    folder: Path,
    clusters: Clusters,
    model: tuple[Model, bytes],
    engine: str,
    sizes: dict[str, int],
) -> dict[str, Any]:
    """Completes a folder that has ``links.parquet``: clusters, the model as it is written, and
    the summary, which is returned (docs/formats/links.md). ``sizes``: rows by side."""
    read, written = model
    pq.write_table(clusters.members, folder / "clusters.parquet", compression="zstd")
    (folder / "model.toml").write_bytes(written)
    rules = _count_by_rule(folder / "links.parquet")
    bands = Counter[str]()
    for counts in rules.values():
        bands.update(counts)
    summary = {
        "format": FORMAT,
        "model": {"name": read.name, "sha256": sha256(written).hexdigest()},
        "engine": engine,
        "versions": {"mutakhir": __version__} | {n: version(n) for n in _LIBRARIES[engine]},
        "rows": sizes,
        "links": bands.total(),
        "bands": dict(bands),
        "rules": rules,
        "several": clusters.several,
        "clusters": len(pc.unique(clusters.members["cluster"])),
        "cut": len(clusters.cut),
    }
    write_json(folder / "summary.json", summary)
    return summary


def _count_by_rule(links: Path) -> dict[str, dict[str, int]]:
    """Rule → band → links. A part of the file in memory at a time: a nation has 200 million."""
    counts: Counter[tuple[str, str]] = Counter()
    for batch in pq.ParquetFile(links).iter_batches(_BATCH, columns=["rule", "band"]):
        groups = pa.Table.from_batches([batch]).group_by(["rule", "band"])
        for entry in groups.aggregate([([], "count_all")]).to_pylist():
            counts[entry["rule"], entry["band"]] += entry["count_all"]
    found: dict[str, dict[str, int]] = {}
    for (rule, band), count in sorted(counts.items()):
        found.setdefault(rule, {})[band] = count
    return found
