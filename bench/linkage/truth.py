"""Who is who: the truth of a pair of registers as DuckDB tables."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

FILES = ("roll", "register", "roll_truth", "register_truth", "people")


@dataclass(frozen=True)
class Truth:
    """Registers with truth in one folder; ``within`` asks for the roll's duplicates instead."""

    folder: Path
    within: bool = False

    def load(self, con: duckdb.DuckDBPyConnection) -> None:
        """Views of the files; of both sides the lines, and who each is; the true pairs."""
        for name in FILES:
            path = self.folder / f"{name}.parquet"
            con.execute(f"create or replace view {name} as from read_parquet('{path}')")
        right = ("roll", "dpid") if self.within else ("register", "record_id")
        for side, (table, key) in {"left": ("roll", "dpid"), "right": right}.items():
            columns = f"{key} as id"
            con.execute(
                f"create or replace view {side}_side as select {columns}, person from {table}_truth"
            )
            con.execute(
                f"create or replace view {side}_lines as select {key} as id, * from {table}"
            )
        once = "and l.id < r.id" if self.within else ""
        con.execute(
            f"""
            create or replace view true_pairs as
            select l.id as left_id, r.id as right_id, l.person
            from left_side l join right_side r on l.person = r.person {once}
            """
        )

    def rows(self, con: duckdb.DuckDBPyConnection) -> int:
        """Lines of the roll: what shares of the queue are told of."""
        return con.execute("select count(*) from roll_truth").fetchall()[0][0]


def connection(memory: str, spill: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB that spills rather than grows: 9 million pairs are judged in a few GB."""
    spill.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(config={"memory_limit": memory, "temp_directory": str(spill)})


def judge(con: duckdb.DuckDBPyConnection, links: Path) -> None:
    """Table ``judged``: the links with ``same``: one person or not, and the persons of both sides.

    ``foremost``: the best link of its record: sure before review, then by weight, then by id.

    Links: left_id, right_id, weight, and, where the tool gives them, band (else all are sure)
    and probability (else 1).
    """
    columns = [row[0] for row in con.execute(f"describe from read_parquet('{links}')").fetchall()]
    band = "band" if "band" in columns else "'sure'"
    probability = "probability" if "probability" in columns else "1.0"
    con.execute(
        f"""
        create or replace table judged as
        select k.left_id, k.right_id, k.weight::double as weight,
            {band} as band, {probability} as probability,
            l.person as left_person, r.person as right_person, l.person = r.person as same,
            row_number() over (
                partition by k.right_id order by {band} <> 'sure', k.weight desc, k.left_id
            ) = 1 as foremost
        from read_parquet('{links}') k
        join left_side l on l.id = k.left_id
        join right_side r on r.id = k.right_id
        where {band} <> 'no'
        """
    )
