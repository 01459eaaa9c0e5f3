"""Links against the truth: precision, recall, F1 where a tool decides and where it is best."""

from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb


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
    """One tool at one point."""

    point: str
    found: int
    right: int
    pairs: int
    kinds: dict[str, int] = field(default_factory=dict)
    twins_with_two_niks: int = 0

    @property
    def wrong(self) -> int:
        return self.found - self.right

    @property
    def missed(self) -> int:
        return self.pairs - self.right

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.pairs if self.pairs else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.pairs) if self.found + self.pairs else 1.0

    @property
    def wrong_per_million(self) -> float:
        return 1e6 * self.wrong / self.found if self.found else 0.0

    def as_dict(self) -> dict[str, Any]:
        names = ("wrong", "missed", "precision", "recall", "f1", "wrong_per_million")
        return asdict(self) | {name: getattr(self, name) for name in names}


def at(con: duckdb.DuckDBPyConnection, point: Point, pairs: int) -> Score:
    """The score of the judged links that meet the point's condition."""
    sql = f"select count(*), count(*) filter (where same) from judged where {point.condition}"
    found, right = con.execute(sql).fetchall()[0]
    return Score(point.name, found, right, pairs)


def best(con: duckdb.DuckDBPyConnection, pairs: int) -> Point:
    """The threshold of weight with the highest F1 (equal weights are taken or left together)."""
    row = con.execute(
        f"""
        with steps as (
            select weight, count(*) as n, count(*) filter (where same) as good
            from judged group by weight
        ), sums as (
            select weight, sum(n) over down as found, sum(good) over down as good
            from steps window down as (order by weight desc)
        )
        select weight from sums order by 2 * good / (found + {pairs}) desc, weight desc limit 1
        """
    ).fetchone()
    if row is None:
        return Point("best F1", "true")
    return Point(f"best F1, weight {row[0]:.1f} and more", f"weight >= {row[0]!r}")


def review(con: duckdb.DuckDBPyConnection, pairs: int, rows: int) -> dict[str, float]:
    """The queue: its size, as a share of the roll, and of the true links not sure it holds."""
    sql = """
        select count(*) filter (where band = 'review'),
            count(*) filter (where band = 'review' and same),
            count(*) filter (where band = 'sure' and same)
        from judged
    """
    size, held, sure = con.execute(sql).fetchall()[0]
    left = pairs - sure
    return {
        "size": size,
        "share of rows": size / rows if rows else 0.0,
        "true": held,
        "of remaining": held / left if left else 1.0,
        "missed": pairs - sure - held,
    }
