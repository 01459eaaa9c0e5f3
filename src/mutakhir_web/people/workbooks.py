"""Workbooks of accounts: the template to fill, and the passwords for the first sign-in."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from mutakhir_web.accounts.roles import Role
from mutakhir_web.areas.area import Area
from mutakhir_web.people.account_list import COLUMNS, LONGEST
from mutakhir_web.people.actions import Issued
from mutakhir_web.people.places import choices

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDTH: Final = 24


def template(area: Area) -> bytes:
    """An empty list of accounts, its roles and areas to choose from."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = _sheet(book, "akun", COLUMNS)
        places = [f"{code or 'Indonesia'} {name}".strip() for code, name in choices(area)]
        known = _sheet(book, "pilihan", (_("peran"), _("wilayah")))
        for line, role in enumerate(Role.labels, start=1):
            known.write_string(line, 0, str(role))
        for line, place in enumerate(places, start=1):
            known.write_string(line, 1, place)
        _choose(sheet, "peran", f"=pilihan!$A$2:$A${len(Role) + 1}")
        _choose(sheet, "wilayah", f"=pilihan!$B$2:$B${len(places) + 1}")
    return out.getvalue()


def passwords(issued: Iterable[Issued]) -> bytes:
    """Who signs in with what for the first time; every cell is text."""
    out = io.BytesIO()
    heading = ("nama akun", "nama", "peran", "wilayah", "kata sandi sementara")
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = _sheet(book, "kata sandi", heading)
        for line, each in enumerate(issued, start=1):
            account = each.account
            row = (account.username, account.full_name, account.get_role_display())
            for place, value in enumerate((*row, account.area_name, each.password)):
                sheet.write_string(line, place, str(value))
    return out.getvalue()


def _sheet(book: Any, name: str, heading: Sequence[str]) -> Any:
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "bg_color": "#e8eef6", "bottom": 1})
    sheet.set_column(0, len(heading) - 1, _WIDTH, text)
    for place, column in enumerate(heading):
        sheet.write_string(0, place, column, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _choose(sheet: Any, column: str, source: str) -> None:
    at = COLUMNS.index(column)
    # A name or code typed by hand is fine too: the list only helps.
    rule = {"validate": "list", "source": source, "show_error": False}
    sheet.data_validation(1, at, LONGEST, at, rule)
