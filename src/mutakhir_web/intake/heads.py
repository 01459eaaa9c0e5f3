"""The first rows of tables that wait for a mapping, kept beside so that each look is quick.

They hold people's data: readable by the server alone, and gone once the file has gone in.
"""

import json
from pathlib import Path

from django.conf import settings

from mutakhir.intake.plan import Head
from mutakhir.intake.unknown import tables
from mutakhir.store import write_json
from mutakhir_web.bulk import door
from mutakhir_web.intake.models import Source


def of(source: Source) -> list[Head]:
    """The heads of a source's tables that no layout knows. Raises FileRefusedError."""
    path = _folder() / f"{source.pk}.json"
    if not path.exists():
        heads = tables(door.store().source(source.pk) / "raw").unknown
        _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        write_json(path, [[head.sheet, head.siblings, head.member, head.rows] for head in heads])
    return [_head(each) for each in json.loads(path.read_text(encoding="utf-8"))]


def forget(source_id: str) -> None:
    """The file has gone in: its first rows are needed no more."""
    (_folder() / f"{source_id}.json").unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.UPLOADS) / "kepala"


def _head(kept: list[object]) -> Head:
    sheet, siblings, member, rows = kept
    return Head(sheet, tuple(siblings), member, tuple((number, cells) for number, cells in rows))  # type: ignore[arg-type, misc, attr-defined]
