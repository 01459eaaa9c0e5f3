"""The plain build: one voter at a time, in the order of docs/explanation/build.md."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from mutakhir.casework.effect import MOVED_FIELDS
from mutakhir.casework.propose import new_dpid
from mutakhir.person import PERSON_FIELDS
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA, OPENING, OUTSIDE, SEX_CORRECTED
from mutakhir.roll.root import LISTS, RollRoot, nodes, root_of
from mutakhir.roll.station import FIRST, FIRST_SPECIAL
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_FIELDS, VOTER_SCHEMA

Row = dict[str, Any]


def build(inputs: BuildInputs) -> Roll:
    """See Engine.build."""
    return _Build(inputs).run()


def root(roll: Roll, previous: str) -> RollRoot:
    """See Engine.root."""
    found = {name: nodes(getattr(roll, name), name) for name in LISTS}
    return root_of(roll.version, roll.period, previous, found)


@dataclass
class _Stations:
    """Where a voter without a station goes: with the family, the RT, or to the desa's first.

    Provisional until stations are drawn. Special stations attract nobody.
    """

    family: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    rt: dict[tuple[str, str | None, str | None], Counter[str]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, voters: Iterable[Row]) -> "_Stations":
        found = cls()
        for voter in voters:
            desa, tps = voter["desa"], voter["tps"]
            if tps is None or tps >= FIRST_SPECIAL:
                continue
            if voter["nkk"] is not None:
                found.family.setdefault((desa, voter["nkk"]), Counter())[tps] += 1
            found.rt.setdefault((desa, voter["rw"], voter["rt"]), Counter())[tps] += 1
            found.first[desa] = min(tps, found.first.get(desa, tps))
        return found

    def station(self, person: Row) -> str:
        """The station for ``person`` by desa, nkk, rw and rt."""
        desa = person["desa"]
        for counts in (
            self.family.get((desa, person["nkk"])),
            self.rt.get((desa, person["rw"], person["rt"])),
        ):
            if counts:
                return min(counts, key=lambda tps: (-counts[tps], tps))
        return self.first.get(desa, FIRST)


class _Build:
    def __init__(self, inputs: BuildInputs) -> None:
        self.inputs = inputs
        self.version = inputs.previous.version + 1
        self.records = {row["record_id"]: row for row in inputs.records.to_pylist()}
        self.effects = inputs.effects.to_pylist()
        self.voters: dict[str, Row] = {}
        self.departed = {row["dpid"]: row for row in inputs.previous.departed.to_pylist()}
        self.ledger: list[Row] = []
        self.changes: list[Row] = []

    def run(self) -> Roll:
        if self.inputs.previous.version == 0:
            self.adopt()
        else:
            self.voters = {row["dpid"]: row for row in self.inputs.previous.voters.to_pylist()}
        self.stations = _Stations.of(self.voters.values())
        self.set_values()
        for effect in self.effects:
            if effect["kind"] == "suspend":
                self.mark(effect, "ditangguhkan")
        for effect in self.effects:
            if effect["kind"] == "remove":
                self.remove(effect)
            elif effect["kind"] == "restore":
                self.restore(effect)
            elif effect["kind"] == "add":
                self.add(effect)
        return self.roll()

    def adopt(self) -> None:
        rows = self.inputs.adopted.to_pylist()
        stations = _Stations.of(rows)
        for record in rows:
            dpid = record["dpid"] or new_dpid(record["record_id"])
            voter = self.enter(dpid, record, record["tps"] or stations.station(record))
            decision = self.inputs.adoptions.get(record["desa"][:4], 0)
            self.move(decision, voter, OPENING, f"{OUTSIDE}{OPENING}", _account(voter))

    def enter(self, dpid: str, record: Row, tps: str) -> Row:
        person = {name: record[name] for name in PERSON_FIELDS}
        line = {"dpid": dpid, "status": "aktif", "entered": self.inputs.period}
        self.voters[dpid] = {**person, **line, "tps": tps}
        return self.voters[dpid]

    def set_values(self) -> None:
        """Corrections, then relocations; of two on one field the later decision stands."""
        touched: dict[str, dict[str, tuple[Row, Any]]] = {}
        order = {"correct": 0, "relocate": 1}
        setting = [effect for effect in self.effects if effect["kind"] in order]
        setting.sort(key=lambda e: (order[e["kind"]], e["decision"], e["record_id"] or ""))
        for effect in setting:
            of_voter = touched.setdefault(effect["dpid"], {})
            for name, value in self.values(effect).items():
                of_voter[name] = (effect, value)
        for dpid, settings in touched.items():
            self.set_voter(self.voters[dpid], settings)

    def values(self, effect: Row) -> Row:
        """What a correction or relocation sets; a relocation's missing TPS is found later."""
        record = self.records[effect["record_id"]]
        if effect["kind"] == "correct":
            return {name: record[name] for name in effect["fields"]}
        if record["claim"] == "ineligible" and record["other_region"] is None:
            return {"tps": record["tps_to"]}
        if record["claim"] == "ineligible":
            # The row describes where the voter leaves from; only the destination desa is known.
            return {
                **dict.fromkeys(MOVED_FIELDS),
                "desa": record["other_region"],
                "tps": record["tps_to"],
            }
        moved = {name: record[name] for name in MOVED_FIELDS if record[name] is not None}
        tps = None if record["claim"] == "move" else record["tps"]
        return {**moved, "tps": record["tps_to"] or tps}

    def set_voter(self, voter: Row, settings: dict[str, tuple[Row, Any]]) -> None:
        before = dict(voter)
        voter.update({name: value for name, (_, value) in settings.items()})
        if voter["tps"] is None:
            voter["tps"] = self.stations.station(voter)
        for name, (effect, _) in settings.items():
            if name not in ("desa", "tps") and voter[name] != before[name]:
                self.change(effect, name)
        if voter["sex"] != before["sex"]:
            decision = settings["sex"][0]["decision"]
            account = _account(before)
            self.move(decision, voter, SEX_CORRECTED, account, account, sex_from=before["sex"])
        if _account(voter) != _account(before):
            effect = settings["tps" if "tps" in settings else "desa"][0]
            self.move(
                effect["decision"], voter, effect["reason"], _account(before), _account(voter)
            )

    def mark(self, effect: Row, status: str) -> None:
        voter = self.voters[effect["dpid"]]
        if voter["status"] != status:
            voter["status"] = status
            self.change(effect, "status")

    def remove(self, effect: Row) -> None:
        voter = self.voters.pop(effect["dpid"])
        self.departed[effect["dpid"]] = {
            **voter,
            "reason": effect["reason"],
            "left": self.inputs.period,
            "decision": effect["decision"],
            "rung": effect["rung"],
        }
        outside = f"{OUTSIDE}{effect['reason']}"
        self.move(effect["decision"], voter, effect["reason"], _account(voter), outside)

    def restore(self, effect: Row) -> None:
        stone = self.departed.pop(effect["dpid"], None)
        if stone is None:
            self.mark(effect, "aktif")
            return
        voter = {name: stone[name] for name in VOTER_FIELDS}
        if "status" not in effect["fields"]:
            voter["status"] = "aktif"
        self.voters[effect["dpid"]] = voter
        outside = f"{OUTSIDE}{stone['reason']}"
        self.move(effect["decision"], voter, effect["reason"], outside, _account(voter))

    def add(self, effect: Row) -> None:
        record = self.records[effect["record_id"]]
        tps = record["tps_to"] or record["tps"] or self.stations.station(record)
        voter = self.enter(effect["dpid"], record, tps)
        outside = f"{OUTSIDE}{effect['reason']}"
        self.move(effect["decision"], voter, effect["reason"], outside, _account(voter))

    def move(
        self,
        decision: int,
        voter: Row,
        reason: str,
        account_from: str,
        account_to: str,
        *,
        sex_from: str | None = None,
    ) -> None:
        self.ledger.append(
            {
                "version": self.version,
                "decision": decision,
                "dpid": voter["dpid"],
                "reason": reason,
                "account_from": account_from,
                "sex_from": sex_from or voter["sex"],
                "account_to": account_to,
                "sex_to": voter["sex"],
            }
        )

    def change(self, effect: Row, name: str) -> None:
        line = {"version": self.version, "decision": effect["decision"], "dpid": effect["dpid"]}
        self.changes.append({**line, "field": name})

    def roll(self) -> Roll:
        return Roll(
            self.version,
            self.inputs.period,
            _table(self.voters.values(), VOTER_SCHEMA, ["dpid"]),
            _table(self.departed.values(), DEPARTED_SCHEMA, ["dpid"]),
            _table(self.ledger, ENTRY_SCHEMA, ENTRY_SCHEMA.names),
            _table(self.changes, CHANGE_SCHEMA, CHANGE_SCHEMA.names),
        )


def _account(voter: Row) -> str:
    return f"{voter['desa']}.{voter['tps']}"


def _table(rows: Iterable[Row], schema: pa.Schema, key: list[str]) -> pa.Table:
    ordered = sorted(rows, key=lambda row: [row[name] for name in key])
    return pa.Table.from_pylist(ordered, schema=schema)
