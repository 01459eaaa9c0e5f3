"""Rows of one source before they become a file: values, whom they are about, what is true."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from mutakhir.synthetic.arrays import Ints
from mutakhir.synthetic.population import Population

#: What is true about a row (docs/reference/synthetic.md).
TRUTHS = (
    "on_roll",
    "real_new",
    "real_move_in",
    "real_move_out",
    "real_move_within",
    "real_death",
    "real_tni",
    "real_polri",
    "real_civilian",
    "real_revoked",
    "correction",
    "wrong_tps",
    "duplicate",
    "imprisoned",
    "already_on_roll",
    "already_gone",
    "false_death",
    "false_move_out",
    "too_young",
    "military",
    "dead_on_roll",
    "dead_returns",
    "garbage",
)

Cell = str | int | float | None


@dataclass
class Rows:
    """Columns of equal length. ``dirt`` names what was done to each row, ``field:kind``."""

    person: list[int]
    truth: list[str]
    columns: dict[str, list[Any]]
    dirt: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dirt = self.dirt or [[] for _ in self.person]

    def __len__(self) -> int:
        return len(self.person)

    def take(self, order: Ints | Sequence[int]) -> "Rows":
        """The rows at these positions, in this order; positions may repeat."""
        at = [int(i) for i in order]
        return Rows(
            [self.person[i] for i in at],
            [self.truth[i] for i in at],
            {name: [column[i] for i in at] for name, column in self.columns.items()},
            [list(self.dirt[i]) for i in at],
        )

    def where(self, column: str, value: str) -> "Rows":
        """The rows whose ``column`` has this value."""
        return self.take([i for i, found in enumerate(self.columns[column]) if found == value])

    def soil(self, row: int, what: str, dirt: str, value: Cell) -> None:
        """Overwrite one value and write down why."""
        self.columns[what][row] = value
        self.dirt[row].append(f"{what}:{dirt}")


def about(population: Population, people: Ints | list[int], truth: str, **extra: Any) -> Rows:
    """Clean rows about ``people``: all their fields, then ``extra`` columns.

    An extra column is one value for all rows or a list with one for each.
    """
    index = np.asarray(people, dtype=np.int64)
    at = pa.array(index)
    columns = {name: column.take(at).to_pylist() for name, column in population.fields.items()}
    columns["person_desa"] = population.desa[index].tolist()
    for name, value in extra.items():
        columns[name] = list(value) if isinstance(value, list) else [value] * len(index)
    return Rows(index.tolist(), [truth] * len(index), columns)


def joined(parts: list[Rows]) -> Rows:
    """All rows of all parts; a column that a part lacks is None there."""
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    return Rows(
        [person for part in parts for person in part.person],
        [truth for part in parts for truth in part.truth],
        {
            name: [v for part in parts for v in part.columns.get(name, [None] * len(part))]
            for name in names
        },
        [dirt for part in parts for dirt in part.dirt],
    )


def shuffled(rng: np.random.Generator, rows: Rows) -> Rows:
    """The rows in another order."""
    return rows.take(rng.permutation(len(rows)))
