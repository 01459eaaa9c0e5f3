"""Hard cases by name: a voter and a record, and the band they must fall into."""

from typing import Any

from lib.people import BUDI, SITI, record, records, voter, voters
from lib.spec_docs import Table
from mutakhir.linkage import plain
from mutakhir.linkage.model_file import default_model

PAGE = "reference/linkage.md"
TITLE = "Pairs"

ELSEWHERE = {
    "nkk": "9999770203150044",
    "desa": "3673051009",
    "address": "KP. LAMA",
    "rt": "009",
    "rw": "008",
}
UNNAMED = {"nik": None, "nkk": None, "birth_place": None}
DEWI = {**SITI, "nik": "9999994808850001", "birth_date": "1985-08-08", "name": "DEWI RATNASARI"}
HASAN = {**BUDI, "nik": "9999991203990001", "birth_date": "1999-03-12", "name": "HASAN BASRI"}

#: What happened → (voter, what the record says differently, band or "none").
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "nothing differs": (SITI, {}, "sure"),
    "moved house": (SITI, ELSEWHERE, "sure"),
    "title, short form and apostrophe": (SITI, {"name": "HJ. ST. AMI'NAH, S.PD"}, "sure"),
    "last word left out": (SITI, {"name": "SITI"}, "sure"),
    "initial": (BUDI, {"name": "BUDI S."}, "sure"),
    "old spelling": (BUDI, {"name": "BOEDI SANTOSO"}, "sure"),
    "day and month swapped, same NIK": (BUDI, {"birth_date": "1982-12-03"}, "sure"),
    "day unknown, same NIK": (BUDI, {"birth_date": "1982-03-00"}, "sure"),
    "NIK equal, another name": (SITI, {"name": "DEWI RATNASARI"}, "review"),
    "NIK equal, another birth date": (SITI, {"birth_date": "1961-01-30"}, "review"),
    "NIK equal, another sex": (SITI, {"sex": "L"}, "review"),
    "NIK equal, nothing else": (SITI, {**BUDI, **ELSEWHERE, "nik": SITI["nik"]}, "review"),
    "NIK one digit off, same household": (BUDI, {"nik": "9999981203820002"}, "sure"),
    "NIK one digit off, moved": (BUDI, {**ELSEWHERE, "nik": "9999991203920002"}, "sure"),
    "NIK one digit of the region off, moved": (
        BUDI,
        {**ELSEWHERE, "nik": "9999981203820002"},
        "review",
    ),
    "women's 40 forgotten in the NIK": (SITI, {"nik": "9999991708850001"}, "sure"),
    "NIK equal, one letter of a short name": (
        {**BUDI, "name": "JAMIL"},
        {**ELSEWHERE, "name": "JANIL"},
        "sure",
    ),
    "NIK equal, another day of the month": (SITI, {"birth_date": "1985-08-02"}, "sure"),
    "NIK with two digits swapped, same household": (BUDI, {"nik": "9999991203280002"}, "sure"),
    "NIK with two digits swapped, moved": (
        BUDI,
        {**ELSEWHERE, "nik": "9999991203280002"},
        "sure",
    ),
    "NIK with a slip in the serial, moved": (
        BUDI,
        {**ELSEWHERE, "nik": "9999991203820042"},
        "sure",
    ),
    "NIK equal, letters changed places, moved": (
        BUDI,
        {**ELSEWHERE, "name": "BUID SANTOSO"},
        "sure",
    ),
    "NIK equal, written as one word, moved": (BUDI, {**ELSEWHERE, "name": "BUDISANTOSO"}, "sure"),
    "no NIK, same household": (BUDI, {"nik": None}, "sure"),
    "no NIK, day and month swapped": (BUDI, {"nik": None, "birth_date": "1982-12-03"}, "sure"),
    "no NIK, moved": (BUDI, {**ELSEWHERE, "nik": None}, "review"),
    "NIK cut to the region and date": (BUDI, {"nik": "9999991203820000"}, "sure"),
    "oversight list: age and RT": (BUDI, {**UNNAMED, "birth_date": "1982-00-00"}, "review"),
    "oversight list, a year off": (BUDI, {**UNNAMED, "birth_date": "1983-00-00"}, "review"),
    "oversight list, two years off": (BUDI, {**UNNAMED, "birth_date": "1984-00-00"}, "none"),
    "namesake born the same day, other NIK": (
        BUDI,
        {**ELSEWHERE, "nik": "9999771203820001"},
        "none",
    ),
    "namesake in the same RT, other NIK": (
        BUDI,
        {"nik": "9999771203820001", "nkk": "9999770203150044", "address": "KP. LAMA"},
        "none",
    ),
    "same name, date and household, other NIK": (BUDI, {"nik": "9999771203820001"}, "review"),
    "same name, date and household, other serial": (BUDI, {"nik": "9999991203820003"}, "review"),
    "twins, names alike": (HASAN, {"name": "HUSEN BASRI", "nik": "9999991203990002"}, "none"),
    "twins, one letter apart": (HASAN, {"name": "HASAM BASRI", "nik": "9999991203990002"}, "none"),
    "twins of two sexes": (
        HASAN,
        {"name": "HASNA BASRI", "nik": "9999995203990001", "sex": "P"},
        "none",
    ),
    "twins, one without a NIK": (HASAN, {"name": "HUSEN BASRI", "nik": None}, "review"),
    "brothers whose NIKs differ as their birth dates do": (
        HASAN,
        {"name": "HASAN JAYA", "nik": "9999991203970001", "birth_date": "1997-03-12"},
        "none",
    ),
    "father and son of one name": (
        BUDI,
        {"nik": "9999990507050001", "birth_date": "2005-07-05"},
        "none",
    ),
    "son with the father's name and one more": (
        BUDI,
        {"nik": None, "name": "BUDI SANTOSO JAYA", "birth_date": "2005-07-05"},
        "none",
    ),
    "mother and daughter sharing a name": (
        SITI,
        {"nik": "9999995501100003", "name": "SITI ROHANI", "birth_date": "2008-01-15"},
        "none",
    ),
    "sisters, names alike, one without a NIK": (
        DEWI,
        {"nik": None, "name": "DEWI RATNAWATI", "birth_date": "1987-05-21"},
        "none",
    ),
    "the same, born on one day of two years": (
        DEWI,
        {"nik": None, "name": "DEWI RATNAWATI", "birth_date": "1987-08-08"},
        "review",
    ),
}


