"""Kinds for any person table: what two values are to each other."""

import pyarrow as pa

from lib.spec_docs import Table
from mutakhir.linkage.kinds import KINDS

PAGE = "reference/linkage.md"
TITLE = "Values of other tables"


def text_level(one: str, beside: str, other: str, beside_other: str) -> str:
    return _level("text", [[one, other], [beside, beside_other]])


def date_level(one: str, other: str) -> str:
    return _level("loose_date", [[one, other]])


def _level(word: str, columns: list[list[str]]) -> str:
    kind = KINDS[word]
    made = kind.prepare([pa.array(column, pa.string()) for column in columns], {})
    left, right = ({part: made[part][row].as_py() for part in made} for row in (0, 1))
    found = kind.compare(left.__getitem__, right.__getitem__)
    assert kind.compare(right.__getitem__, left.__getitem__) == found
    return found


TABLES = [
    Table(
        "`text`: two values, each with the one in the neighbouring column.",
        ("value", "beside it", "other value", "beside that"),
        ("level",),
        [
            ("O'Brien", "", "o brien", "", "equal"),
            ("van den Berg", "", "vandenberg", "", "equal"),
            ("José", "", "JOSE", "", "equal"),
            ("Hugo", "", "Hogu", "", "slip"),
            ("Smith", "", "Smyth", "", "slip"),
            ("Ann", "", "Anm", "", "like"),
            ("wellington street", "", "wellingtn streeet", "", "close"),
            ("Amelia", "Fletcher", "Fletcher", "Amelia", "swapped"),
            ("Isaac", "James", "James", "Dixon", "elsewhere"),
            ("Rob", "", "Robert", "", "like"),
            ("Robert", "", "Rupert", "", "like"),
            ("Davies", "", "Dixies", "", "like"),
            ("Taylor", "", "Tyalo", "", "faint"),
            ("Amelia", "", "Hugo", "", "differ"),
            ("Amelia", "", "-", "", "missing"),
        ],
        text_level,
    ),
    Table(
        "`loose_date`: as `date`, and two digits wrong at once.",
        ("date", "other date"),
        ("level",),
        [
            ("1982-03-12", "1982-03-12", "equal"),
            ("19820312", "1982-03-12", "equal"),
            ("1982-03-12", "1982-12-03", "swapped"),
            ("1982-03-12", "1992-03-12", "close"),
            ("1982-03-12", "1992-03-15", "slips"),
            ("1982-03-12", "1992-05-15", "differ"),
            ("1982-03-00", "1982-03-12", "month"),
            ("1982-03-00", "1993-03-12", "differ"),
            ("", "1982-03-12", "missing"),
        ],
        date_level,
    ),
]
