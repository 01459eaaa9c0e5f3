"""Regions: Kemendagri codes, their history, names to codes."""

from mutakhir.regions.listing import Regions, load
from mutakhir.regions.region import Level, Region, dotted, plain
from mutakhir.regions.resolve import Ambiguous, Resolution, Resolved, Unknown

__all__ = [
    "Ambiguous",
    "Level",
    "Region",
    "Regions",
    "Resolution",
    "Resolved",
    "Unknown",
    "dotted",
    "load",
    "plain",
]
