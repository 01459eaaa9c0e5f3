"""Rules where nearly everybody else is settled: who is left over on both sides is *free*."""

import pytest

from lib.people import BUDI, SITI, record, records, voter, voters
from mutakhir.linkage import plain
from mutakhir.linkage.model_file import default_model

MODEL = default_model()
ELSEWHERE = {
    "nkk": "9999770203150044",
    "desa": "3673051009",
    "address": "KP. LAMA",
    "rt": "009",
    "rw": "008",
}
_WORDS = ("RATNA", "MURNI", "LARAS", "AYU", "PUSPA", "INTAN", "KENANGA", "SEKAR")
#: Eight people who stand on both lists alike.
SETTLED = [
    {**SITI, "nik": f"9999995708850{n}", "nkk": f"9999990101110{n}", "name": f"DEWI {word}"}
    for n, word in enumerate(_WORDS, 111)
]
HASAN = {**BUDI, "nik": "9999991203990001", "birth_date": "1999-03-12", "name": "HASAN BASRI"}


def band(person, differs, *, settled=False):
    """The band of a voter and a record of him that ``differs``, or "none". ``settled``: another
    record of the source has the voter, as he is written on the roll."""
    known = [{**p, "birth_place": "LEBAK"} for p in SETTLED]
    roll = [voter(p, dpid=f"{n:016x}") for n, p in enumerate([person, *known], 1)]
    feed = [record(p, row=n) for n, p in enumerate(known, 10)]
    feed += [record(person, row=2)] if settled else []
    sought = record({**person, **differs}, row=3)
    links = plain.link(voters(*roll), records(*feed, sought), MODEL).to_pylist()
    ours = (f"{1:016x}", sought["record_id"])
    return next((x["band"] for x in links if (x["left_id"], x["right_id"]) == ours), "none")


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        ({"nik": "9999991203820003"}, "sure"),
        ({"nik": "9999991203820003", "birth_place": None}, "sure"),
        ({"nik": "9999991203820003", "birth_place": "LEBAK"}, "review"),
        ({"nik": "9999991203820003", "name": "BUDI SANTOSA"}, "none"),
        ({"nik": "9999771203820001"}, "review"),
        ({"nik": "9999991203820042"}, "sure"),
    ],
    ids=[
        "the serial alone differs",
        "the birth place is not known",
        "born elsewhere",
        "the name differs too",
        "another number altogether",
        "a slip in the serial",
    ],
)
def test_one_who_moved_and_whose_number_differs(differs, expected):
    assert band(BUDI, {**ELSEWHERE, **differs}) == expected


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        ({"name": "HASAM BASRI", "nik": "9999991203990002"}, "review"),
        ({"name": "HASAN BASRY", "nik": "9999981203990001"}, "sure"),
        ({"name": "HUSEN BASRI", "nik": "9999991203990002"}, "review"),
        ({"name": "HUSEN BASRI", "nik": "9999981203990001"}, "review"),
        ({"birth_date": "1999-03-13", "nik": "9999991203990002"}, "sure"),
        ({"name": "HUSEN", "birth_date": "1999-03-13"}, "sure"),
        ({"name": "HASAN", "birth_date": "1971-11-30"}, "review"),
    ],
    ids=[
        "a twin's number beside a name one letter off",
        "a slip in the number beside a slip in the name",
        "a twin",
        "a slip in the number beside another name",
        "the next number and the next day under one name",
        "the own number, another name, the next day",
        "the own number, a part of the name, another's date",
    ],
)
def test_in_one_household(differs, expected):
    assert band(HASAN, differs) == expected


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        ({**ELSEWHERE, "name": "BUDI SANTOSA"}, "sure"),
        ({"name": "BUDI SANTOSA"}, "review"),
        ({**ELSEWHERE, "name": "SLAMET RIYADI"}, "none"),
        ({"name": "SLAMET RIYADI", "birth_date": "1951-11-30"}, "none"),
        ({"name": "SLAMET RIYADI"}, "review"),
    ],
    ids=[
        "the same person at another home",
        "the same person, or a twin who got the number",
        "a neighbour in the register",
        "another of the family",
        "one home and one date",
    ],
)
def test_the_number_of_a_voter_who_has_a_record(differs, expected):
    assert band(BUDI, differs, settled=True) == expected
