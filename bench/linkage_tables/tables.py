"""The tables: made-up people of others' benches, with the truth of who is who.

All tools read one file, ``table.csv``: the id, the columns, blanks around values taken off, and
no truth in it but the one that FEBRL writes into its ids, which nobody compares.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Table:
    """One table: its file, its columns and how its lines say who they are."""

    name: str
    file: str
    kind: str  # tables of one kind share columns and models
    id_column: str
    truth: Callable[[dict[str, str]], str]
    hidden: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """``table.csv`` and ``truth.csv`` (id, entity) in ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        with (DATA / self.file).open(newline="") as file:
            rows = [_stripped(row) for row in csv.DictReader(file)]
        columns = [name for name in rows[0] if name not in self.hidden]
        with (folder / "table.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        with (folder / "truth.csv").open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("id", "entity"))
            writer.writerows((row[self.id_column], self.truth(row)) for row in rows)


def _stripped(row: dict[str, str]) -> dict[str, str]:
    return {name.strip(): value.strip() for name, value in row.items()}


def _febrl_entity(row: dict[str, str]) -> str:
    return row["rec_id"].split("-")[1]


TABLES = {
    **{
        f"febrl{number}": Table(
            f"febrl{number}", f"dataset{number}.csv", "febrl", "rec_id", _febrl_entity
        )
        for number in (1, 2, 3)
    },
    "fake_1000": Table(
        "fake_1000",
        "fake_1000.csv",
        "fake_1000",
        "unique_id",
        lambda row: row["cluster"],
        hidden=("cluster",),
    ),
}


def read_table(folder: Path, id_column: str) -> dict[str, dict[str, str | None]]:
    """The lines of ``table.csv`` by id; an empty value is None."""
    with (folder / "table.csv").open(newline="") as file:
        return {
            row[id_column]: {name: value or None for name, value in row.items()}
            for row in csv.DictReader(file)
        }


def read_entities(folder: Path) -> dict[str, str]:
    """Who each line is."""
    with (folder / "truth.csv").open(newline="") as file:
        return {row["id"]: row["entity"] for row in csv.DictReader(file)}


def true_pairs(entities: dict[str, str]) -> set[tuple[str, str]]:
    """Pairs of lines of one person, the smaller id first."""
    members: dict[str, list[str]] = {}
    for line, entity in sorted(entities.items()):
        members.setdefault(entity, []).append(line)
    return {pair for lines in members.values() for pair in combinations(lines, 2)}
