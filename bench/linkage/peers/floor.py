"""What no linkage can go below: both files read, one hash join on NIK, agreement, written."""

from pathlib import Path

import duckdb

_AGREEMENT = " + ".join(
    f"(l.{field} is not distinct from r.{field})::int" for field in ("name", "birth_date", "sex")
)


def floor(folder: Path, out: Path) -> dict[str, float]:
    """Pairs of equal NIK with how many of name, birth date and sex agree."""
    _join(folder, out, _register(folder), f"{_AGREEMENT} as weight")
    return {}


def nik(folder: Path, out: Path) -> dict[str, float]:
    """Pairs of equal NIK, nothing else asked."""
    _join(folder, out, _register(folder), "1.0 as weight")
    return {}


def twice(folder: Path, out: Path) -> dict[str, float]:
    """Pairs of lines of the roll with equal NIK."""
    roll = f"select *, dpid as right_id from read_parquet('{folder / 'roll.parquet'}')"
    _join(folder, out, roll, "1.0 as weight", "and l.dpid < right_id")
    return {}


def _register(folder: Path) -> str:
    return f"select *, record_id as right_id from read_parquet('{folder / 'register.parquet'}')"


def _join(folder: Path, out: Path, right: str, columns: str, once: str = "") -> None:
    con = duckdb.connect(config={"temp_directory": str(out / "spill")})
    con.execute(
        f"""
        copy (
            select l.dpid as left_id, right_id, {columns}
            from read_parquet('{folder / "roll.parquet"}') l join ({right}) r
                on l.nik = r.nik {once}
        ) to '{out / "links.parquet"}' (format parquet, compression zstd)
        """
    )
