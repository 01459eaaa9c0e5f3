"""What somebody typed into the search box: a number, a DPID or a name."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.translation import gettext as _

from mutakhir.intake.values.parsed import clean

_BETWEEN: Final = re.compile(r"[\s.\-_]")
_DPID: Final = re.compile(r"(?=.*\d)[0-9a-f]{16}")
_YEAR, _MONTH_YEAR, _DAY_MONTH_YEAR = (
    re.compile(r"\d{4}"),
    re.compile(r"(\d{1,2})[-/. ](\d{4})"),
    re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"),
)


class TermError(ValueError):
    """Nothing can be looked for by this; the message says what to type, never what was typed."""


@dataclass(frozen=True, slots=True)
class Term:
    """``kind``: ``number`` (a NIK or NKK of 16 digits), ``dpid`` or ``name``."""

    kind: Literal["number", "dpid", "name"]
    value: str


def understand(typed: str) -> Term:
    """What was meant. Raises TermError."""
    text = clean(typed)
    packed = _BETWEEN.sub("", text)
    if packed.isascii() and packed.isdecimal():
        if len(packed) != 16:
            raise TermError(
                _("NIK dan NKK terdiri atas 16 angka; yang diketik %(count)d angka. Periksa lagi.")
                % {"count": len(packed)}
            )
        return Term("number", packed)
    if _DPID.fullmatch(packed.lower()):
        return Term("dpid", packed.lower())
    if any(sign.isalpha() for sign in text):
        return Term("name", text)
    raise TermError(_("Ketik NIK atau NKK (16 angka), DPID, atau nama."))


def born(typed: str) -> str:
    """``17-08-1985``, ``8-1985`` or ``1985`` as a look-up asks: ``1985-08-17``, ``1985-08``,
    ``1985``. Raises TermError.
    """
    text = typed.strip()
    if _YEAR.fullmatch(text):
        return text
    if found := _MONTH_YEAR.fullmatch(text):
        month, year = (int(part) for part in found.groups())
        return _possible(year, month, 1)[:7]
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return _possible(year, month, day)
    raise TermError(_("Tulis 17-08-1985, 08-1985 atau 1985."))


def _possible(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise TermError(_("Tanggal ini tidak ada di kalender.")) from None
