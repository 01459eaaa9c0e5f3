"""Accounts in bulk: each row accepted or refused with its place and cure; all made or none."""

import base64
import csv
import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from lib.workplace import KAB
from mutakhir_web.accounts.models import User
from mutakhir_web.audit.models import Entry
from mutakhir_web.people.account_list import COLUMNS, LONGEST

ROWS = [
    ["ani.01", "Operator Satu", "Operator", "Kota Serang", "31/12/2030"],
    ["budi.02", "=1+1", "pemeriksa", "36.73", ""],
    ["caca.03", "", "Anggota KPU", "3604", "2031-01-31"],
]


@pytest.fixture
def office(store, people, signed_in):
    return signed_in(people.administrator)


def as_csv(rows, heading=COLUMNS):
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return SimpleUploadedFile("daftar.csv", text.getvalue().encode())


def as_xlsx(rows, heading=COLUMNS, above=0):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Kecamatan A")
        for line, row in enumerate([heading, *rows], start=above):
            for place, value in enumerate(row):
                sheet.write_string(line, place, value)
    return SimpleUploadedFile("daftar.xlsx", out.getvalue())


def hand_in(office, file):
    return office.post("/pengguna/daftar/", {"berkas": file})


def confirm(office, preview):
    return office.post("/pengguna/daftar/buat/", {"daftar": preview.context["sealed"]})


def issues(preview):
    return [
        (row.line.number, issue.column, issue.words)
        for row in preview.context["judged"]
        for issue in row.issues
    ]


@pytest.mark.parametrize("file", [as_csv, as_xlsx])
def test_a_good_list_is_shown_first_and_made_when_confirmed(office, file):
    preview = hand_in(office, file(ROWS))
    assert (preview.context["good"], preview.context["bad"]) == (3, 0)
    assert not User.objects.filter(username="ani.01").exists()
    done = confirm(office, preview)
    account = User.objects.get(username="ani.01")
    assert (account.role, account.area) == ("operator", KAB)
    assert account.expires_on.isoformat() == "2030-12-31"
    assert User.objects.get(username="caca.03").area == "3604"
    assert Entry.objects.filter(act="account_created").count() == 3
    assert "no-store" in done["Cache-Control"]


def test_the_passwords_come_as_a_workbook_whose_cells_are_text(office):
    done = confirm(office, hand_in(office, as_csv(ROWS)))
    encoded = re.search(r'href="data:[^;]+;base64,([^"]+)"', done.content.decode())[1]
    book = CalamineWorkbook.from_filelike(io.BytesIO(base64.b64decode(encoded)))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    assert heading[-1] == "kata sandi sementara"
    assert rows[1][1] == "=1+1"
    assert Client().login(username="ani.01", password=rows[0][-1])


def test_each_bad_row_says_where_and_what_to_do(office):
    preview = hand_in(
        office,
        as_xlsx(
            [
                ["Ani Baru", "", "operator", "3673", ""],
                ["operator", "", "operator", "3673", ""],
                ["dodi.1", "", "raja", "Bandung", "31/02/2030"],
                ["eka.1", "", "operator", "Kota Serang", "01/01/2020"],
                ["fani.1", "", "operator", "3673", ""],
                ["fani.1", "", "checker", "3673", ""],
                ["", "x", "", "", ""],
            ],
            above=4,
        ),
    )
    found = issues(preview)
    assert preview.context["judged"][0].line.sheet == "Kecamatan A"
    assert preview.context["good"] == 1
    assert (6, "nama akun") in [issue[:2] for issue in found]
    assert (7, "nama akun", "Sudah pernah dipakai. Pilih nama lain.") in found
    assert [issue[1] for issue in found if issue[0] == 8] == ["peran", "wilayah", "berlaku sampai"]
    assert (9, "berlaku sampai", "01/01/2020 sudah lewat.") in found
    assert (11, "nama akun", "Dua kali di daftar ini. Hapus salah satu.") in found
    assert [issue[1] for issue in found if issue[0] == 12] == ["nama akun", "peran", "wilayah"]


def test_only_the_good_rows_are_made(office):
    preview = hand_in(office, as_csv([*ROWS[:1], ["x", "", "operator", "3673", ""]]))
    before = User.objects.count()
    confirm(office, preview)
    assert User.objects.count() == before + 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("x.xlsx", b"%PDF-1.7 ..."), "bukan tabel"),
        (SimpleUploadedFile("x.csv", b"nik,nama\n1,2\n"), "nama akun, nama, peran"),
        (as_csv([]), "Tidak ada baris"),
        (as_csv([[f"a{n:04}", "", "operator", "3673", ""] for n in range(LONGEST + 1)]), "1001"),
        (SimpleUploadedFile("x.csv", b"x" * (4 * 2**20 + 1)), "4 MB"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(office, file, words):
    file.seek(0)
    page = hand_in(office, file)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_second_confirmation_makes_nothing_twice(office):
    preview = hand_in(office, as_csv(ROWS))
    confirm(office, preview)
    before = User.objects.count()
    page = confirm(office, preview)
    assert User.objects.count() == before
    assert "Sesuatu berubah" in page.content.decode()


def test_a_name_taken_meanwhile_stops_the_whole_list(office):
    preview = hand_in(office, as_csv(ROWS))
    User.objects.create_user(username="budi.02", password="x")
    before = User.objects.count()
    page = confirm(office, preview)
    assert User.objects.count() == before
    assert "Sudah pernah dipakai" in page.content.decode()


def test_a_page_that_was_tampered_with_makes_nothing(office):
    before = User.objects.count()
    page = office.post("/pengguna/daftar/buat/", {"daftar": "palsu:1:2"})
    assert "kedaluwarsa" in page.content.decode()
    assert User.objects.count() == before


def test_an_area_of_elsewhere_is_refused_also_in_a_list(people, store, signed_in):
    people.administrator.area = KAB
    people.administrator.save()
    preview = hand_in(signed_in(people.administrator), as_csv(ROWS))
    assert issues(preview) == [
        (4, "wilayah", "3604 di luar wilayah Anda. Pilih wilayah di dalam Kota Serang.")
    ]


def test_the_template_is_read_back_when_filled(office):
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(office.get("/pengguna/daftar/templat.xlsx").content)
    )
    assert tuple(book.get_sheet_by_name("akun").to_python()[0]) == COLUMNS
    choices = book.get_sheet_by_name("pilihan").to_python()
    roles, areas = [row[0] for row in choices[1:] if row[0]], [row[1] for row in choices[1:]]
    rows = [[f"a{n:03}", "", roles[0], area, ""] for n, area in enumerate(areas)]
    assert issues(hand_in(office, as_csv(rows))) == []
    rows = [[f"b{n:03}", "", role, areas[0], ""] for n, role in enumerate(roles)]
    assert issues(hand_in(office, as_csv(rows))) == []
