"""The mirror: sources of the store as rows, whoever took them in, kept in step with manifests."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.dateparse import parse_datetime

from mutakhir.intake.sources import SourceManifest
from mutakhir.rules.period import Period
from mutakhir_web.bulk import door, sources
from mutakhir_web.intake.agencies import guessed
from mutakhir_web.intake.models import Source, SourceKab

#: Rows of a receipt that the page shows; all of them stand in the files to download.
FIRST_ROWS: Final = 50


def catch_up() -> None:
    """Take in what the store has and the mirror has not: one listing, one query when all stands."""
    known = dict(Source.objects.values_list("id", "stamp"))
    for source_id, stamp in _stamps(door.store().sources).items():
        if known.get(source_id) != stamp:
            _mirror(source_id, stamp)


def _stamps(place: Path) -> dict[str, int]:
    """When each source's manifest was written, by source_id."""
    found = {}
    folders = place.iterdir() if place.exists() else ()
    for folder in folders:
        manifest = folder / "manifest.json"
        # Work that is beside has a name with a dot; a swap in progress is seen next time.
        if not folder.name.startswith(".") and manifest.exists():
            found[folder.name] = manifest.stat().st_mtime_ns
    return found


@transaction.atomic
def _mirror(source_id: str, stamp: int) -> None:
    folder = door.store().source(source_id)
    manifest = SourceManifest.read_from(folder)
    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    before = Source.objects.filter(pk=source_id).first()
    kept = {} if before else _first_notes(manifest)
    Source.objects.update_or_create(
        pk=source_id, defaults={**_facts(manifest, receipt), **kept, "stamp": stamp}
    )
    for kab, rows in _kabs(manifest).items():
        SourceKab.objects.update_or_create(source_id=source_id, kab=kab, defaults={"rows": rows})


def _first_notes(manifest: SourceManifest) -> dict[str, Any]:
    """What is not said of a source that is new here, as well as it can be guessed."""
    day = parse_datetime(f"{manifest.reference_day}T12:00:00")
    assert day is not None  # intake writes a date
    return {"period": Period.containing(day.date()).label, "agency": guessed(manifest.file)}


def _facts(manifest: SourceManifest, receipt: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": manifest.file,
        "size": manifest.size,
        "sha256": manifest.sha256,
        "taken_at": parse_datetime(manifest.taken_at),
        "status": receipt["status"],
        "layouts": list(manifest.layouts),
        "codes": manifest.codes,
        "region": manifest.region,
        "mapped": manifest.mapped,
        "corrects": list(manifest.corrects),
        "read": manifest.read,
        "accepted": manifest.accepted,
        "held": manifest.held,
        "rejected": manifest.rejected,
        "summary": (summary := _summary(receipt)),
        "unmapped": manifest.accepted == 0
        and any(code == "layout_unknown" for code, _, _ in summary["reasons"]),
    }


def _summary(receipt: dict[str, Any]) -> dict[str, Any]:
    """The receipt without its (up to 100,000) rows: reasons counted, and the first rows."""
    rows = receipt["rows"]
    reasons = Counter((row["code"], row["outcome"]) for row in rows)
    return {
        "sheets": receipt["sheets"],
        "damage": receipt["damage"],
        "refused_members": receipt["refused_members"],
        "made": sorted(receipt["made"]),
        "reasons": [[code, outcome, count] for (code, outcome), count in reasons.most_common()],
        "rows": rows[:FIRST_ROWS],
    }


def _kabs(manifest: SourceManifest) -> Counter[str]:
    """The region's kab/kota, and those in which accepted rows lie."""
    found = sources.rows_by_kab(manifest.source_id)
    if manifest.region:
        found[manifest.region[:4]] += 0
    return found
