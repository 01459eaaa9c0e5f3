"""How large the blocks of a roll are: names and dates are not spread evenly."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.linkage.model import Block
from mutakhir.linkage.model_file import default_model
from mutakhir.linkage.prepare import prepare

#: What a block never goes by alone, since names and dates heap up.
ALONE = ("name_given", "birth_date")


def block_table(roll: Path) -> str:
    """A line a block: its largest, how many people are in blocks beyond the cap, and the pairs
    within the roll that its key alone would make and that the cap and the finer key leave."""
    model = default_model()
    with duckdb.connect() as con, pq.ParquetFile(roll) as file:
        batches = (prepare(pa.table(b), model) for b in file.iter_batches(100_000))
        con.register("people", pa.concat_tables(batches))
        lines = [
            "| block | largest | people beyond the cap | pairs by its key | pairs left |",
            "|---|---:|---:|---:|---:|",
        ]
        blocks = [_line(con, block) for block in model.blocks]
        return "\n".join([*lines, *blocks, "", *(_alone(con, key) for key in ALONE)])


def _line(con: duckdb.DuckDBPyConnection, block: Block) -> str:
    sizes = _sizes(block.keys, "true")
    largest, beyond, pairs, within = con.sql(
        f"select max(n), sum(n) filter (n > {block.cap}), sum(n * (n - 1) / 2),"
        f" coalesce(sum(n * (n - 1) / 2) filter (n <= {block.cap}), 0) from ({sizes})"
    ).fetchall()[0]
    by = ", ".join(block.keys)
    crowded = f"({by}) in (select ({by}) from ({sizes}) where n > {block.cap})"
    split = con.sql(
        f"select coalesce(sum(n * (n - 1) / 2), 0)"
        f" from ({_sizes((*block.keys, block.finer), crowded)}) where n <= {block.cap}"
    ).fetchall()[0][0]
    return (
        f"| {block.name} | {largest:,} | {beyond or 0:,} | {pairs:,.0f} | {within + split:,.0f} |"
    )


def _alone(con: duckdb.DuckDBPyConnection, key: str) -> str:
    largest, pairs = con.sql(
        f"select max(n), sum(n * (n - 1) / 2) from ({_sizes((key,), 'true')})"
    ).fetchall()[0]
    return f"`{key}` alone, which is no block: largest {largest:,}, {pairs:,.0f} pairs."


def _sizes(keys: tuple[str, ...], where: str) -> str:
    known = " and ".join(f"{key} is not null" for key in keys)
    by = ", ".join(keys)
    return f"select {by}, count(*) as n from people where {known} and {where} group by {by}"
