"""Invariant 1: every line of every file stands somewhere, whatever the file holds."""

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.intake_files import BUDI, HEADER, SITI, UDIN, but, take, text, workbook, zipped
from mutakhir.intake.columns import PLAIN, columns
from mutakhir.intake.issues import DOUBTS, ERRORS
from mutakhir.intake.sources import load_records
from mutakhir.intake.values.dates import birth_date, event_date
from mutakhir.intake.values.parsed import BLANKS
from mutakhir.rules import load
from mutakhir.store import Store

DIRT = st.sampled_from(
    [
        *("", "-", "0", "'", "NULL", "****", "3,6E+15", "9999991203820010.0", "9999991203820000"),
        *("1", "JUMLAH", "NAMA", "NIK", "12/03/1982", "00|00|1982", "31275", "L", "P", "Sukawana"),
        *("3673011001", "9999999999", "1111111111111111", "a b", "Mengetahui,", "\u00a0", '"x'),
    ]
)
CELLS = st.one_of(
    DIRT, st.text(st.characters(codec="cp1252", exclude_characters="\r\n\x00"), max_size=12)
)
PEOPLE = st.sampled_from([SITI, BUDI, UDIN])


@st.composite
def dirty_rows(draw):
    """A person with some cells spoilt, cut short or stretched; or a line of anything."""
    if draw(st.booleans()):
        return draw(st.lists(CELLS, max_size=15))
    row = list(draw(PEOPLE))
    for at in draw(st.lists(st.integers(0, len(row) - 1), max_size=3)):
        row[at] = draw(CELLS)
    return row[: draw(st.integers(8, len(row)))] + draw(st.lists(CELLS, max_size=2))


TABLES = st.lists(dirty_rows(), max_size=25)


def check(receipt, folder, lines):
    """Every line is skipped by class or read; every row read is in exactly one place."""
    for sheet, count in zip(receipt.sheets, lines, strict=True):
        assert sheet.lines == count
        assert sheet.lines == sheet.read + sheet.skipped.total()
        assert sheet.read == sheet.accepted + sheet.held + sheet.rejected
    accepted = pq.read_table(folder / "records.parquet")["record_id"].to_pylist()
    aside = pq.read_table(folder / "set_aside.parquet").to_pylist()
    assert len({*accepted, *(row["record_id"] for row in aside)}) == receipt.totals["read"]
    assert len(accepted) == receipt.totals["accepted"]
    counts = Counter(row["outcome"] for row in aside)
    assert (counts["held"], counts["rejected"]) == (
        receipt.totals["held"],
        receipt.totals["rejected"],
    )
    for row in aside:
        codes = {reason["code"] for reason in row["reasons"]}
        assert codes & (ERRORS if row["outcome"] == "rejected" else DOUBTS)
    told = {(row["sheet"], row["row"]) for row in receipt.rows}
    assert len(told) == len(aside)


@given(rows=TABLES, delimiter=st.sampled_from([",", ";", "\t", "|"]))
@settings(max_examples=150)
def test_no_row_of_a_text_file_is_dropped_in_silence(rows, delimiter):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store", create=True)
        table = [HEADER, SITI, *rows]
        path = text(Path(folder) / "a.csv", table, delimiter=delimiter, encoding="utf-8")
        receipt = take(store, path)
        check(receipt, store.source(receipt.source_id), [len(table)])


@given(sheets=st.lists(TABLES, min_size=1, max_size=3))
@settings(max_examples=40)
def test_no_row_of_a_zipped_workbook_is_dropped_in_silence(sheets):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store", create=True)
        tables = [[HEADER, SITI, *rows, ("akhir",)] for rows in sheets]
        book = workbook(Path(folder) / "a.xlsx", {f"S{n}": t for n, t in enumerate(tables)})
        receipt = take(store, zipped(Path(folder) / "a.zip", book))
        check(receipt, store.source(receipt.source_id), [len(table) for table in tables])


@given(rows=TABLES)
@settings(max_examples=40)
def test_what_is_wrong_with_a_row_does_not_depend_on_the_rows_around_it(rows):
    """Headers, totals and footers aside, a person's row has the same fate anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        fates = []
        people = [SITI, but(BUDI, tanggal_lahir="31/02/1982")]
        for number, table in enumerate(([*people, *rows], people)):
            store = Store.open(Path(folder) / f"{number}", create=True)
            receipt = take(store, text(Path(folder) / f"{number}.csv", [HEADER, *table]))
            records = load_records(store).to_pylist()
            fates.append(
                (
                    [p["name"] for p in records if p["row"] == 2],
                    [(r["row"], r["code"]) for r in receipt.rows if r["row"] == 3],
                )
            )
        assert fates[0] == fates[1]


@pytest.mark.parametrize("field", sorted(PLAIN))
@given(data=st.data())
def test_a_plain_cell_is_its_own_value(field, data):
    """The fast way past a parser must say what the parser says."""
    cell = data.draw(
        st.from_regex(PLAIN[field].replace("$", r"\Z"), fullmatch=True).filter(str.isascii)
    )
    assert columns(load(), "2023")[field].parser(cell) == (cell, None)


@pytest.mark.parametrize("field", sorted(PLAIN))
@pytest.mark.parametrize("cell", sorted(BLANKS | {digit * 16 for digit in "0123456789"}))
def test_what_stands_for_nothing_is_never_plain(field, cell):
    if field != "dpid":  # sixteen digits may be a DPID
        assert not pc.match_substring_regex(pa.scalar(cell), PLAIN[field]).as_py()


@given(cell=st.one_of(CELLS, st.text(max_size=30)))
@settings(max_examples=300)
def test_no_parser_ever_breaks(cell):
    for column in columns(load(), "2017").values():
        value, issue = column.parser(cell)
        assert value is None or value.strip() == value != ""
        assert issue is None or isinstance(issue, str)


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), form=st.integers(0, 4))
def test_a_date_written_in_any_form_is_the_same_date(day, form):
    forms = ("%d|%m|%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y-%m-%d 00:00:00")
    assert birth_date(day.strftime(forms[form])) == (day.isoformat(), None)
    assert event_date(day.strftime(forms[form])).value == day.isoformat()
