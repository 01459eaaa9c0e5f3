"""Bad files, options and stores: refused with words, and the store as it was."""

import os
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from typer.testing import CliRunner

from lib.intake_command import files_in, receipt_of, run
from lib.intake_files import HEADER, KAB, SITI, text, workbook, zipped
from mutakhir.cli import app
from mutakhir.intake import take_in
from mutakhir.intake.sources import list_sources, load_records
from mutakhir.store import Store


def empty(path):
    path.write_bytes(b"")


def only_blanks(path):
    path.write_bytes(b"\xef\xbb\xbf\r\n\r\n  \r\n")


def only_a_header(path):
    text(path, [HEADER])


def encrypted(path):
    # an OLE file whose directory names the stream of an encrypted workbook
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + name + b"\0" * 512)


def encrypted_zip(path):
    zipped(path, text(path.with_name("isi.csv"), [HEADER, SITI]))
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    path.write_bytes(content)


def truncated_zip(path):
    zipped(path, text(path.with_name("isi.csv"), [HEADER, *[SITI] * 500]))
    path.write_bytes(path.read_bytes()[:-60])


def broken_member(path):
    zipped(path, text(path.with_name("isi.csv"), [HEADER, *[SITI] * 500]))
    content = bytearray(path.read_bytes())
    content[60:80] = b"\xff" * 20
    path.write_bytes(content)


def truncated_workbook(path):
    workbook(path, {"A": [HEADER, SITI]})
    path.write_bytes(path.read_bytes()[:2000])


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("isi.csv", b"0" * (80 << 20))


def lying_bomb(path):
    """Says it holds 1,000 bytes; holds 80 MiB."""
    bomb(path)
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + at, 1000)
    path.write_bytes(content)


def long_line(path):
    with path.open("wb") as file:
        file.write(";".join(HEADER).encode() + b"\n")
        file.write(b"x" * 8192)
        file.truncate(256 << 20)  # the rest is a hole: a line without an end


def endless_quote(path):
    path.write_text(";".join(HEADER) + '\n"' + ("x;" * 600_000))


def bad_bytes(path):
    path.write_bytes(";".join(HEADER).encode() + b"\n" + b"\x81\x8d\x8f\xff" * 20)


def far_cell(path):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_string(1_048_575, 16_383, "x")


