"""Linkage on DuckDB: joins, comparing and scoring as SQL. Twin of ``plain.py``."""

# ruff: noqa: S608 - statements are made of column names and numbers of the model, no values
import duckdb
import pyarrow as pa

from mutakhir.linkage import compare_sql as sql
from mutakhir.linkage.finish import SCORED_SCHEMA, finish_duplicates, finish_links
from mutakhir.linkage.model import FIELDS, Block, Model
from mutakhir.linkage.prepare import Prepared, prepare


def link(con: duckdb.DuckDBPyConnection, left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
    """Links between people (``left``: dpid + PERSON_FIELDS) and records (RECORD_SCHEMA).

    Returns LINK_SCHEMA sorted by left_id, right_id.
    """
    prepared = prepare(left, right, model)
    _load(con, prepared)
    _find_pairs(con, model.blocks[:1], 0, right="r", within=False)
    _compare_pairs(con)
    con.execute(
        "INSERT INTO exact SELECT l, r, source FROM compared"
        f" JOIN (SELECT n, source FROM r) ON n = r WHERE {sql.exact()}"
    )
    con.execute("CREATE TABLE residue AS SELECT * FROM r WHERE n NOT IN (SELECT r FROM exact)")
    _find_pairs(con, model.blocks[1:], 1, right="residue", within=False)
    _compare_pairs(con)
    return finish_links(_scored(con, prepared.prior, model, within=False), prepared, model)


def duplicates(con: duckdb.DuckDBPyConnection, people: pa.Table, model: Model) -> pa.Table:
    """Links within ``people`` (dpid + PERSON_FIELDS), left_id < right_id.

    Returns LINK_SCHEMA sorted by left_id, right_id.
    """
    prepared = prepare(people, None, model)
    _load(con, prepared)
    _find_pairs(con, model.blocks, 0, right="r", within=True)
    _compare_pairs(con)
    return finish_duplicates(_scored(con, prepared.prior, model, within=True), prepared, model)


def _load(con: duckdb.DuckDBPyConnection, prepared: Prepared) -> None:
    """Tables l, r and names in the database, so that its planner knows their sizes."""
    con.execute("SET preserve_insertion_order = false")
    _copy(con, "l", prepared.left)
    _copy(con, "names", prepared.names)
    if prepared.right is prepared.left:
        con.execute("CREATE VIEW r AS SELECT * FROM l")
    else:
        _copy(con, "r", prepared.right)
    con.execute("CREATE TABLE pairs (l INTEGER, r INTEGER, rule INTEGER)")
    con.execute("CREATE TABLE exact (l INTEGER, r INTEGER, source INTEGER)")
    con.execute(
        f"CREATE TABLE compared AS SELECT * FROM ({_compared()}) LIMIT 0"  # names and types
    )


def _copy(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("given_table", table)
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM given_table")
    con.unregister("given_table")


def _find_pairs(
    con: duckdb.DuckDBPyConnection,
    blocks: tuple[Block, ...],
    first: int,
    *,
    right: str,
    within: bool,
) -> None:
    """Every pair that a block brings together and that is not compared yet, under the first
    rule that does."""
    con.execute("CREATE OR REPLACE TEMP TABLE found (l INTEGER, r INTEGER, rule INTEGER)")
    for number, block in enumerate(blocks, first):
        for select in _block_pairs(block, number, right, within=within):
            con.execute(f"INSERT INTO found {select}")
    con.execute(
        "CREATE OR REPLACE TABLE pairs AS SELECT l, r, min(rule) AS rule FROM found"
        " ANTI JOIN compared USING (l, r) GROUP BY l, r"
    )
    con.execute("DROP TABLE found")


def _block_pairs(block: Block, number: int, right: str, *, within: bool) -> tuple[str, str]:
    """Pairs of blocks within the cap, and pairs of larger ones under the finer key too."""
    keys, finer = ", ".join(block.keys), ", ".join((*block.keys, block.finer))
    known = " AND ".join(f"{key} IS NOT NULL" for key in block.keys)

    def large(by: str) -> str:
        return f"(SELECT {by} FROM l WHERE {known} GROUP BY {by} HAVING count(*) > {block.cap})"

    also = " AND l.n < r.n" if within else ""
    also += " AND (l.bare OR r.bare)" if block.bare else ""

    def pairs(people: str, by: tuple[str, ...]) -> str:
        on = " AND ".join(f"l.{key} = r.{key}" for key in by)
        return f"SELECT l.n, r.n, {number} FROM ({people}) l JOIN {right} r ON {on}{also}"

    small = f"SELECT * FROM l ANTI JOIN {large(keys)} USING ({keys})"
    split = (
        f"SELECT * FROM l SEMI JOIN {large(keys)} USING ({keys})"
        f" ANTI JOIN {large(finer)} USING ({finer})"
    )
    return pairs(small, block.keys), pairs(split, (*block.keys, block.finer))


def _compared() -> str:
    """The levels of all pairs and what their names are worth."""
    return (
        "SELECT pairs.l AS l, pairs.r AS r, rule,"
        " least(a.worth, b.worth) AS worth, least(a.part_worth, b.part_worth) AS part_worth,"
        f" {sql.level_columns()}"
        " FROM pairs JOIN l ON l.n = pairs.l JOIN r ON r.n = pairs.r"
        " LEFT JOIN names a ON a.name = l.name LEFT JOIN names b ON b.name = r.name"
    )


def _compare_pairs(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"INSERT INTO compared {_compared()}")


def _scored(con: duckdb.DuckDBPyConnection, prior: int, model: Model, *, within: bool) -> pa.Table:
    """Pairs with levels, weights and band (SCORED_SCHEMA), in no order."""
    claimed = (
        "SELECT c.*, CAST(c.r NOT IN (SELECT r FROM exact) AND (c.l, r.source) IN"
        " (SELECT (l, source) FROM exact) AS INTEGER) AS claimed"
        " FROM compared c JOIN r ON r.n = c.r"
    )
    named = f"SELECT *, {sql.name_worth(model)} AS name_worth FROM ({claimed})"
    weighed = f"SELECT *, {prior} + {sql.weight(model)} AS weight FROM ({named})"
    banded = f"SELECT *, {sql.band(model, within=within)} AS band FROM ({weighed})"
    columns = ", ".join(("l", "r", "rule", "name_worth", "weight", "band", *FIELDS))
    kept = "" if model.keep_no else " WHERE band <> 'no'"
    table = con.sql(f"SELECT {columns} FROM ({banded}){kept}").to_arrow_table()
    return table.cast(SCORED_SCHEMA)
