"""Links against the truth: precision, recall, F1 where a tool decides and where it is best.

Two counts of the same links. By *record*: a line of the register that stands on the roll is found
when a link joins it to any roll line of its person, so a person written twice on the roll is asked
for once; the second line is the business of ``dedupe``. By *pair*: every line of a person with
every other. Wrong links, those that join two people, all count in both.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import duckdb

Unit = Literal["records", "pairs"]


@dataclass(frozen=True)
class Point:
    """Where a tool says yes: a name for the table and a condition on the judged links."""

    name: str
    condition: str


#: Ours decides by band; Splink by the probability that its users most often take.
BAND_POINTS = (Point("sure", "band = 'sure'"), Point("sure and review", "true"))
SPLINK_POINTS = (
    Point("probability .99", "probability >= 0.99"),
    Point("probability .95", "probability >= 0.95"),
)
ONE_POINT = (Point("all", "true"),)


@dataclass
class Score:
    """One tool at one point: records (or pairs) found, of ``total`` true ones, and wrong links."""

    point: str
    found: int
    wrong: int
    total: int
    kinds: dict[str, int] = field(default_factory=dict)
    twins_with_two_niks: int = 0

    @property
    def missed(self) -> int:
        return self.total - self.found

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.total if self.total else 1.0

    @property
    def f1(self) -> float:
        everything = self.found + self.wrong + self.total
        return 2 * self.found / everything if everything else 1.0

    @property
    def wrong_per_million(self) -> float:
        return 1e6 * self.wrong / (self.found + self.wrong) if self.wrong else 0.0

    def as_dict(self) -> dict[str, Any]:
        names = ("missed", "precision", "recall", "f1", "wrong_per_million")
        return asdict(self) | {name: getattr(self, name) for name in names}


def total(con: duckdb.DuckDBPyConnection, unit: Unit) -> int:
    """What there is to find: records of the register that stand on the roll, or true pairs."""
    record = "right_side where person in (select person from left_side)"
    return _count(con, record if unit == "records" else "true_pairs")


def at(con: duckdb.DuckDBPyConnection, point: Point, unit: Unit) -> Score:
    """The score of the judged links that meet the point's condition."""
    right = f"judged where same and ({point.condition})"
    if unit == "records":
        right = f"(select right_id from {right} group by right_id)"
    wrong = _count(con, f"judged where not same and ({point.condition})")
    return Score(point.name, _count(con, right), wrong, total(con, unit))


def best(con: duckdb.DuckDBPyConnection, unit: Unit) -> Point:
    """The threshold with the highest F1, sure links before those in review, then by weight.

    By record each record has its best link alone. Equal links are taken or left together.
    """
    among = "foremost" if unit == "records" else "true"
    row = con.execute(
        f"""
        with steps as (
            select band <> 'sure' as unsure, weight, count(*) as n, count_if(same) as good
            from judged where {among} group by all
        ), sums as (
            select unsure, weight, sum(n) over down as links, sum(good) over down as good
            from steps window down as (order by unsure, weight desc)
        )
        select unsure, weight from sums
        order by 2 * good / (links + {total(con, unit)}) desc, unsure, weight desc limit 1
        """
    ).fetchone()
    if row is None:
        return Point("best F1", among)
    unsure, weight = row
    reached = f"weight >= {weight!r}"
    if not unsure:
        name = f"best F1, weight {weight:.1f} and more"
        return Point(name, f"{among} and band = 'sure' and {reached}")
    name = f"best F1, sure or weight {weight:.1f} and more"
    return Point(name, f"{among} and (band = 'sure' or {reached})")


def review(con: duckdb.DuckDBPyConnection, unit: Unit, rows: int) -> dict[str, float]:
    """The queue: its size, as a share of the roll, and of the records not surely found it holds.

    ``rows``: lines of the roll. A record is held when a link in review joins it to its person.
    """
    size, one_person = con.execute(
        "select count(*), count_if(same) from judged where band = 'review'"
    ).fetchall()[0]
    sure, shown = (at(con, point, unit) for point in BAND_POINTS)
    held = shown.found - sure.found
    return {
        "lines": rows,
        "size": size,
        "share of rows": size / rows if rows else 0.0,
        "one person": one_person,
        "not sure": sure.missed,
        "held": held,
        "of not sure": held / sure.missed if sure.missed else 1.0,
        "missed": shown.missed,
    }


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    found: int = con.execute(f"select count(*) from {rows}").fetchall()[0][0]
    return found
