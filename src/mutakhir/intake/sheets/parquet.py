"""Parquet as a sheet: row 1 holds the column names, data starts at row 2."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.intake.sheets.kind import damaged
from mutakhir.intake.sheets.sheet import Cells, Sheet
from mutakhir.intake.sheets.workbook import cell_text


def open_parquet(path: Path, *, number: int, member: str) -> Sheet:
    """The one sheet of a Parquet file. Raises FileRefusedError when it is broken."""
    try:
        total = pq.read_metadata(path).num_rows
    except (pa.ArrowInvalid, OSError):
        raise damaged() from None
    seen = [0]

    def rows() -> Iterator[Cells]:
        try:
            with pq.ParquetFile(path) as file:
                yield list(file.schema_arrow.names)
                for batch in file.iter_batches(20_000):
                    seen[0] += batch.num_rows
                    columns = [_texts(column) for column in batch.columns]
                    yield from map(list, zip(*columns, strict=True))
        except (pa.ArrowInvalid, OSError):
            raise damaged() from None

    return Sheet(number, "", member, rows, done=lambda: seen[0] / max(total, 1))


def _texts(column: pa.Array) -> list[str]:
    if pa.types.is_list(column.type):
        return ["" if cell is None else " ".join(map(str, cell)) for cell in column.to_pylist()]
    return ["" if cell is None else cell_text(cell) for cell in column.to_pylist()]
