"""The Spark engine: linkage on a cluster. With spark_session, the only place that opens Spark."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from mutakhir.engines.spark_session import SparkError, session_on
from mutakhir.linkage import program
from mutakhir.linkage.clusters import Clusters
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model import Model

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Rows of both lists for one partition of a join: some tens of MB each.
ROWS_IN_PARTITION: Final = 200_000


@dataclass(frozen=True)
class SparkEngine:
    """Implements Linker. ``memory`` bounds the Java side: of the one process in local mode, of
    each executor on a cluster. ``tell`` hears of each step, in Indonesian."""

    master: str = "local[*]"
    memory: str = "1GB"
    tell: Callable[[str], None] = lambda _: None

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """See Linker.link. Through files: for small tables."""
        return self._through_files([left, right], model)

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """See Linker.duplicates. Through files: for small tables."""
        return self._through_files([people], model)

    def _through_files(self, tables: list[pa.Table], model: Model) -> pa.Table:
        with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
            files = [Path(folder, f"{number}.parquet") for number in range(len(tables))]
            for table, file in zip(tables, files, strict=True):
                pq.write_table(table, file)
            out = Path(folder, "links.parquet")
            self.write_links(files[0], files[1] if len(files) > 1 else None, model, out)
            return pq.read_table(out).cast(LINK_SCHEMA)

    def write_links(self, left: Path, right: Path | None, model: Model, out: Path) -> Clusters:
        """See Linker.write_links. All executors must see the files and the folder of ``out``.
        Raises SparkError."""
        session = session_on(self.master, self.memory)
        with (
            tempfile.TemporaryDirectory(prefix="spark-", dir=out.parent) as work,
            _failures(self.tell) as tell,
        ):
            found = _linked(session, (left, right), model, Path(work), tell)
            tell("Urutkan dan tulis")
            lines = session.sql(found.links).select(*LINK_SCHEMA.names)
            lines.sort("left_id", "right_id").write.parquet(Path(work, "links").absolute().as_uri())
            _join_parts(Path(work, "links"), out)
            return found.clusters


def _linked(
    session: "SparkSession",
    people: tuple[Path, Path | None],
    model: Model,
    work: Path,
    tell: Callable[[str], None],
) -> program.Linked:
    """Runs the program."""
    from mutakhir.engines.spark_runner import SparkRunner  # noqa: PLC0415 - needs the extra

    runner = SparkRunner(session, work, model, tell)
    sizes = runner.given(*people)
    parallel = session.sparkContext.defaultParallelism
    partitions = max(parallel, (sizes.left + sizes.right) // ROWS_IN_PARTITION)
    session.conf.set("spark.sql.shuffle.partitions", str(partitions))
    run = program.duplicates if people[1] is None else program.link
    return run(runner, model, sizes)


def _join_parts(parts: Path, out: Path) -> None:
    """One file of sorted parts, a batch in memory at a time. Their names are in the order of their
    rows."""
    files = [str(part) for part in sorted(parts.glob("*.parquet"))]
    with pq.ParquetWriter(out, LINK_SCHEMA, compression="zstd") as writer:
        for batch in ds.dataset(files, schema=LINK_SCHEMA).to_batches():
            writer.write_batch(batch)


@contextmanager
def _failures(tell: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """Tells steps on, and which of them failed. What Spark says of a failure may quote a person's
    values, so only the name of its error is told."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - needs the extra
    from pyspark.errors import PySparkException  # noqa: PLC0415

    steps = ["Baca berkas"]

    def told(words: str) -> None:
        steps.append(words)
        tell(words)

    try:
        yield told
    except (PySparkException, Py4JError) as error:
        name = error.getCondition() if isinstance(error, PySparkException) else None
        raise SparkError(
            f"Spark berhenti pada langkah: {steps[-1]} ({name or type(error).__name__})."
            " Periksa --memory, ruang disk folder hasil, dan mesin-mesin gugus; lalu ulangi."
        ) from None
