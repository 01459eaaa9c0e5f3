"""``mutakhir intake`` as an office runs it: good files, files to mend, mappings, crashes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.intake_command import files_in, receipt_of, run, sheets_of
from lib.intake_files import BUDI, HEADER, KAB, SITI, UDIN, but, text, workbook
from mutakhir.cli import app
from mutakhir.intake.mapping import MappingError, load
from mutakhir.intake.sources import list_sources, load_records
from mutakhir.store import Store


def test_the_json_counts_every_row_by_file_and_sheet(root, tmp_path):
    path = workbook(
        tmp_path / "dua.xlsx",
        {"A": [HEADER, SITI, but(BUDI, nik="1")], "B": [HEADER, but(UDIN, nama=""), ("JUMLAH",)]},
    )
    result = run(path, "--store", root, "--json")
    receipt = receipt_of(result)
    assert result.exit_code == 1
    assert {k: receipt[k] for k in ("read", "accepted", "held", "rejected")} == {
        **{"read": 3, "accepted": 1, "held": 1, "rejected": 1}
    }
    (file,) = receipt["files"]
    assert [(s["sheet"], s["read"], s["accepted"]) for s in file["sheets"]] == [
        *(("A", 2, 1), ("B", 1, 0)),
    ]
    assert {(r["sheet"], r["row"], r["column"], r["severity"]) for r in file["rows"]} == {
        *(("A", 3, "NIK", "error"), ("B", 2, "NAMA", "doubt")),
    }
    assert all(r["action"] and r["value_class"] for r in file["rows"])


def test_the_table_speaks_indonesian_and_shows_no_personal_value(root, tmp_path):
    result = run(text(tmp_path / "a.csv", [HEADER, SITI, but(BUDI, nik="1")]), "--store", root)
    assert result.exit_code == 1
    assert "Tanda terima" in result.stdout
    assert "NIK bukan 16 angka" in result.stdout.replace("\n", " ")
    for value in (SITI[2], SITI[3], BUDI[3], BUDI[5]):
        assert value not in result.output


def test_all_rows_accepted_exits_with_0(root, tmp_path):
    assert run(text(tmp_path / "a.csv", [HEADER, SITI]), "--store", root).exit_code == 0


def test_several_files_go_in_although_one_is_refused(root, tmp_path):
    (tmp_path / "kosong.csv").write_bytes(b"")
    good = text(tmp_path / "a.csv", [HEADER, SITI])
    result = run(tmp_path / "kosong.csv", good, "--store", root, "--json")
    receipt = receipt_of(result)
    assert result.exit_code == 1
    assert [f["status"] for f in receipt["files"]] == ["refused", "taken"]
    assert (receipt["accepted"], receipt["refused_files"]) == (1, 1)


# -- rows to mend


def test_rows_set_aside_come_back_as_a_spreadsheet_that_can_be_mended_and_handed_in(root, tmp_path):
    rows = [SITI, but(BUDI, nik="9.99999E+15"), but(UDIN, nik="1")]
    result = run(text(tmp_path / "a.csv", [HEADER, *rows]), "--store", root, "--json")
    (file,) = receipt_of(result)["files"]
    (pages,) = sheets_of(file["made"]["mend"])
    headings, budi, udin = pages
    assert headings[:13] == list(HEADER)
    assert budi[2] == "9.99999E+15"
    assert {"LEMBAR", "BARIS", "MASALAH", "YANG HARUS DILAKUKAN", "REKAMAN ASAL"} <= set(headings)
    budi[2], udin[2] = BUDI[2], UDIN[2]
    mended = workbook(tmp_path / "mended.xlsx", {"x": [headings, budi, udin]})
    again = receipt_of(run(mended, "--store", root, "--json"))
    assert (again["read"], again["accepted"]) == (2, 2)
    store = Store.open(root)
    linked = [source for source in list_sources(store) if source.corrects]
    assert [source.corrects for source in linked] == [(file["source_id"],)]
    assert linked[0].layouts == ("perbaikan",)
    assert sorted(load_records(store)["name"].to_pylist()) == sorted([SITI[3], BUDI[3], UDIN[3]])


def test_mended_rows_keep_what_their_sheet_said(root, tmp_path):
    title = [("DAFTAR WARGA MENINGGAL",), ("KECAMATAN", ": SERANG"), ("KELURAHAN", ": KAGUNGAN")]
    header = ("NIK", "NAMA", "TANGGAL LAHIR", "TANGGAL MENINGGAL")
    row = ["1", BUDI[3], BUDI[5], "03/07/2026"]
    path = workbook(tmp_path / "a.xlsx", {"x": [*title, header, row]})
    result = run(path, "--store", root, "--region", KAB, "--json")
    (pages,) = sheets_of(receipt_of(result)["files"][0]["made"]["mend"])
    pages[1][0] = BUDI[2]
    mended = workbook(tmp_path / "mended.xlsx", {"x": pages})
    assert run(mended, "--store", root, "--region", KAB).exit_code == 0
    (record,) = load_records(Store.open(root)).to_pylist()
    assert (record["claim"], record["reason"]) == ("ineligible", "meninggal")
    assert record["desa"] is not None


# -- an unknown layout


def unknown(path):
    header = ("KOL A", "KOL B", "KOL C", "KOL D", "KOL E")
    rows = [(n, f"999999120382000{n}", BUDI[3], "12/03/1982", "L") for n in range(1, 6)]
    return workbook(path, {"x": [header, *rows]})


def test_an_unknown_layout_is_held_whole_with_a_mapping_to_correct(root, tmp_path):
    path = unknown(tmp_path / "a.xlsx")
    result = run(path, "--store", root, "--region", KAB, "--json")
    (file,) = receipt_of(result)["files"]
    assert result.exit_code == 1
    assert (file["status"], file["read"], file["held"]) == ("held", 5, 5)
    assert {row["code"] for row in file["rows"]} == {"layout_unknown"}
    assert set(file["made"]) == {"mapping"}  # nothing to hand in that rests on a guess
    draft = Path(file["made"]["mapping"]).read_text()
    assert 'B = "nik"  # "KOL B": 90%' in draft
    for line in ('C = "name"', 'D = "birth_date"', 'E = "sex"'):
        assert line in draft
    mapping = tmp_path / "map.toml"
    mapping.write_text(draft.replace("[fixed]", '[fixed]\ndesa = "3673011001"'))
    result = run(path, "--store", root, "--region", KAB, "--map", mapping, "--json")
    assert receipt_of(result)["accepted"] == 5
    (source,) = list_sources(Store.open(root))
    assert (source.mapped, source.layouts) == (True, ("mapping",))


def test_a_draft_corrected_where_it_lies_stays_with_its_source(root, tmp_path):
    path = unknown(tmp_path / "a.xlsx")
    (file,) = receipt_of(run(path, "--store", root, "--json"))["files"]
    draft = Path(file["made"]["mapping"])
    draft.write_text(draft.read_text().replace('B = "nik"', 'B = "nkk"'))
    assert run(path, "--store", root, "--map", draft).exit_code == 1
    assert 'B = "nkk"' in draft.read_text()


def test_a_number_of_a_person_among_the_headings_is_not_shown(root, tmp_path):
    header = (*HEADER[:-1], BUDI[2])
    result = run(text(tmp_path / "a.csv", [header, SITI]), "--store", root, "--json")
    assert receipt_of(result)["accepted"] == 1
    assert BUDI[2] not in result.output


def test_first_rows_without_numbers_are_not_shown_as_headings(root, tmp_path):
    rows = [("", BUDI[3], "KP. BARU", "L", "x"), *[(BUDI[2], BUDI[3], "KP. LAMA", "L", "y")] * 3]
    path = text(tmp_path / "a.csv", rows)
    result = run(path, "--store", root, "--json")
    (file,) = receipt_of(result)["files"]
    assert file["held"] + sum(file["sheets"][0]["skipped_lines"].values()) == 4
    assert BUDI[3] not in result.output
    mapping = tmp_path / "map.toml"
    mapping.write_text("format = 1\nfirst_row = 2\n[columns]\nA = 'nik'\nB = 'name'\nD = 'sex'")
    assert BUDI[3] not in run(path, "--store", root, "--map", mapping, "--json").output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("format = 1\nfirst_row = 2\n[columns]\nA = 'nikk'", "nikk"),
        ("format = 1\nfirst_row = 0\n[columns]\nA = 'nik'", "first_row"),
        ("format = 1\nfirst_row = 2\n[columns]\nA = 'nik'\nB = 'nik'", "dua kolom"),
        ("format = 1\nfirst_row = 2\n[columns]\n1 = 'nik'", "huruf kolom"),
        ("format = 1\nfirst_row = 2\nclaim = 'dead'\n[columns]\nA = 'nik'", "claim"),
        ("format = 2\nfirst_row = 2\n[columns]\nA = 'nik'", "format"),
        ("format = 1\nfirst_row = 2\nrows = 3\n[columns]\nA = 'nik'", "rows"),
        ("format = 1\nfirst_row = 2\n[columns]", "columns"),
        ("format = ", "tidak terbaca"),
        ("format = 1\nfirst_row = 2\n[columns]\nA = ['nik']", "nik"),
        ("format = 1\nfirst_row = 2\n[columns]\nA = 'nik'\n[fixed]\nnik = '1'", "sudah ada"),
    ],
)
def test_a_wrong_mapping_is_told_by_its_key(tmp_path, content, told):
    path = tmp_path / "map.toml"
    path.write_text(content)
    with pytest.raises(MappingError, match=told):
        load(path)


@pytest.mark.parametrize("line", ["reason = 'meninggl'", "reason = 3", "evidence = ['kk']"])
def test_a_mapping_with_a_reason_or_document_of_no_rule_is_told(root, tmp_path, line):
    mapping = tmp_path / "map.toml"
    mapping.write_text(f"format = 1\nfirst_row = 2\n{line}\n[columns]\nA = 'nik'")
    result = run(unknown(tmp_path / "a.xlsx"), "--store", root, "--map", mapping)
    assert result.exit_code == 2
    assert line.split()[0] in result.stderr


# -- odd but true


def test_a_registered_oddity_no_longer_warns_and_a_registered_doubt_no_longer_holds(root, tmp_path):
    header = (*HEADER, "DPID")
    old = (*but(BUDI, tanggal_lahir="12/03/1902", nik="9999991203020002"), "00000000000000a1")
    first = run(text(tmp_path / "a.csv", [header, old]), "--store", root, "--json")
    warned = receipt_of(first)["files"][0]["sheets"][0]["warnings"]
    assert "over_100" in {w["code"] for w in warned}
    cli = CliRunner()
    add = ["odd-but-true", "add", "00000000000000a1", "over_100", "--store", str(root)]
    assert cli.invoke(app, [*add, "--evidence", "KK", "--by", "petugas"]).exit_code == 0
    again = run(
        text(tmp_path / "b.csv", [header, (*old[:8], "KP. LAIN", *old[9:])]), "--store", root
    )
    assert again.exit_code == 0
    newest = load_records(Store.open(root)).to_pylist()
    assert sorted("over_100" in row["warnings"] for row in newest) == [False, True]
    listed = cli.invoke(app, ["odd-but-true", "list", "--store", str(root)])
    for word in ("over_100", "petugas"):
        assert word in listed.stdout


def test_a_doubt_registered_for_a_row_lets_it_in_when_it_is_handed_in_again(root, tmp_path):
    path = text(tmp_path / "a.csv", [HEADER, but(BUDI, tps="balai desa")])
    (file,) = receipt_of(run(path, "--store", root, "--json"))["files"]
    cli, store = CliRunner(), ["--store", str(root), "--evidence", "denah", "--by", "petugas"]
    row = f"{file['source_id']}:0:2"
    cli.invoke(app, ["odd-but-true", "add", row, "tps_unreadable", *store])
    assert run(file["made"]["mend"], "--store", root).exit_code == 0
    assert load_records(Store.open(root))["name"].to_pylist() == [BUDI[3]]


@pytest.mark.parametrize(
    ("of", "code", "told"),
    [
        ("00000000000000a1", "entah", "tidak dikenal"),
        ("00000000000000a1", "nik_not_16_digits", "kesalahan pasti"),
        (BUDI[2], "over_100", "jangan NIK"),
    ],
)
def test_the_register_refuses_errors_unknown_codes_and_personal_numbers(filled, of, code, told):
    rest = ["--store", str(filled), "--evidence", "KK", "--by", "petugas"]
    result = CliRunner().invoke(app, ["odd-but-true", "add", of, code, *rest])
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_evidence_of_an_oddity_holds_no_personal_number(filled):
    rest = ["--store", str(filled), "--evidence", f"KTP-el {BUDI[2]}", "--by", "petugas"]
    command = ["odd-but-true", "add", "00000000000000a1", "over_100", *rest]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2
    assert "jangan NIK" in result.stderr
    assert BUDI[2] not in result.output


# -- crash


def test_a_kill_at_any_moment_leaves_the_whole_source_or_none(filled, tmp_path):
    rows = [but(BUDI, nik=f"99999912{1 + n % 12:02}82{n % 9999 + 1:04}") for n in range(20_000)]
    path = text(tmp_path / "besar.csv", [HEADER, *rows])
    before = files_in(filled)
    command = [sys.executable, "-m", "mutakhir", "intake", str(path), "--store", str(filled)]
    for delay in (0.3, 0.8, 1.3, 2.0):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        sources = list_sources(Store.open(filled))
        if len(sources) == 1:
            assert {k: v for k, v in files_in(filled).items() if k.name != ".lock"} == {
                k: v for k, v in before.items() if k.name != ".lock"
            }
        else:
            assert load_records(Store.open(filled)).num_rows == 20_001
    run(path, "--store", filled)
    assert load_records(Store.open(filled)).num_rows == 20_001
