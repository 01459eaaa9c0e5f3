"""``mutakhir intake`` in a test, and what it leaves."""

import json

from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from mutakhir.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["intake", *map(str, arguments)])


def receipt_of(result):
    return json.loads(result.stdout)


def sheets_of(path):
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def files_in(root):
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}
