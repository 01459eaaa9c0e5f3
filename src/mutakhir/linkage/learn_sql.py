"""What learning counts, in SQL: how often pairs show each pattern of levels.

Two kinds of pairs are counted: those that each block brings together, and random ones. Beside
them the pairs with equal values, exactly, from how often each value occurs. All results are
small: patterns with counts, no ids and no values.
"""

# ruff: noqa: S608 - statements are made of column names and numbers of the model, no values
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mutakhir.linkage import score_sql
from mutakhir.linkage.blocks_sql import Runner, block_pairs
from mutakhir.linkage.kinds import column, sides
from mutakhir.linkage.model import Block, Field, Model
from mutakhir.linkage.program import Sizes

#: So many people of the left side are looked at, by the order of their ids' digests.
MOST_PEOPLE: Final = 1_000_000
#: Random pairs: so many of each side in the order of digests, each with so many of the other.
_ROWS, _PARTNERS = 4_000, 250

#: The levels that only equal values have; a date known in part agrees with others too.
_EQUAL: Final = ("equal", "heaped")


@dataclass(frozen=True)
class Patterns:
    """``levels`` (patterns x compared fields, sorted) and how many pairs show each."""

    levels: npt.NDArray[np.int64]
    counts: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Equal:
    """Pairs of all rows that have equal values: ``levels``, level -> pairs; ``known``: pairs of
    which neither lacks the value."""

    levels: dict[int, int]
    known: int


@dataclass(frozen=True)
class Counts:
    """All that is learned from. ``pairs``: how many pairs the two sides have."""

    blocks: dict[str, Patterns]
    random: Patterns
    equal: dict[str, Equal]
    frequent: dict[str, float]  # prepared column -> chance that two people have it equal
    pairs: int


def count(runner: Runner, model: Model, sizes: Sizes) -> Counts:
    """Counts over ``left_raw`` and, when there is a right side, ``right_raw``."""
    within = not sizes.right
    runner.step("Bakukan daftar")
    sample = "" if sizes.left <= MOST_PEOPLE else f" ORDER BY md5(id), id LIMIT {MOST_PEOPLE}"
    runner.prepared("people", f"SELECT * FROM left_raw{sample}")
    records = "people"
    if not within:
        runner.prepared("records", "SELECT * FROM right_raw")
        records = "records"
        _settle(runner, model)
    people = min(sizes.left, MOST_PEOPLE)
    runner.step("Hitung pasangan acak")
    random = _random(runner, model, records, (people, sizes.right or people))
    runner.step("Hitung isian yang sama")
    compared = [
        field
        for field in model.compared
        if {"", "equal"} <= {*field.kind.parts, *field.kind.levels}
    ]
    equal = {field.name: _equal(runner, field, records) for field in compared}
    frequent = {name: _frequent(runner, name, records) for name in model.counted}
    runner.step("Hitung pasangan tiap aturan")
    blocks = {
        block.name: _block(runner, model, block, number, records)
        for number, block in enumerate(model.blocks)
    }
    pairs = people * (people - 1) // 2 if within else people * sizes.right
    return Counts(blocks, random, equal, frequent, pairs)


def _settle(runner: Runner, model: Model) -> None:
    """Table ``settled``: pairs alike in the fields of tier 1. Their labels are free."""
    names = [model.exact.key, *model.exact.same] if model.exact else []
    on = " AND ".join(f"l.{name} = r.{name}" for name in names) or "false"
    runner.table(
        "settled", f"SELECT l.n AS l, r.n AS r, r.source FROM people l JOIN records r ON {on}"
    )


def _block(runner: Runner, model: Model, block: Block, number: int, records: str) -> Patterns:
    """Patterns of a block's pairs; what is more crowded than its cap is left out."""
    within = records == "people"
    roomy = block_pairs(runner, block, number, "people", records, within=within)[0]
    return _patterns(runner, model, roomy if within else _unclaimed(roomy), records)


def _unclaimed(pairs: str) -> str:
    """Without those of which one side is settled with another: they are two people, often of one
    family, and look more alike than random pairs do."""
    return (
        f"SELECT p.l, p.r FROM ({pairs}) p"
        " LEFT JOIN (SELECT l, r, true AS yes FROM settled) pair ON pair.l = p.l AND pair.r = p.r"
        " LEFT JOIN (SELECT DISTINCT l, source, true AS yes FROM settled) one"
        " ON one.l = p.l AND one.source = p.source"
        " LEFT JOIN (SELECT DISTINCT r, true AS yes FROM settled) other ON other.r = p.r"
        " WHERE pair.yes OR (one.yes IS NULL AND other.yes IS NULL)"
    )


