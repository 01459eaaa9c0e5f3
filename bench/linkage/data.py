"""Make registers with truth in a folder, in a process of its own: ``data.py FOLDER OPTIONS``."""

import argparse
import shutil
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "src")]

import duckdb  # noqa: E402

from mutakhir.synthetic.registers import write_registers  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--dirt", type=float, required=True)
    parser.add_argument("--nik-damage", required=True)
    parser.add_argument("--increment-of", type=Path, help="draw the register from this folder's")
    options = parser.parse_args()
    beside = options.folder.with_name(options.folder.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    if options.increment_of:
        draw(options.increment_of, beside, options.size, options.seed)
    else:
        write_registers(
            beside,
            size=options.size,
            seed=options.seed,
            dirt=options.dirt,
            nik_damage=options.nik_damage,
        )
    beside.rename(options.folder)


def draw(whole: Path, folder: Path, rows: int, seed: int) -> None:
    """The whole roll, and ``rows`` lines of its register: what changed in a quarter."""
    folder.mkdir(parents=True)
    for name in ("roll", "roll_truth", "people"):
        (folder / f"{name}.parquet").symlink_to((whole / f"{name}.parquet").resolve())
    con = duckdb.connect()
    con.execute(
        f"""
        create table drawn as select record_id, person
        from read_parquet('{whole / "register_truth.parquet"}')
        order by hash(record_id || '{seed}'), record_id limit {rows}
        """
    )
    _write(con, "from drawn order by record_id", folder / "register_truth.parquet")
    register = whole / "register.parquet"
    sql = f"from read_parquet('{register}') semi join drawn using (record_id) order by record_id"
    _write(con, sql, folder / "register.parquet")


def _write(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    con.execute(f"copy ({sql}) to '{path}' (format parquet, compression zstd)")


if __name__ == "__main__":
    main()
