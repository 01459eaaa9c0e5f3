"""Quarters, as a label and in words."""

from lib.spec_docs import Table
from mutakhir.rules.period import Period

PAGE = "reference/rules.md"
TITLE = "Periods"


def _read(said: str) -> str:
    try:
        return Period.parse(said).label
    except ValueError:
        return "refused"


def _said(label: str) -> tuple[str, str, str, str, str]:
    found = Period.parse(label)
    return (
        str(found.first),
        str(found.last),
        found.words,
        found.previous().label,
        found.next().label,
    )


TABLES = [
    Table(
        "A period is a quarter; files say it in many ways.",
        ("said",),
        ("period",),
        [
            ("2026-Q3", "2026-Q3"),
            ("Triwulan Kedua Tahun 2025", "2025-Q2"),
            ("TW II 2025", "2025-Q2"),
            ("triwulan 2 2025", "2025-Q2"),
            ("TRIWULAN KE - IV TH. 2025", "2025-Q4"),
            ("PDPB Triwulan Pertama Tahun 2024", "2024-Q1"),
            ("TW.3/2025", "2025-Q3"),
            ("Semester II Tahun 2025", "refused"),
            ("Triwulan V Tahun 2025", "refused"),
            ("2026-Q5", "refused"),
            ("Triwulan I Tahun 2025 dan Triwulan II Tahun 2025", "refused"),
        ],
        _read,
    ),
    Table(
        "The last day is the reference day of eligibility between elections.",
        ("period",),
        ("first day", "last day", "words", "before", "after"),
        [
            ("2026-Q1", "2026-01-01", "2026-03-31", "Triwulan I Tahun 2026", "2025-Q4", "2026-Q2"),
            (
                "2026-Q3",
                "2026-07-01",
                "2026-09-30",
                "Triwulan III Tahun 2026",
                "2026-Q2",
                "2026-Q4",
            ),
            ("2026-Q4", "2026-10-01", "2026-12-31", "Triwulan IV Tahun 2026", "2026-Q3", "2027-Q1"),
        ],
        _said,
    ),
]
