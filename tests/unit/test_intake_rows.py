"""What becomes of a row: accepted, held or rejected, always with a reason."""

import pytest

from lib.intake_files import BUDI, HEADER, SITI, UDIN, but, codes, outcome, take, text
from mutakhir.intake.sources import list_sources, load_records
from mutakhir.store import Store


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "store", create=True)


def table(tmp_path, *rows, header=HEADER):
    return text(tmp_path / "daftar.csv", [header, *rows])


def test_clean_rows_are_accepted_and_read_into_canonical_fields(store, tmp_path):
    receipt = take(store, table(tmp_path, SITI, BUDI))
    assert outcome(receipt) == (2, 2, 0, 0)
    siti, budi = load_records(store).to_pylist()
    assert (siti["nik"], siti["birth_date"], siti["sex"]) == ("9999995708850001", "1985-08-17", "P")
    assert (budi["rt"], budi["desa"], budi["tps"]) == ("001", "3673011001", "001")
    assert siti["record_id"] == f"{receipt.source_id}:0:2"
    assert siti["claim"] == "listed"


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"nik": "999999120382"}, "rejected", "nik_not_16_digits"),
        ({"nik": "9999991203820000"}, "rejected", "nik_serial_0000"),
        ({"nik": "", "nama": ""}, "rejected", "no_name_no_nik"),
        ({"nik": "9.99999E+15"}, "held", "nik_lost_digits"),
        ({"nik": "", "tanggal_lahir": ""}, "held", "identity_incomplete"),
        ({"nama": ""}, "held", "name_missing"),
        ({"tanggal_lahir": "31/02/1982"}, "held", "birth_date_impossible"),
        ({"tanggal_lahir": "12/03/2062"}, "held", "birth_date_future"),
        ({"jenis_kelamin": ""}, "held", "sex_missing"),
        ({"kode_desa": ""}, "held", "region_missing"),
        ({"kode_desa": "9999999999"}, "held", "region_unknown"),
        ({"kode_desa": "3201011001"}, "held", "region_outside"),
        ({"tps": "balai"}, "held", "tps_unreadable"),
        ({"tps": "9" * 5000}, "held", "tps_unreadable"),
        ({"nama": "7"}, "held", "columns_shifted"),
    ],
)
def test_errors_reject_a_row_and_doubts_hold_it(store, tmp_path, changed, status, code):
    receipt = take(store, table(tmp_path, SITI, but(BUDI, **changed)))
    assert receipt.totals["accepted"] == 1
    assert receipt.totals[status] == 1
    assert (3, code) in codes(receipt)


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"nik": "9999991203830002"}, "nik_birth_date_differs"),
        ({"nik": "9999995203820002"}, "nik_sex_differs"),
        ({}, "nik_region_differs"),
        ({"nik": ""}, "nik_missing"),
        ({"nkk": "0"}, "nkk_missing"),
        ({"rt": "0"}, "rt_rw_zero"),
        ({"nama": "B"}, "name_one_letter"),
        ({"tanggal_lahir": "12/03/1902"}, "over_100"),
        ({"tanggal_lahir": "12/03/2012"}, "under_17"),
        ({"tanggal_lahir": "00/03/1982"}, "birth_date_partial"),
        ({"status_kawin": "?"}, "marital_unknown"),
    ],
)
def test_warnings_pass_a_row_and_stay_on_its_record(store, tmp_path, changed, warning):
    receipt = take(store, table(tmp_path, but(BUDI, **changed)))
    assert outcome(receipt) == (1, 1, 0, 0)
    assert warning in load_records(store)["warnings"].to_pylist()[0]
    assert warning in {code for _, code in receipt.sheets[0].warnings}


