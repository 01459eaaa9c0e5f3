"""Blocks in SQL: which pairs are worth comparing."""

# ruff: noqa: S608 - statements are made of column names and numbers of the model, no values
from typing import Any, Protocol

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.model import Block


class Runner(Protocol):
    """What the program asks of an engine. SQL is in the engine's dialect."""

    @property
    def dialect(self) -> Dialect:
        """How this engine spells what engines spell differently."""

    def table(self, name: str, sql: str) -> None:
        """Keep the result of a query under a name, in place of what had it."""

    def view(self, name: str, sql: str) -> None:
        """Call a query by a name; it runs wherever the name stands."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """A small result."""

    def prepared(self, name: str, sql: str) -> None:
        """Keep the rows of a query (n, id, perhaps source, and the model's columns) under a name,
        with the columns in their normal forms (prepare.prepare)."""

    def step(self, words: str) -> None:
        """Tell that the next step begins."""


def block_pairs(
    runner: Runner, block: Block, number: int, people: str, records: str, *, within: bool
) -> list[str]:
    """Queries (l, r, rule) of the pairs that ``block`` brings together: of blocks within the cap,
    and of larger ones by the finer key too. Sizes count ``people`` alone."""
    keys, finer = block.keys, (*block.keys, block.finer)
    runner.table("large", _large(people, records, keys, block.cap))
    if not runner.rows("SELECT count(*) FROM large")[0][0]:
        return [_joined(people, records, keys, block, number, within=within)]
    by = ", ".join(keys)
    small = f"(SELECT p.* FROM {people} p ANTI JOIN large USING ({by}))"
    large = f"(SELECT p.* FROM {people} p SEMI JOIN large USING ({by}))"
    runner.table(f"crowded_{number}", _large(large, records, finer, block.cap))
    split = f"(SELECT p.* FROM {large} p ANTI JOIN crowded_{number} USING ({', '.join(finer)}))"
    runner.table(f"small_{number}", _joined(small, records, keys, block, number, within=within))
    runner.table(f"split_{number}", _joined(split, records, finer, block, number, within=within))
    return [f"SELECT * FROM {kind}_{number}" for kind in ("small", "split")]


def _large(people: str, records: str, keys: tuple[str, ...], cap: int) -> str:
    """The keys that more than ``cap`` people have, of those that some record has."""
    by = ", ".join(keys)
    return (
        f"SELECT {by} FROM {people} p SEMI JOIN {records} USING ({by})"
        f" GROUP BY {by} HAVING count(*) > {cap}"
    )


def _joined(
    people: str,
    records: str,
    keys: tuple[str, ...],
    block: Block,
    number: int,
    *,
    within: bool,
) -> str:
    on = [f"l.{key} = r.{key}" for key in keys]
    if within:
        on.append("l.n < r.n")
    if block.lacking:
        on.append(
            f"({' OR '.join(f'{side}.{key} IS NULL' for key in block.lacking for side in 'lr')})"
        )
    source = "" if within else ", r.source"
    return (
        f"SELECT l.n AS l, r.n AS r, {number} AS rule{source}"
        f" FROM {people} l JOIN {records} r ON {' AND '.join(on)}"
    )
