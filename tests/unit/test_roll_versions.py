"""Versions in a store: as of a day, the difference between two, and the trace of one row."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.cases import proposal, proposals
from lib.histories import FEED, NEW, OPENING, B, S, settled
from lib.office import Q2, Q3, Q4, Office, no_outcomes
from lib.people import BUDI, SITI, record
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.casework.draft import Proposals
from mutakhir.intake.sources import sha256_of
from mutakhir.roll import snapshot
from mutakhir.roll.diff import diff, totals
from mutakhir.roll.findings import BuildRefusedError
from mutakhir.roll.steps import roll_as_of
from mutakhir.roll.trace import trace
from mutakhir.store import StoreError, write_json


@pytest.fixture
def office(tmp_path):
    return settled(tmp_path / "store")


def as_of(office, day):
    return roll_as_of(office.store, date.fromisoformat(day), office.engine, office.rules)


def test_the_diff_says_who_came_left_moved_and_changed_and_why(office):
    found = diff(office.store, 1, 2)
    assert [(r["dpid"], r["what"], r["reason"], r["fields"]) for r in found.to_pylist()] == [
        (S, "left", "meninggal", []),
        (B, "moved", "pindah_dalam", []),
        (B, "changed", "ubah_data", ["name"]),
        (NEW, "came", "pindah_masuk", []),
    ]
    assert totals(found)["left"] == {"meninggal": 1}
    assert not {"name", "nik", "nkk", "birth_date"} & set(found.column_names)


def test_the_diff_tells_a_suspension_from_a_correction(office):
    weak = proposal(proposal_id="6" * 16, kind="suspend", dpid=NEW, documents=["rt_statement"])
    office.accept(proposals(weak), Q4)
    office.build(Q4)
    (row,) = diff(office.store, 2, 3).to_pylist()
    assert (row["dpid"], row["what"], row["reason"], row["fields"]) == (
        NEW,
        "changed",
        "status",
        ["status"],
    )


def test_the_diff_over_several_versions_leaves_out_who_came_and_went(office):
    office.overturn(3, Q4)
    office.build(Q4)
    assert NEW not in diff(office.store, 1, 3)["dpid"].to_pylist()
    with pytest.raises(ValueError, match="mendahului"):
        diff(office.store, 2, 1)


def test_the_roll_as_of_a_day_holds_what_was_decided_by_then(office):
    assert as_of(office, "2026-08-31").voters.num_rows == 0
    assert as_of(office, "2026-09-05").voters["dpid"].to_pylist() == [S, B]
    assert as_of(office, "2026-09-11").voters["dpid"].to_pylist() == [B, NEW]


def test_the_roll_as_of_today_is_the_last_version(office):
    assert as_of(office, "2026-12-31").voters == snapshot.read(office.store, 2).voters


def test_a_version_that_others_stand_on_is_not_built_anew_to_another_root(office):
    office.build(Q4)
    late = proposals(proposal(proposal_id="5" * 16, dpid=B))
    office.accept(late, Q3)
    with pytest.raises(BuildRefusedError, match="versi 3 sudah berdiri"):
        office.build(Q3)
    assert snapshot.read(office.store, 2).departed.num_rows == 1


def test_reading_one_kab_gives_that_kab_only(office):
    assert snapshot.read(office.store, 2, ["3673"]).voters.num_rows == 2
    assert snapshot.read(office.store, 2, ["3604"]).voters.num_rows == 0


def test_the_manifest_says_what_the_version_stands_on(office):
    manifest = snapshot.manifest(office.store, 2)
    assert manifest.previous == snapshot.manifest(office.store, 1).root
    assert manifest.sources == [FEED]
    assert manifest.decisions["last"] == 6
    assert manifest.rules == office.rules.digest
    assert not manifest.closed
    office.act("close", by="ketua")
    assert office.build(Q3).manifest.closed
    assert snapshot.manifest(office.store, 2).root == manifest.root


def test_a_record_can_be_followed_to_the_roll(office):
    told = "\n".join(trace(office.store, f"{FEED}:0:2"))
    for expected in ("usulan pemilih baru", "keputusan 3", "berlaku", NEW):
        assert expected in told


def test_a_voter_who_left_can_be_followed(office):
    told = trace(office.store, S)
    assert told[-1] == (f"tidak terdaftar pada versi 2: meninggal sejak {Q3}, akta_kematian")
    assert trace(office.store, "ffff000000000000") == []
    for value in (SITI["nik"], SITI["nkk"], SITI["name"], SITI["birth_date"]):
        assert value not in "\n".join(told)


def rewritten(path, change):
    table = pq.read_table(path, partitioning=None).to_pylist()
    change(table)
    pq.write_table(pa.Table.from_pylist(table, pq.read_schema(path)), path)


def test_a_decision_file_that_lost_its_end_is_not_built_from(office):
    office.build(Q3)
    whole = office.store.decisions.read_bytes()
    lines = whole.splitlines(keepends=True)
    office.store.decisions.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(DecisionFileError, match="versi 2 dibangun dari"):
        office.build(Q3)
    office.store.decisions.write_bytes(whole)
    assert office.build(Q3).manifest.version == 2


def test_the_decision_file_of_another_store_is_not_built_from(office, tmp_path):
    other = Office(tmp_path / "other")
    other.source(record(SITI, row=2, dpid=S, source_id=OPENING))
    other.minute = 5
    other.adopt(OPENING)
    office.store.decisions.write_bytes(other.store.decisions.read_bytes())
    with pytest.raises(DecisionFileError, match="versi 1 dibangun dari"):
        office.build(Q3)


def test_an_altered_source_does_not_replace_the_version_built_from_it(office):
    root = office.build(Q3).manifest.root
    path = office.store.source(FEED) / "records.parquet"
    rewritten(path, lambda rows: rows[0].update(name="ORANG LAIN"))
    with pytest.raises(BuildRefusedError, match="berubah sejak diterima"):
        office.build(Q3)
    write_json(path.with_name("manifest.json"), {"records": sha256_of(path)})
    with pytest.raises(BuildRefusedError, match="keputusannya sama tetapi akarnya lain"):
        office.build(Q3)
    assert snapshot.manifest(office.store, 2).root == root


def test_an_altered_source_is_not_built_from(office):
    path = office.store.source(FEED) / "records.parquet"
    rewritten(path, lambda rows: rows[0].update(name="ORANG LAIN"))
    with pytest.raises(BuildRefusedError, match="berubah sejak diterima"):
        office.build(Q3)


def test_an_altered_version_is_not_built_upon(office):
    path = office.store.roll(1) / "kab=3673" / "voters.parquet"
    rewritten(path, lambda rows: rows[0].update(name="ORANG LAIN"))
    with pytest.raises(BuildRefusedError, match="versi 1: isinya tidak lagi memberi akarnya"):
        office.build(Q3)


def test_a_suspension_stays_in_the_trace_when_the_certificate_takes_its_proposals_place(office):
    weak = proposal(proposal_id="5" * 16, kind="suspend", dpid=B, documents=["rt_statement"])
    office.accept(proposals(weak), Q4)
    strong = proposals(proposal(proposal_id="6" * 16, period=Q4, dpid=B))
    office.put(Proposals(strong, no_outcomes()), Q4)
    office.accept(strong, Q4)
    told = "\n".join(trace(office.store, B))
    assert told.index(f"usulan {'5' * 16}: berlaku") < told.index(f"usulan {'6' * 16} remove")


def test_a_period_is_not_slipped_in_before_one_that_stands(office):
    office.build("2027-Q1")
    office.accept(proposals(proposal(proposal_id="7" * 16, dpid=B)), Q4)
    with pytest.raises(BuildRefusedError, match="versi 3: sudah memuat 2027-Q1"):
        office.build(Q4)
    assert snapshot.manifest(office.store, 3).period == "2027-Q1"


def test_rows_of_a_list_that_lie_in_another_kab_are_told(tmp_path):
    office = Office(tmp_path)
    elsewhere = record(BUDI, row=3, desa="3672011001", source_id=OPENING)
    office.source(record(SITI, row=2, source_id=OPENING), elsewhere)
    office.adopt(OPENING)
    built = office.build(Q2)
    assert built.roll.voters.num_rows == 1
    told = [each for each in built.findings if each.check == "di_luar_kab"]
    assert [(each.severity, each.where) for each in told] == [("look", f"sumber {OPENING}")]
    assert told[0].text.startswith("1 baris di luar 3673")


def test_a_list_adopted_for_a_kab_that_it_does_not_hold_stops_the_build(tmp_path):
    fresh = Office(tmp_path / "fresh")
    fresh.source(record(SITI, row=2, source_id=OPENING))
    fresh.adopt(OPENING)
    fresh.adopt(OPENING, kab="3604")
    with pytest.raises(BuildRefusedError, match="3604, keputusan 2"):
        fresh.build(Q2)


def test_a_manifest_that_cannot_be_read_is_said(office):
    (office.store.roll(2) / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="manifest versi 2"):
        office.build(Q3)
