"""Rules: versioned law as data, each with its article, days in force and source."""

from mutakhir.rules.codes import CodeList, Meaning
from mutakhir.rules.entry import Entry, Problem, RulesError
from mutakhir.rules.law import (
    Addition,
    Budget,
    Cadence,
    Cap,
    Eligibility,
    Law,
    Removal,
    Rounding,
    Rung,
)
from mutakhir.rules.loading import Rules, check, load

__all__ = [
    "Addition",
    "Budget",
    "Cadence",
    "Cap",
    "CodeList",
    "Eligibility",
    "Entry",
    "Law",
    "Meaning",
    "Problem",
    "Removal",
    "Rounding",
    "Rules",
    "RulesError",
    "Rung",
    "check",
    "load",
]
