"""Layouts are known by what is in the file, whatever it is called."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.intake_files import (
    BUDI,
    HEADER,
    SITI,
    UDIN,
    but,
    codes,
    outcome,
    take,
    text,
    workbook,
    zipped,
)
from lib.people import SITI as SITI_PERSON
from lib.people import record, records, voter, voters
from mutakhir.intake.sources import load_records
from mutakhir.store import Store

_, NKK, NIK, NAME, PLACE, DATE, SEX, MARITAL, ADDRESS, RT, RW, DESA, TPS = BUDI


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "store", create=True)


def first(store):
    return load_records(store).to_pylist()[0]


def layouts(receipt):
    return {sheet.layout for sheet in receipt.sheets if sheet.layout}


def dpt_row(number=1):
    nik = f"999999120382{number:04}"
    person = (NKK, nik, NAME, PLACE, "12|03|1982", "S", "L", ADDRESS, RT, RW, "0", "")
    return ("SERANG", "KAGUNGAN", "001", *person)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "#", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_text_is_read_with_any_delimiter_and_encoding(store, tmp_path, delimiter, encoding):
    rows = [HEADER, SITI, but(BUDI, nama="JOSÉ", tanggal_lahir="12-03-1982"), UDIN]
    rows[1] = but(SITI, tanggal_lahir="17-08-1985")
    receipt = take(store, text(tmp_path / "x.bin", rows, delimiter=delimiter, encoding=encoding))
    assert outcome(receipt) == (3, 3, 0, 0)
    assert load_records(store)["name"].to_pylist()[1] == "JOSÉ"


def test_both_encodings_of_lists_pasted_together_are_read(store, tmp_path):
    names = ("SA’DIAH", "NUR’AINI")
    path = text(tmp_path / "a.csv", [HEADER, but(SITI, nama=names[0])])
    added = ";".join(but(UDIN, nama=names[1])) + "\r\n"
    path.write_bytes(path.read_bytes() + added.encode("cp1252"))
    take(store, path)
    assert load_records(store)["name"].to_pylist() == ["SA'DIAH", "NUR'AINI"]


@pytest.mark.parametrize("cell", ["x" * 200_000, '"' + "x\n" * 200_000 + '"'])
def test_a_long_cell_spoils_its_own_row_only(store, tmp_path, cell):
    path = text(tmp_path / "a.csv", [HEADER, SITI])
    path.write_text(path.read_text() + f"2;;{cell}\n" + ";".join(UDIN) + "\n")
    assert outcome(take(store, path))[:2] == (3, 2)


def test_the_dpt_export_without_header_is_known_by_its_shape(store, tmp_path):
    path = tmp_path / "export"
    path.write_bytes("".join("#".join(dpt_row(n)) + "\r\n" for n in (1, 2, 3)).encode())
    receipt = take(store, path)
    assert (layouts(receipt), outcome(receipt)) == ({"dpt_table_2024"}, (3, 3, 0, 0))
    assert (first(store)["row"], first(store)["tps"]) == (1, "001")


def test_a_quote_in_a_name_is_part_of_the_name(store, tmp_path):
    path = tmp_path / "export"
    rows = [list(dpt_row(n)) for n in (1, 2, 3)]
    rows[1][5] = '"ENTIN'
    path.write_text("".join("#".join(row) + "\n" for row in rows))
    assert take(store, path).totals["read"] == 3


def test_numbers_dates_and_far_blank_rows_of_a_workbook_are_survived(store, tmp_path):
    header = ("NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "KAWIN", "JENIS KELAMIN")
    header += ("ALAMAT", "RT", "RW", "DIFABEL", "KETERANGAN", "SUMBER DATA", "TPS")
    row = (0, NIK, NAME, PLACE, date(1982, 3, 12), "S", "L", ADDRESS, 1, 2, 0, None, "DPT", 3)
    number = (0, float("9999991203820010"), *row[2:])
    far = [()] * 70_000 + [(" ",)]
    receipt = take(
        store, workbook(tmp_path / "a.xlsx", {"DPS": [header, row, number, *far]}), region=DESA
    )
    assert (layouts(receipt), outcome(receipt)) == ({"dps_xlsx_2021"}, (2, 1, 1, 0))
    assert codes(receipt) == [(3, "nik_rounded")]
    assert receipt.sheets[0].skipped["blank"] == 70_001
    assert (first(store)["birth_date"], first(store)["rt"], first(store)["tps"]) == (
        *("1982-03-12", "001", "003"),
    )


def update_workbook(path):
    above = [()] * 4 + [("KECAMATAN", "", ": SERANG"), ("DESA/KELURAHAN", "", ": KAGUNGAN")]
    above += [()] * 2
    details = (NKK, NIK, NAME, PLACE, "12|03|1982", "S", "L", ADDRESS, RT, RW, 0)
    names = ("no_kk", "nik", "nama_lengkap", "tempat_lahir", "tanggal_lahir", "status_kawin")
    names += ("jenis_kelamin", "alamat", "rt", "rw", "disabilitas", "keterangan", "tps")
    with_id = [*above, ("no", "dpid", *names), tuple(range(1, 16))]
    without = [*above, ("no", *names), tuple(range(1, 15))]

    def row(dpid, mark, *tps):
        return (1, *([dpid] if dpid else []), *details, mark, *tps)

    return workbook(
        path,
        {
            "SARING": [*with_id, row("a1", "1", 4)],
            "UBAH": [*with_id, row("a2", "U", 4)],
            "BARU": [*without, row(None, "B", 4)],
            "PINDAH": [*with_id, row("a3", "P", 4, 5)],
        },
    )


def test_the_four_sheets_of_an_update_workbook_make_four_claims(store, tmp_path):
    receipt = take(store, zipped(tmp_path / "b.zip", update_workbook(tmp_path / "b.xlsx")))
    assert outcome(receipt) == (4, 4, 0, 0)
    rows = load_records(store).to_pylist()
    assert [(row["claim"], row["reason"]) for row in rows] == [
        ("ineligible", "meninggal"),
        ("change", None),
        ("new", None),
        ("move", None),
    ]
    assert (rows[3]["tps"], rows[3]["tps_to"], rows[3]["row"]) == ("004", "005", 11)
    assert {row["desa"] for row in rows} == {load_records(store)["desa"][0].as_py()}
    assert rows[3]["record_id"].split(":")[1:] == ["3", "11"]


def test_sheets_are_numbered_through_the_members_of_an_archive(store, tmp_path):
    paths = []
    for number in (1, 2):
        path = workbook(
            tmp_path / f"{number}.xlsx",
            {"kosong": [], "isi": [HEADER, but(SITI, nik=f"999999570885000{number}")]},
        )
        paths.append(path)
    take(store, zipped(tmp_path / "c.zip", *paths))
    ids = [record_id.split(":")[1] for record_id in load_records(store)["record_id"].to_pylist()]
    assert ids == ["1", "3"]
    assert load_records(store)["sheet"].to_pylist() == ["1.xlsx/isi", "2.xlsx/isi"]


def test_members_that_are_no_tables_are_named_and_the_others_go_in(store, tmp_path):
    good = text(tmp_path / "a.csv", [HEADER, SITI])
    also = text(tmp_path / "d.csv", [HEADER, UDIN])
    letter, inner = tmp_path / "b.pdf", zipped(tmp_path / "c.zip", good)
    letter.write_bytes(b"%PDF-1.7")
    receipt = take(store, zipped(tmp_path / "e.zip", good, letter, inner, also))
    assert outcome(receipt) == (2, 2, 0, 0)
    told = [(member["member"], member["code"]) for member in receipt.refused_members]
    assert told == [("b.pdf", "not_a_table"), ("c.zip", "zip_in_zip")]
    assert all(member["action"] for member in receipt.refused_members)


@pytest.mark.parametrize("cell", ["001/002", "RT 01 / RW 02", "RT.001 RW.002", "1-2"])
def test_rt_and_rw_in_one_cell_are_parted(store, tmp_path, cell):
    header = (*HEADER[:9], "RT/RW", *HEADER[11:])
    take(store, text(tmp_path / "a.csv", [header, (*SITI[:9], cell, *SITI[11:])]))
    (record,) = load_records(store).to_pylist()
    assert (record["rt"], record["rw"]) == ("001", "002")


def test_a_first_row_whose_words_resemble_headings_is_no_part_of_the_header(store, tmp_path):
    header = ("NO", "NIK", "NAMA", "HUB KEL", "GOL", "L/P")
    rows = [("", "", "SITI AMINAH", "KAWIN", "KK", "P"), ("", BUDI[2], BUDI[3], "-", "-", "L")]
    receipt = take(store, text(tmp_path / "a.csv", [header, *rows]))
    assert outcome(receipt)[0] == 2


def test_columns_under_one_merged_heading_are_told_apart(store, tmp_path):
    upper = ("NO", "NIK", "NAMA", "LAHIR", "", "L/P")
    lower = ("", "", "", "TEMPAT", "TANGGAL", "")
    row = ("1", BUDI[2], BUDI[3], "SERANG", "12/03/1982", "L")
    path = workbook(tmp_path / "a.xlsx", {"x": [("DAFTAR WARGA MENINGGAL",), upper, lower, row]})
    take(store, path)
    (record,) = load_records(store).to_pylist()
    assert (record["birth_place"], record["birth_date"]) == ("SERANG", "1982-03-12")


def test_one_sheet_per_tps_takes_region_and_tps_from_the_letterhead(store, tmp_path):
    def sheet(tps):
        above = [("DAFTAR PEMILIH TETAP",), (), (), ()]
        above += [
            (*("",) * 9, label, f": {value}")
            for label, value in (("KECAMATAN", "SERANG"), ("KELURAHAN", "KAGUNGAN"), ("TPS", tps))
        ]
        nik = f"9999991203820{tps}"
        row = ("1000001", "1", NKK, nik, NAME, PLACE, "12|03|1982", "S", "L", ADDRESS, RT, RW, "0")
        return [*above, ("ID_DATA", "NO", "NO_KK", "NIK"), (*row, "S", ""), ("JUMLAH", "", 1)]

    receipt = take(store, workbook(tmp_path / "d.xlsx", {"A": sheet("001"), "B": sheet("002")}))
    assert (layouts(receipt), outcome(receipt)) == ({"dpt_xlsx_per_tps_sheets"}, (2, 2, 0, 0))
    assert load_records(store)["tps"].to_pylist() == ["001", "002"]


def test_field_changes_of_2018_are_told_by_their_remarks(store, tmp_path):
    header = ("NO", "NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "USIA", "STATUS KAWIN")
    header += ("JENIS KELAMIN", "ALAMAT", "RT", "RW", "DISABILITAS", "KETERANGAN")
    title = [("MODEL A.B-KWK",), ("KECAMATAN", ": SERANG"), ("KELURAHAN", ": KAGUNGAN"), ()]
    rows = [
        (
            "1",
            NKK,
            f"999999120382000{n}",
            NAME,
            PLACE,
            DATE,
            "",
            "S",
            "L",
            ADDRESS,
            RT,
            RW,
            "2",
            mark,
        )
        for n, mark in enumerate(("1", "U", "B", "11", "8"), 1)
    ]
    path = workbook(tmp_path / "e.xlsx", {"TPS 7": [*title, header, *rows]})
    receipt = take(store, path, codes="2017")
    assert (layouts(receipt), outcome(receipt)) == ({"ab_kwk"}, (5, 5, 0, 0))
    rows = load_records(store).to_pylist()
    assert [row["claim"] for row in rows] == ["ineligible", "change", "new", "listed", "ineligible"]
    assert rows[4]["reason"] == "hilang_ingatan"
    assert {(row["tps"], row["disability"]) for row in rows} == {("007", "netra")}


def test_sidalih_of_2018_takes_the_desa_given_and_the_sex_in_the_nik(store, tmp_path):
    header = ("NO", "DP_ID", "NKK", "NIK", "NAMA", "TTL", "STSKAWIN", "ALAMAT", "DUSUN", "RT")
    header += ("RW", "TPS", "DISABILITAS", "SARING", "SUMBER")
    row = (
        1,
        "77",
        NKK,
        SITI[2],
        NAME,
        "SERANG, 17-08-1985",
        "S",
        ADDRESS,
        "-",
        1,
        2,
        3,
        0,
        "4",
        "",
    )
    receipt = take(store, workbook(tmp_path / "f.xlsx", {"S": [header, row]}), region=DESA)
    assert (layouts(receipt), outcome(receipt)) == ({"sidalih_dp_xls_2018"}, (1, 1, 0, 0))
    siti = first(store)
    assert (siti["sex"], siti["birth_place"], siti["desa"]) == ("P", "SERANG", DESA)
    assert (siti["claim"], siti["reason"], siti["dpid"]) == ("ineligible", "pindah_domisili", "77")


def test_a_two_row_header_under_a_letterhead_makes_death_claims_with_their_certificate(
    store, tmp_path
):
    rows = [
        ("PEMERINTAH KOTA SERANG",),
        ("DAFTAR AKTA KEMATIAN",),
        (),
        ("No", "NIK", "Nama", "Tanggal", "L/P", "Tanggal", "No. Akta", "Alamat"),
        ("", "", "", "Lahir", "", "Meninggal", "", "Jalan", "RT", "RW", "Kelurahan", "Kecamatan"),
        (
            "1",
            NIK,
            NAME,
            DATE,
            "L",
            "03/07/2026",
            "36-KM-1",
            ADDRESS,
            "1",
            "2",
            "Kagungan",
            "Serang",
        ),
        ("JUMLAH", "", "1"),
    ]
    receipt = take(store, workbook(tmp_path / "g.xlsx", {"AKTA": rows}), region=None)
    assert outcome(receipt) == (1, 1, 0, 0)
    dead = first(store)
    assert (dead["claim"], dead["reason"], dead["evidence"]) == (
        *("ineligible", "meninggal", "akta_kematian"),
    )
    assert (dead["event_date"], dead["address"], dead["rt"]) == ("2026-07-03", "KP. BARU", "001")


@pytest.mark.parametrize(
    ("title", "extra", "claim", "reason", "evidence"),
    [
        ("SURAT KETERANGAN KEMATIAN", "", "ineligible", "meninggal", "village_letter"),
        ("PERNYATAAN KETUA RT TENTANG KEMATIAN", "", "ineligible", "meninggal", "rt_statement"),
        ("DATA PESERTA MENINGGAL", "", "ineligible", "meninggal", "claim"),
        ("", "NOMOR SURAT KEMATIAN", "ineligible", "meninggal", "village_letter"),
        ("", "KETUA RT YANG MENYATAKAN MENINGGAL", "ineligible", "meninggal", "rt_statement"),
        ("DAFTAR ANGGOTA TNI", "", "ineligible", "tni", "claim"),
        ("DAFTAR SISWA BERUSIA 17 TAHUN", "", "new", "genap_17", "claim"),
        ("", "ASAL SEKOLAH", "new", "genap_17", "claim"),
        ("DAFTAR WARGA BINAAN", "", "listed", None, None),
    ],
)
def test_title_or_columns_say_what_a_list_claims(  # noqa: PLR0917 (a table of cases)
    store, tmp_path, title, extra, claim, reason, evidence
):
    rows = [(title,), (*HEADER, extra), (*BUDI, "x")]
    take(store, workbook(tmp_path / "h.xlsx", {"Sheet1": rows}))
    found = first(store)
    assert (found["claim"], found["reason"], found["evidence"]) == (claim, reason, evidence)


def test_derived_candidates_claim_by_their_category(store, tmp_path):
    header = ("KATEGORI", *HEADER, "KODE_ASAL_TUJUAN", "TANGGAL_PERISTIWA")
    rows = [
        (kind, *but(BUDI, nik=f"999999120382000{n}"), "32.01", "03-07-2026")
        for n, kind in enumerate(
            ("PINDAH MASUK", "PEMILIH POTENSIAL", "PINDAH KELUAR", "MENINGGAL"), 1
        )
    ]
    take(store, text(tmp_path / "i.csv", [header, *rows], encoding="utf-8-sig"))
    assert [
        (r["claim"], r["reason"], r["other_region"]) for r in load_records(store).to_pylist()
    ] == [
        ("new", "pindah_masuk", "3201"),
        ("new", None, "3201"),
        ("ineligible", "pindah_domisili", "3201"),
        ("ineligible", "meninggal", "3201"),
    ]


def test_an_open_register_with_quoted_numbers_and_dashes_is_read(store, tmp_path):
    header = ("ALAMAT", "DUSUN", "RW", "RT", "NAMA", "NO KK", "NIK", "JENIS KELAMIN")
    header += ("TEMPAT LAHIR", "TANGGAL LAHIR", "STATUS KAWIN")
    row = ("-", "-", "-", "-", NAME, f"'{NKK}", f"'{NIK}", "L", "-", DATE, "S")
    receipt = take(store, workbook(tmp_path / "j.xlsx", {"BIP": [header, row]}), region=DESA)
    assert (layouts(receipt), outcome(receipt)) == ({"opensid_bip"}, (1, 1, 0, 0))
    assert (first(store)["nik"], first(store)["rt"], first(store)["address"]) == (NIK, None, None)


def test_the_sixteen_elements_of_a_voter_list_are_known(store, tmp_path):
    header = ("DPID", "NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "STATUS PERKAWINAN")
    header += ("JENIS KELAMIN", "ALAMAT JALAN/DUKUH", "RT", "RW", "DISABILITAS")
    header += ("STATUS KTP-EL", "KETERANGAN", "SUMBER DATA", "TPS")
    row = ("a1", NKK, NIK, NAME, PLACE, DATE, "S", "L", ADDRESS, RT, RW, "5", "S", "", "DPT", "1")
    receipt = take(store, text(tmp_path / "k.csv", [header, row], delimiter=","), region=DESA)
    assert layouts(receipt) == {"model_a_daftar_pemilih"}
    assert (first(store)["ktp_el"], first(store)["disability"]) == ("S", "rungu")


def test_seven_columns_without_nik_and_birth_date_are_held_to_be_completed(store, tmp_path):
    rows = [
        ("Nama", "Jenis Kelamin", "Usia", "Alamat", "RT", "RW", "Keterangan"),
        (NAME, "L", "44", ADDRESS, RT, RW, "Meninggal dunia"),
    ]
    receipt = take(store, workbook(tmp_path / "l.xlsx", {"S": rows}), region=DESA)
    assert (layouts(receipt), outcome(receipt)) == ({"bawaslu_7"}, (1, 0, 1, 0))
    assert codes(receipt) == [(2, "identity_incomplete")]


@pytest.mark.parametrize("table", [records(record()), voters(voter())])
def test_our_own_parquet_comes_back_field_by_field(store, tmp_path, table):
    path = tmp_path / "roll.parquet"
    pq.write_table(table, path)
    receipt = take(store, path)
    assert (layouts(receipt), outcome(receipt)) == ({"canonical"}, (1, 1, 0, 0))
    assert {name: first(store)[name] for name in SITI_PERSON} == SITI_PERSON


def test_a_parquet_of_another_office_is_a_headed_table(store, tmp_path):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({name: [cell] for name, cell in zip(HEADER, BUDI, strict=True)}), path)
    assert outcome(take(store, path)) == (1, 1, 0, 0)


def test_a_recap_is_refused_with_the_command_that_reads_it(store, tmp_path):
    rows = [
        ("No.", "Nama Kecamatan", "Jumlah Desa/Kel", "L", "P", "L + P"),
        (1, "SERANG", 12, 5, 6, 11),
    ]
    receipt = take(store, workbook(tmp_path / "m.xlsx", {"REKAPITULASI PDPB": rows}))
    assert (receipt.status, receipt.error["code"]) == ("refused", "recap")
    assert "recap check" in receipt.error["action"]
    assert not store.sources.exists() or not any(store.sources.iterdir())


def test_a_layout_asked_for_must_fit(store, tmp_path):
    path = text(tmp_path / "n.csv", [HEADER, SITI])
    assert take(store, path, layout="bawaslu_7").error["code"] == "layout_mismatch"
    assert layouts(take(store, path, layout="headed_table")) == {"headed_table"}
