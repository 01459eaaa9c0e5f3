"""Linkage as one program of SQL steps, for any engine that runs them. Judge: ``plain.py``.

The tables of a run: ``left_raw`` and ``right_raw`` (n, id, source on the right, and the model's
columns as written; given by the engine); ``written``, the records that tier 1 settles as written;
``people`` and ``records``, normal forms of what is left; ``compared``, pairs with their levels.
"""

# ruff: noqa: S608 - statements are made of column names and numbers of the model, no values
from dataclasses import dataclass

from mutakhir.linkage import score, score_sql
from mutakhir.linkage.blocks_sql import Runner, block_pairs
from mutakhir.linkage.choose_sql import chosen, links_of_duplicates
from mutakhir.linkage.evidence import terms_of, write_terms
from mutakhir.linkage.kinds.written import same_branches, settles_sql, written_branches
from mutakhir.linkage.model import Exact, Model
from mutakhir.linkage.score import probability, written_weights


@dataclass(frozen=True)
class Sizes:
    """Rows of the two sides; ``right`` is 0 when one list is searched for duplicates."""

    left: int
    right: int = 0


def link(runner: Runner, model: Model, sizes: Sizes) -> str:
    """Runs the steps; returns the query of the links (LINK_SCHEMA), in no order."""
    prior = score.prior(sizes.left, model)
    runner.step("Tingkat 1: NIK dan isian yang tertulis sama")
    _settle_as_written(runner, model)
    sources = runner.rows("SELECT count(DISTINCT source) FROM right_raw")[0][0]
    runner.step("Bakukan sisanya")
    _prepare_residue(runner, sources)
    people = _count_bearers(runner, model, sizes.left + sizes.right, ("people", "records"))
    runner.step("Tingkat 2: NIK sama, tulisan lain")
    _settle_by_comparing(runner, model, sources)
    runner.step("Tingkat 2: cari pasangan")
    _find_pairs(runner, model, several=sources > 1)
    runner.step("Tingkat 2: bandingkan")
    runner.table("compared", _compared(runner, model, "all_people", "records", "pairs"))
    runner.step("Timbang dan pilih")
    _claims(runner)
    both = "(SELECT * FROM compared_nik UNION ALL SELECT * FROM compared)"
    scored = _scored(model, f"({_claimed(both)})", prior, people, within=False)
    runner.table("scored", scored)
    return " UNION ALL ".join([*_written_links(runner, model, prior), chosen(runner, model)])


def duplicates(runner: Runner, model: Model, sizes: Sizes) -> str:
    """The same within ``left_raw``: query of the links, left_id < right_id, in no order."""
    runner.step("Bakukan daftar")
    runner.prepared("people", "SELECT * FROM left_raw")
    people = _count_bearers(runner, model, sizes.left, ("people",))
    runner.step("Cari pasangan")
    queries = [
        query
        for number, block in enumerate(model.blocks)
        for query in block_pairs(runner, block, number, "people", "people", within=True)
    ]
    runner.table("pairs", _first_rule(queries))
    runner.step("Bandingkan")
    runner.table("compared", _compared(runner, model, "people", "people", "pairs"))
    runner.step("Timbang")
    compared = "(SELECT *, 0 AS level_claimed FROM compared)"
    prior = score.prior(sizes.left, model)
    runner.table("scored", _scored(model, compared, prior, people, within=True))
    return links_of_duplicates(runner, model)


def _settle_as_written(runner: Runner, model: Model) -> None:
    if model.exact is None:
        empty = "SELECT l.n AS l, r.n AS r, r.source, l.id AS left_id, r.id AS right_id"
        runner.table("written", f"{empty}, 0 AS pattern FROM left_raw l JOIN right_raw r ON false")
        return
    exact, d = model.exact, runner.dialect
    fields = [model.field[name] for name in (exact.key, *exact.same)]
    same = [(field.kind.name, field.columns[0]) for field in fields]
    on = " AND ".join(f"l.{name} = r.{name}" for _, name in same)
    form = " AND ".join(settles_sql(kind, f"l.{name}", d) for kind, name in same)
    levels = ", ".join(
        f"{sql} AS level_{name}" for name, sql in _written_levels(model, exact).items()
    )
    runner.table(
        "written",
        "SELECT l.n AS l, r.n AS r, r.source, l.id AS left_id, r.id AS right_id,"
        f" {levels} FROM left_raw l JOIN right_raw r ON {on} WHERE {form}",
    )


