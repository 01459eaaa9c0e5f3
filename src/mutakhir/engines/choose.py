"""One interface, three engines that must agree to the row."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.engines.plain import PlainEngine
from mutakhir.engines.spark import SparkEngine
from mutakhir.linkage.clusters import Clusters
from mutakhir.linkage.model import Model
from mutakhir.linkage.roll_index import RollIndex
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.root import RollRoot


class Linker(Protocol):
    """What links people. Tables in, tables out; files in, a file out."""

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """Links between voters and records (LINK_SCHEMA), sorted by left_id, right_id."""

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """Links within one table (LINK_SCHEMA), left_id < right_id, sorted."""

    def write_links(self, left: Path, right: Path | None, model: Model, out: Path) -> Clusters:
        """The same from file to file (Parquet), in no order; without ``right``, duplicates."""


class Engine(Linker, Protocol):
    """What also builds rolls. No engine touches the store."""

    def build(self, inputs: BuildInputs) -> Roll:
        """The next roll version from the previous one and the decisions in effect."""

    def root(self, roll: Roll, previous: str) -> RollRoot:
        """The root of ``roll`` after the version with root ``previous``."""


def engine(
    name: str = "duckdb", *, memory: str = "1GB", tell: Callable[[str], None] = lambda _: None
) -> Engine:
    """The engine called ``name``: ``plain`` or ``duckdb``. Raises ValueError for another name.

    ``memory`` bounds what DuckDB uses; ``tell`` hears of each step of long work.
    """
    if name == "plain":
        return PlainEngine()
    if name == "duckdb":
        return DuckdbEngine(memory, tell)
    raise ValueError(f"no engine {name!r}: choose plain or duckdb")


def linker(
    name: str,
    *,
    master: str,
    memory: str = "1GB",
    tell: Callable[[str], None] = lambda _: None,
    index: RollIndex | None = None,
) -> Linker:
    """The linker called ``name``: an engine, or ``spark`` on ``master`` (its address of a cluster,
    or ``local[2]``). ``index``: of the left list, for DuckDB alone. Raises ValueError for another
    name, and for an index that the linker cannot use."""
    if index is not None:
        if name != "duckdb":
            raise ValueError(f"an index of the roll is for duckdb alone, not for {name}")
        return DuckdbEngine(memory, tell, index)
    if name == "spark":
        return SparkEngine(master, memory, tell)
    return engine(name, memory=memory, tell=tell)
