"""Known people for tests, all made up: NIK in region 99, which does not exist."""

from typing import Any

import pyarrow as pa

from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.roll.voter import VOTER_SCHEMA

SITI: dict[str, Any] = {
    "nkk": "9999990101100001",
    "nik": "9999995708850001",  # a woman born on the 17th: day + 40
    "name": "SITI AMINAH",
    "birth_place": "SERANG",
    "birth_date": "1985-08-17",
    "sex": "P",
    "marital": "S",
    "address": "KP. BARU",
    "rt": "001",
    "rw": "002",
    "desa": "3673011001",
    "tps": "001",
    "disability": None,
    "ktp_el": "S",
}
BUDI: dict[str, Any] = {
    **SITI,
    "nik": "9999991203820002",
    "name": "BUDI SANTOSO",
    "birth_date": "1982-03-12",
    "sex": "L",
}


def voter(person: dict[str, Any] = SITI, **changed: Any) -> dict[str, Any]:
    """A line of the roll; ``changed`` overrides any field."""
    line = {"dpid": "00000000000000a1", "status": "aktif", "entered": "2026-Q2"}
    return {**person, **line, **changed}


def record(person: dict[str, Any] = SITI, **changed: Any) -> dict[str, Any]:
    """An accepted row of a source; ``changed`` overrides any field."""
    row = changed.get("row", 2)
    line = {
        "source_id": "aaaaaaaaaaaaaaaa",
        "sheet": "",
        "row": row,
        "record_id": f"{changed.get('source_id', 'aaaaaaaaaaaaaaaa')}:0:{row}",
        "claim": "listed",
        "reason": None,
        "dpid": None,
        "other_region": None,
        "tps_to": None,
        "event_date": None,
        "evidence": None,
        "warnings": [],
    }
    return {**person, **line, **changed}


def voters(*lines: dict[str, Any]) -> pa.Table:
    """Lines as a table of the roll, sorted by dpid."""
    return pa.Table.from_pylist(sorted(lines, key=lambda v: v["dpid"]), schema=VOTER_SCHEMA)


def records(*lines: dict[str, Any]) -> pa.Table:
    """Lines as a table of accepted records."""
    return pa.Table.from_pylist(list(lines), schema=RECORD_SCHEMA)
