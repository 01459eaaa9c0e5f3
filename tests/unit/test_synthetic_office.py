"""The simulated office decides by the truth, errs as it says, and never raises the dead."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lib import generated
from mutakhir import rules
from mutakhir.casework.proposal import PROPOSAL_SCHEMA
from mutakhir.casework.propose import new_dpid
from mutakhir.casework.seal import seal
from mutakhir.casework.verdict import Verdict
from mutakhir.rules.period import Period
from mutakhir.synthetic import generate
from mutakhir.synthetic.office import verdicts

PERIOD = "2026-Q3"
LAW = rules.load().at(Period.parse(PERIOD).last)


@dataclass
class World:
    """A generated folder with its rows by record_id and its opening dpids by person."""

    out: Path
    rows: dict[str, dict[str, Any]]
    dpids: dict[int, str]
    voters: pa.Table

    def records(self, truth: str, dirt: str | None = "", file: str = "") -> Iterator[str]:
        """record_ids of rows with this truth: clean ones, or with this ``dirt`` (None: any)."""
        for record_id, row in self.rows.items():
            fits = dirt is None or (dirt in row["dirt"] if dirt else not row["dirt"])
            if row["truth"] == truth and fits and row["file"].startswith(file):
                yield record_id

    def proposal(self, kind: str, reason: str, record: str, **changed: Any) -> dict[str, Any]:
        """A proposal about the person of this record."""
        person = self.rows[record]["person_id"]
        dpid = new_dpid(record) if kind == "add" else self.dpids[person]
        line = {
            "proposal_id": hashlib.sha256(f"{kind}{reason}{record}".encode()).hexdigest()[:16],
            "period": PERIOD,
            "kab": "3673",
            "kind": kind,
            "dpid": dpid,
            "reason": reason,
            "record_id": record if kind in ("add", "correct", "relocate") else None,
            "fields": [],
            "evidence": [{"record_id": record, "kind": "claim"}],
            "other_dpid": None,
            "band": "sure",
            "weight": 20.0,
            "why": "nik=10",
        }
        return {**line, **changed}

    def say(self, *proposals: dict[str, Any], error_rate: float = 0.0) -> list[Verdict]:
        """The office's verdicts on these proposals."""
        table = pa.Table.from_pylist(list(proposals), schema=PROPOSAL_SCHEMA)
        return verdicts(
            table, self.out, period=PERIOD, law=LAW, voters=self.voters, error_rate=error_rate
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One quarter of a small kota."""
    out = tmp_path_factory.mktemp("office") / "out"
    generate(out, voters=15_000, seed=4)
    sources: dict[str, str] = {}
    rows, dpids = {}, {}
    for row in generated.truth(out / "3673", "rows").to_pylist():
        path = out / "3673" / row["period"] / "inbox" / row["file"]
        if row["file"] not in sources:
            sources[row["file"]] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        record_id = f"{sources[row['file']]}:{row['sheet_no']}:{row['row']}"
        rows[record_id] = row
        if row["period"] == "2026-Q2" and row["truth"] != "duplicate":
            dpids[row["person_id"]] = new_dpid(record_id)
    return World(out, rows, dpids, pa.table({"dpid": sorted(dpids.values())}))


def _acts(said: list[Verdict]) -> list[str]:
    return [verdict.act for verdict in said]


def test_a_real_death_with_akta_is_removed_by_two_different_people(world: World) -> None:
    record = next(r for r in world.records("real_death", file="disdukcapil"))
    akta = [{"record_id": record, "kind": "akta_kematian"}]
    said = world.say(world.proposal("remove", "meninggal", record, evidence=akta))
    assert _acts(said) == ["accept", "approve"]
    assert said[0].by != said[1].by
    assert said[0].document is None


def test_a_living_person_said_to_be_dead_stays(world: World) -> None:
    record = next(world.records("false_death", file="bpjs"))
    assert _acts(world.say(world.proposal("suspend", "meninggal", record))) == ["reject"]


def test_a_move_on_a_bare_claim_names_the_document_or_waits_for_it(world: World) -> None:
    records = list(world.records("real_move_out", file="turunan"))
    said = world.say(*(world.proposal("remove", "pindah_domisili", r) for r in records))
    accepted = [verdict for verdict in said if verdict.act == "accept"]
    assert accepted
    assert all(v.document in LAW.removal("pindah_domisili").documents for v in accepted)
    waiting = _acts(said).count("need_document")
    assert len(accepted) + waiting == len(records)


def test_a_person_enters_once_however_often_proposed(world: World) -> None:
    school = {world.rows[r]["person_id"]: r for r in world.records("real_new", file="sekolah")}
    feed = {world.rows[r]["person_id"]: r for r in world.records("real_new", file="turunan")}
    person = min(school.keys() & feed.keys())
    proposals = [world.proposal("add", "genap_17", found[person]) for found in (school, feed)]
    assert sorted(_acts(world.say(*proposals))) == ["accept", "reject"]


@pytest.mark.parametrize("truth", ["too_young", "already_on_roll", "military"])
def test_who_may_not_enter_does_not(world: World, truth: str) -> None:
    record = next(world.records(truth, dirt=None, file="turunan"))
    assert _acts(world.say(world.proposal("add", "belum_terdaftar", record))) == ["reject"]


def test_a_correction_spoilt_by_a_typing_error_is_turned_down(world: World) -> None:
    dirty = next(world.records("already_on_roll", dirt="name:name_typo"))
    clean = next(world.records("correction"))
    for record, act in ((dirty, "reject"), (clean, "accept")):
        said = world.say(world.proposal("correct", "ubah_data", record, fields=["name"]))
        assert _acts(said) == [act]


def test_one_of_two_registrations_of_a_person_leaves(world: World) -> None:
    second = next(world.records("duplicate", dirt="tps:second_line", file="DPT"))
    person = world.rows[second]["person_id"]
    here, there = world.dpids[person], new_dpid(second)
    proposals = [
        world.proposal(
            "remove", "ganda", second, dpid=one, other_dpid=other, proposal_id=f"{n:016d}"
        )
        for n, (one, other) in enumerate([(here, there), (there, here)])
    ]
    assert _acts(world.say(*proposals)) == ["accept", "approve", "reject"]


def test_no_error_ever_raises_the_dead(world: World) -> None:
    record = next(world.records("real_death", file="disdukcapil"))
    conflict = world.proposal("conflict", "meninggal", record)
    assert _acts(world.say(conflict, error_rate=1.0)) == ["reject"]


def test_proof_of_life_ends_a_conflict_for_the_living(world: World) -> None:
    record = next(world.records("false_death", file="bpjs"))
    said = world.say(world.proposal("conflict", "meninggal", record))
    assert _acts(said) == ["accept", "approve"]
    assert said[0].document == "alive"


def _many(world: World) -> list[dict[str, Any]]:
    records = list(world.records("already_on_roll", file="turunan"))[:400]
    return [world.proposal("add", "belum_terdaftar", record) for record in records]


def test_the_office_errs_as_often_as_it_says(world: World) -> None:
    proposals = _many(world)
    said = world.say(*proposals, error_rate=0.2)
    wrong = _acts(said).count("accept") / len(proposals)
    assert len(proposals) > 100
    assert 0.1 < wrong < 0.3
    assert "accept" not in _acts(world.say(*_many(world), error_rate=0.0))


def test_the_order_of_proposals_does_not_matter(world: World) -> None:
    proposals = _many(world)
    one, other = (world.say(*order, error_rate=0.2) for order in (proposals, proposals[::-1]))
    assert one == other


_MIXED: list[tuple[str, str, str, str]] = [
    ("add", "genap_17", "real_new", "sekolah"),
    ("remove", "pindah_domisili", "real_move_out", "turunan"),
    ("suspend", "meninggal", "real_death", "surat"),
    ("correct", "ubah_data", "correction", ""),
    ("relocate", "pindah_dalam", "real_move_within", "turunan"),
]


def _letter(kind: str) -> Callable[[str], list[dict[str, str]]]:
    document = "village_letter" if kind == "suspend" else "claim"
    return lambda record: [{"record_id": record, "kind": document}]


def test_everything_the_office_says_can_be_sealed(world: World, tmp_path: Path) -> None:
    proposals = [
        world.proposal(kind, reason, record, evidence=_letter(kind)(record), fields=["name"])
        for kind, reason, truth, file in _MIXED
        for record in list(world.records(truth, file=file))[:6]
    ]
    receipt = seal(
        tmp_path / "decisions.jsonl",
        period=PERIOD,
        kab=None,
        proposals=pa.Table.from_pylist(proposals, schema=PROPOSAL_SCHEMA),
        verdicts=world.say(*proposals, error_rate=0.02),
        law=LAW,
        at="2026-09-30T09:00:00+07:00",
    )
    assert receipt.refused == ()
    assert len(receipt.sealed) >= len(proposals)
