"""Clusters of a run: only links that touch people with several rows leave the engine."""

# ruff: noqa: S608 - statements are made of ids of links and of this module's own names
from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa

from mutakhir.linkage.blocks_sql import Runner
from mutakhir.linkage.clusters import Clusters, find_clusters
from mutakhir.linkage.evidence import CHAIN

_NEAR = pa.schema(
    [
        ("left_id", pa.string()),
        ("right_id", pa.string()),
        ("weight", pa.float64()),
        ("band", pa.string()),
    ]
)


def clusters_of_links(runner: Runner) -> Clusters:
    """Clusters of the links ``written`` and ``chosen``."""
    links = (
        "SELECT l, r, 1 AS sure FROM written UNION ALL"
        " SELECT l, r, CASE WHEN band = 'sure' THEN 1 ELSE 0 END AS sure FROM chosen"
    )
    runner.table(
        "several", f"SELECT r, sum(sure) AS sure FROM ({links}) GROUP BY r HAVING count(*) > 1"
    )
    twice = "(SELECT r FROM several WHERE sure > 1)"
    runner.table(
        "voters", f"SELECT DISTINCT l FROM ({links}) SEMI JOIN {twice} USING (r) WHERE sure = 1"
    )
    several = runner.rows("SELECT count(*) FROM several")
    found = _found(runner, "links SEMI JOIN voters USING (l)", within=False)
    return replace(found, several=several[0][0])


def clusters_of_duplicates(runner: Runner) -> Clusters:
    """Clusters of the links ``chosen`` within one list."""
    return _found(runner, "links", within=True)


def _found(runner: Runner, near: str, *, within: bool) -> Clusters:
    rows = runner.rows(f"SELECT left_id, right_id, weight, band FROM {near}")
    columns = list(zip(*rows, strict=True)) or [()] * len(_NEAR)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _NEAR, strict=True)]
    return find_clusters(pa.table(arrays, _NEAR), within=within)


def with_cuts(runner: Runner, cut: Iterable[tuple[str, str]]) -> str:
    """The query of ``links`` in which those cut are for review and marked."""
    pairs = ", ".join(f"({_text(one)}, {_text(other)})" for one, other in sorted(cut))
    if not pairs:
        return "SELECT * FROM links"
    runner.table("cut", f"SELECT * FROM (VALUES {pairs}) AS v(left_id, right_id)")
    return (
        "SELECT k.l, k.r, k.left_id, k.right_id, k.weight, k.probability,"
        " CASE WHEN cut.left_id IS NULL THEN k.band ELSE 'review' END AS band, k.rule,"
        f" CASE WHEN cut.left_id IS NULL THEN k.evidence ELSE concat(k.evidence, ' {CHAIN}') END"
        " AS evidence FROM links k"
        " LEFT JOIN cut ON cut.left_id = k.left_id AND cut.right_id = k.right_id"
    )


def _text(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
