"""Bytes of text files, workbooks and archives: they depend on the cells alone, not on the clock."""

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path

import xlsxwriter
import xlwt
from odf.element import Element
from odf.namespaces import nsdict
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from mutakhir.synthetic.rows import Cell
from mutakhir.synthetic.sourcefile import SourceFile

_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 (the format has no zone)
_LAST_ROW = 1_048_575


def text_bytes(source: SourceFile) -> bytes:
    """A delimited text file with CRLF line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=source.delimiter, lineterminator="\r\n")
    for row in source.sheets[0].all_cells():
        writer.writerow(["" if cell is None else cell for cell in row])
    return buffer.getvalue().encode(source.encoding)


def zip_bytes(members: list[tuple[str, bytes]]) -> bytes:
    """An archive whose bytes depend on its members alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


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
    # odfpy declares the namespaces it has met in this process: let it have met them all.
    Element.namespaces.clear()
    Element.namespaces.update(nsdict)
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


def write(folder: Path, source: SourceFile) -> None:
    """Write the file into ``folder``."""
    (folder / source.name).write_bytes(content(source))


def content(source: SourceFile) -> bytes:
    """The file's bytes."""
    makers = {
        "text": text_bytes,
        "xlsx": xlsx_bytes,
        "xls": xls_bytes,
        "ods": ods_bytes,
    }
    if source.kind == "zip":
        return zip_bytes([(member.name, content(member)) for member in source.members])
    return makers[source.kind](source)
