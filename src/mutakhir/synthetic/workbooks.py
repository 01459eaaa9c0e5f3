"""Spreadsheet bytes: XLSX, XLS and ODS that depend on their cells alone, not on the clock."""

import io
import zipfile
from datetime import UTC, datetime

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from mutakhir.synthetic.rows import Cell
from mutakhir.synthetic.sourcefile import SourceFile, zip_bytes

_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LAST_ROW = 1_048_575


def xlsx_bytes(source: SourceFile) -> bytes:
    """An XLSX workbook; with ``stray_cell`` its used range reaches row 1,048,576."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _MADE})
        for sheet in source.sheets:
            page = book.add_worksheet(sheet.name[:31])
            for at, row in enumerate(sheet.all_cells()):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(at, column, cell)
                    elif cell is not None:
                        page.write_number(at, column, cell)
            if source.stray_cell:
                page.write_blank(_LAST_ROW, 25, None, book.add_format({"bold": True}))
    return buffer.getvalue()


def xls_bytes(source: SourceFile) -> bytes:
    """An XLS workbook (Excel 97)."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in source.sheets:
        page = book.add_sheet(sheet.name[:31] or "Sheet1")
        for at, row in enumerate(sheet.all_cells()):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(at, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods_bytes(source: SourceFile) -> bytes:
    """An OpenDocument spreadsheet; its archive is packed anew so that no time of day stays."""
    document = OpenDocumentSpreadsheet()
    for sheet in source.sheets:
        table = Table(name=sheet.name)
        for row in sheet.all_cells():
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    return zip_bytes(members)


def _ods_cell(cell: Cell) -> TableCell:
    if cell is None:
        return TableCell()
    if isinstance(cell, str):
        written = TableCell(valuetype="string")
    else:
        written = TableCell(valuetype="float", value=str(cell))
    written.addElement(P(text=str(cell)))
    return written
