"""The linkage program's steps on DuckDB (linkage.blocks_sql.Runner)."""

# ruff: noqa: S608 - statements are made of column names of the model, no values
import itertools
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.linkage.dialect import DUCKDB, Dialect
from mutakhir.linkage.model import Model
from mutakhir.linkage.prepare import prepare, prepared_schema
from mutakhir.linkage.program import Sizes

#: Rows normalised at once by one thread.
_BATCH = 100_000
_HEAD = pa.schema([("n", pa.int32()), ("id", pa.string()), ("source", pa.string())])


class DuckdbRunner:
    """Runs steps in ``con``; normal forms and other large results spill to ``folder``."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        folder: Path,
        model: Model,
        tell: Callable[[str], None],
    ) -> None:
        self._con, self._folder, self._model, self._tell = con, folder, model, tell
        self._names = map("prepared-{}.parquet".format, itertools.count())
        con.execute("SET preserve_insertion_order = false")

    @property
    def dialect(self) -> Dialect:
        """See Runner."""
        return DUCKDB

    def given(self, left: pa.Table | Path, right: pa.Table | Path | None) -> Sizes:
        """Makes ``left_raw`` and ``right_raw`` of tables or Parquet files."""
        one = self._raw("left_raw", left)
        return Sizes(one, self._raw("right_raw", right) if right is not None else 0)

    def _raw(self, name: str, people: pa.Table | Path) -> int:
        if isinstance(people, Path):
            table = f"read_parquet('{_quoted(people)}', file_row_number = true)"
            columns, n = pq.read_schema(people).names, "file_row_number"
            rows: int = pq.read_metadata(people).num_rows
        else:
            columns, rows, n = people.column_names, people.num_rows, "n"
            self._con.register(
                f"{name}_given", people.append_column("n", pa.array(np.arange(rows)))
            )
            table = f"{name}_given"
        identity = self._model.id_of(columns)
        source = self._model.source
        said = f"CAST({source} AS VARCHAR)" if source in columns else "''"
        texts = ", ".join(f"CAST({c} AS VARCHAR) AS {c}" for c in self._model.read_of(columns))
        self._con.execute(
            f"CREATE VIEW {name} AS SELECT CAST({n} AS INTEGER) AS n, {identity} AS id,"
            f" {said} AS source, {texts} FROM {table}"
        )
        return rows

    def table(self, name: str, sql: str) -> None:
        """See Runner."""
        self._con.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """See Runner."""
        return self._con.execute(sql).fetchall()

    def step(self, words: str) -> None:
        """See Runner."""
        self._tell(words)

    def view(self, name: str, sql: str) -> None:
        """See Runner."""
        self._con.execute(f"CREATE OR REPLACE VIEW {name} AS {sql}")

    def prepared(self, name: str, sql: str) -> None:
        """See Runner. Batch by batch into a file, so that memory stays bounded; on all cores."""
        made = self._folder / next(self._names)
        self.write_prepared(made, sql)
        self.prepared_before(name, made)

    def write_prepared(self, file: Path, sql: str, compression: str = "none") -> None:
        """Write the rows of a query with the columns in their normal forms."""
        schema = pa.unify_schemas([_HEAD, prepared_schema(self._model)])
        with pq.ParquetWriter(
            file, schema, compression=compression, use_dictionary=False, write_statistics=False
        ) as out:
            for batch in self._normalised(self._con.sql(sql).to_arrow_reader(_BATCH)):
                out.write_table(batch)

    def prepared_before(self, name: str, file: Path) -> None:
        """Call by a name what ``write_prepared`` wrote."""
        self.view(name, f"FROM read_parquet('{_quoted(file)}')")

    def _normalised(self, written: pa.RecordBatchReader) -> Iterator[pa.Table]:
        """The batches in their normal forms, in order."""

        def normalised(batch: pa.RecordBatch) -> pa.Table:
            forms = prepare(batch, self._model)
            columns = [batch[name].cast(_HEAD.field(name).type) for name in _HEAD.names]
            return pa.table([*columns, *forms.columns], [*_HEAD.names, *forms.column_names])

        workers = os.cpu_count() or 1
        waiting: deque[Future[pa.Table]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            for batch in written:
                waiting.append(pool.submit(normalised, batch))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
