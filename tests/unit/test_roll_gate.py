"""The gate before the plenary, and a move across two kab/kota of one store."""

import pytest

from lib.cases import proposal, proposals
from lib.office import CHECKER, OPERATOR, Q2, Q3, Office
from lib.people import BUDI, SITI, record
from mutakhir.casework.desk import propose_period
from mutakhir.casework.verdict import Verdict
from mutakhir.linkage.model_file import default_model
from mutakhir.roll import snapshot
from mutakhir.roll.findings import BuildRefusedError

S, B = "00000000000000a1", "00000000000000a2"
THERE = "3604011001"


def looked_at(office, period=Q2):
    return {(f.check, f.where) for f in office.build(period).findings}


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "store")


@pytest.mark.parametrize(
    ("person", "checks"),
    [
        ({}, set()),
        ({"birth_date": "2009-06-30", "marital": "B"}, set()),
        ({"birth_date": "2009-07-01", "marital": "B"}, {"di_bawah_umur"}),
        ({"birth_date": "2009-07-01", "marital": "S"}, set()),
        ({"birth_date": "2010-00-00", "marital": "B"}, {"di_bawah_umur"}),
        ({"birth_date": "1920-01-01"}, {"sangat_tua"}),
        ({"birth_date": "0000-01-01"}, set()),
        ({"nik": None}, {"nik_tidak_sah"}),
        ({"nkk": "0"}, {"nkk_tidak_sah"}),
    ],
)
def test_the_gate_names_whom_to_look_at_before_the_plenary(office, person, checks):
    office.adopt(office.source(record(SITI, dpid=S, **person)))
    assert looked_at(office) == {(check, S) for check in checks}


def test_one_nik_on_two_lines_is_looked_at(office):
    office.adopt(office.source(record(SITI, dpid=S), record(SITI, row=3, dpid=B)))
    assert looked_at(office) == {("nik_ganda", f"{S}, {B}")}


def two_kabs(office):
    people = [record(SITI, dpid=S, desa=THERE), record(BUDI, row=3, dpid=B)]
    source = office.source(*people)
    for kab in ("3604", "3673"):
        office.adopt(source, kab=kab)
    roll = office.build(Q2).roll
    office.source(record(SITI, source_id="b" * 16, claim="new", evidence="surat_pindah"))
    return propose_period(
        office.store,
        Q3,
        voters=roll.voters,
        departed=roll.departed,
        linker=office.engine,
        model=default_model(),
        law=office.law(),
    ).proposals


def accept(office, table, kind):
    (line,) = [row for row in table.to_pylist() if row["kind"] == kind]
    for act, by in (("accept", OPERATOR), ("approve", CHECKER)):
        verdict = Verdict(line["proposal_id"], act, by)
        office.seal(table, [verdict], kab=line["kab"])


def test_a_move_across_kabs_is_one_leaving_and_one_arrival_that_balance(office):
    table = two_kabs(office)
    found = {(row["kab"], row["kind"], row["reason"]) for row in table.to_pylist()}
    assert found == {("3604", "remove", "pindah_domisili"), ("3673", "add", "pindah_masuk")}
    accept(office, table, "add")
    assert {check for check, _ in looked_at(office, Q3)} >= {"pindah_timpang"}
    accept(office, table, "remove")
    built = office.build(Q3)
    assert built.findings == []
    assert built.manifest.counts == {"3673": {"L": 1, "P": 1, "total": 2}}
    assert snapshot.read(office.store, 2, ["3604"]).departed["dpid"].to_pylist() == [S]
    assert snapshot.read(office.store, 2, ["3604"]).ledger.num_rows == 1


def test_a_leaving_without_its_arrival_is_looked_at(office):
    table = two_kabs(office)
    accept(office, table, "remove")
    assert ("pindah_timpang", f"DPID {S}") in looked_at(office, Q3)


def test_a_record_that_moves_a_voter_to_another_kab_stops_the_build(office):
    office.adopt(office.source(record(SITI, dpid=S)))
    office.build(Q2)
    office.source(record(SITI, source_id="b" * 16, claim="change", desa=THERE))
    more = {"kind": "relocate", "dpid": S, "reason": "pindah_dalam"}
    table = proposals(proposal(**more, record_id=f"{'b' * 16}:0:2"))
    office.accept(table)
    with pytest.raises(BuildRefusedError, match="pindah antar kab/kota"):
        office.build(Q3)
    assert office.store.versions() == [1]