def _written_levels(model: Model, exact: Exact) -> dict[str, str]:
    """Field → SQL of its level in tier 1."""
    levels = {}
    for name in (exact.key, *exact.same):
        field = model.field[name]
        branches = same_branches(field.kind.name, f"l.{field.columns[0]}")
        levels[name] = score_sql.level_case(field, branches)
    for name in exact.also:
        field = model.field[name]
        left, right = ([f"{side}.{column}" for column in field.columns] for side in "lr")
        levels[name] = score_sql.level_case(field, written_branches(field.kind.name, left, right))
    return levels


def _prepare_residue(runner: Runner, sources: int) -> None:
    """Records not settled, and people whom not every source has settled."""
    runner.prepared(
        "records",
        "SELECT right_raw.* FROM right_raw ANTI JOIN (SELECT r AS n FROM written) USING (n)",
    )
    every = f" GROUP BY l HAVING count(DISTINCT source) >= {sources}" if sources > 1 else ""
    runner.prepared(
        "people",
        f"SELECT left_raw.* FROM left_raw ANTI JOIN (SELECT l AS n FROM written{every}) USING (n)",
    )


def _count_bearers(runner: Runner, model: Model, everyone: int, tables: tuple[str, ...]) -> int:
    """Tables bearers_<column> of how many bear a name; returns how many people were counted."""
    for name in model.counted:
        rows = " UNION ALL ".join(f"SELECT {name} FROM {table}" for table in tables)
        runner.table(
            f"bearers_{name}",
            f"SELECT {name}, count(*) AS bearers FROM ({rows}) GROUP BY {name}",
        )
    rows = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    return score.counted_people(everyone, runner.rows(f"SELECT {rows}")[0][0], model)


def _settle_by_comparing(runner: Runner, model: Model, sources: int) -> None:
    """Pairs with one NIK but not one writing: compared first, and settled where they agree."""
    queries = (
        block_pairs(runner, model.blocks[0], 0, "people", "records", within=False)
        if model.exact
        else ["SELECT l.n AS l, r.n AS r, 0 AS rule FROM people l JOIN records r ON false"]
    )
    runner.table("pairs", _first_rule(queries))
    runner.table("compared_nik", _compared(runner, model, "people", "records", "pairs"))
    exact = score_sql.exact(model) if model.exact else "false"
    runner.table(
        "settled",
        "SELECT l, r, source FROM written UNION ALL"
        " SELECT c.l, c.r, records.source FROM compared_nik c"
        f" JOIN records ON records.n = c.r WHERE {exact}",
    )
    runner.table("settled_people", _settled_people(sources))


def _settled_people(sources: int) -> str:
    every = f" GROUP BY l HAVING count(DISTINCT source) >= {sources}" if sources > 1 else ""
    return f"SELECT DISTINCT l AS n FROM (SELECT l FROM settled{every}) SEMI JOIN people ON people.n = l"


def _find_pairs(runner: Runner, model: Model, *, several: bool) -> None:
    """Pairs of the blocks between people and records still open, and those by which a settled
    person is met (Exact.reach). ``several``: sources, each of which settles for itself alone."""
    people = "(SELECT people.* FROM people ANTI JOIN settled_people USING (n))"
    runner.table("open_n", "SELECT n FROM records ANTI JOIN (SELECT r AS n FROM settled) USING (n)")
    records = "(SELECT records.* FROM records SEMI JOIN open_n USING (n))"
    first = 1 if model.exact else 0
    queries = [
        _unclaimed(query) if several else query
        for number, block in enumerate(model.blocks[first:], first)
        for query in block_pairs(runner, block, number, people, records, within=False)
    ]
    reach = len(model.blocks)
    reached = _reached(runner, model, reach) if model.exact else []
    runner.table(
        "pairs",
        f"SELECT f.* FROM ({_first_rule([*queries, *reached])}) f"
        " ANTI JOIN compared_nik USING (l, r)",
    )
    runner.prepared(
        "reached_people",
        "SELECT left_raw.* FROM left_raw"
        f" SEMI JOIN (SELECT l AS n FROM pairs WHERE rule = {reach}) USING (n)"
        " ANTI JOIN people USING (n)",
    )
    runner.table("all_people", "SELECT * FROM people UNION ALL SELECT * FROM reached_people")


def _unclaimed(query: str) -> str:
    return f"SELECT q.* FROM ({query}) q ANTI JOIN settled USING (l, source)"


