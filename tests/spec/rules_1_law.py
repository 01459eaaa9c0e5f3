"""Which law holds on which day, and what it says."""

from datetime import date
from itertools import groupby

from lib.spec_docs import Table, grid
from mutakhir import rules
from mutakhir.rules.entry import FOREVER, Entry

PAGE = "reference/rules.md"
TITLE = "The law on a day"

LAW = rules.load()


def _name(day: str) -> str:
    try:
        return LAW.at(date.fromisoformat(day)).name
    except rules.RulesError:
        return "no law: refused"


def _cadence(day: str, level: str) -> tuple[int, int]:
    found = LAW.at(date.fromisoformat(day)).cadence[level]
    return found.recap_months, found.plenary_months


def _cap(day: str, election: str) -> int:
    return LAW.at(date.fromisoformat(day)).caps[election].voters


def _ballots(election: str, voters: int) -> int:
    return LAW.at(date(2026, 9, 30)).rounding[election].needed(voters)


def _removal(reason: str) -> tuple[bool, bool, tuple[str, ...]]:
    found = LAW.at(date(2026, 9, 30)).removal(reason)
    return found.leaves, found.two_people, found.documents


def _rung(word: str) -> tuple[int, bool]:
    found = {rung.word: rung for rung in LAW.at(date(2026, 9, 30)).rungs}[word]
    return found.rank, found.removes


def _values(entry: Entry) -> str:
    if entry.topic == "codes":
        return f"{', '.join(entry.values['versions'])}: {len(entry.values['codes'])} codes"
    shown = ((key, value) for key, value in entry.values.items() if key != "label")
    return ", ".join(f"{key} {_shown(value)}" for key, value in shown)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " / ".join(value) if isinstance(value, list) else str(value)


def text() -> str:
    """Every entry shipped, by topic."""
    entries = sorted(LAW.entries, key=lambda entry: entry.topic)
    parts = []
    for topic, found in groupby(entries, key=lambda entry: entry.topic):
        rows = [
            (
                entry.id,
                entry.first,
                "" if entry.last == FOREVER else entry.last,
                _values(entry),
                entry.article,
                entry.verified,
            )
            for entry in found
        ]
        head = ["entry", "from", "to", "says", "article", "verified"]
        parts.append(f"### {topic}\n\n{grid(head, rows)}")
    return "\n\n".join(parts)


TABLES = [
    Table(
        "The law in force is found by day; a day without one is an error.",
        ("day",),
        ("law",),
        [
            ("2019-12-31", "no law: refused"),
            ("2020-01-01", "pdpb-2020"),
            ("2024-12-31", "pdpb-2020"),
            ("2025-01-01", "pkpu-1-2025"),
            ("2026-09-30", "pkpu-1-2025"),
        ],
        _name,
    ),
    Table(
        "Months between recaps and between open plenaries.",
        ("day", "level"),
        ("recap", "plenary"),
        [
            ("2021-06-30", "kabkota", 1, 3),
            ("2025-06-30", "kabkota", 3, 3),
            ("2021-06-30", "provinsi", 6, 6),
            ("2025-06-30", "provinsi", 6, 6),
            ("2025-06-30", "ri", 6, 6),
        ],
        _cadence,
    ),
    Table(
        "Most voters of one TPS.",
        ("day", "election"),
        ("voters",),
        [
            ("2024-02-14", "pemilu", 300),
            ("2020-12-09", "pilkada", 500),
            ("2024-11-27", "pilkada", 600),
        ],
        _cap,
    ),
    Table(
        "Ballots needed by one TPS and contest: exact decimals, rounded up.",
        ("election", "voters"),
        ("ballots",),
        [
            ("pemilu", 300, 306),
            ("pemilu", 150, 153),
            ("pemilu", 251, 257),
            ("pilkada", 600, 615),
            ("pilkada", 401, 412),
            ("pilkada", 0, 0),
        ],
        _ballots,
    ),
    Table(
        "Reasons to leave: does the voter leave, on two people's word, on which documents?",
        ("reason",),
        ("leaves", "two people", "one of"),
        [
            ("meninggal", True, True, ("akta_kematian", "civil_register")),
            ("tni", True, True, ("sk_tni",)),
            ("hak_pilih_dicabut", True, True, ("putusan_pengadilan",)),
            ("salah_penempatan_tps", False, False, ()),
        ],
        _removal,
    ),
    Table(
        "The ladder of evidence for a death: below a rung that removes, the voter is suspended.",
        ("document",),
        ("rank", "removes"),
        [
            ("rt_statement", 1, False),
            ("village_letter", 2, False),
            ("akta_kematian", 3, True),
            ("civil_register", 4, True),
        ],
        _rung,
    ),
]
