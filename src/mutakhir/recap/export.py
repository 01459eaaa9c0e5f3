"""A recap as JSON and as CSV (docs/formats/recap.md). What we write, ``recap check`` reads."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from mutakhir.recap.table import Count, Edition, Recap, Row
from mutakhir.regions.region import parent_code

#: The columns of published recaps, in their order; ours follow.
_PUBLISHED: Final = (
    *("id", "scope", "period", "kind", "region", "L", "P", "total"),
    *("kecamatan", "desa_kel", "tps", "baru", "tms", "perbaikan", "previous_total"),
    *("source", "note"),
)


def as_json(recap: Recap, rows: Sequence[Row]) -> str:
    """Rows of a recap with the edition they are bound to."""
    value = {
        "edition": asdict(recap.edition),
        "rows": [
            {
                "code": row.code,
                "level": row.level,
                "name": row.name,
                "units": row.units,
                "counts": {cell: asdict(count) for cell, count in row.counts.items()},
            }
            for row in rows
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Recap:
    """What ``as_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    value = json.loads(text)
    rows = (
        Row(
            row["code"],
            row["level"],
            row["name"],
            {cell: Count(**count) for cell, count in row["counts"].items()},
            row["units"],
        )
        for row in value["rows"]
    )
    return Recap(Edition(**value["edition"]), tuple(rows))


def as_csv(recap: Recap, rows: Sequence[Row]) -> str:
    """Rows of a recap as a published table, with code, parent and every part."""
    present = {row.code for row in rows}
    lines = [_line(recap, row, present) for row in rows]
    more = dict.fromkeys(cell for line in lines for cell in line if cell not in _PUBLISHED)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*_PUBLISHED, *more], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def _line(recap: Recap, row: Row, present: set[str]) -> dict[str, Any]:
    edition = recap.edition
    above = parent_code(row.code)
    return {
        "id": row.code,
        "scope": row.level,
        "period": edition.period,
        "kind": "PDPB",
        "region": row.name,
        "source": f"versi {edition.version}, akar {edition.root[:16]}",
        "note": f"per {edition.as_of}",
        "code": row.code,
        "parent": above if above in present else "",
        **row.cells(),
    }
