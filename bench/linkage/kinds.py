"""What kinds of people wrong links join, and the worst kind: twins with valid different NIKs."""

from collections import Counter
from collections.abc import Iterator

import duckdb
import pyarrow as pa

from mutakhir.synthetic.registers import wrong_kind

_AT_ONCE = 100_000


def wrong_kinds(con: duckdb.DuckDBPyConnection, condition: str) -> dict[str, int]:
    """Counts of the wrong judged links that meet ``condition``, by kind."""
    kinds: Counter[str] = Counter()
    for left, right, _ in _wrong(con, condition):
        kinds.update(wrong_kind(left, right).to_pylist())
    return dict(sorted(kinds.items()))


def twins_with_two_niks(con: duckdb.DuckDBPyConnection, condition: str) -> int:
    """Wrong links between twins whose two lines show valid NIKs that differ."""
    found = 0
    for left, right, two_niks in _wrong(con, condition):
        kinds = wrong_kind(left, right).to_pylist()
        found += sum(k == "twin" and two for k, two in zip(kinds, two_niks, strict=True))
    return found


def _wrong(
    con: duckdb.DuckDBPyConnection, condition: str
) -> Iterator[tuple[pa.Table, pa.Table, list[bool]]]:
    """The people on both sides of the wrong links, row by row alike, some at a time."""
    con.execute(
        f"""
        create or replace temp table wrong as
        select row_number() over () as n, * from judged where not same and ({condition})
        """
    )
    rows = con.execute("select count(*) from wrong").fetchall()[0][0]
    for first in range(0, rows, _AT_ONCE):
        part = f"from wrong w where n > {first} and n <= {first + _AT_ONCE}"
        left, right = (_people(con, part, side) for side in ("left", "right"))
        yield left, right, _two_niks(con, part)


def _people(con: duckdb.DuckDBPyConnection, part: str, side: str) -> pa.Table:
    sql = (
        f"select p.* {part.replace(' where', f' join people p on p.person = {side}_person where')}"
    )
    return con.sql(f"{sql} order by n").to_arrow_table()


def _two_niks(con: duckdb.DuckDBPyConnection, part: str) -> list[bool]:
    valid = "regexp_full_match({0}.nik, '[0-9]{{16}}') and {0}.nik[13:16] <> '0000'"
    joins = "join left_lines a on a.id = left_id join right_lines b on b.id = right_id where"
    sql = f"""
        select coalesce({valid.format("a")} and {valid.format("b")} and a.nik <> b.nik, false)
        {part.replace("where", joins)} order by n
    """
    return [row[0] for row in con.execute(sql).fetchall()]
