"""The linkage program's steps on Spark (linkage.blocks_sql.Runner)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from mutakhir.linkage.dialect import SPARK, Dialect
from mutakhir.linkage.model import Model
from mutakhir.linkage.prepare import prepare, prepared_schema
from mutakhir.linkage.program import Sizes

_HEAD: Final = {"n": pa.string(), "id": pa.string(), "source": pa.string()}


class SparkRunner:
    """Runs steps in ``session``; what they make stays in ``folder``, which all executors share.

    Rows are known by their id: ``n`` is the id, since numbering them would need one place that
    sees them all.
    """

    def __init__(
        self, session: SparkSession, folder: Path, model: Model, tell: Callable[[str], None]
    ) -> None:
        self._session, self._folder, self._model, self._tell = session, folder, model, tell
        self._made = 0

    @property
    def dialect(self) -> Dialect:
        """See Runner."""
        return SPARK

    def given(self, left: Path, right: Path | None) -> Sizes:
        """Makes ``left_raw`` and ``right_raw`` of Parquet files."""
        one = self._raw("left_raw", left)
        return Sizes(one, self._raw("right_raw", right) if right is not None else 0)

    def _raw(self, name: str, file: Path) -> int:
        people = self._session.read.parquet(_address(file))
        identity = self._model.id_of(people.columns)
        source = self._model.source
        said = f"CAST({source} AS STRING)" if source in people.columns else "''"
        texts = (f"CAST({c} AS STRING) AS {c}" for c in self._model.read_of(people.columns))
        people.selectExpr(
            f"CAST({identity} AS STRING) AS n",
            f"CAST({identity} AS STRING) AS id",
            f"{said} AS source",
            *texts,
        ).createOrReplaceTempView(name)
        return people.count()

    def table(self, name: str, sql: str) -> None:
        """See Runner."""
        self._keep(name, self._session.sql(sql))

    def view(self, name: str, sql: str) -> None:
        """See Runner."""
        self._session.sql(sql).createOrReplaceTempView(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """See Runner."""
        return [tuple(row) for row in self._session.sql(sql).collect()]

    def step(self, words: str) -> None:
        """See Runner."""
        self._tell(words)

    def prepared(self, name: str, sql: str) -> None:
        """See Runner. In the executors, batch by batch."""
        model = self._model
        schema = pa.unify_schemas([pa.schema(_HEAD.items()), prepared_schema(model)])

        def normalised(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                forms = prepare(batch, model)
                columns = [batch[head] for head in _HEAD]
                yield from pa.table([*columns, *forms.columns], schema).to_batches()

        written = self._session.sql(sql)
        self._keep(name, written.mapInArrow(normalised, from_arrow_schema(schema)))

    def _keep(self, name: str, result: DataFrame) -> None:
        """Writes a result and reads it from there, so that nothing is computed twice and a lost
        executor costs its own part alone."""
        self._made += 1
        file = _address(self._folder / f"{self._made}-{name}")
        result.write.parquet(file)
        self._session.read.schema(result.schema).parquet(file).createOrReplaceTempView(name)


def _address(path: Path) -> str:
    return path.absolute().as_uri()
