"""A quarter in a store: adopt, propose, seal, build, on both engines."""

import pytest

from lib.office import KAB, OPERATOR, Q2, Q3, Office
from lib.people import BUDI, SITI, record
from mutakhir.casework import desk
from mutakhir.casework.desk import propose_period, read_proposals
from mutakhir.casework.docket import Docket
from mutakhir.casework.verdict import Verdict
from mutakhir.linkage.model_file import default_model
from mutakhir.roll import snapshot
from mutakhir.store import StoreError

OPENING, FEED = "a" * 16, "b" * 16
WATI = {**SITI, "nik": "9999994101600003", "name": "WATI", "birth_date": "1960-01-01"}
TONO = {**BUDI, "nik": "9999990509090004", "name": "TONO", "birth_date": "2009-09-05"}


def opened(tmp_path, engine="duckdb"):
    office = Office(tmp_path / "store", engine)
    lines = [record(SITI, row=2), record(BUDI, row=3), record(WATI, row=4)]
    office.source(*(dict(line, source_id=OPENING) for line in lines))
    office.adopt(OPENING)
    office.build(Q2)
    return office


def proposals_of(office, period=Q3, linker=None):
    roll = snapshot.read(office.store, office.store.versions()[-1])
    return propose_period(
        office.store,
        period,
        voters=roll.voters,
        departed=roll.departed,
        linker=linker or office.engine,
        model=default_model(),
        law=office.law(period),
    )


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_a_quarter_takes_one_in_and_lets_one_go(tmp_path, engine):
    office = opened(tmp_path, engine)
    dead = record(
        WATI,
        row=2,
        source_id=FEED,
        claim="ineligible",
        reason="meninggal",
        evidence="akta_kematian",
    )
    young = record(TONO, row=3, source_id=FEED, claim="new")
    office.source(dead, young)

    found = proposals_of(office)
    assert found.outcomes["outcome"].to_pylist() == ["proposal", "proposal"]
    assert sorted(found.proposals["reason"].to_pylist()) == ["genap_17", "meninggal"]

    first, second = office.accept(found.proposals)
    assert (len(first.sealed), len(first.refused)) == (2, 0)
    assert len(second.sealed) == 1  # the addition needs no second person
    built = office.build(Q3)

    assert built.manifest.counts == {KAB: {"L": 2, "P": 1, "total": 3}}
    assert built.roll.departed["name"].to_pylist() == ["WATI"]
    assert [f for f in built.findings if f.severity == "stop"] == []
    assert sorted(built.roll.ledger["account_to"].to_pylist()) == [
        "3673011001.001",
        "luar.meninggal",
    ]


class Hurried:
    """An engine during whose work somebody decides."""

    def __init__(self, engine, decide):
        self._engine, self._decide = engine, decide

    def link(self, left, right, model):
        return self._engine.link(left, right, model)

    def duplicates(self, people, model):
        self._decide()
        return self._engine.duplicates(people, model)


def docket_of(office):
    return Docket.open(office.store, Q3, office.law())


def test_who_is_accepted_while_a_later_file_is_linked_gets_no_second_dpid(tmp_path):
    office = opened(tmp_path)
    office.source(record(TONO, row=3, source_id=FEED, claim="new"))
    (first,) = proposals_of(office).proposals.to_pylist()
    docket = docket_of(office)
    # It would go first by its name: nothing but the acceptance keeps the person under the old one.
    office.source(record(TONO, row=3, source_id="0" * 16, claim="new"))

    def accept():
        if docket.case(first["proposal_id"]).state == "proposed":
            docket.seal([Verdict(first["proposal_id"], "accept", OPERATOR)], at=office.now())

    found = proposals_of(office, linker=Hurried(office.engine, accept))
    assert found.proposals["dpid"].to_pylist() == [first["dpid"]]
    assert found.outcomes["proposal_id"].to_pylist() == [first["proposal_id"]] * 2
    assert read_proposals(office.store, Q3).equals(found.proposals)
    office.accept(found.proposals)
    assert [v["dpid"] for v in voters_called(office.build(Q3), "TONO")] == [first["dpid"]]


def voters_called(built, name):
    return [voter for voter in built.roll.voters.to_pylist() if voter["name"] == name]


def test_proposals_that_decisions_overtake_again_and_again_say_so(tmp_path, monkeypatch):
    office = opened(tmp_path)
    office.source(record(TONO, row=3, source_id=FEED, claim="new"))
    proposals_of(office)
    monkeypatch.setattr(desk, "_overtaken", lambda *_seen: True)
    with pytest.raises(StoreError, match="terus masuk selama usulan 2026-Q3 disusun"):
        proposals_of(office)


def test_both_engines_give_one_root(tmp_path):
    roots = {}
    for engine in ("plain", "duckdb"):
        office = opened(tmp_path / engine, engine)
        office.source(record(TONO, row=3, source_id=FEED, claim="new"))
        office.accept(proposals_of(office).proposals)
        roots[engine] = office.build(Q3).manifest.root
    assert roots["plain"] == roots["duckdb"]


def test_the_dead_who_are_listed_again_in_three_quarters_open_three_conflicts(tmp_path):
    office = opened(tmp_path)
    dead = {"claim": "ineligible", "reason": "meninggal", "evidence": "akta_kematian"}
    office.source(record(WATI, row=2, source_id=FEED, **dead))
    office.accept(proposals_of(office).proposals)
    office.build(Q3)
    for number, period in enumerate(("2026-Q4", "2027-Q1", "2027-Q2")):
        office.source(record(WATI, row=2, source_id=f"{number:016x}", claim="new"))
        found = proposals_of(office, period).proposals
        assert found["kind"].to_pylist() == ["conflict"]
        verdict = Verdict(found["proposal_id"][0].as_py(), "reject", OPERATOR)
        assert office.seal(found, [verdict], period).refused == ()
        assert office.build(period).roll.departed["name"].to_pylist() == ["WATI"]
