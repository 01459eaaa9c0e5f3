"""How those whom tier 1 has settled are still met, in SQL (model.Exact.reach)."""

# ruff: noqa: S608 - statements are made of column names and numbers of the model, no values
from mutakhir.linkage.blocks_sql import Runner
from mutakhir.linkage.model import Model, Written


def reached_pairs(runner: Runner, model: Model, number: int) -> list[str]:
    """Open and settled ones that are written alike: records still open with people of whom their
    source has another record, by each of Exact.reach; and people still open with records that have
    another person (a roll that has somebody twice), by the NIK alone."""
    if model.exact is None:
        return []
    columns = ", ".join({w.column: None for reach in model.exact.reach for w in reach})
    runner.table(
        "records_left_over",
        f"SELECT n, source, {columns} FROM right_raw SEMI JOIN open_right USING (n)",
    )
    key = model.field[model.exact.key].columns[0]
    runner.table(
        "people_left_over", f"SELECT n, source, {key} FROM left_raw SEMI JOIN open_left USING (n)"
    )
    cap = model.blocks[0].cap
    queries = []
    for place, written in enumerate(model.exact.reach):
        _met(runner, f"met_{place}", ("left_raw", "l", "records_left_over"), written, cap)
        queries.append(
            f"SELECT m.n AS l, m.other AS r, {number} AS rule, m.source FROM met_{place} m"
            " SEMI JOIN settled ON settled.l = m.n AND settled.source = m.source"
        )
    _met(runner, "met_records", ("right_raw", "r", "people_left_over"), (Written(key),), cap)
    queries.append(f"SELECT other AS l, n AS r, {number} AS rule, source FROM met_records")
    return queries


def _met(
    runner: Runner,
    name: str,
    sides: tuple[str, str, str],
    columns: tuple[Written, ...],
    cap: int,
) -> None:
    """Settled rows ``n`` of one side with the rows left over on the ``other`` that are written like
    them, and the source of the record; of at most ``cap`` settled ones a writing."""
    keys = ", ".join(f"{column.sql} AS k{n}" for n, column in enumerate(columns))
    by = ", ".join(f"k{n}" for n in range(len(columns)))
    raw, side, others = sides
    runner.table("others", f"SELECT n AS other, source, {keys} FROM {others}")
    runner.table(
        "met",
        f"SELECT w.* FROM (SELECT n, source, {keys} FROM {raw}) w SEMI JOIN others USING ({by})"
        f" SEMI JOIN settled ON settled.{side} = w.n",
    )
    common = f"(SELECT {by} FROM met GROUP BY {by} HAVING count(*) > {cap})"
    source = "others.source" if side == "l" else "met.source"
    runner.table(
        name,
        f"SELECT met.n, others.other, {source} FROM (SELECT met.* FROM met ANTI JOIN {common}"
        f" USING ({by})) met JOIN others USING ({by})",
    )
