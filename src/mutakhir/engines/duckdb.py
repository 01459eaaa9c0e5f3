"""The DuckDB engine: embedded, out of core. The only place that opens DuckDB."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from mutakhir.linkage import duck as linkage
from mutakhir.linkage.model import Model
from mutakhir.roll import duck
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.root import RollRoot


@contextmanager
def connection(memory: str = "1GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory database that spills to a folder of its own, gone on exit."""
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as spill:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": spill,
        }
        with duckdb.connect(":memory:", config=config) as con:
            yield con


@dataclass(frozen=True)
class DuckdbEngine:
    """Implements Engine. ``memory`` bounds DuckDB's own use; beyond it, it spills to disk."""

    memory: str = "1GB"

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """See Engine.link."""
        with connection(self.memory) as con:
            return linkage.link(con, left, right, model)

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """See Engine.duplicates."""
        with connection(self.memory) as con:
            return linkage.duplicates(con, people, model)

    def build(self, inputs: BuildInputs) -> Roll:
        """See Engine.build."""
        with connection(self.memory) as con:
            return duck.build(con, inputs)

    def root(self, roll: Roll, previous: str) -> RollRoot:
        """See Engine.root."""
        with connection(self.memory) as con:
            return duck.root(con, roll, previous)
