"""The verdict of a check in words and as JSON."""

from typing import Any

from mutakhir.numerals import dots
from mutakhir.recap.check import Broken, Unjudged, Unreadable, Verdict
from mutakhir.recap.figure import Figure
from mutakhir.recap.published import PublishedRow


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON values (docs/formats/recap.md)."""
    return {
        "rows": verdict.rows,
        "good": verdict.good,
        "broken": [
            {
                **_where(b.row),
                "cell": b.found.cell,
                "identity": b.found.identity,
                "expected": b.found.expected,
                "found": b.found.found,
                "difference": b.found.difference,
            }
            for b in verdict.broken
        ],
        "unreadable": [
            {**_where(u.row), "cell": u.found.cell, "problem": u.found.problem}
            for u in verdict.unreadable
        ],
        "unjudged": [
            {**_where(u.row), "cells": list(u.cells), "why": u.why} for u in verdict.unjudged
        ],
        "remarks": [{**_where(r.row), "why": r.why} for r in verdict.remarks],
    }


def as_lines(verdict: Verdict) -> list[str]:
    """The verdict as lines to read, worst first."""
    lines = [_broken(b) for b in verdict.broken]
    lines += [_unreadable(u) for u in verdict.unreadable]
    lines += [_unjudged(u) for u in verdict.unjudged]
    lines += [f"{_name(r.row)}: {r.why}." for r in verdict.remarks]
    broken = dots(len(verdict.broken))
    lines.append(
        f"{dots(verdict.rows)} baris diperiksa: {dots(verdict.good)} cocok,"
        f" {broken} sel tidak cocok, {dots(len(verdict.unreadable))} sel tidak terbaca."
    )
    return lines


def _where(row: PublishedRow) -> dict[str, Any]:
    return {"row": row.number, "id": row.id, "region": row.region, "period": row.period}


def _name(row: PublishedRow) -> str:
    row_id = "" if row.id == f"baris {row.number}" else row.id
    said = ", ".join(text for text in (row_id, row.region, row.period) if text)
    return f"Baris {row.number} ({said})" if said else f"Baris {row.number}"


def _broken(broken: Broken) -> str:
    found = broken.found
    return (
        f"{_name(broken.row)}: sel {found.cell} tertulis {dots(found.found)}, seharusnya"
        f" {dots(found.expected)} menurut {found.identity}; selisih"
        f" {Figure(found.difference).signed}."
    )


def _unreadable(unreadable: Unreadable) -> str:
    found = unreadable.found
    return f"{_name(unreadable.row)}: sel {found.cell} {found.problem}."


def _unjudged(unjudged: Unjudged) -> str:
    cells = f" sel {', '.join(unjudged.cells)}" if unjudged.cells else ""
    return f"{_name(unjudged.row)}: jumlah wilayah{cells} tidak dinilai: {unjudged.why}."
