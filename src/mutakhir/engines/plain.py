"""The plain engine: Python, one row at a time. Slow, and the judge of the others."""

import pyarrow as pa

from mutakhir.linkage import plain as linkage
from mutakhir.linkage.model import Model
from mutakhir.roll import plain
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.root import RollRoot


class PlainEngine:
    """Implements Engine."""

    def link(self, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
        """See Engine.link."""
        return linkage.link(left, right, model)

    def duplicates(self, people: pa.Table, model: Model) -> pa.Table:
        """See Engine.duplicates."""
        return linkage.duplicates(people, model)

    def build(self, inputs: BuildInputs) -> Roll:
        """See Engine.build."""
        return plain.build(inputs)

    def root(self, roll: Roll, previous: str) -> RollRoot:
        """See Engine.root."""
        return plain.root(roll, previous)