def test_a_reason_names_the_place_and_the_class_of_the_value_but_no_value(store, tmp_path):
    receipt = take(store, table(tmp_path, but(BUDI, nik="999999120382")))
    (reason,) = receipt.rows
    assert (reason["file"], reason["row"], reason["column"]) == ("daftar.csv", 2, "NIK")
    assert (reason["severity"], reason["value_class"]) == ("error", "12 angka")
    assert "999999120382" not in str(receipt.to_json())
    assert "BUDI" not in str(receipt.to_json())


def test_two_rows_with_one_dpid_are_both_held(store, tmp_path):
    header = (*HEADER, "DPID")
    rows = [(*SITI, "00000000000000a1"), (*BUDI, "00000000000000a1"), (*UDIN, "00000000000000a2")]
    receipt = take(store, table(tmp_path, *rows, header=header))
    assert outcome(receipt) == (3, 1, 2, 0)
    assert codes(receipt) == [(2, "dpid_twice"), (3, "dpid_twice")]
    assert load_records(store)["name"].to_pylist() == ["UDIN"]


def test_a_held_row_still_makes_its_double_doubtful(store, tmp_path):
    header = (*HEADER, "DPID")
    rows = [(*SITI, "00000000000000a1"), (*but(BUDI, nama=""), "00000000000000a1")]
    assert outcome(take(store, table(tmp_path, *rows, header=header))) == (2, 0, 2, 0)


def test_totals_repeated_headers_blank_lines_and_signatures_are_counted_not_read(store, tmp_path):
    rows = [SITI, ("",) * 13, HEADER, BUDI, ("JUMLAH", "", "2"), ("", "", "", "Mengetahui,")]
    receipt = take(store, table(tmp_path, *rows))
    assert outcome(receipt) == (2, 2, 0, 0)
    (sheet,) = receipt.sheets
    assert sheet.skipped == {"heading": 1, "blank": 1, "header": 1, "total": 1, "footer": 1}
    assert sheet.lines == sheet.read + sheet.skipped.total()


def test_totals_and_signatures_are_none_of_a_person_in_whatever_column_they_stand(store, tmp_path):
    footer = [("", "", "", "", "", line) for line in ("Serang, 3 Juli 2026", "KETUA PPS", "ANI")]
    rows = [("", "JUMLAH", "", "1"), SITI, ("JUMLAH TOTAL", "", "", "", "", "480.084"), *footer]
    receipt = take(store, table(tmp_path, *rows))
    assert outcome(receipt) == (1, 1, 0, 0)
    assert receipt.sheets[0].skipped == {"heading": 1, "total": 2, "footer": 3}


def test_a_line_with_another_delimiter_is_held_as_shifted(store, tmp_path):
    path = table(tmp_path, SITI, BUDI)
    path.write_text(path.read_text() + ",".join(UDIN) + "\n")
    assert codes(take(store, path)) == [(4, "columns_shifted")]


@pytest.mark.parametrize("heading", ["ALASAN KLAIM", "BUKTI KLAIM"])
def test_a_reason_or_document_that_the_rules_do_not_know_is_held(store, tmp_path, heading):
    receipt = take(store, table(tmp_path, (*SITI, "entah"), header=(*HEADER, heading)))
    assert codes(receipt) == [(2, "code_unknown")]


def test_no_length_of_figures_is_too_long_to_read(store, tmp_path):
    receipt = take(store, table(tmp_path, but(SITI, rt="0" * 5000, rw="9" * 5000)))
    assert outcome(receipt) == (1, 1, 0, 0)


def test_a_name_that_begins_like_a_total_is_a_person(store, tmp_path):
    assert outcome(take(store, table(tmp_path, but(BUDI, nama="TOTAL SANTOSO"))))[1] == 1


def test_shifted_cells_hold_the_row_whatever_else_is_wrong(store, tmp_path):
    left = (*BUDI[:1], *BUDI[2:], "")  # the NKK is lost, all else one column too far left
    wide = (*SITI, "", "x")
    nameless = (*BUDI[:3], *BUDI[4:], "")  # the name is lost
    receipt = take(store, table(tmp_path, SITI, left, wide, nameless))
    assert codes(receipt) == [(row, "columns_shifted") for row in (3, 4, 5)]
    assert {d["kind"] for d in receipt.damage.findings()} >= {"columns_shifted"}


