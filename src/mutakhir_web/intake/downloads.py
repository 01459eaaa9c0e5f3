"""Files of a source to take away."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from mutakhir.intake.set_aside import read_back
from mutakhir_web.bulk import door
from mutakhir_web.intake.models import Source
from mutakhir_web.intake.presenters import OUTCOMES, on_screen, reason_words

#: What is asked for in the address → the file in the source's folder.
KEPT: Final = {
    "perbaikan.xlsx": "perbaikan.xlsx",
    "ditahan.csv": "set_aside.parquet",
    "berkas": "raw",
}


def path_of(source: Source, which: str) -> Path | None:
    """The file in the store; None when the source has none."""
    name = KEPT.get(which)
    path = door.store().source(source.pk) / name if name else None
    return path if path is not None and path.exists() else None


def name_of(source: Source, which: str) -> str:
    """The name under which a browser saves it."""
    return source.file if which == "berkas" else f"perbaikan-{source.pk}.xlsx"


def set_aside(source: Source) -> tuple[list[str], Iterator[list[Any]]]:
    """Every row held or rejected, with its cells as they came."""
    path = door.store().source(source.pk) / "set_aside.parquet"
    labels = {sheet["number"]: sheet["sheet"] for sheet in source.summary["sheets"]}
    headings = ["Lembar", "Baris", "Status", "Masalah", "Yang harus dilakukan", "Isi baris"]
    return headings, (_line(row, labels) for row in read_back(path))


def _line(row: dict[str, Any], labels: dict[int, str]) -> list[Any]:
    found = [reason_words(reason["code"]) for reason in row["reasons"]]
    return [
        labels.get(row["sheet_number"], ""),
        row["row"],
        OUTCOMES[row["outcome"]],
        "; ".join(dict.fromkeys(on_screen(message) for message, _ in found)),
        "; ".join(dict.fromkeys(on_screen(action) for _, action in found)),
        *row["cells"],
    ]
