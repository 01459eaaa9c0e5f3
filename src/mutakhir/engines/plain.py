"""The plain engine: Python, one row at a time. Slow, and the judge of the others."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.linkage import plain as linkage
from mutakhir.linkage.clusters import Clusters
from mutakhir.linkage.model import Model
from mutakhir.roll import plain
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.root import RollRoot


class PlainEngine:
    """Implements Engine."""

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """See Engine.link."""
        return linkage.linked(left, right, model).links

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """See Engine.duplicates."""
        return linkage.linked_within(people, model).links

    def write_links(self, left: Path, right: Path | None, model: Model, out: Path) -> Clusters:
        """See Linker.write_links."""
        people = pq.read_table(left)
        found = (
            linkage.linked_within(people, model)
            if right is None
            else linkage.linked(people, pq.read_table(right), model)
        )
        pq.write_table(found.links, out, compression="zstd")
        return found.clusters

    def build(self, inputs: BuildInputs) -> Roll:
        """See Engine.build."""
        return plain.build(inputs)

    def root(self, roll: Roll, previous: str) -> RollRoot:
        """See Engine.root."""
        return plain.root(roll, previous)
