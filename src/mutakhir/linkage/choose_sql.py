"""Scored pairs → links: the choice among rivals, in SQL. Twin of ``choose.py``."""

# ruff: noqa: S608 - statements are made of column names and numbers of the model, no values
from mutakhir.linkage import score_sql
from mutakhir.linkage.blocks_sql import Runner
from mutakhir.linkage.evidence import RIVALS
from mutakhir.linkage.evidence_sql import PROBABILITY, evidence
from mutakhir.linkage.kinds.nik import KIND as NIK
from mutakhir.linkage.model import Model


def own_number(model: Model) -> str:
    """Whether the pair has one NIK (tier 1's key); false for models without."""
    if model.exact is None:
        return "false"
    return f"(level_{model.exact.key} = {NIK.levels.index('equal')})"


def chosen(runner: Runner, model: Model) -> str:
    """Links of ``scored``: see choose.choose_links."""
    runner.table("ranked", _ranked(model))
    kept = f"own OR (near AND place <= {model.most}) OR {str(model.keep_no).lower()}"
    demoted = "(band = 'sure' AND NOT own AND (rivals > 1 AND near OR suitors > 1))"
    blocks = [*(block.name for block in model.blocks), "reach"]
    rule = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(blocks))
    text = evidence(model, runner.dialect)
    return (
        "SELECT l, r, left_id, right_id, CAST(weight / 1000.0 AS DOUBLE) AS weight,"
        f" CAST({PROBABILITY} AS DOUBLE) AS probability,"
        f" CASE WHEN {demoted} THEN 'review' ELSE band END AS band,"
        f" CASE rule {rule} END AS rule,"
        f" CASE WHEN {demoted} THEN concat({text}, ' {RIVALS}') ELSE {text} END AS evidence"
        f" FROM ranked WHERE {kept}"
    )


def _ranked(model: Model) -> str:
    """Scored pairs with both ids, their place among the record's pairs (by weight, then by id),
    how many are within the margin, and how many records of the source want the person surely."""
    kept = "" if model.keep_no else " WHERE band <> 'no'"
    own = own_number(model)
    named = (
        f"SELECT scored.*, {own} AS own, p.id AS left_id, q.id AS right_id"
        " FROM scored JOIN all_people p ON p.n = scored.l JOIN all_records q ON q.n = scored.r"
        f"{kept}"
    )
    near = (
        "SELECT *, weight >= max(weight) OVER (PARTITION BY r) - "
        f"{model.margin} AS near,"
        " row_number() OVER (PARTITION BY r ORDER BY weight DESC, left_id) AS place,"
        " sum(CASE WHEN band = 'sure' THEN 1 ELSE 0 END) OVER (PARTITION BY l, source) AS suitors"
        f" FROM ({named})"
    )
    return (
        "SELECT *, sum(CASE WHEN near THEN 1 ELSE 0 END) OVER (PARTITION BY r) AS rivals"
        f" FROM ({near})"
    )


def links_of_duplicates(runner: Runner, model: Model) -> str:
    """Links of ``scored`` within one list: all pairs; ``rule`` tells the class."""
    kept = "" if model.keep_no else " WHERE band <> 'no'"
    rule = score_sql.class_of(model) if model.classes else _block_name(model)
    return (
        "SELECT s.l, s.r, least(p.id, q.id) AS left_id, greatest(p.id, q.id) AS right_id,"
        " CAST(weight / 1000.0 AS DOUBLE) AS weight,"
        f" CAST({PROBABILITY} AS DOUBLE) AS probability, band, {rule} AS rule,"
        f" {evidence(model, runner.dialect)} AS evidence"
        f" FROM (SELECT * FROM scored{kept}) s"
        " JOIN people p ON p.n = s.l JOIN people q ON q.n = s.r"
    )


def _block_name(model: Model) -> str:
    names = " ".join(f"WHEN {n} THEN '{block.name}'" for n, block in enumerate(model.blocks))
    return f"CASE s.rule {names} END"
