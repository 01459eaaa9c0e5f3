"""Rows held or rejected: kept with their cells, listed in the receipt, handed back to be mended."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from mutakhir.intake.batch import Aside
from mutakhir.intake.header import field_of
from mutakhir.intake.issues import ISSUES, value_class
from mutakhir.intake.plan import Plan

_REASON: Final = pa.struct(
    [
        pa.field("field", pa.string()),
        pa.field("code", pa.string()),
        pa.field("candidates", pa.list_(pa.string())),
    ]
)
#: ``cells`` are the row's cells as they came: personal values, for the office's own eyes.
SET_ASIDE_SCHEMA: Final = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("sheet_number", pa.int32(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),
        pa.field("outcome", pa.string(), nullable=False),  # held, rejected
        pa.field("reasons", pa.list_(_REASON), nullable=False),
        pa.field("cells", pa.list_(pa.string()), nullable=False),
        pa.field("origin", pa.string()),
    ]
)

#: Headings of the spreadsheet to mend; those of persons are synonyms that intake reads again.
LABELS: Final = {
    "dpid": "DPID",
    "nkk": "NKK",
    "nik": "NIK",
    "name": "NAMA",
    "birth_place": "TEMPAT LAHIR",
    "birth_date": "TANGGAL LAHIR",
    "birth_place_date": "TTL",
    "sex": "JENIS KELAMIN",
    "marital": "STATUS KAWIN",
    "address": "ALAMAT",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "kab": "KABUPATEN/KOTA",
    "kecamatan": "KECAMATAN",
    "desa": "DESA/KELURAHAN",
    "tps": "TPS",
    "tps_to": "TPS BARU",
    "disability": "DISABILITAS",
    "ktp_el": "STATUS KTP-EL",
    "mark": "KETERANGAN",
    "category": "KATEGORI",
    "institution": "INSTANSI",
    "service": "STATUS DINAS",
    "other_region": "KODE ASAL TUJUAN",
    "event_date": "TANGGAL PERISTIWA",
    "document": "JENIS DOKUMEN",
    "document_no": "NO AKTA",
    "claim": "KLAIM",
    "reason": "ALASAN KLAIM",
    "evidence": "BUKTI KLAIM",
    "origin": "REKAMAN ASAL",
}
_TOLD: Final = (
    "BERKAS",
    "LEMBAR",
    "BARIS",
    "STATUS",
    "KOLOM",
    "MASALAH",
    "YANG HARUS DILAKUKAN",
    "REKAMAN ASAL",
)
_STATUS: Final = {"held": "ditahan", "rejected": "ditolak"}
#: Columns that hold two fields, by the field.
_WITHIN: Final = {"birth_date": "birth_place_date", "rt": "rt_rw", "rw": "rt_rw"}
_ROWS_A_SHEET: Final = 1_000_000


def to_table(source_id: str, sheet_number: int, rows: list[Aside]) -> pa.Table:
    """``rows`` of one sheet as a table of SET_ASIDE_SCHEMA."""
    lines = [
        {
            "record_id": f"{source_id}:{sheet_number}:{row.row}",
            "sheet_number": sheet_number,
            "row": row.row,
            "outcome": row.outcome,
            "reasons": [
                {"field": name, "code": code, "candidates": list(candidates)}
                for name, code, candidates in row.reasons
            ],
            "cells": list(row.cells),
            "origin": row.origin,
        }
        for row in rows
    ]
    return pa.Table.from_pylist(lines, schema=SET_ASIDE_SCHEMA)


def read_back(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a set_aside.parquet, in file order."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(20_000):
            yield from batch.to_pylist()


def reason_lines(file: str, sheet: str, plan: Plan, row: dict[str, Any]) -> list[dict[str, Any]]:
    """What the receipt says of one row: a line for each reason, the grave ones alone."""
    return [
        {
            "file": file,
            "sheet": sheet,
            "row": row["row"],
            "outcome": row["outcome"],
            "column": _column(plan, reason["field"]),
            "field": reason["field"],
            "severity": ISSUES[reason["code"]].severity,
            "code": reason["code"],
            "value_class": _class(plan, reason["field"], row["cells"]),
            "message": ISSUES[reason["code"]].message,
            "action": ISSUES[reason["code"]].action,
            **({"candidates": reason["candidates"]} if reason["candidates"] else {}),
        }
        for reason in row["reasons"]
        if ISSUES[reason["code"]].severity != "warning"
    ]


def _position(plan: Plan, name: str) -> int | None:
    at = plan.column(name)
    return plan.column(_WITHIN[name]) if at is None and name in _WITHIN else at


def _column(plan: Plan, name: str) -> str:
    at = _position(plan, name)
    return "" if at is None else plan.told(at)


def _class(plan: Plan, name: str, cells: list[str]) -> str:
    at = _position(plan, name)
    return value_class(cells[at] if at is not None and at < len(cells) else "")


class MendBook:
    """The spreadsheet of rows to mend. NIK and all else as text; formulas stay text."""

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._text = self._book.add_format({"num_format": "@"})
        self._bold = self._book.add_format({"bold": True, "bg_color": "#DDDDDD"})
        self._sheet: Any = None
        self._of: int | None = None
        self._line = 0
        self._width = 0

    def add(self, sheet_number: int, sheet: str, plan: Plan, row: dict[str, Any]) -> None:
        """Add one row of set_aside.parquet."""
        if self._of != sheet_number or self._line > _ROWS_A_SHEET:
            self._begin(sheet_number, plan)
        issues = [ISSUES[reason["code"]] for reason in row["reasons"]]
        columns = (_column(plan, reason["field"]) for reason in row["reasons"])
        candidates = [code for reason in row["reasons"] for code in reason["candidates"]]
        told = (
            self.file,
            sheet,
            str(row["row"]),
            _STATUS[row["outcome"]],
            "; ".join(dict.fromkeys(filter(None, columns))),
            "; ".join(dict.fromkeys(issue.message for issue in issues)),
            "; ".join(dict.fromkeys(issue.action for issue in issues))
            + (f" Calon kode: {', '.join(candidates)}." if candidates else ""),
            row["origin"] or row["record_id"],
        )
        cells = (row["cells"] + [""] * self._width)[: self._width]
        kept = [cell for at, cell in enumerate(cells) if _field_at(plan, at) != "origin"]
        self._write([*kept, *_standing(plan).values(), *told], self._text)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _begin(self, sheet_number: int, plan: Plan) -> None:
        self._of, self._line = sheet_number, 0
        self._sheet = self._book.add_worksheet()
        self._width = max(len(plan.fields), len(plan.header))
        headings = [
            _heading(plan, at) for at in range(self._width) if _field_at(plan, at) != "origin"
        ]
        standing = [LABELS[name] for name in _standing(plan)]
        self._sheet.set_column(0, len(headings) + len(standing) + len(_TOLD), 18)
        self._write([*headings, *standing, *_TOLD], self._bold)
        self._sheet.freeze_panes(1, 0)

    def _write(self, cells: list[str], style: Any) -> None:
        for at, cell in enumerate(cells):
            self._sheet.write_string(self._line, at, cell, style)
        self._line += 1


def _field_at(plan: Plan, at: int) -> str | None:
    return plan.fields[at] if at < len(plan.fields) else None


def _heading(plan: Plan, at: int) -> str:
    """The file's own heading where intake would read it alike, else ours; letters for the rest."""
    name, title = _field_at(plan, at), plan.title(at)
    if name:
        return title if field_of(title) == name else LABELS[name]
    return f"KOLOM {title}" if field_of(title) or title in _TOLD else title


def _standing(plan: Plan) -> dict[str, str]:
    """What held for the whole sheet and would be lost with it: region, TPS, claim."""
    standing = {name: value for name, value in plan.fixed.items() if name not in plan.fields}
    claim = {"claim": plan.claim, "reason": plan.reason or "", "evidence": plan.evidence or ""}
    return standing | {name: value for name, value in claim.items() if name not in plan.fields}
