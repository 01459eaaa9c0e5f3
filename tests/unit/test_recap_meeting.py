from datetime import datetime

import pytest

from mutakhir.recap.calendar import day_name, long_date, spelt_date, spelt_hour
from mutakhir.recap.meeting import PATTERNS, Meeting, MeetingError, read

MOMENT = datetime(2022, 6, 30, 9, 30)  # noqa: DTZ001 (a meeting's own clock)


def written(folder, text):
    path = folder / "meeting.toml"
    path.write_text(text)
    return path


def test_both_styles_of_numbers_are_made():
    letters = Meeting(n=23, office="KPU.CLG", opened=MOMENT)
    digits = Meeting(n=20, opened=MOMENT.replace(year=2025), number_pattern=PATTERNS[1])
    assert letters.number("Kota Cilegon", "3672") == "23/BA-KPU.CLG/VI/2022"
    assert digits.number("Kota Cilegon", "3672") == "20/PL.02.1-BA/3672/2025"


def test_a_meeting_without_number_or_day_has_no_number_yet():
    assert Meeting(n=23).number("", "") == ""
    assert Meeting(opened=MOMENT).number("", "") == ""


def test_day_date_and_hour_are_spelt():
    assert (day_name(MOMENT), long_date(MOMENT)) == ("Kamis", "30 Juni 2022")
    assert spelt_date(MOMENT) == "tiga puluh bulan Juni tahun dua ribu dua puluh dua"
    assert spelt_hour(MOMENT) == "sembilan lewat tiga puluh menit"
    assert spelt_hour(MOMENT.replace(minute=0)) == "sembilan"


def test_a_whole_meeting_is_read(tmp_path):
    meeting = read(
        written(
            tmp_path,
            """
            n = 7
            place = "Aula"
            opened = 2026-10-02T09:00:00
            legal_basis = ["Surat A"]
            [[commissioners]]
            role = "Ketua"
            name = "K"
            [[attendees]]
            institution = "Bawaslu"
            names = ["A", "B"]
            [[objections]]
            by = "Bawaslu"
            objection = "x"
            answer = "y"
            """,
        )
    )
    assert meeting.attendees[0].names == ("A", "B")
    assert meeting.commissioners[0].name == "K"
    assert meeting.objections[0].answer == "y"
    assert meeting.legal_basis == ("Surat A",)


def test_by_default_a_chair_and_four_members_sign_by_role():
    assert [c.role for c in Meeting().commissioners] == ["Ketua"] + ["Anggota"] * 4
    assert not any(c.name for c in Meeting().commissioners)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("n = ", "TOML"),
        ('tempat = "x"', "tempat"),
        ('n = "dua"', "bilangan"),
        ('opened = "besok"', "opened"),
        ("place = 3", "place"),
        ('number_pattern = "{bulan}"', "bulan"),
        ('zone = "GMT"', "zone"),
        ("[[attendees]]\nnama = 'x'", "institution"),
        ("commissioners = 'x'", "commissioners"),
        ("legal_basis = 3", "legal_basis"),
    ],
)
def test_a_meeting_file_that_cannot_be_used_says_where_and_why(tmp_path, text, says):
    with pytest.raises(MeetingError, match=says) as caught:
        read(written(tmp_path, text))
    assert "meeting.toml" in str(caught.value)
