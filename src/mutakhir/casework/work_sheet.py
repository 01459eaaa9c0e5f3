"""The queue as a workbook: NIK and identities stay text, answers are chosen from a list."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import xlsxwriter

from mutakhir.casework.queue import ANSWERS
from mutakhir.casework.verdict import VERDICT_ACTS

_WIDTHS: Final = {"proposal_id": 18, "act": 14, "by": 12, "document": 18, "note": 24, "why": 60}
_LAST_ROW: Final = 1_048_575


def work_sheet(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> bytes:
    """An XLSX of ``rows``: first row headings, frozen; every cell is text."""
    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("antrean")
        heading = book.add_format({"bold": True, "bg_color": "#f1efe9", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        answer = book.add_format({"num_format": "@", "bg_color": "#fff8dc"})
        for place, name in enumerate(columns):
            style = answer if name in ANSWERS else text
            sheet.set_column(place, place, _WIDTHS.get(name, 14), style)
            sheet.write_string(0, place, name, heading)
        for line, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                value = row.get(name)
                if value not in (None, ""):
                    sheet.write_string(line, place, str(value))
        act = columns.index("act")
        choices = {"validate": "list", "source": sorted(VERDICT_ACTS)}
        sheet.data_validation(1, act, _LAST_ROW, act, choices)
        sheet.freeze_panes(1, 1 + len(ANSWERS))
        sheet.autofilter(0, 0, 0, len(columns) - 1)
    return out.getvalue()