def band_in_link(case: str) -> str:
    person, differs, _ = CASES[case]
    links = plain.link(voters(voter(person)), records(record(person, **differs)), default_model())
    return links["band"][0].as_py() if links.num_rows else "none"


def class_in_roll(case: str) -> tuple[str, str]:
    person, differs = DOUBLES[case]
    lines = voters(voter(person), voter({**person, **differs}, dpid="00000000000000a2"))
    links = plain.duplicates(lines, default_model()).to_pylist()
    return (links[0]["rule"], links[0]["band"]) if links else ("", "none")


#: Two lines of one roll → what the second says differently.
DOUBLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "all the same": (SITI, {}),
    "moved, on both lists": (SITI, ELSEWHERE),
    "NIK the same, another name": (SITI, {"name": "DEWI RATNASARI"}),
    "NIK the same, all else different": (SITI, {**BUDI, **ELSEWHERE, "nik": SITI["nik"]}),
    "NIK one digit off": (BUDI, {"nik": "9999981203820002"}),
    "NIK one digit off, far away": (BUDI, {**ELSEWHERE, "nik": "9999981203820002"}),
    "registered twice, two NIKs": (BUDI, {"nik": "9999771203820001"}),
    "registered twice, other serial, NKK mistyped": (
        BUDI,
        {**ELSEWHERE, "nik": "9999991203820003", "nkk": "9999990101010001"},
    ),
    "no NIK on one line": (BUDI, {"nik": None}),
    "namesake of the same day": (BUDI, {**ELSEWHERE, "nik": "9999771203820001"}),
    "twins": (HASAN, {"name": "HUSEN BASRI", "nik": "9999991203990002"}),
    "father and son": (BUDI, {"nik": "9999990507050001", "birth_date": "2005-07-05"}),
}

TABLES = [
    Table(
        "A voter of the roll and a record of a source.",
        ("what differs",),
        ("band",),
        [(case, band) for case, (_, _, band) in CASES.items()],
        band_in_link,
    ),
    Table(
        "Two lines of one roll.",
        ("what differs",),
        ("class", "band"),
        [
            ("all the same", "K1", "sure"),
            ("moved, on both lists", "K2", "sure"),
            ("NIK the same, another name", "K3", "review"),
            ("NIK the same, all else different", "K3", "review"),
            ("NIK one digit off", "K3", "review"),
            ("NIK one digit off, far away", "K3", "review"),
            ("registered twice, two NIKs", "beyond", "review"),
            ("registered twice, other serial, NKK mistyped", "beyond", "review"),
            ("no NIK on one line", "beyond", "sure"),
            ("namesake of the same day", "", "none"),
            ("twins", "", "none"),
            ("father and son", "", "none"),
        ],
        class_in_roll,
    ),
]
