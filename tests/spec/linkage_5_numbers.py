"""NIKs and birth dates: what two of them are to each other."""

import pyarrow as pa

from lib.spec_docs import Table
from mutakhir.linkage.kinds import KINDS

PAGE = "reference/linkage.md"
TITLE = "Numbers and dates"


def nik_level(one: str, other: str) -> str:
    return _level("nik", one, other)


def date_level(one: str, other: str) -> str:
    return _level("date", one, other)


def _level(word: str, one: str, other: str) -> str:
    kind = KINDS[word]
    made = kind.prepare([pa.array([one, other], pa.string())], {})
    left, right = ({part: made[part][row].as_py() for part in made} for row in (0, 1))
    found = kind.compare(left.__getitem__, right.__getitem__)
    assert kind.compare(right.__getitem__, left.__getitem__) == found
    return found


TABLES = [
    Table(
        "Two NIKs. Under one region and date, neighbours in the register, twins above all, differ"
        " in the last digit; a slip in another digit of the serial is a slip like any other.",
        ("NIK", "other NIK"),
        ("level",),
        [
            ("9999991203820001", "9999991203820001", "equal"),
            ("9999991203820001", "9999991203820002", "sibling"),
            ("9999991203820009", "9999991203820010", "sibling"),
            ("9999991203820001", "9999991203820023", "sibling"),
            ("9999991203820001", "9999991203820041", "typo"),
            ("9999991203820001", "9999991203829001", "typo"),
            ("9999991203820001", "9999991203820010", "swapped"),
            ("9999991203820001", "9999981203820001", "region"),
            ("9999991203820001", "9999995203820001", "typo"),
            ("9999991203820001", "9999991203830001", "typo"),
            ("9999991203820001", "9999991203280001", "swapped"),
            ("9999991203820001", "9999981203820002", "near"),
            ("9999991203820001", "3601011107700004", "differ"),
            ("9999991203820001", "999999120382000", "cut"),
            ("9999991203820001", "9999991203820000", "prefix"),
            ("9999991203820001", "1111111111111111", "missing"),
            ("9999991203820001", "12", "missing"),
        ],
        nik_level,
    ),
    Table(
        "Two birth dates. 1 January, 1 July and 31 December may stand for an unknown day.",
        ("date", "other date"),
        ("level",),
        [
            ("1982-03-12", "1982-03-12", "equal"),
            ("1982-07-01", "1982-07-01", "heaped"),
            ("1982-03-12", "1982-12-03", "swapped"),
            ("1982-03-12", "1982-03-22", "close"),
            ("1982-03-12", "1982-03-25", "part"),
            ("1982-03-12", "1982-07-01", "part"),
            ("1982-01-01", "1982-12-31", "part"),
            ("1982-03-12", "1981-07-01", "differ"),
            ("1982-03-12", "1982-08-25", "differ"),
            ("1982-03-12", "1982-03-00", "month"),
            ("1982-03-12", "1982-00-00", "year"),
            ("1982-03-12", "1983-00-00", "age"),
            ("1982-03-12", "0000-03-12", "day"),
            ("1982-03-12", "0000-00-00", "missing"),
        ],
        date_level,
    ),
]
