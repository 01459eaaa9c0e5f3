"""The commands of casework and roll, as an officer types them."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from lib.office import CHECKER, KAB, OPERATOR, Q2, Q3, Office
from lib.people import BUDI, SITI, record
from mutakhir.cli import app

OPENING, FEED = "a" * 16, "b" * 16
S, B = "00000000000000a1", "00000000000000a2"
WATI = {**SITI, "nik": "9999996309090077", "name": "WATI", "birth_date": "2009-09-23"}


@pytest.fixture
def store(tmp_path):
    office = Office(tmp_path / "store")
    office.source(
        record(SITI, row=2, dpid=S, source_id=OPENING),
        record(BUDI, row=3, dpid=B, source_id=OPENING),
    )
    dead = {"claim": "ineligible", "reason": "meninggal", "evidence": "akta_kematian"}
    office.source(
        record(BUDI, row=2, source_id=FEED, **dead),
        record(WATI, row=3, source_id=FEED, claim="new"),
    )
    return tmp_path / "store"


def run(*words, exit_code=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == exit_code, result.output
    return result


def at(store, period=Q3, minute=0):
    place = ("--store", store, "--period", period)
    return (*place, "--at", f"2026-09-30T10:{minute:02d}:00+07:00")


def signed(by, kab=KAB):
    return ("--kab", kab, "--by", by)


def opened(store):
    run("adopt", OPENING, *at(store, Q2), *signed(OPERATOR))
    return json.loads(run("build", "--store", store, "--period", Q2, "--json").output)


def verdict_file(store, act, by):
    ids = pq.read_table(store / "periods" / Q3 / "proposals.parquet")["proposal_id"].to_pylist()
    path = store.parent / f"{act}.csv"
    path.write_text("proposal_id,act,by\n" + "".join(f"{i},{act},{by}\n" for i in ids))
    return path


def quarter(store):
    opened(store)
    run("propose", "--store", store, "--period", Q3)
    run("decide", verdict_file(store, "accept", OPERATOR), *at(store, minute=1))
    # the addition needs no second person: its approval is refused, the removal's goes through
    run("decide", verdict_file(store, "approve", CHECKER), *at(store, minute=2), exit_code=1)
    return json.loads(run("build", "--store", store, "--period", Q3, "--json").output)


def test_a_quarter_from_opening_list_to_second_version(store):
    built = quarter(store)
    assert built["counts"] == {KAB: {"L": 0, "P": 2, "total": 2}}
    found = json.loads(run("diff", 1, 2, "--store", store, "--format", "json").output)
    assert found["totals"] == {"came": {"genap_17": 1}, "left": {"meninggal": 1}}
    table = run("diff", 1, 2, "--store", store).output
    assert "keluar: 1" in table
    rows = list(
        csv.DictReader(io.StringIO(run("diff", 1, 2, "--store", store, "--format", "csv").output))
    )
    assert {row["what"] for row in rows} == {"came", "left"}


def test_propose_says_how_much_of_the_list_a_person_must_look_at(store):
    opened(store)
    quiet = run("propose", "--store", store, "--period", Q3).output
    assert "0 perlu dilihat satu per satu (0,00 % dari daftar)" in quiet
    assert "Peringatan" not in quiet
    # two rows that may be one new person, on a list of two
    office = Office(store)
    slip = {**WATI, "nik": "9999986309090077"}
    office.source(record(slip, row=2, source_id="c" * 16, claim="new"))
    loud = run("propose", "--store", store, "--period", Q3).output
    assert "2 perlu dilihat satu per satu (100,00 % dari daftar)" in loud
    assert "Peringatan: lebih dari 0,50 %" in loud
    told = json.loads(run("propose", "--store", store, "--period", Q3, "--json").output)
    assert told["review"] == {"proposals": 2, "share_of_list": 1.0, "share_most": 0.005}


def test_both_engines_build_the_same_root(store):
    root = quarter(store)["root"]
    plain = run("build", "--store", store, "--period", Q3, "--engine", "plain", "--json")
    assert json.loads(plain.output)["root"] == root


def test_a_row_and_a_voter_can_be_followed_without_a_personal_value(store):
    quarter(store)
    told = (
        run("trace", f"{FEED}:0:2", "--store", store).output
        + run("trace", B, "--store", store).output
    )
    assert "tidak terdaftar pada versi 2: meninggal" in told
    for value in (BUDI["nik"], BUDI["nkk"], BUDI["name"], BUDI["birth_date"]):
        assert value not in told
    run("trace", "ffff000000000000", "--store", store, exit_code=1)


def test_who_pressed_the_wrong_key_takes_it_back(store):
    opened(store)
    run("propose", "--store", store, "--period", Q3)
    run("decide", verdict_file(store, "reject", OPERATOR), *at(store, minute=1))
    told = run("retract", 2, 3, *at(store, minute=2), *signed(OPERATOR)).output
    assert "Keputusan 3 ditarik kembali (keputusan 5)." in told
    run("decide", verdict_file(store, "accept", OPERATOR), *at(store, minute=3))
    run("decide", verdict_file(store, "approve", CHECKER), *at(store, minute=4), exit_code=1)
    built = json.loads(run("build", "--store", store, "--period", Q3, "--json").output)
    assert built["counts"] == {KAB: {"L": 0, "P": 2, "total": 2}}
    late = run("retract", 6, *at(store, minute=5), *signed(OPERATOR), exit_code=1)
    assert "Ditolak: " in late.output
    assert "retract" in run("trace", B, "--store", store).output


def test_an_overturning_by_two_brings_the_voter_back(store):
    quarter(store)
    accepted = [
        json.loads(line)
        for line in (store / "decisions.jsonl").read_text().splitlines()
        if '"kind":"remove"' in line
    ]
    seq = accepted[0]["seq"]
    run("overturn", seq, *at(store, minute=3), *signed(OPERATOR), "--reason", "orang lain")
    last = len((store / "decisions.jsonl").read_text().splitlines())
    run("approve", last, *at(store, minute=4), *signed(OPERATOR), exit_code=1)
    run("approve", last, *at(store, minute=4), *signed(CHECKER))
    built = json.loads(run("build", "--store", store, "--period", Q3, "--json").output)
    assert built["counts"][KAB] == {"L": 1, "P": 2, "total": 3}


def test_a_withdrawn_source_takes_what_rests_on_it_along(store):
    quarter(store)
    run("withdraw", FEED, *at(store, minute=3), *signed(OPERATOR), "--reason", "salah berkas")
    last = len((store / "decisions.jsonl").read_text().splitlines())
    run("approve", last, *at(store, minute=4), *signed(CHECKER))
    built = json.loads(run("build", "--store", store, "--period", Q3, "--json").output)
    assert built["counts"][KAB] == {"L": 1, "P": 1, "total": 2}


def test_a_closed_period_refuses_with_exit_code_1(store):
    opened(store)
    run("close", *at(store), *signed("ketua"))
    result = run("close", *at(store, minute=1), *signed("ketua"), exit_code=1)
    assert "sudah ditutup" in result.output


def test_the_list_as_of_a_day_is_shown(store):
    quarter(store)
    shown = json.loads(run("build", "--store", store, "--as-of", "2026-09-29", "--json").output)
    assert shown["counts"] == {}
    shown = json.loads(run("build", "--store", store, "--as-of", "2026-09-30", "--json").output)
    assert shown["counts"][KAB]["total"] == 2


def test_two_voters_with_one_dpid_stop_the_build_with_exit_code_1(tmp_path):
    office = Office(tmp_path / "store")
    office.source(record(SITI, row=2, dpid=S), record(BUDI, row=3, dpid=S))
    run("adopt", "a" * 16, *at(tmp_path / "store", Q2), *signed(OPERATOR))
    result = run("build", "--store", tmp_path / "store", "--period", Q2, exit_code=1)
    assert "satu DPID dipakai 2 baris" in result.output
    assert not office.store.versions()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("proposal_id,act,by\nx,setuju,petugas\n", "baris 2: tindakan tidak dikenal"),
        ("proposal_id,act\nx,accept\n", "baris 2: kolom kosong: by"),
        ("proposal_id,act,by,nik\nx,accept,petugas,1\n", "baris 2: kolom tidak dikenal"),
        ("proposal_id,act,by\nx,accept,petugas,lebih\n", "baris 2: kolom tidak dikenal"),
    ],
)
def test_a_verdict_file_with_a_fault_is_named_by_line(store, tmp_path, content, told):
    opened(store)
    run("propose", "--store", store, "--period", Q3)
    path = tmp_path / "verdicts.csv"
    path.write_text(content)
    assert told in run("decide", path, *at(store), exit_code=2).output


def test_nothing_is_sealed_after_a_decision_file_that_lost_its_end(store):
    quarter(store)
    path = store / "decisions.jsonl"
    short = b"".join(path.read_bytes().splitlines(keepends=True)[:-1])
    path.write_bytes(short)
    for words in (
        ("close", *at(store, minute=5), *signed("ketua")),
        ("decide", verdict_file(store, "accept", OPERATOR), *at(store, minute=5)),
        ("propose", "--store", store, "--period", Q3),
        ("build", "--store", store, "--period", Q3),
    ):
        assert "versi 2 dibangun dari" in run(*words, exit_code=2).output
    assert path.read_bytes() == short


def test_a_quarter_without_law_and_a_missing_file_are_said_in_words(store, tmp_path):
    opened(store)
    nowhere = run("propose", "--store", store, "--period", "1999-Q1", exit_code=2)
    assert "Tidak ada aturan" in nowhere.output
    missing = run("decide", tmp_path / "tidak-ada.csv", *at(store), exit_code=2)
    assert "tidak dapat dibaca" in missing.output


def test_a_broken_decision_file_is_reported_with_exit_code_2(store):
    opened(store)
    path = store / "decisions.jsonl"
    path.write_text(path.read_text().replace('"seq":1', '"seq":2'))
    assert "rusak" in run("build", "--store", store, "--period", Q2, exit_code=2).output


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--period", "2026-Q9"),
        ("build", "--as-of", "kemarin"),
        ("build",),
        ("build", "--period", Q3, "--engine", "spark"),
        ("diff", 2, 1),
        ("diff", 7, 9),
    ],
)
def test_wrong_usage_is_exit_code_2(store, words):
    opened(store)
    run(*words, "--store", store, exit_code=2)
