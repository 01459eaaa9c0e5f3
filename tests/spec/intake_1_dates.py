"""Dates as offices write them, and what intake makes of them."""

from lib.spec_docs import Table
from mutakhir.intake.values.dates import birth_date, event_date

PAGE = "formats/layouts.md"
TITLE = "Dates"

TABLES = [
    Table(
        "Birth dates. Zeros stand for unknown parts. The code tells what is odd (receipt.md).",
        ("cell",),
        ("value", "code"),
        [
            ("17|08|1985", "1985-08-17", None),
            ("17/08/1985", "1985-08-17", None),
            ("17-08-1985", "1985-08-17", None),
            ("17.8.1985", "1985-08-17", None),
            ("17 – 08 – 1985", "1985-08-17", None),
            ("17/08/1985 12:00:00 AM", "1985-08-17", None),
            ("7 8 1985", "1985-08-07", None),
            ("1985-08-17", "1985-08-17", None),
            ("1985/8/17", "1985-08-17", None),
            ("1985-08-17 00:00:00", "1985-08-17", None),
            ("1985-08-17T00:00:00Z", "1985-08-17", None),
            ("'17/08/1985", "1985-08-17", None),
            ("17 Agustus 1985", "1985-08-17", None),
            ("17-Agt-1985", "1985-08-17", None),
            ("1 Nopember 1960", "1960-11-01", None),
            ("31275", "1985-08-16", None),
            ("31275.0", "1985-08-16", None),
            ("17081985", "1985-08-17", None),
            ("19850817", "1985-08-17", None),
            ("29|02|1984", "1984-02-29", None),
            ("00|07|1961", "1961-07-00", "birth_date_partial"),
            ("00/00/1961", "1961-00-00", "birth_date_partial"),
            ("1961", "1961-00-00", "birth_date_partial"),
            ("01|07|****", "0000-07-01", "birth_date_partial"),
            ("**|**|1961", "1961-00-00", "birth_date_partial"),
            ("17/08/85", "1985-08-17", "birth_year_two_digits"),
            ("17/08/05", "2005-08-17", "birth_year_two_digits"),
            ("17/08/15", None, "birth_date_century"),
            ("08/17/1985", None, "birth_date_month_first"),
            ("1985-17-08", None, "birth_date_month_first"),
            ("31/02/1985", None, "birth_date_impossible"),
            ("29|02|1985", None, "birth_date_impossible"),
            ("32/01/1985", None, "birth_date_impossible"),
            ("17/08/1485", None, "birth_date_impossible"),
            ("17 Sura 1985", None, "birth_date_unreadable"),
            ("Agustus 1985", None, "birth_date_unreadable"),
            ("31275.5", None, "birth_date_unreadable"),
            ("SERANG", None, "birth_date_unreadable"),
            ("", None, "birth_date_missing"),
            ("-", None, "birth_date_missing"),
            ("00|00|0000", None, "birth_date_missing"),
            ("**|**|****", None, "birth_date_missing"),
        ],
        lambda cell: tuple(birth_date(cell)),
    ),
    Table(
        "The day of a death, move or discharge: an unreadable one is left out with a warning.",
        ("cell",),
        ("value", "code"),
        [
            ("03/07/2026", "2026-07-03", None),
            ("00|07|2026", "2026-07-00", None),
            ("bulan lalu", None, "event_date_unreadable"),
            ("", None, None),
        ],
        lambda cell: tuple(event_date(cell)),
    ),
]
