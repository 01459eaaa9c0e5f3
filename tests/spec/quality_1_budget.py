"""What a sample says, and when errors stop bulk."""

import math
from datetime import date
from decimal import Decimal

from lib.spec_docs import Table, grid
from mutakhir import rules
from mutakhir.casework.budget import stopped
from mutakhir.casework.tally import Found
from mutakhir.quality.sampling import at_most, lower_bound, over, upper_bound

PAGE = "reference/quality.md"
TITLE = "The false-removal budget"

BUDGET = rules.load().at(date(2026, 9, 30)).budget
#: Samples an office might choose instead, beside the shipped one.
_SAMPLES = (29, 59, BUDGET.sample, 149, 299, 2995)


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _bears(looked: int) -> int:
    """The most errors in a sample that are not over the share."""
    return math.floor(BUDGET.share * looked)


def _passing(share: str, looked: int) -> str:
    return _percent(at_most(_bears(looked), looked, float(share)))


def _bounds(wrong: int, looked: int) -> tuple[str, str]:
    confidence = float(BUDGET.confidence)
    return (
        _percent(lower_bound(wrong, looked, confidence)),
        _percent(upper_bound(wrong, looked, confidence)),
    )


def _stopped(looked: int, wrong: int, bulk: int, undone: int) -> bool:
    return stopped(Found(looked, wrong, bulk, undone), BUDGET) is not None


def _over(wrong: int, counted: int, share: str) -> bool:
    return over(wrong, counted, Decimal(share))


def text() -> str:
    """The rule in force, and what other samples would say and cost."""
    head = ("sample", "errors it bears", "stopped at the budget", "ruled out when it passes")
    lines = [
        (
            looked,
            _bears(looked),
            _percent(1 - at_most(_bears(looked), looked, float(BUDGET.share))),
            _percent(upper_bound(_bears(looked), looked, float(BUDGET.confidence))),
        )
        for looked in _SAMPLES
    ]
    return (
        f"In force: share {BUDGET.share}, sample {BUDGET.sample}, confidence {BUDGET.confidence},"
        f" {BUDGET.periods} periods, kinds {', '.join(BUDGET.kinds)}.\n\n"
        "What a sample costs and buys. *Stopped at the budget*: how often a large group that is"
        " just within the budget is stopped all the same (producer's risk). *Ruled out*: a larger"
        f" share wrong passes at most once in {round(1 / (1 - BUDGET.confidence))} (consumer's"
        f" risk).\n\n{grid(head, lines)}"
    )


TABLES = [
    Table(
        "How often a large group passes, by the share in it that is wrong.",
        ("wrong share", "sample"),
        ("passes",),
        [
            ("0.0001", 74, "99.26 %"),
            ("0.001", 74, "92.86 %"),
            ("0.005", 74, "69.01 %"),
            ("0.01", 74, "47.53 %"),
            ("0.02", 74, "22.42 %"),
            ("0.04", 74, "4.88 %"),
            ("0.07", 74, "0.47 %"),
            ("0.178", 74, "0.00 %"),
            ("0.001", 2995, "42.42 %"),
            ("0.002", 2995, "6.22 %"),
        ],
        _passing,
    ),
    Table(
        "What a sample says of its group: the one-sided bounds of Clopper and Pearson, each at the "
        "confidence in force.",
        ("wrong", "looked at"),
        ("at least", "at most"),
        [
            (0, 74, "0.00 %", "3.97 %"),
            (1, 74, "0.07 %", "6.25 %"),
            (2, 74, "0.48 %", "8.26 %"),
            (0, 1, "0.00 %", "95.00 %"),
            (1, 1, "5.00 %", "100.00 %"),
            (0, 0, "0.00 %", "100.00 %"),
            (5, 10, "22.24 %", "77.76 %"),
            (0, 2995, "0.00 %", "0.10 %"),
        ],
        _bounds,
    ),
    Table(
        "More than a share is exact: no rounding.",
        ("wrong", "counted", "share"),
        ("over",),
        [
            (0, 0, "0.001", False),
            (1, 999, "0.001", True),
            (1, 1000, "0.001", False),
            (2, 1999, "0.001", True),
            (2, 2000, "0.001", False),
        ],
        _over,
    ),
    Table(
        "When bulk is stopped: by the sample, or by what was found wrong after it was decided in "
        "bulk.",
        ("looked at", "wrong", "decided in bulk", "found wrong later"),
        ("stopped",),
        [
            (74, 0, 0, 0, False),
            (74, 1, 0, 0, True),
            (74, 0, 900, 0, False),
            (74, 0, 900, 1, True),
            (74, 0, 3000, 3, False),
            (74, 0, 3000, 4, True),
            (0, 0, 500, 1, True),
        ],
        _stopped,
    ),
]
