import csv
import hashlib
import json
import re

import pyarrow.parquet as pq
import pytest
import typer
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from lib.recap_world import recap_of, seal, store_of, story_of_a_quarter
from mutakhir.commands.minutes import minutes
from mutakhir.commands.recap import app as recap
from mutakhir.recap import editions
from mutakhir.recap.meeting import Meeting
from mutakhir.recap.minutes import SourceUsed, values
from mutakhir.store import Store

MEETING = """
n = 23
office = "KPU.KSR"
city = "Serang"
opened = 2026-10-02T09:00:00
[[commissioners]]
role = "Ketua"
[[commissioners]]
role = "Anggota"
"""
documents = typer.Typer()
documents.command()(minutes)


@pytest.fixture
def store(tmp_path):
    store_of(tmp_path / "store", story_of_a_quarter())
    return tmp_path / "store"


def run(app, *arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def make(store, out, *options):
    return run(documents, "--store", store, "--kab", "36.73", "--out", out, *options)


def test_a_store_gives_minutes_bulletin_and_tables(store, tmp_path):
    (tmp_path / "meeting.toml").write_text(MEETING)
    result = make(store, tmp_path / "out", "--meeting", tmp_path / "meeting.toml")
    assert result.exit_code == 0, result.stderr
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {
        "berita-acara.pdf",
        "siaran.md",
        "siaran.txt",
        "rekap.xlsx",
        "rekap.csv",
        "rekap.json",
    }
    assert (tmp_path / "out" / "berita-acara.pdf").read_bytes().startswith(b"%PDF-")


def test_the_same_store_and_meeting_give_the_same_bytes(store, tmp_path):
    for name in ("one", "two"):
        assert make(store, tmp_path / name, "--period", "2026-Q3").exit_code == 0
    one, two = (
        {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two


def test_minutes_are_refused_and_nothing_is_written_when_a_voter_is_lost(store, tmp_path):
    path = next(store.glob("rolls/0002/kab=3673/voters.parquet"))
    pq.write_table(pq.read_table(path, partitioning=None).slice(1), path)
    result = make(store, tmp_path / "out")
    assert result.exit_code == 1
    assert "Kota Serang (3673): sel total tertulis 31, seharusnya 32" in result.stderr
    assert "selisih −1" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--kab", "36.74"),
        ("--kab", "36.73.01"),
        ("--kab", "36"),
        ("--kab", "satu"),
        ("--period", "2030-Q1"),
        ("--period", "kemarin"),
        ("--meeting", "tidak-ada.toml"),
    ],
)
def test_what_is_not_there_is_said_with_exit_code_2(store, tmp_path, options):
    result = make(store, tmp_path / "out", *options)
    assert result.exit_code == 2
    assert result.stderr.strip()


def test_a_folder_that_is_no_store_is_said_with_exit_code_2(tmp_path):
    assert make(tmp_path, tmp_path / "out").exit_code == 2
    assert run(recap, "--store", tmp_path).exit_code == 2


def test_what_recap_writes_recap_check_passes(store, tmp_path):
    out = tmp_path / "rekap.csv"
    assert run(recap, "--store", store, "--format", "csv", "--out", out).exit_code == 0
    result = run(recap, "check", out, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["rows"], found["good"]) == (0, 7, 7)


def test_recap_check_finds_a_digit_changed_in_what_recap_wrote(store, tmp_path):
    rows = list(csv.DictReader(run(recap, "--store", store, "--format", "csv").stdout.splitlines()))
    rows[2]["tms.meninggal_L"] = "99"
    with (tmp_path / "rekap.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    found = json.loads(run(recap, "check", tmp_path / "rekap.csv", "--json").stdout)
    assert {b["cell"] for b in found["broken"]} == {"tms.meninggal", "tms_L", "tms.meninggal_L"}


def test_the_json_names_version_root_and_as_of(store):
    found = json.loads(run(recap, "--store", store, "--version", 2, "--format", "json").stdout)
    assert found["edition"]["version"] == 2
    assert found["edition"]["as_of"] == "2026-09-30"
    assert len(found["edition"]["root"]) == 64
    assert found["rows"][0]["counts"]["akhir"]["total"] == 32


def test_the_terminal_table_shows_rows_of_the_level_asked_for(store):
    shown = run(recap, "--store", store, "--level", "desa").stdout
    for name in ("Kota Serang", "versi 2", "Genap 17 tahun", "Meninggal"):
        assert name in shown


def test_the_workbook_has_the_sheets_of_the_model_and_sums_that_agree(store, tmp_path):
    out = tmp_path / "rekap.xlsx"
    assert run(recap, "--store", store, "--format", "xlsx", "--out", out).exit_code == 0
    book = CalamineWorkbook.from_path(out)
    assert book.sheet_names == [
        "REKAPITULASI PDPB",
        "REKAP MODEL A",
        "DB REKAP MODEL A",
        "triwulan sebelumnya",
        "A-DPB2",
    ]
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert rows[2][0] == "TRIWULAN III TAHUN 2026"
        total = next(row for row in rows if row[1] == "JUMLAH")
        data = [row for row in rows if isinstance(row[0], float)]
        assert len(data) == 2
        for at in range(2, len(total)):
            if isinstance(total[at], float):
                assert total[at] == sum(row[at] for row in data)


def test_the_flow_sheet_has_no_difference(store, tmp_path):
    out = tmp_path / "rekap.xlsx"
    run(recap, "--store", store, "--format", "xlsx", "--out", out)
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("A-DPB2").to_python()
    titles = next(row for row in rows if "Selisih" in row)
    data = [row for row in rows if isinstance(row[0], float)]
    assert [row[titles.index("Selisih")] for row in data] == [0, 0]
    for row in data:
        cells = dict(zip(titles, row, strict=True))
        new = sum(n for title, n in cells.items() if title.startswith("Baru "))
        gone = sum(n for title, n in cells.items() if title.startswith("TMS "))
        moved = cells["Pindah dalam (masuk − keluar)"]
        closing = cells["Hasil akhir laki-laki"] + cells["Hasil akhir perempuan"]
        assert cells["PDPB awal"] + new - gone + moved == closing


def test_every_number_of_the_bulletin_stands_in_the_recap(store, tmp_path):
    make(store, tmp_path / "out")
    text = (tmp_path / "out" / "siaran.txt").read_text()
    row = recap_of(story_of_a_quarter()).row("3673")
    known = {*row.cells().values(), abs(row.count("akhir").total - row.count("awal").total)}
    bound = {"2026", "30", "2"}  # the period, the day, the version
    said = re.sub(r"akar \w+|Genap 17|genap 17|Serentak 2024", "", text)
    numbers = re.findall(r"\d+(?:\.\d{3})*", said)
    assert len(numbers) > 10
    for number in numbers:
        assert number in bound or int(number.replace(".", "")) in known, number


def test_the_bulletin_names_list_version_and_day(store, tmp_path):
    make(store, tmp_path / "out")
    text = (tmp_path / "out" / "siaran.md").read_text()
    assert "daftar PDPB Kota Serang, versi 2, per 30 September 2026" in text


def bulletin_of(store, out):
    assert make(store, out).exit_code == 0
    return (out / "siaran.txt").read_text()


def test_an_open_period_says_so_and_a_closed_one_does_not(store, tmp_path):
    assert "Periode belum ditutup" in bulletin_of(store, tmp_path / "open")
    seal(Store.open(store), act="close")
    assert "Periode belum ditutup" not in bulletin_of(store, tmp_path / "closed")


def test_a_decision_that_the_version_does_not_know_keeps_the_documents_a_draft(store, tmp_path):
    seal(Store.open(store), act="field_check", proposal="0" * 16)
    seal(Store.open(store), act="close")
    assert "Periode belum ditutup" in bulletin_of(store, tmp_path / "out")


def test_the_sources_are_those_that_decisions_rest_on_with_their_receipts(store):
    issue = editions.recap(Store.open(store), 2, ["3673"])
    assert issue.sources == (SourceUsed("dukcapil.csv", 9, 6, 2, 1),)


def test_a_source_that_is_gone_is_said_with_exit_code_2(store, tmp_path):
    (store / "sources" / "aaaaaaaaaaaaaaaa" / "receipt.json").unlink()
    result = make(store, tmp_path / "out")
    assert (result.exit_code, "aaaaaaaaaaaaaaaa" in result.stderr) == (2, True)


def test_a_broken_decision_file_is_said_with_exit_code_2(store, tmp_path):
    (store / "decisions.jsonl").write_text("{}\n")
    assert make(store, tmp_path / "out").exit_code == 2


def test_a_period_may_be_said_in_words(store, tmp_path):
    assert make(store, tmp_path / "out", "--period", "Triwulan III Tahun 2026").exit_code == 0


@pytest.fixture
def province(tmp_path):
    """A store in which the second kecamatan of the told quarter lies in Kota Cilegon."""
    stories = [story for story in story_of_a_quarter() if story[0] != "move"]
    store_of(tmp_path / "province", stories, elsewhere={"367302": "367201"})
    return tmp_path / "province"


def test_a_roll_of_two_kota_is_shown_by_kota_under_their_province(province):
    shown = run(recap, "--store", province).stdout
    for name in ("Banten", "Kota Cilegon", "Kota Serang"):
        assert name in shown
    only = run(recap, "--store", province, "--kab", "36.72", "--format", "json")
    assert {row["code"][:4] for row in json.loads(only.stdout)["rows"]} == {"3672"}


def test_each_kota_and_the_province_have_minutes_whose_totals_add_up(province):
    store = Store.open(province)
    totals = {}
    for code in ("3672", "3673", "36"):
        issue = editions.recap(store, 2, editions.kabs_of(store, 2, code))
        shown = values(issue.recap, code, Meeting(), issue.sources, issue.law)
        totals[code] = int(shown["totals"]["total"]["digits"])
    assert totals["36"] == totals["3672"] + totals["3673"]
    assert totals["3672"] > 0


def test_a_province_says_which_share_of_its_kabupaten_is_in_the_roll(province, tmp_path):
    made = run(documents, "--store", province, "--kab", "36", "--out", tmp_path / "out")
    assert made.exit_code == 0
    issue = editions.recap(Store.open(province), 2)
    shown = values(issue.recap, "36", Meeting(), issue.sources, issue.law)
    assert shown["coverage"].startswith("Rekapitulasi ini memuat 2 (dua) dari 8 (delapan)")
    assert shown["title"]["office"] == "Komisi Pemilihan Umum Provinsi Banten"


def test_a_roll_of_two_provinces_asks_which_region_to_show(tmp_path):
    stories = [story for story in story_of_a_quarter() if story[0] != "move"]
    store_of(tmp_path / "far", stories, elsewhere={"367302": "327301"})
    result = run(recap, "--store", tmp_path / "far")
    assert (result.exit_code, "--kab" in result.stderr) == (2, True)
    assert run(recap, "--store", tmp_path / "far", "--kab", "32.73").exit_code == 0
    assert run(recap, "--store", tmp_path / "far", "--format", "csv").exit_code == 0


def test_a_kota_of_one_kecamatan_is_still_shown_as_a_kota(tmp_path):
    store_of(tmp_path / "small", [("stay", 0, "L", 0), ("stay", 0, "P", 0)])
    assert "Kota Serang" in run(recap, "--store", tmp_path / "small").stdout
