"""What the domain says for the command line is said for a screen."""

import pytest

from mutakhir.intake.issues import ISSUES
from mutakhir_web.intake.presenters import STANDINGS, hidden_numbers, on_screen, reason_words

REFUSALS = (
    "Berkas ini sudah diserahkan dengan --codes 2023 --region 3673.",
    "Berkas ini sudah diserahkan dengan --codes 2023.",
    "Bila pilihan itu keliru, tarik sumbernya (`mutakhir withdraw`), simpan ulang berkas",
    "Periksa dengan `mutakhir recap check`.",
    "Hilangkan --as agar susunan dikenali dari isi.",
)


@pytest.mark.parametrize("code", ISSUES)
def test_no_issue_speaks_of_the_command_line(code):
    for words in reason_words(code):
        assert "--" not in words
        assert "`" not in words


@pytest.mark.parametrize("text", REFUSALS)
def test_no_refusal_does(text):
    assert "--" not in on_screen(text)
    assert "`" not in on_screen(text)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("9999995708850001", "9999••••••••••01"),
        ("'9999995708850001", "'9999••••••••••01"),
        ("9999 9957 0885 0001", "9999••••••••••01"),
        ("NIK 9999995708850001.", "NIK 9999••••••••••01."),
        ("17-08-1985", "17-08-1985"),
        ("08123456789", "0812•••••89"),
        ("SA'DIAH", "SA'DIAH"),
    ],
)
def test_numbers_of_people_are_hidden(cell, shown):
    assert hidden_numbers(cell) == shown


def test_every_standing_has_words_colour_and_icon():
    assert all(each.words and each.colour and each.icon for each in STANDINGS.values())
