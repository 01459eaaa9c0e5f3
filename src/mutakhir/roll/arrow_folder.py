"""Tables as uncompressed Arrow files in a folder: opened in a moment, read where they lie.

A memory-mapped file is shared by every thread and process that has it open, and one that was
swapped away stays whole for those who still read it.
"""

import json
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pyarrow as pa

from mutakhir.store import StoreError, write_json


def write_table(folder: Path, name: str, table: pa.Table) -> None:
    """Write ``table`` as one batch, so that every column is one array."""
    options = pa.ipc.IpcWriteOptions(unify_dictionaries=True)
    with pa.ipc.new_file(folder / f"{name}.arrow", table.schema, options=options) as file:
        file.write_table(table.combine_chunks())


def read_table(folder: Path, name: str) -> pa.Table:
    """The table, mapped into memory, not read."""
    with pa.memory_map(str(folder / f"{name}.arrow")) as file:
        return pa.ipc.open_file(file).read_all()


def column(table: pa.Table, name: str) -> pa.Array:
    """One column as one array."""
    found = table[name]
    return found.chunk(0) if found.num_chunks == 1 else found.combine_chunks()


def numbers(table: pa.Table, name: str) -> npt.NDArray[Any]:
    """One column of numbers or flags without gaps."""
    found: npt.NDArray[Any] = column(table, name).to_numpy(zero_copy_only=False)
    return found


def write_about(folder: Path, **values: Any) -> None:
    """What the folder was made from; written last."""
    write_json(folder / "about.json", values)


def read_about(folder: Path) -> dict[str, Any]:
    """What ``folder`` was made from; empty when it is not there. StoreError when unreadable."""
    try:
        found: dict[str, Any] = json.loads((folder / "about.json").read_text())
    except FileNotFoundError:
        return {}
    except ValueError:
        raise StoreError(f"{folder} tidak terbaca; hapus foldernya dan buat lagi") from None
    return found
