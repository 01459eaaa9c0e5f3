"""Written texts → normal forms: row by row, so that any engine may do it in any pieces."""

import pyarrow as pa

from mutakhir.linkage.kinds import column
from mutakhir.linkage.model import Model, prepared_columns


def prepared_schema(model: Model) -> pa.Schema:
    """The columns that ``prepare`` makes."""
    return pa.schema(prepared_columns(model).items())


def prepare(table: pa.Table | pa.RecordBatch, model: Model) -> pa.Table:
    """The normal forms of ``table`` (the model's columns, text), a row for each row. Optional
    columns may be absent.

    Nothing but the row itself bears on its normal forms: no counts, no codes of a run.
    """
    absent = set(model.optional) - set(table.schema.names)
    made: dict[str, pa.Array] = {}
    for field in model.fields:
        written = [
            pa.nulls(table.num_rows, pa.string()) if name in absent else table[name]
            for name in field.columns
        ]
        for part, values in field.kind.prepare(written, field.options).items():
            made[column(field.name, part)] = values
    return pa.table(made, prepared_schema(model))
