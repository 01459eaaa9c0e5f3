"""Reading the truth back: who a record or a voter really is, and how they are in a period."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.casework.propose import new_dpid

_PEOPLE = ["person_id", "birth_date", "marital", "state", "twice_on_roll"]
_AWAY = ("outside", "gone")


@dataclass(frozen=True, slots=True)
class Row:
    """What is true about one record: its person (None: garbage), the truth word, its dirt."""

    person: int | None
    truth: str
    dirt: tuple[str, ...]


@dataclass
class Person:
    """A person at the end of a period."""

    birth_date: str
    married: bool
    alive: bool
    resident: bool
    military: bool
    twice_on_roll: bool
    revoked: bool = False

    def qualified(self, day: str) -> bool:
        """Whether this person may vote on ``day`` (ISO): alive, here, civil, and 17 or married."""
        seventeen = f"{int(self.birth_date[:4]) + 17}{self.birth_date[4:]}"
        present = self.alive and self.resident and not self.military and not self.revoked
        return present and (seventeen <= day or self.married)


@dataclass
class Truth:
    """The truth of one kabupaten/kota up to the end of a period."""

    people: dict[int, Person]
    rows: dict[str, Row] = field(default_factory=dict)  # record_id -> row
    voters: dict[str, int] = field(default_factory=dict)  # dpid -> person


def read_truth(folder: Path, period: str) -> Truth:
    """The truth in ``folder`` (one kab of a generated folder) at the end of ``period``."""
    truth = Truth(_people(folder / "truth", period))
    table = pq.read_table(folder / "truth" / "rows.parquet")
    for part, source in _files(folder, table, period):
        for row in part.select(["sheet_no", "row", "person_id", "truth", "dirt"]).to_batches():
            _remember(truth, source, row)
    return truth


def _files(folder: Path, table: pa.Table, period: str) -> Iterator[tuple[pa.Table, str]]:
    """The rows of each file up to ``period``, with its source_id."""
    told = table.filter(pc.less_equal(table["period"], period))
    keys = told.group_by(["period", "file"]).aggregate([]).to_pylist()
    for key in sorted(keys, key=lambda each: (each["period"], each["file"])):
        content = (folder / key["period"] / "inbox" / key["file"]).read_bytes()
        mask = pc.and_(pc.equal(told["period"], key["period"]), pc.equal(told["file"], key["file"]))
        yield told.filter(mask), hashlib.sha256(content).hexdigest()[:16]


def _remember(truth: Truth, source: str, batch: pa.RecordBatch) -> None:
    columns = (batch.column(name).to_pylist() for name in batch.schema.names)
    for sheet, row, person, word, dirt in zip(*columns, strict=True):
        record_id = f"{source}:{sheet}:{row}"
        truth.rows[record_id] = Row(person, word, tuple(dirt.split(",")) if dirt else ())
        if person is not None:
            truth.voters[new_dpid(record_id)] = person


def _people(folder: Path, period: str) -> dict[int, Person]:
    people = {
        row["person_id"]: Person(
            birth_date=row["birth_date"],
            married=row["marital"] != "B",
            alive=row["state"] != "dead",
            resident=row["state"] not in _AWAY,
            military=row["state"] == "military",
            twice_on_roll=row["twice_on_roll"],
        )
        for row in pq.read_table(folder / "people.parquet", columns=_PEOPLE).to_pylist()
    }
    events = pq.read_table(folder / "events.parquet", columns=["person_id", "period", "kind"])
    for event in events.filter(pc.less_equal(events["period"], period)).to_pylist():
        _befall(people[event["person_id"]], event["kind"])
    return people


def _befall(person: Person, kind: str) -> None:
    match kind:
        case "died":
            person.alive = False
        case "moved_in" | "moved_out":
            person.resident = kind == "moved_in"
        case "joined_tni" | "joined_polri" | "left_tni_polri":
            person.military = kind != "left_tni_polri"
        case "married" | "married_under_17":
            person.married = True
        case "right_revoked":
            person.revoked = True
