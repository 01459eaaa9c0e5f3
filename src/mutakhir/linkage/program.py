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
from mutakhir.linkage.clusters import Clusters
from mutakhir.linkage.clusters_sql import clusters_of_duplicates, clusters_of_links, with_cuts
from mutakhir.linkage.evidence import terms_of, write_terms
from mutakhir.linkage.kinds.claimed import KIND as CLAIMED
from mutakhir.linkage.kinds.written import same_branches, settles_sql, written_branches
from mutakhir.linkage.model import Exact, Model, blocks_for
from mutakhir.linkage.reach_sql import reached_pairs
from mutakhir.linkage.residue_sql import MET_FORMS, NAMED, OPEN_FORMS, take_people
from mutakhir.linkage.score import Census, free_worth, probability, written_weights


@dataclass(frozen=True)
class Linked:
    """What a run found: the query of its links (LINK_SCHEMA and the places ``l`` and ``r`` of both
    rows, in no order), and the clusters, whose cuts the links show."""

    links: str
    clusters: Clusters


@dataclass(frozen=True)
class Sizes:
    """Rows of the two sides; ``right`` is 0 when one list is searched for duplicates."""

    left: int
    right: int = 0


def link(runner: Runner, model: Model, sizes: Sizes, *, indexed: bool = False) -> Linked:
    """Links between people and records. ``indexed``: the normal forms of all of ``left_raw`` were
    made beforehand (residue_sql.py)."""
    prior = score.prior(sizes.left, model)
    runner.step("Tingkat 1: NIK dan isian yang tertulis sama")
    _settle_as_written(runner, model)
    sources = runner.rows("SELECT count(DISTINCT source) FROM right_raw")[0][0]
    runner.step("Bakukan sisanya")
    _prepare_residue(runner, model, sources, indexed=indexed)
    people = OPEN_FORMS if indexed else "people"
    wanted = NAMED if indexed else None
    counted = _count_bearers(runner, model, sizes.left + sizes.right, (people, "records"), wanted)
    runner.step("Tingkat 2: NIK sama, tulisan lain")
    _settle_by_comparing(runner, model, sources)
    runner.step("Tingkat 2: cari pasangan")
    _find_pairs(runner, model, several=sources > 1, indexed=indexed)
    runner.step("Tingkat 2: bandingkan")
    runner.table("compared", _compared(runner, model, "all_people", "all_records", "pairs"))
    runner.step("Timbang dan pilih")
    both = "(SELECT * FROM compared_nik UNION ALL SELECT * FROM compared)"
    runner.table(
        "claims",
        f"SELECT DISTINCT s.l, s.source FROM settled s SEMI JOIN {both} c ON c.l = s.l",
    )
    runner.table("taken", f"SELECT DISTINCT s.r FROM settled s SEMI JOIN {both} c ON c.r = s.r")
    left = f"(SELECT count(*) FROM {people}) - (SELECT count(*) FROM settled_people)"
    free = runner.rows(f"SELECT {left}")[0][0]
    census = Census(prior, counted, free_worth(sizes.left, free, model))
    runner.table("scored", _scored(model, f"({_claimed(both, census)})", census, within=False))
    runner.table("chosen", chosen(runner, model))
    found = [*_written_links(runner, model, prior), "SELECT * FROM chosen"]
    runner.view("links", " UNION ALL ".join(found))
    clusters = clusters_of_links(runner)
    return Linked(with_cuts(runner, clusters.cut), clusters)


def duplicates(runner: Runner, model: Model, sizes: Sizes) -> Linked:
    """Links within ``left_raw``, left_id < right_id."""
    runner.step("Bakukan daftar")
    runner.prepared("people", "SELECT * FROM left_raw")
    counted = _count_bearers(runner, model, sizes.left, ("people",))
    runner.step("Cari pasangan")
    queries = [
        query
        for number, block in blocks_for(model, within=True)
        for query in block_pairs(runner, block, number, "people", "people", within=True)
    ]
    runner.table("pairs", _first_rule(queries))
    runner.step("Bandingkan")
    runner.table("compared", _compared(runner, model, "people", "people", "pairs"))
    runner.step("Timbang")
    compared = "(SELECT *, 0 AS level_claimed FROM compared)"
    census = Census(score.prior(sizes.left, model), counted)
    runner.table("scored", _scored(model, compared, census, within=True))
    runner.table("links", links_of_duplicates(runner, model))
    clusters = clusters_of_duplicates(runner)
    return Linked(with_cuts(runner, clusters.cut), clusters)


def _settle_as_written(runner: Runner, model: Model) -> None:
    if model.exact is None:
        empty = "SELECT l.n AS l, r.n AS r, r.source, l.id AS left_id, r.id AS right_id"
        runner.table("written", f"{empty} FROM left_raw l JOIN right_raw r ON false")
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


