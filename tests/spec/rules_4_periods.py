"""Quarters, as a label and in words."""

from lib.spec_docs import Table

from mutakhir.rules.period import Period

PAGE = "reference/rules.md"
TITLE = "Periods"


def _read(said: str) -> tuple[str, str, str, str]:
    try:
        period = Period.parse(said)
    except ValueError:
        return "refused", "", "", ""
    return period.label, str(period.first), str(period.last), period.words


TABLES = [
    Table(
        "A period is a quarter; files say it in many ways.",
        ("said",),
        ("period", "first day", "last day", "words"),
        [
            ("2026-Q3", "2026-Q3", "2026-07-01", "2026-09-30", "Triwulan III Tahun 2026"),
            ("Triwulan Kedua Tahun 2025", "2025-Q2", "2025-04-01", "2025-06-30", "Triwulan II Tahun 2025"),
            ("TW II 2025", "2025-Q2", "2025-04-01", "2025-06-30", "Triwulan II Tahun 2025"),
            ("triwulan 2 2025", "2025-Q2", "2025-04-01", "2025-06-30", "Triwulan II Tahun 2025"),
            ("TRIWULAN KE - IV TH. 2025", "2025-Q4", "2025-10-01", "2025-12-31", "Triwulan IV Tahun 2025"),
            ("PDPB Triwulan Pertama Tahun 2024", "2024-Q1", "2024-01-01", "2024-03-31", "Triwulan I Tahun 2024"),
            ("TW.3/2025", "2025-Q3", "2025-07-01", "2025-09-30", "Triwulan III Tahun 2025"),
            ("Semester II Tahun 2025", "refused", "", "", ""),
            ("Triwulan V Tahun 2025", "refused", "", "", ""),
            ("Triwulan I Tahun 2025 dan Triwulan II Tahun 2025", "refused", "", "", ""),
        ],
        _read,
    ),
]  # fmt: skip
