"""Run Splink on the files of a folder and write its scored pairs."""

import logging
import time
from pathlib import Path

import duckdb
from bench.linkage.peers.cleaned import clean_people
from bench.linkage.peers.splink_model import Model, stock, train, tuned
from splink import DuckDBAPI, Linker

#: Pairs below this weight are not written: far below any threshold that could be best.
LEAST_WEIGHT = -7.0

_BEST = "qualify row_number() over (partition by left_id order by weight desc, right_id) = 1"


def link(folder: Path, out: Path, tool: str) -> dict[str, float]:
    """Roll and register: left_id, right_id, weight, probability. Returns seconds by stage.

    The tuned model keeps the best record of each voter; the stock one keeps every pair.
    """
    con = connect(out)
    prepared = prepare(con, folder, ("roll", "register"))
    if tool == "splink_stock":
        return prepared | scored(con, ("roll", "register"), stock(), out)
    return prepared | scored(con, ("roll", "register"), tuned(), out, _BEST)


def dedupe(folder: Path, out: Path, tool: str) -> dict[str, float]:
    """The roll against itself with the tuned model; left_id < right_id."""
    con = connect(out)
    return prepare(con, folder, ("roll",)) | scored(con, ("roll",), tuned(), out)


def derived(folder: Path, out: Path) -> dict[str, float]:
    """Two voters of one record are one person, as sure as the weaker of the two links.

    Where a voter has no record to tell by, what the roll alone says stands.
    """
    con = connect(out)
    stages = prepare(con, folder, ("roll", "register"))
    linked = scored(con, ("roll", "register"), tuned(), out, _BEST)
    best = (out / "links.parquet").rename(out / "best.parquet")
    alone = scored(con, ("roll",), tuned(), out)
    pairs = (out / "links.parquet").rename(out / "alone.parquet")
    write(con, _derived_sql(best, pairs), out)
    return stages | {stage: linked[stage] + alone[stage] for stage in linked}


def _derived_sql(best: Path, alone: Path) -> str:
    return f"""
        with best as (from read_parquet('{best}') where probability >= 0.5)
        select l.left_id, r.left_id as right_id, least(l.weight, r.weight) as weight,
            least(l.probability, r.probability) as probability
        from best l join best r on l.right_id = r.right_id and l.left_id < r.left_id
        union all by name
        select a.* from read_parquet('{alone}') a
        left join best l on l.left_id = a.left_id
        left join best r on r.left_id = a.right_id
        where l.left_id is null or r.left_id is null
    """


def connect(out: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB's own defaults, and room to spill beside the result."""
    return duckdb.connect(config={"temp_directory": str(out / "spill")})


def prepare(
    con: duckdb.DuckDBPyConnection, folder: Path, tables: tuple[str, ...]
) -> dict[str, float]:
    started = time.perf_counter()
    for table in tables:
        id_column = "dpid" if table == "roll" else "record_id"
        clean_people(con, table, folder / f"{table}.parquet", id_column)
    return {"prepare": time.perf_counter() - started}


def scored(
    con: duckdb.DuckDBPyConnection,
    tables: tuple[str, ...],
    model: Model,
    out: Path,
    keep: str = "",
) -> dict[str, float]:
    """Train, predict, and write the pairs that ``keep`` (a qualify clause) leaves."""
    started = time.perf_counter()
    api = DuckDBAPI(connection=con)
    frames = [api.register(table, dataset_display_name=table) for table in tables]
    kind = "link_only" if len(tables) == 2 else "dedupe_only"
    linker = Linker(frames, model.settings(kind), log_level=logging.ERROR)
    train(linker, model)
    trained = time.perf_counter()
    pairs = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
    sides = ("l", "r")
    if len(tables) == 2 and sorted(tables) != list(tables):
        sides = ("r", "l")  # Splink puts the table that is first by name on the left
    sql = f"""
        select unique_id_{sides[0]} as left_id, unique_id_{sides[1]} as right_id,
            match_weight as weight, match_probability as probability
        from {pairs.physical_name} {keep}
    """
    write(con, sql, out)
    predicted = time.perf_counter()
    linker.misc.save_model_to_json(str(out / "model.json"), overwrite=True)
    return {"train": trained - started, "predict": predicted - trained}


def write(con: duckdb.DuckDBPyConnection, sql: str, out: Path) -> None:
    con.execute(f"copy ({sql}) to '{out / 'links.parquet'}' (format parquet, compression zstd)")
