"""Files of people → what an engine reads, and links → a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from mutakhir.linkage.model import Model
from mutakhir.store import swapped_folder, write_json

_WRITTEN = {"links.parquet", "clusters.parquet", "summary.json"}


class InputError(Exception):
    """A file or folder that cannot be used; the message, in Indonesian, says what to do."""


@contextmanager
def people_file(path: Path, model: Model) -> Iterator[Path]:
    """The Parquet file an engine reads: ``path`` itself, or a copy of a CSV while the block runs.

    It has an id and the model's columns. Raises InputError naming what is missing.
    """
    if path.suffix.lower() in (".csv", ".txt"):
        with TemporaryDirectory(prefix="mutakhir-") as folder:
            copy = Path(folder) / "people.parquet"
            pq.write_table(_csv(path), copy)
            yield _checked(copy, path, model)
    else:
        yield _checked(path, path, model)


def _csv(path: Path) -> pa.Table:
    """All columns as text; blanks around names and values are not part of them."""
    try:
        names = pc_csv.open_csv(path).schema.names
        convert = pc_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
        table = pc_csv.read_csv(path, convert_options=convert)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: {_kind(path, 'CSV')}.") from error
    trimmed = [pc.utf8_trim_whitespace(column) for column in table.columns]
    blank = [pc.if_else(pc.equal(column, ""), None, column) for column in trimmed]
    return pa.table(blank, [name.strip() for name in table.column_names])


def _kind(path: Path, kind: str) -> str:
    return "tidak ada" if not path.exists() else f"bukan berkas {kind} yang utuh"


def _checked(file: Path, shown: Path, model: Model) -> Path:
    try:
        columns = pq.read_schema(file).names
    except (OSError, pa.ArrowInvalid) as error:
        kind = _kind(shown, "Parquet")
        raise InputError(f"{shown}: {kind}. Berikan Parquet atau CSV.") from error
    missing = sorted(set(model.columns) - set(columns))
    if missing:
        raise InputError(
            f"{shown}: kolom tidak ada: {', '.join(missing)}. Model {model.name} memerlukannya;"
            " sebut model lain dengan --model."
        )
    identity = next((name for name in model.ids if name in columns), None)
    if identity is None:
        raise InputError(f"{shown}: tidak ada kolom pengenal ({', '.join(model.ids)}).")
    ids = pq.read_table(file, columns=[identity])[identity]
    if ids.null_count or pc.count_distinct(ids).as_py() != len(ids):
        raise InputError(f"{shown}: kolom {identity} harus terisi dan tidak berulang.")
    return file


def check_folder(out: Path) -> None:
    """Raise InputError when ``out`` holds anything that a run would destroy."""
    if out.exists() and (not out.is_dir() or {p.name for p in out.iterdir()} - _WRITTEN):
        raise InputError(f"{out}: berisi berkas lain. Sebut folder baru atau folder hasil lama.")


@contextmanager
def links_folder(out: Path) -> Iterator[Path]:
    """A folder to write into that takes the place of ``out`` when all went well."""
    check_folder(out)
    with swapped_folder(out) as folder:
        yield folder


def write_summary(folder: Path, sizes: dict[str, int], model: Model, engine: str) -> dict[str, Any]:
    """Counts of ``links.parquet`` by band and rule, beside it. No personal values."""
    links = pq.read_table(folder / "links.parquet", columns=["band", "rule"])
    summary = {
        "model": model.name,
        "engine": engine,
        "rows": sizes,
        "links": links.num_rows,
        "bands": _count(links, "band"),
        "rules": _count(links, "rule"),
    }
    write_json(folder / "summary.json", summary)
    return summary


def _count(links: pa.Table, column: str) -> dict[str, int]:
    counts = pc.value_counts(links[column]).to_pylist()
    return {entry["values"]: entry["counts"] for entry in counts}