def test_a_claim_about_a_known_voter_needs_no_sex_and_no_region(store, tmp_path):
    rows = [("NIK", "NAMA", "TANGGAL MENINGGAL"), (BUDI[2], BUDI[3], "03/07/2026")]
    receipt = take(store, text(tmp_path / "mati.csv", rows), region=None)
    assert outcome(receipt) == (1, 1, 0, 0)
    (record,) = load_records(store).to_pylist()
    assert (record["claim"], record["reason"]) == ("ineligible", "meninggal")
    assert (record["event_date"], record["evidence"]) == ("2026-07-03", "claim")


def test_region_names_resolve_within_the_region_given_and_doubts_carry_candidates(store, tmp_path):
    header = (*HEADER[:11], "KELURAHAN", "TPS")
    rows = [
        but(SITI, kode_desa="Kagungan"),
        but(BUDI, kode_desa="Sukawana"),  # there are two
        but(UDIN, kode_desa="Antah Berantah"),
    ]
    receipt = take(store, table(tmp_path, *rows, header=header))
    assert codes(receipt) == [(3, "region_ambiguous"), (4, "region_unknown")]
    assert len(receipt.rows[0]["candidates"]) == 2
    assert len(load_records(store)["desa"][0].as_py()) == 10


def test_names_without_a_kabupaten_are_held_with_the_advice_to_give_the_region(store, tmp_path):
    header = (*HEADER[:11], "KELURAHAN", "TPS")
    path = table(tmp_path, but(SITI, kode_desa="Kagungan"), header=header)
    receipt = take(store, path, region=None)
    assert (receipt.status, codes(receipt)) == ("held", [(2, "region_needs_kab")])
    assert "--region" in receipt.rows[0]["action"]
    assert outcome(take(store, path)) == (1, 1, 0, 0)  # the same bytes, now with --region


def test_the_same_code_means_what_its_version_says(tmp_path):
    header = (*HEADER, "KETERANGAN", "DISABILITAS")
    path = table(tmp_path, (*SITI, "8", "2"), header=header)
    found = {}
    for version in ("2017", "2023"):
        store = Store.open(tmp_path / version, create=True)
        take(store, path, codes=version)
        (record,) = load_records(store).to_pylist()
        found[version] = (record["claim"], record["reason"], record["disability"])
        assert list_sources(store)[0].codes == version
    assert found["2017"] == ("ineligible", "hilang_ingatan", "netra")
    assert found["2023"] == ("move", "salah_penempatan_tps", "intelektual")


def test_the_same_bytes_again_change_nothing_and_other_options_are_refused(store, tmp_path):
    path = table(tmp_path, SITI)
    first = take(store, path)
    manifest = (store.source(first.source_id) / "manifest.json").read_bytes()
    copy = tmp_path / "nama-lain.csv"
    copy.write_bytes(path.read_bytes())
    assert take(store, copy).status == "already"
    other = take(store, path, codes="2017")
    assert (other.status, other.error["code"]) == ("refused", "taken_in_otherwise")
    assert (store.source(first.source_id) / "manifest.json").read_bytes() == manifest


def test_bulk_damage_is_reported_with_its_share(store, tmp_path):
    rows = [
        but(BUDI, nik=f"999999{day:02}0682{serial:02}00", tanggal_lahir=f"06/{day:02}/1982")
        for day in range(1, 11)
        for serial in range(1, 4)
        if day != 6
    ]
    damage = {d["kind"]: d for d in take(store, table(tmp_path, *rows)).damage.findings()}
    assert damage["nik_ending_00"]["share"] == 1.0
    assert damage["nik_ending_00"]["alarm"]
    assert damage["day_month_swapped"]["rows"] == 27