def _prepare_residue(runner: Runner, model: Model, sources: int, *, indexed: bool) -> None:
    """Records not settled, and people whom not every source has settled."""
    runner.prepared(
        "records",
        "SELECT right_raw.* FROM right_raw ANTI JOIN (SELECT r AS n FROM written) USING (n)",
    )
    every = f" GROUP BY l HAVING count(DISTINCT source) >= {sources}" if sources > 1 else ""
    settled = f"SELECT l AS n FROM written{every}"
    if indexed:
        take_people(runner, model, settled)
    else:
        runner.prepared("people", f"SELECT * FROM left_raw ANTI JOIN ({settled}) USING (n)")


def _count_bearers(
    runner: Runner, model: Model, everyone: int, tables: tuple[str, ...], wanted: str | None = None
) -> int:
    """Tables bearers_<column> of how many bear a name, perhaps of the names in ``wanted`` alone;
    returns how many people were counted."""
    for name in model.counted:
        among = f" SEMI JOIN {wanted} USING ({name})" if wanted else ""
        rows = " UNION ALL ".join(f"SELECT {name} FROM {table}{among}" for table in tables)
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
        " SELECT c.l, c.r, records.source FROM (SELECT *, 0 AS level_claimed FROM compared_nik) c"
        f" JOIN records ON records.n = c.r WHERE {exact}",
    )
    runner.table("settled_people", _settled_people(sources))


def _settled_people(sources: int) -> str:
    every = f" GROUP BY l HAVING count(DISTINCT source) >= {sources}" if sources > 1 else ""
    return (
        f"SELECT DISTINCT l AS n FROM (SELECT l FROM settled{every})"
        " SEMI JOIN people ON people.n = l"
    )


def _find_pairs(runner: Runner, model: Model, *, several: bool, indexed: bool) -> None:
    """Pairs of the blocks between people and records still open, and those by which a settled
    one is met (Exact.reach). ``several``: sources, each of which settles for itself alone."""
    runner.view("settled_records", "SELECT r AS n FROM settled")
    for side, known in (("open_left", "people"), ("open_right", "records")):
        runner.table(
            side,
            f"SELECT {', '.join(_keys(model))} FROM {known} ANTI JOIN settled_{known} USING (n)",
        )
    first = 1 if model.exact else 0
    queries = [
        _unclaimed(query) if several else query
        for number, block in blocks_for(model, within=False)
        if number >= first
        for query in block_pairs(runner, block, number, "open_left", "open_right", within=False)
    ]
    reached = reached_pairs(runner, model, len(model.blocks))
    runner.table(
        "pairs",
        f"SELECT f.* FROM ({_first_rule([*queries, *reached])}) f"
        " ANTI JOIN compared_nik USING (l, r) ANTI JOIN settled USING (l, r)",
    )
    for side, key, known in (("left", "l", "people"), ("right", "r", "records")):
        made = indexed and side == "left"
        keep = runner.table if made else runner.prepared
        keep(
            f"reached_{known}",
            f"SELECT w.* FROM {MET_FORMS if made else f'{side}_raw'} w"
            f" SEMI JOIN (SELECT {key} AS n FROM pairs) USING (n) ANTI JOIN {known} USING (n)",
        )
        runner.view(
            f"all_{known}", f"SELECT * FROM {known} UNION ALL SELECT * FROM reached_{known}"
        )


def _keys(model: Model) -> dict[str, None]:
    """The columns that blocks look at, each once."""
    named = (key for block in model.blocks for key in (*block.keys, block.finer, *block.lacking))
    return dict.fromkeys(["n", "source", *named])


def _unclaimed(query: str) -> str:
    return f"SELECT q.* FROM ({query}) q ANTI JOIN settled USING (l, source)"


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


def _claimed(compared: str, census: Census) -> str:
    """Pairs with the source, and whether another record of it has the person, or another person
    the record."""
    levels, otherwise = CLAIMED.levels.index, "free" if census.free else "no"
    return (
        "SELECT c.*, q.source, CASE WHEN pair.l IS NULL AND (claims.l IS NOT NULL"
        f" OR taken.r IS NOT NULL) THEN {levels('yes')} ELSE {levels(otherwise)} END"
        " AS level_claimed"
        f" FROM {compared} c JOIN all_records q ON q.n = c.r"
        " LEFT JOIN settled pair ON pair.l = c.l AND pair.r = c.r"
        " LEFT JOIN claims ON claims.l = c.l AND claims.source = q.source"
        " LEFT JOIN taken ON taken.r = c.r"
    )


def _scored(model: Model, compared: str, census: Census, *, within: bool) -> str:
    """Pairs with the weight of each field, the weight and the band."""
    weights = {f.name: score_sql.field_weight(f, model, census) for f in model.fields}
    columns = ", ".join(f"{sql} AS weight_{name}" for name, sql in weights.items())
    total = " + ".join(f"weight_{name}" for name in weights)
    return (
        f"SELECT *, {score_sql.band(model, within=within)} AS band"
        f" FROM (SELECT *, {census.prior} + {total} AS weight"
        f" FROM (SELECT *, {columns} FROM {compared}))"
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
        "SELECT l, r, left_id, right_id, weight, probability, 'sure' AS band,"
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
