"""A dry run of an upload: what it would lead to, shown before it counts."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from mutakhir.casework.rehearsal import Count, Rehearsal, Stage, rehearse
from mutakhir.linkage.model_file import default_model
from mutakhir.roll.steps import roll_before
from mutakhir_web.bulk import door
from mutakhir_web.intake import pieces, receiving
from mutakhir_web.intake.models import State, Upload
from mutakhir_web.jobs.work import when_free


def rehearsed(upload: Upload, told: receiving.Told) -> Rehearsal:
    """Try the upload's file; afterwards it waits for somebody's choice.

    Raises what ``receiving.take`` does, and GoneError.
    """
    with receiving.bytes_of(upload) as path:
        receiving.use_remembered(upload, path)
        found = when_free(
            lambda: rehearse(
                door.store(),
                _stage(upload.period),
                lambda store: receiving.take(store, path, upload, lambda _share: None),
                beside=Path(settings.UPLOADS) / "uji-coba",
                told=told,
            )
        )
    if found.receipt.status in ("refused", "already"):
        # There is nothing to choose: it never counts, or it counts already.
        receiving.note(upload, found.receipt)
        pieces.discard(upload.id)
    else:
        upload.state = State.TRIED
        upload.save()
    return found


def result(found: Rehearsal) -> dict[str, Any]:
    """The numbers for the page that asked, as JSON. No value of a person in them."""
    return {
        "status": found.receipt.status,
        "totals": found.receipt.totals,
        "stood": found.stood,
        "kinds": [asdict(each) for each in found.difference.kinds],
        "places": [asdict(each) for each in found.difference.places if _moves(each)],
        "rows": found.difference.rows,
        "sample": list(found.difference.sample),
    }


def _moves(count: Count) -> bool:
    return bool(count.new or count.gone)


def _stage(period: str) -> Stage:
    roll = roll_before(door.store(), period)
    return Stage(
        period, roll.voters, roll.departed, door.linker(), default_model(), door.law(period)
    )