def _reached(runner: Runner, model: Model, number: int) -> list[str]:
    """Settled people and open records that are written alike in one of Exact.reach."""
    assert model.exact is not None
    cap = model.blocks[0].cap
    runner.table("open_raw", "SELECT right_raw.* FROM right_raw SEMI JOIN open_n USING (n)")
    queries = []
    for place, columns in enumerate(model.exact.reach):
        by = ", ".join(columns)
        runner.table(
            f"met_{place}",
            f"SELECT l.n, {by} FROM left_raw l SEMI JOIN open_raw USING ({by})"
            " SEMI JOIN settled ON settled.l = l.n",
        )
        common = f"(SELECT {by} FROM met_{place} GROUP BY {by} HAVING count(*) > {cap})"
        queries.append(
            f"SELECT m.n AS l, r.n AS r, {number} AS rule, r.source"
            f" FROM (SELECT met_{place}.* FROM met_{place} ANTI JOIN {common} USING ({by})) m"
            f" JOIN open_raw r USING ({by})"
            " SEMI JOIN settled ON settled.l = m.n AND settled.source = r.source"
        )
    return queries


def _first_rule(queries: list[str]) -> str:
    """Each pair once, under the first rule that found it."""
    found = " UNION ALL ".join(f"SELECT l, r, rule FROM ({query})" for query in queries)
    return f"SELECT l, r, min(rule) AS rule FROM ({found}) GROUP BY l, r"


def _compared(runner: Runner, model: Model, people: str, records: str, pairs: str) -> str:
    """Pairs with the level of each field, and the more common of their names' bearers."""
    bearers = "".join(
        f", greatest(coalesce(l_{name}.bearers, 1), coalesce(r_{name}.bearers, 1))"
        f" AS bearers_{name}"
        for name in model.counted
    )
    joins = "".join(
        f" LEFT JOIN bearers_{name} {side}_{name} ON {side}_{name}.{name} = {side}.{name}"
        for name in model.counted
        for side in "lr"
    )
    return (
        f"SELECT pairs.l, pairs.r, pairs.rule{bearers}, {score_sql.levels(model, runner.dialect)}"
        f" FROM {pairs} pairs JOIN {people} l ON l.n = pairs.l JOIN {records} r ON r.n = pairs.r"
        f"{joins}"
    )


def _claims(runner: Runner) -> None:
    """The people and sources that a settled record stands for."""
    runner.table("claims", "SELECT DISTINCT l, source FROM settled")


def _claimed(compared: str) -> str:
    """Pairs with source and whether another record of it claims the person."""
    return (
        "SELECT c.*, records.source, CASE WHEN claims.l IS NOT NULL AND open_n.n IS NOT NULL"
        f" THEN 1 ELSE 0 END AS level_claimed FROM {compared} c JOIN records ON records.n = c.r"
        " LEFT JOIN claims ON claims.l = c.l AND claims.source = records.source"
        " LEFT JOIN open_n ON open_n.n = c.r"
    )


def _scored(model: Model, compared: str, prior: int, people: int, *, within: bool) -> str:
    """Pairs with the weight of each field, the weight and the band."""
    weights = {f.name: score_sql.field_weight(f, model, people) for f in model.fields}
    columns = ", ".join(f"{sql} AS weight_{name}" for name, sql in weights.items())
    total = " + ".join(f"weight_{name}" for name in weights)
    return (
        f"SELECT *, {score_sql.band(model, within=within)} AS band FROM"
        f" (SELECT *, {prior} + {total} AS weight FROM (SELECT *, {columns} FROM {compared}))"
    )


def _written_links(runner: Runner, model: Model, prior: int) -> list[str]:
    """The links of tier 1. Few combinations of levels occur: each gets its evidence once."""
    if model.exact is None:
        return []
    names = (model.exact.key, *model.exact.same, *model.exact.also)
    columns = ", ".join(f"level_{name}" for name in names)
    patterns = runner.rows(f"SELECT {columns} FROM written GROUP BY {columns}")
    if not patterns:
        return []
    told = " UNION ALL ".join(_pattern(names, levels, model, prior) for levels in sorted(patterns))
    return [
        "SELECT left_id, right_id, weight, probability, 'sure' AS band,"
        f" '{model.blocks[0].name}' AS rule, evidence FROM written JOIN ({told}) USING ({columns})"
    ]


def _pattern(names: tuple[str, ...], numbers: tuple[int, ...], model: Model, prior: int) -> str:
    levels = dict(zip(names, numbers, strict=True))
    weight = prior + sum(written_weights(levels, model).values())
    evidence = write_terms(terms_of(levels, written_weights(levels, model), model))
    columns = ", ".join(f"{number} AS level_{name}" for name, number in levels.items())
    return (
        f"SELECT {columns}, CAST({weight / 1000!r} AS DOUBLE) AS weight,"
        f" CAST({probability(weight)!r} AS DOUBLE) AS probability, '{evidence}' AS evidence"
    )
