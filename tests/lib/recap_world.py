"""Small rolls with a known quarter behind them, for recaps and minutes."""

from typing import Any

import pyarrow as pa

from lib.lines import append
from lib.people import BUDI, SITI, voter
from mutakhir import regions, rules
from mutakhir.casework import decision_file
from mutakhir.casework.decision import Decision
from mutakhir.recap.table import Edition, Recap
from mutakhir.recap.tally import tally
from mutakhir.roll import snapshot
from mutakhir.roll.inputs import Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_SCHEMA
from mutakhir.rules.period import Period
from mutakhir.store import Store, write_json

PERIOD = Period.parse("2026-Q3")
LAW = rules.load().at(PERIOD.last)
#: Four kelurahan in two kecamatan of Kota Serang.
DESAS = ("3673011001", "3673011002", "3673021001", "3673021002")
ROOT = "4f9a1c0b7d2e88a1c3f05b6d9e7a2411aa03bb5c77de90f2b1c4d6e8f0a1b2c3"

#: What may happen to one voter in the quarter; ``stay`` is nothing.
EVENTS = ("stay", "dead", "gone", "new", "married", "move", "station", "sex", "name", "suspend")
Story = tuple[str, int, str, int]  # event, desa, sex, other desa


def story_of_a_quarter() -> list[Story]:
    """Forty voters, every event more than once."""
    return [
        (EVENTS[i % len(EVENTS)], i % 4, "LP"[i // 10 % 2], (i + 1 + i // 4) % 4) for i in range(40)
    ]


def rolls(stories: list[Story]) -> tuple[Roll, Roll]:
    """The roll before the quarter, and after it with its ledger and changes."""
    quarter = _Quarter()
    for number, story in enumerate(stories):
        quarter.tell(f"{number:016x}", story)
    return quarter.before_and_after()


def edition(*, closed: bool = True) -> Edition:
    """Version 2 of the list of Triwulan III 2026."""
    return Edition(PERIOD.label, PERIOD.words, "2026-09-30", 2, 1, ROOT, closed)


def recap_of(stories: list[Story], *, closed: bool = True) -> Recap:
    """The recap of a told quarter."""
    before, after = rolls(stories)
    return tally(after, before, regions.load(), LAW, edition(closed=closed))


def store_of(folder: Any, stories: list[Story], elsewhere: dict[str, str] | None = None) -> Store:
    """A store with both versions of a told quarter and one source.

    ``elsewhere`` puts a kecamatan of the story in the place of another.
    """
    store = Store.open(folder, create=True)
    write_json(
        store.source("aaaaaaaaaaaaaaaa") / "receipt.json",
        {"file": "dukcapil.csv", "read": 9, "accepted": 6, "held": 2, "rejected": 1},
    )
    said = {"proposal": "0" * 16, "kind": "add", "dpid": "0" * 16, "reason": "genap_17"}
    evidence = (("petugas:1", "kk"),)
    seal(store, act="accept", record="aaaaaaaaaaaaaaaa:0:2", evidence=evidence, **said)
    for roll in rolls(stories):
        placed = _elsewhere(roll, elsewhere or {})
        snapshot.write(store, placed, _manifest(placed), [])
    return store


def seal(store: Store, **said: Any) -> None:
    """One more line in the store's decision file."""
    seq = decision_file.read(store.decisions).end.seq + 1
    line = {"at": "2026-09-30T09:00:00+07:00", "period": PERIOD.label, "kab": "3673"}
    decision = Decision(seq=seq, by="siti", rule=LAW.name, **{**line, **said})
    append(store.decisions, [decision])


def _elsewhere(roll: Roll, places: dict[str, str]) -> Roll:
    def moved(table: pa.Table) -> pa.Table:
        lines = [
            {name: places.get(str(v)[:6], str(v)[:6]) + str(v)[6:] if name in _PLACES else v
             for name, v in line.items()}
            for line in table.to_pylist()
        ]  # fmt: skip
        return pa.Table.from_pylist(lines, schema=table.schema)

    tables = (moved(t) for t in (roll.voters, roll.departed, roll.ledger, roll.changes))
    return Roll(roll.version, roll.period, *tables)


_PLACES = frozenset({"desa", "account_from", "account_to"})


def _manifest(roll: Roll) -> snapshot.Manifest:
    return snapshot.Manifest(
        version=roll.version,
        period=roll.period,
        as_of="2026-09-30T16:00:00+07:00",
        root=ROOT,
        previous="0" * 64,
        lists={},
        kabs={kab: {"hash": ROOT} for kab in snapshot.counts_of(roll)},
        counts=snapshot.counts_of(roll),
        sources=["aaaaaaaaaaaaaaaa"],
        decisions={"last": 1, "head": ""},
        rules="",
        closed=False,
    )


class _Quarter:
    def __init__(self) -> None:
        self.before: list[dict[str, Any]] = []
        self.after: list[dict[str, Any]] = []
        self.departed: list[dict[str, Any]] = []
        self.ledger: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []

    def tell(self, dpid: str, story: Story) -> None:
        event, desa, sex, other = story
        person = voter(BUDI if sex == "L" else SITI, dpid=dpid, desa=DESAS[desa])
        getattr(self, f"_{event}")(person, DESAS[other])

    def _stay(self, person: dict[str, Any], _: str) -> None:
        self.before.append(person)
        self.after.append(person)

    def _dead(self, person: dict[str, Any], _: str) -> None:
        self._leave(person, "meninggal")

    def _gone(self, person: dict[str, Any], _: str) -> None:
        self._leave(person, "pindah_domisili")

    def _leave(self, person: dict[str, Any], reason: str) -> None:
        self.before.append(person)
        line = {"reason": reason, "left": PERIOD.label, "decision": 1, "rung": None}
        self.departed.append({**person, **line})
        self._enter(person, person, reason, _account(person), f"luar.{reason}")

    def _new(self, person: dict[str, Any], _: str) -> None:
        young = {**person, "birth_date": "2009-08-17", "ktp_el": "B", "disability": "netra"}
        self.after.append(young)
        self._enter(young, young, "genap_17", "luar.genap_17", _account(young))

    def _married(self, person: dict[str, Any], _: str) -> None:
        younger = {**person, "birth_date": "2010-00-00"}
        self.after.append(younger)
        self._enter(younger, younger, "kawin", "luar.kawin", _account(younger))

    def _move(self, person: dict[str, Any], desa: str) -> None:
        self._become(person, {**person, "desa": desa}, "pindah_dalam")

    def _station(self, person: dict[str, Any], _: str) -> None:
        self._become(person, {**person, "tps": "002"}, "salah_penempatan_tps")

    def _become(self, person: dict[str, Any], moved: dict[str, Any], reason: str) -> None:
        self.before.append(person)
        self.after.append(moved)
        if _account(person) != _account(moved):
            self._enter(person, moved, reason, _account(person), _account(moved))

    def _sex(self, person: dict[str, Any], _: str) -> None:
        right = {**person, "sex": "P" if person["sex"] == "L" else "L"}
        self.before.append(person)
        self.after.append(right)
        self._enter(person, right, "perbaikan_jenis_kelamin", _account(person), _account(person))
        self._change(person, "sex")

    def _name(self, person: dict[str, Any], _: str) -> None:
        self._stay(person, _)
        self._change(person, "name")
        self._change(person, "rt")
        self._change(person, "address")

    def _suspend(self, person: dict[str, Any], _: str) -> None:
        self.before.append(person)
        self.after.append({**person, "status": "ditangguhkan", "birth_date": "0000-07-01"})
        self._change(person, "status")

    def _enter(
        self, was: dict[str, Any], is_now: dict[str, Any], reason: str, source: str, target: str
    ) -> None:
        line = {"version": 2, "decision": 1, "dpid": was["dpid"], "reason": reason}
        sexes = {"sex_from": was["sex"], "sex_to": is_now["sex"]}
        self.ledger.append({**line, **sexes, "account_from": source, "account_to": target})

    def _change(self, person: dict[str, Any], name: str) -> None:
        line = {"version": 2, "decision": 1, "dpid": person["dpid"], "field": name}
        self.changes.append(line)

    def before_and_after(self) -> tuple[Roll, Roll]:
        empty = Roll.empty()
        before = pa.Table.from_pylist(self.before, schema=VOTER_SCHEMA)
        return (
            Roll(1, "2026-Q2", before, empty.departed, empty.ledger, empty.changes),
            Roll(
                2,
                PERIOD.label,
                pa.Table.from_pylist(self.after, schema=VOTER_SCHEMA),
                pa.Table.from_pylist(self.departed, schema=DEPARTED_SCHEMA),
                pa.Table.from_pylist(self.ledger, schema=ENTRY_SCHEMA),
                pa.Table.from_pylist(self.changes, schema=CHANGE_SCHEMA),
            ),
        )


def _account(person: dict[str, Any]) -> str:
    return f"{person['desa']}.{person['tps']}"
