"""The issue codes of the receipt, from the one table of them."""

from lib.spec_docs import Table, grid
from mutakhir.intake.issues import ISSUES, value_class

PAGE = "formats/receipt.md"
TITLE = "Issue codes"


def text() -> str:
    """Every code, by severity."""
    rows = sorted(ISSUES.values(), key=lambda i: ("error", "doubt", "warning").index(i.severity))
    return grid(
        ("Code", "Severity", "Masalah", "Yang harus dilakukan"),
        [(issue.code, issue.severity, issue.message, issue.action) for issue in rows],
    )


TABLES = [
    Table(
        "What the receipt says of a cell instead of its value.",
        ("cell",),
        ("value class",),
        [
            ("999999120382000", "15 angka"),
            ("BUDI", "4 huruf"),
            ("3,6E+15", "4 angka, 1 huruf, 2 tanda lain"),
            ("17/08/85", "6 angka, 2 tanda lain"),
            ("  ", "kosong"),
        ],
        value_class,
    ),
]
