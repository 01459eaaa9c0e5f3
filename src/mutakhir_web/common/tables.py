"""Tables to take away: CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.http import StreamingHttpResponse

#: Signs by which spreadsheets know a formula, also behind blanks.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(
    name: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download of ``rows`` under ``headings``, sent as it is made. UTF-8 with mark, for Excel."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell


class _Echo:
    """What csv writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


def _lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([harmless(cell) for cell in headings])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