def _patterns(runner: Runner, model: Model, pairs: str, records: str) -> Patterns:
    names = ", ".join(f"level_{field.name}" for field in model.compared)
    levels = (
        f"SELECT {score_sql.levels(model, runner.dialect)} FROM ({pairs}) pairs"
        f" JOIN people l ON l.n = pairs.l JOIN {records} r ON r.n = pairs.r"
    )
    rows = sorted(runner.rows(f"SELECT {names}, count(*) FROM ({levels}) GROUP BY {names}"))
    table = np.array(rows, dtype=np.int64).reshape(-1, len(model.compared) + 1)
    return Patterns(table[:, :-1], table[:, -1].astype(np.float64))


def _random(runner: Runner, model: Model, records: str, sizes: tuple[int, int]) -> Patterns:
    """Patterns of pairs that no key brought together: each of the first rows of one side with
    the next ones of the other. Within one list each pair stands once."""
    left, right = (min(size, _ROWS) for size in sizes)
    within = records == "people"
    partners = min(_PARTNERS, (left - 1) // 2 if within else right)
    if partners < 1:
        return Patterns(np.zeros((0, len(model.compared)), np.int64), np.zeros(0))
    for name, table, rows in (("one", "people", left), ("other", records, right)):
        first = f"SELECT n, md5(id) AS digest, id FROM {table} ORDER BY digest, id LIMIT {rows}"
        place = "row_number() OVER (ORDER BY digest, id) - 1"
        runner.table(f"random_{name}", f"SELECT n, {place} AS place FROM ({first})")
    runner.table("partners", f"SELECT place + 1 AS k FROM random_other WHERE place < {partners}")
    pairs = (
        "SELECT a.n AS l, b.n AS r FROM random_one a CROSS JOIN partners"
        f" JOIN random_other b ON b.place = (a.place + k) % {right}"
    )
    return _patterns(runner, model, pairs, records)


def _equal(runner: Runner, field: Field, records: str) -> Equal:
    """Pairs with one value, by the level that the value has with itself."""
    words = [word for word in _EQUAL if word in field.kind.levels]
    wanted = ", ".join(str(field.level(word)) for word in words)
    itself = sides(field.name)[0]
    level = score_sql.level_case(field, field.kind.branches(itself, itself, runner.dialect))
    parts = [column(field.name, part) for part in field.kind.parts]
    others = "".join(f", min({part}) AS {part}" for part in parts if part != field.name)
    values = (
        f"SELECT {field.name}{others}, count(*) AS bearers FROM people"
        f" WHERE {field.name} IS NOT NULL GROUP BY {field.name}"
    )
    both = _pairs_of_values(field.name, values, records)
    rows = runner.rows(
        f"SELECT CAST({level} AS INTEGER) AS level, CAST(sum(pairs) AS BIGINT) FROM ({both}) l"
        f" WHERE {level} IN ({wanted}) GROUP BY level"
    )
    return Equal({row[0]: row[1] for row in sorted(rows)}, _known(runner, field.name, records))


def _pairs_of_values(name: str, values: str, records: str) -> str:
    """``values`` of people with ``pairs``: how many pairs have the value on both sides."""
    if records == "people":
        return f"SELECT *, bearers * (bearers - 1) / 2 AS pairs FROM ({values}) WHERE bearers > 1"
    others = f"SELECT {name}, count(*) AS others FROM records GROUP BY {name}"
    return f"SELECT *, bearers * others AS pairs FROM ({values}) JOIN ({others}) USING ({name})"


def _known(runner: Runner, name: str, records: str) -> int:
    left, right = (
        int(runner.rows(f"SELECT count({name}) FROM {table}")[0][0])
        for table in ("people", records)
    )
    return left * (left - 1) // 2 if records == "people" else left * right


def _frequent(runner: Runner, name: str, records: str) -> float:
    """The chance that two people have the prepared column equal; 0 when nobody has."""
    values = (
        f"SELECT {name}, count(*) AS bearers FROM people WHERE {name} IS NOT NULL GROUP BY {name}"
    )
    both = _pairs_of_values(name, values, records)
    pairs = runner.rows(f"SELECT CAST(coalesce(sum(pairs), 0) AS BIGINT) FROM ({both})")[0][0]
    known = _known(runner, name, records)
    return pairs / known if known else 0.0
