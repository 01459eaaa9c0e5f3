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

    def befall(self, kind: str) -> None:
        """Live through an event."""
        match kind:
            case "died":
                self.alive = False
            case "moved_in" | "moved_out":
                self.resident = kind == "moved_in"
            case "joined_tni" | "joined_polri" | "left_tni_polri":
                self.military = kind != "left_tni_polri"
            case "married" | "married_under_17":
                self.married = True
            case "right_revoked":
                self.revoked = True


@dataclass
class Truth:
    """The truth of one kabupaten/kota up to the end of a period.

    ``rows``: the quarters' records by record_id; of the opening list only the ``voters`` are kept
    (dpid -> person_id), with those whom a quarter's record may bring in.
    """

    opening: pa.Table  # of people, by person_id
    events: dict[int, list[str]]  # person_id -> kinds, oldest first
    rows: dict[str, Row] = field(default_factory=dict)
    voters: dict[str, int] = field(default_factory=dict)

    def person(self, identity: int) -> Person:
        """The person with this person_id, as they are at the end of the period."""
        first = self.opening["person_id"][0].as_py()
        line = {name: self.opening[name][identity - first].as_py() for name in _PEOPLE}
        person = Person(
            birth_date=line["birth_date"],
            married=line["marital"] != "B",
            alive=line["state"] != "dead",
            resident=line["state"] not in _AWAY,
            military=line["state"] == "military",
            twice_on_roll=line["twice_on_roll"],
        )
        for kind in self.events.get(identity, ()):
            person.befall(kind)
        return person


def read_truth(folder: Path, period: str) -> Truth:
    """The truth in ``folder`` (one kab of a generated folder) at the end of ``period``."""
    people = pq.read_table(folder / "truth" / "people.parquet", columns=_PEOPLE)
    truth = Truth(people.combine_chunks(), _events(folder / "truth" / "events.parquet", period))
    table = pq.read_table(folder / "truth" / "rows.parquet")
    told = table.filter(pc.less_equal(table["period"], period))
    opening = pc.min(told["period"]).as_py()
    for source, rows in _files(folder, told):
        _remember_voters(truth, source, rows)
        if rows["period"][0].as_py() != opening:
            _remember_rows(truth, source, rows)
    return truth


def _events(path: Path, period: str) -> dict[int, list[str]]:
    events = pq.read_table(path, columns=["person_id", "period", "kind"])
    found: dict[int, list[str]] = {}
    for event in events.filter(pc.less_equal(events["period"], period)).to_pylist():
        found.setdefault(event["person_id"], []).append(event["kind"])
    return found


def _files(folder: Path, told: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The source_id of each file, and its rows."""
    keys = told.group_by(["period", "file"]).aggregate([]).to_pylist()
    for key in sorted(keys, key=lambda each: (each["period"], each["file"])):
        content = (folder / key["period"] / "inbox" / key["file"]).read_bytes()
        mask = pc.and_(pc.equal(told["period"], key["period"]), pc.equal(told["file"], key["file"]))
        yield hashlib.sha256(content).hexdigest()[:16], told.filter(mask)


def _places(source: str, rows: pa.Table) -> list[str]:
    pairs = zip(rows["sheet_no"].to_pylist(), rows["row"].to_pylist(), strict=True)
    return [f"{source}:{sheet}:{row}" for sheet, row in pairs]


def _remember_voters(truth: Truth, source: str, rows: pa.Table) -> None:
    known = rows.filter(pc.is_valid(rows["person_id"]))
    people = known["person_id"].to_pylist()
    dpids = map(new_dpid, _places(source, known))
    truth.voters.update(zip(dpids, people, strict=True))


def _remember_rows(truth: Truth, source: str, rows: pa.Table) -> None:
    columns = (rows[name].to_pylist() for name in ("person_id", "truth", "dirt"))
    for record_id, person, word, dirt in zip(_places(source, rows), *columns, strict=True):
        truth.rows[record_id] = Row(person, word, tuple(dirt.split(",")) if dirt else ())
