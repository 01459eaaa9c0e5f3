"""The DuckDB engine: embedded, out of core. The only place that opens DuckDB."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from mutakhir.engines.duckdb_runner import DuckdbRunner
from mutakhir.linkage import learn_sql, program
from mutakhir.linkage.clusters import Clusters
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model import Model
from mutakhir.linkage.residue_sql import FORMS
from mutakhir.linkage.roll_index import RollIndex
from mutakhir.roll import duck
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.root import RollRoot


@contextmanager
def connection(memory: str = "1GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory database that spills to a folder of its own, gone on exit."""
    with _workplace(memory) as (con, _):
        yield con


@contextmanager
def _workplace(memory: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as spill:
        config: dict[str, Any] = {"memory_limit": memory, "temp_directory": spill}
        with duckdb.connect(":memory:", config=config) as con, _plain_faults():
            yield con, Path(spill)


@contextmanager
def _plain_faults() -> Iterator[None]:
    """Faults of the disk and of memory as Python's own."""
    try:
        yield
    except duckdb.IOException as error:
        raise OSError(errno.EIO, "DuckDB could not read or write") from error
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error


@dataclass(frozen=True)
class DuckdbEngine:
    """Implements Engine. ``memory`` bounds DuckDB's own use; beyond it, it spills to disk.

    ``tell`` hears of each step of long work, in Indonesian. ``index``: that of the left list, for
    links between two; it is made if it is not there yet.
    """

    memory: str = "1GB"
    tell: Callable[[str], None] = lambda _: None
    index: RollIndex | None = None

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """See Engine.link."""
        with self._linked(left, right, model) as (con, found):
            return _table(con.sql(_sorted(found.links)).to_arrow_table())

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """See Engine.duplicates."""
        with self._linked(people, None, model) as (con, found):
            return _table(con.sql(_sorted(found.links)).to_arrow_table())

    def write_links(self, left: Path, right: Path | None, model: Model, out: Path) -> Clusters:
        """See Engine.write_links."""
        with self._linked(left, right, model) as (con, found):
            self.tell("Tulis")
            target = str(out).replace("'", "''")
            con.execute(f"COPY ({_lines(found.links)}) TO '{target}' (COMPRESSION zstd)")
            return found.clusters

    def counts(self, left: Path, right: Path | None, model: Model) -> learn_sql.Counts:
        """What weights are learned from, of Parquet files."""
        with _workplace(self.memory) as (con, folder):
            runner = DuckdbRunner(con, folder, model, self.tell)
            return learn_sql.count(runner, model, runner.given(left, right))

    @contextmanager
    def _linked(
        self, left: pa.Table | Path, right: pa.Table | Path | None, model: Model
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, program.Linked]]:
        """A database in which the program has run, and what it found."""
        with _workplace(self.memory) as (con, folder):
            runner = DuckdbRunner(con, folder, model, self.tell)
            sizes = runner.given(left, right)
            if right is None:
                yield con, program.duplicates(runner, model, sizes)
            else:
                indexed = self._take_index(runner)
                yield con, program.link(runner, model, sizes, indexed=indexed)

    def _take_index(self, runner: DuckdbRunner) -> bool:
        """The normal forms of the index, if there is to be one; made first where it is not."""
        if self.index is None:
            return False
        if not self.index.made():
            runner.step("Bakukan seluruh daftar untuk indeks")
            self.index.make(lambda file: runner.write_prepared(file, "FROM left_raw", "lz4"))
        runner.prepared_before(FORMS, self.index.forms)
        return True

    def build(self, inputs: BuildInputs) -> Roll:
        """See Engine.build."""
        with connection(self.memory) as con:
            return duck.build(con, inputs)

    def root(self, roll: Roll, previous: str) -> RollRoot:
        """See Engine.root."""
        with connection(self.memory) as con:
            return duck.root(con, roll, previous)


def _lines(links: str) -> str:
    """Lines of LINK_SCHEMA, in no order: to sort nine million costs as much as a fifth of a run."""
    return f"SELECT {', '.join(LINK_SCHEMA.names)} FROM ({links})"  # noqa: S608


def _sorted(links: str) -> str:
    return f"{_lines(links)} ORDER BY left_id, right_id"


def _table(links: pa.Table) -> pa.Table:
    """LINK_SCHEMA, with a chunk a column even when there are no links."""
    return pa.concat_tables([LINK_SCHEMA.empty_table(), links.cast(LINK_SCHEMA)]).combine_chunks()
