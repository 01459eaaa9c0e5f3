"""Who may vote, by age and marriage."""

from datetime import date

from lib.spec_docs import Table
from mutakhir import rules
from mutakhir.rules.eligibility import judge

PAGE = "reference/rules.md"
TITLE = "Eligibility"


def _judged(birth_date: str | None, marital: str | None, day: str) -> tuple[str, tuple[str, ...]]:
    reference = date.fromisoformat(day)
    verdict = judge(birth_date, marital, reference, rules.load().at(reference))
    return verdict.answer, verdict.flags


DAY = "2026-09-30"
TABLES = [
    Table(
        "Zeros stand for unknown parts of a birth date: when every day it can be gives one answer, "
        "that is the answer. Flags are questions for a person and change nothing.",
        ("birth date", "marital", "reference day"),
        ("answer", "flags"),
        [
            ("1985-08-17", "S", DAY, "eligible", ()),
            ("2009-09-30", "B", DAY, "eligible", ()),
            ("2009-10-01", "B", DAY, "under_age", ()),
            ("2009-10-01", "S", DAY, "eligible", ("under_age_married",)),
            ("2010-05-05", "P", DAY, "eligible", ("under_age_married",)),
            ("2009-10-01", None, DAY, "under_age", ()),
            ("2008-02-29", "B", "2025-02-28", "under_age", ()),
            ("2008-02-29", "B", "2025-03-01", "eligible", ()),
            ("1926-09-30", "P", DAY, "eligible", ()),
            ("1925-09-30", "P", DAY, "eligible", ("older_than_unquestioned",)),
            ("1961-07-00", "B", DAY, "eligible", ()),
            ("2009-00-00", "B", DAY, "unknown", ()),
            ("2009-09-00", "B", DAY, "eligible", ()),
            ("2009-10-00", "B", DAY, "under_age", ()),
            ("2009-00-15", "B", DAY, "unknown", ()),
            ("2009-00-15", "B", "2026-12-14", "unknown", ()),
            ("2009-00-15", "B", "2026-12-15", "eligible", ()),
            ("2009-00-00", "B", "2026-12-30", "unknown", ()),
            ("2009-00-00", "B", "2026-12-31", "eligible", ()),
            ("2010-00-00", "B", DAY, "under_age", ()),
            ("0000-07-01", "B", DAY, "unknown", ()),
            ("0000-07-01", "S", DAY, "eligible", ()),
            (None, "B", DAY, "unknown", ()),
            (None, "P", DAY, "eligible", ()),
            ("2027-01-01", "B", DAY, "under_age", ("not_born_yet",)),
        ],
        _judged,
    ),
]