def far_cell_in_disguise(path):
    """The same with the attributes of the far cell in another order."""
    far_cell(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    plain = b'<c r="XFD1048576"'
    sheet = "xl/worksheets/sheet1.xml"
    assert plain in parts[sheet]
    parts[sheet] = parts[sheet].replace(plain, b"<c s='0' r='XFD1048576'")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def cut_xls(path):
    """An old workbook whose directory ends in the middle of an entry: its reader panics."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for column, heading in enumerate(HEADER):
        sheet.write(0, column, heading)
    book.save(str(path))
    content = path.read_bytes()
    directory = int.from_bytes(content[48:52], "little") * 512 + 512
    path.write_bytes(content[: directory + 108])


def folder(path):
    path.mkdir()


def pipe(path):
    os.mkfifo(path)


def repeated_cells(path):
    """An ODS of a few hundred bytes that stands for a thousand million filled cells."""
    filled = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="99999">{filled}</table:table-cell>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<table:table>{row}</table:table-row></table:table>")


def picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10)


BAD = {
    empty: "empty_file",
    only_blanks: "empty_file",
    only_a_header: "no_rows",
    encrypted: "password_protected",
    encrypted_zip: "password_protected",
    truncated_zip: "damaged_file",
    broken_member: "damaged_file",
    truncated_workbook: "damaged_file",
    bomb: "zip_bomb",
    lying_bomb: "damaged_file",
    long_line: "line_too_long",
    endless_quote: "line_too_long",
    bad_bytes: "wrong_encoding",
    far_cell: "sheet_too_large",
    far_cell_in_disguise: "sheet_too_large",
    cut_xls: "damaged_file",
    folder: "unreadable",
    pipe: "unreadable",
    repeated_cells: "sheet_too_large",
    picture: "not_a_table",
}


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_a_bad_file_is_refused_with_words_and_the_store_stays_as_it_was(filled, tmp_path, make):
    path = tmp_path / "buruk"
    make(path)
    before = files_in(filled)
    result = run(path, "--store", filled, "--json")
    assert result.exit_code == 2, result.output
    (file,) = receipt_of(result)["files"]
    assert (file["status"], file["error"]["code"]) == ("refused", BAD[make])
    assert file["error"]["message"]
    assert file["error"]["action"]
    assert files_in(filled) == before


@pytest.mark.parametrize("there", [True, False])
def test_where_there_was_no_store_a_refusal_leaves_none(root, tmp_path, there):
    (tmp_path / "kosong.csv").write_bytes(b"")
    only_a_header(tmp_path / "kepala.csv")
    if there:
        root.mkdir()
    paths = (tmp_path / "kosong.csv", tmp_path / "kepala.csv")
    assert run(*paths, "--store", root).exit_code == 2
    assert run(*paths, "--store", root, "--region", "99.99").exit_code == 2
    assert root.exists() == there
    assert not there or not any(root.iterdir())


@pytest.mark.parametrize("content", [None, "{", '{"form": 1}', "[]"])
def test_a_store_that_is_none_is_told(tmp_path, content):
    root = tmp_path / "store"
    if content is None:
        root.write_text("x")
    else:
        root.mkdir()
        (root / "store.json").write_text(content)
    result = run(text(tmp_path / "a.csv", [HEADER, SITI]), "--store", root)
    assert result.exit_code == 2
    assert "bukan gudang data" in result.stderr


def test_a_withdrawn_source_handed_in_again_is_refused_with_what_to_do(filled, tmp_path):
    (source,) = list_sources(Store.open(filled))
    act = ["--store", str(filled), "--period", "2026-Q3", "--kab", KAB]
    cli = CliRunner()
    asked = ["withdraw", source.source_id, *act, "--by", "satu", "--reason", "salah berkas"]
    assert cli.invoke(app, asked).exit_code == 0
    again = tmp_path / "awal.csv"
    assert receipt_of(run(again, "--store", filled, "--json"))["files"][0]["status"] == "already"
    assert cli.invoke(app, ["approve", "1", *act, "--by", "dua"]).exit_code == 0
    result = run(again, "--store", filled, "--json")
    (file,) = receipt_of(result)["files"]
    assert (result.exit_code, file["error"]["code"]) == (2, "withdrawn")
    assert "sumber baru" in file["error"]["action"]


def test_an_archive_with_a_member_that_is_no_table_goes_in_and_says_so(root, tmp_path):
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7")
    path = zipped(tmp_path / "a.zip", text(tmp_path / "a.csv", [HEADER, SITI]), letter)
    result = run(path, "--store", root)
    assert result.exit_code == 1
    assert "surat.pdf" in result.stdout
    assert load_records(Store.open(root)).num_rows == 1
    again = receipt_of(run(path, "--store", root, "--json"))["files"][0]
    assert again["status"] == "already"
    assert [member["member"] for member in again["refused_members"]] == ["surat.pdf"]


def test_a_name_in_an_old_code_page_is_shown_as_well_as_it_can_be(root, tmp_path):
    good = text(tmp_path / "a.csv", [HEADER, SITI])
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/na\xffma.csv"))
    good.rename(path)
    (receipt,) = take_in([path], Store.open(root, create=True))
    assert (receipt.status, receipt.file) == ("taken", "na?ma.csv")


def test_a_missing_file_is_refused(filled, tmp_path):
    result = run(tmp_path / "tidak-ada.csv", "--store", filled, "--json")
    assert result.exit_code == 2
    assert receipt_of(result)["files"][0]["error"]["code"] == "unreadable"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--as", "entah"),
        ("--codes", "1999"),
        ("--region", "99.99"),
        ("--map", "tidak-ada.toml"),
    ],
)
def test_wrong_options_are_told_before_anything_is_read(filled, tmp_path, wrong):
    path = text(tmp_path / "a.csv", [HEADER, SITI])
    before = files_in(filled)
    result = run(path, "--store", filled, *wrong)
    assert result.exit_code == 2
    assert wrong[1] in result.stderr
    assert files_in(filled) == before
