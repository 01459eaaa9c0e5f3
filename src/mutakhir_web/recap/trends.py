"""Trends: one line a period, from the versions that stand."""

from dataclasses import dataclass

from mutakhir.roll.snapshot import Manifest
from mutakhir_web.bulk import door, recaps


@dataclass(frozen=True)
class Point:
    """A period's totals, and how they came about."""

    label: str
    version: int
    opening: int
    new: int
    gone: int
    corrected: int
    L: int
    P: int
    total: int


def versions(kab: str) -> list[Manifest]:
    """The version of each period of ``kab``, the oldest first."""
    every = (door.manifest(version) for version in door.store().versions())
    return [m for m in every if kab in m.kabs]


def points(kab: str) -> list[Point]:
    """One for each period."""
    found = []
    for manifest in versions(kab):
        row = recaps.recap(manifest.version, kab).row(kab)
        if row is None:
            continue
        closing = row.count("akhir")
        found.append(
            Point(
                label=manifest.period,
                version=manifest.version,
                opening=row.count("awal").total,
                new=row.count("baru").total,
                gone=row.count("tms").total,
                corrected=row.count("perbaikan").total,
                L=closing.L,
                P=closing.P,
                total=closing.total,
            )
        )
    return found
