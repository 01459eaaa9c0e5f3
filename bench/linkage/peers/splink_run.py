"""Run Splink on two files, or on one, and write its scored pairs."""

import logging
import time
from pathlib import Path

import duckdb
from bench.linkage.peers.cleaned import clean_people
from bench.linkage.peers.splink_model import Model, stock, train, tuned
from splink import DuckDBAPI, Linker

#: Pairs below this weight are not written: far below any threshold that could be best.
LEAST_WEIGHT = -7.0

MODELS = {"splink_stock": stock, "splink": tuned}


def link(roll: Path, register: Path, out: Path, tool: str) -> dict[str, float]:
    """Write ``out``/links.parquet: left_id, right_id, weight, probability. Returns seconds."""
    con = connect(out)
    started = time.perf_counter()
    clean_people(con, "roll", roll, "dpid")
    clean_people(con, "register", register, "record_id")
    linker = make_linker(con, ["roll", "register"], MODELS[tool](), "link_only")
    return {"prepare": time.perf_counter() - started, **scored(con, linker, MODELS[tool](), out)}


def dedupe(roll: Path, out: Path, tool: str) -> dict[str, float]:
    """The same within one file; left_id < right_id."""
    con = connect(out)
    started = time.perf_counter()
    clean_people(con, "roll", roll, "dpid")
    linker = make_linker(con, ["roll"], MODELS[tool](), "dedupe_only")
    return {"prepare": time.perf_counter() - started, **scored(con, linker, MODELS[tool](), out)}


def connect(out: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB's own defaults, and room to spill beside the result."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    return duckdb.connect(config={"temp_directory": str(out / "spill")})


def make_linker(
    con: duckdb.DuckDBPyConnection, tables: list[str], model: Model, link_type: str
) -> Linker:
    api = DuckDBAPI(connection=con)
    frames = [api.register(table, dataset_display_name=table) for table in tables]
    return Linker(frames, model.settings(link_type), log_level=logging.ERROR)


def scored(
    con: duckdb.DuckDBPyConnection, linker: Linker, model: Model, out: Path
) -> dict[str, float]:
    started = time.perf_counter()
    train(linker, model)
    trained = time.perf_counter()
    linker.misc.save_model_to_json(str(out / "model.json"), overwrite=True)
    pairs = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
    con.execute(
        f"""
        copy (
            select unique_id_l as left_id, unique_id_r as right_id,
                match_weight as weight, match_probability as probability
            from {pairs.physical_name}
        ) to '{out / "links.parquet"}' (format parquet, compression zstd)
        """
    )
    return {"train": trained - started, "predict": time.perf_counter() - trained}
