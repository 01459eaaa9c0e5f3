"""Region and TPS named above a table: ``KECAMATAN : CURUG``, ``PEMERINTAH KOTA SERANG``."""

import re
from typing import Final

from mutakhir.intake.header import folded
from mutakhir.intake.plan import Head

_LABELS: Final = {
    "KABUPATEN KOTA": "kab",
    "KAB KOTA": "kab",
    "KABUPATEN": "kab",
    "KOTA": "kab",
    "KECAMATAN": "kecamatan",
    "DISTRIK": "kecamatan",
    "DESA KELURAHAN": "desa",
    "KELURAHAN DESA": "desa",
    "KELURAHAN": "desa",
    "DESA": "desa",
    "TPS": "tps",
    "NO TPS": "tps",
    "NOMOR TPS": "tps",
}
_TITLE: Final = re.compile(
    r"(?:PEMERINTAH(?: DAERAH)? |KABUPATEN/KOTA )?"
    r"(KABUPATEN|KOTA|KECAMATAN|KELURAHAN|DESA) ([A-Z][A-Z .'\-]*)"
)
_PERIOD: Final = re.compile(r"\s+(TAHUN|TRIWULAN|PERIODE|BULAN|SEMESTER)\b.*")


def named_above(head: Head, row: int) -> dict[str, str]:
    """Raw values of kab, kecamatan, desa and tps found above ``row``."""
    found: dict[str, str] = {}
    for number, cells in head.rows:
        if number >= row:
            break
        filled = [cell for cell in cells if cell]
        for at, cell in enumerate(filled):
            after = filled[at + 1] if at + 1 < len(filled) else ""
            name, value = _labelled(cell, after) or _titled(cell)
            if name and value:
                found.setdefault(name, value)
    return found


def _labelled(cell: str, after: str) -> tuple[str, str] | None:
    label, colon, value = cell.partition(":")
    name = _LABELS.get(folded(label))
    if name is None:
        return None
    value = value.strip() or after.lstrip(": ").strip()
    return (name, value) if colon or after.startswith(":") or name == "tps" or value else None


def _titled(cell: str) -> tuple[str, str]:
    match = _TITLE.fullmatch(_PERIOD.sub("", cell.upper()))
    if match is None:
        return "", ""
    level, name = match.groups()
    return _LABELS[level], f"{level} {name}" if _LABELS[level] == "kab" else name
