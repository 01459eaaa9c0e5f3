"""A table that no layout knows: shown, mapped, tried on its first rows, known again."""

import tomllib

import pytest

from lib.intake_files import DAY, KAB, text
from mutakhir.intake import mapping as mapping_file
from mutakhir.intake.guess import guess
from mutakhir.intake.odd import OddButTrue
from mutakhir.intake.options import options
from mutakhir.intake.unknown import signature, signatures, tables, tried

ODD = ("URUT", "KODE", "SEBUTAN", "LAHIRNYA", "GOLONGAN")
ROWS = (
    ("1", "9999995708850001", "SITI AMINAH", "17-08-1985", "P"),
    ("2", "99999912038200", "BUDI SANTOSO", "12-03-1982", "L"),
)
MAPPING = {
    "format": 1,
    "first_row": 4,
    "claim": "ineligible",
    "reason": "meninggal",
    "columns": {"B": "nik", "C": "name", "D": "birth_date", "E": "sex"},
    "fixed": {"desa": "3673011001"},
}


@pytest.fixture
def head(tmp_path):
    path = text(tmp_path / "aneh.csv", [("DAFTAR",), (), ODD, *ROWS])
    (found,) = tables(path).unknown
    return found


@pytest.fixture
def reading():
    return options(
        layout=None,
        codes="2023",
        region=KAB,
        mapping=None,
        day=DAY,
        odd=OddButTrue(),
        withdrawn=(),
        progress=None,
    )


def test_rows_are_tried_under_a_mapping_with_what_would_become_of_each(head, reading):
    first, second = tried(head, mapping_file.checked(MAPPING), reading)
    assert (first.row, first.outcome) == (4, "accepted")
    assert first.values["birth_date"] == "1985-08-17"
    assert (second.row, second.outcome) == (5, "rejected")
    assert second.reasons == (("nik", "nik_not_16_digits"),)


def test_a_table_is_known_again_by_its_headings_wherever_they_stand(head, tmp_path):
    other = text(
        tmp_path / "lagi.csv", [*[("KANTOR",)] * 3, ("", ""), [h.lower() for h in ODD], *ROWS]
    )
    (later,) = tables(other).unknown
    (same,) = signatures(head).keys() & signatures(later).keys()
    assert (signatures(head)[same], signatures(later)[same]) == (3, 5)
    assert signature(head, 3) == same
    assert signature(head, 4) is None, "a row of a person heads nothing"


def test_other_headings_are_another_table(head, tmp_path):
    other = text(tmp_path / "lain.csv", [ODD[::-1], *ROWS])
    (later,) = tables(other).unknown
    assert not signatures(head).keys() & signatures(later).keys()


def test_a_file_that_a_layout_knows_has_no_unknown_table(tmp_path):
    path = text(tmp_path / "a.csv", [("NIK", "NAMA", "TANGGAL LAHIR", "JK"), ROWS[0][1:]])
    assert (tables(path).unknown, tables(path).known) == ((), 1)


def test_a_person_says_which_row_heads_the_columns(head):
    plan, _ = guess(head, heading=3)
    assert (plan.first_row, plan.header) == (4, ODD)
    plan, _ = guess(head, heading=0)
    assert (plan.first_row, plan.header) == (1, ())


def test_a_mapping_is_written_as_it_is_read(tmp_path):
    path = tmp_path / "m.toml"
    mapping = {**MAPPING, "fixed": {"kecamatan": 'Serang "Kota" \\ baru'}}
    path.write_text(mapping_file.text(mapping), encoding="utf-8")
    assert mapping_file.load(path) == mapping == tomllib.loads(path.read_text())
