"""Numbers that name people: NIK, NKK, DPID. Text always; a number is a doubt.

NIK: PP KK CC of first registration, DDMMYY (women: day + 40), serial from 0001.
"""

import re
from typing import Final

from mutakhir.intake.values.parsed import MISSING, Parsed, clean

_SCIENTIFIC: Final = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_MASKED: Final = re.compile(r"[\d*Xx•.]*[*Xx•]{3,}[\d*Xx•.]*")
_SEPARATORS: Final = str.maketrans("", "", " .-_\u00a0")
_DPID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.\-]{0,39}")


def nik(raw: str) -> Parsed:
    """A NIK of 16 digits. Errors, doubts and blanks as ``nik_...`` codes."""
    if len(raw) == 16 and raw.isdecimal() and raw.isascii():
        return _checked(raw)
    text = clean(raw)
    if not text or not text.strip("0"):
        return Parsed(None, "nik_missing")
    for pattern, code in ((_MASKED, "nik_masked"), (_SCIENTIFIC, "nik_lost_digits")):
        if pattern.fullmatch(text):
            return Parsed(None, code)
    was_number = text.endswith(".0")
    digits = (text[:-2] if was_number else text).translate(_SEPARATORS)
    if len(digits) != 16 or not (digits.isascii() and digits.isdecimal()):
        return Parsed(None, "nik_not_16_digits")
    # A spreadsheet keeps 15 digits of a number: the 16th becomes 0.
    if was_number and digits.endswith("0"):
        return Parsed(None, "nik_rounded")
    return _checked(digits)


def _checked(digits: str) -> Parsed:
    if digits == digits[0] * 16:
        return Parsed(None, "nik_one_digit")
    if digits[12:] == "0000":
        return Parsed(None, "nik_serial_0000")
    if not ("01" <= digits[6:8] <= "31" or "41" <= digits[6:8] <= "71"):
        return Parsed(None, "nik_bad_day")
    if not "01" <= digits[8:10] <= "12":
        return Parsed(None, "nik_bad_month")
    return Parsed(digits)


def nkk(raw: str) -> Parsed:
    """A family card number of 16 digits; anything else is unusable with a warning."""
    if len(raw) == 16 and raw.isdecimal() and raw.isascii() and raw != raw[0] * 16:
        return Parsed(raw)
    text = clean(raw)
    was_number = text.endswith(".0")
    digits = (text[:-2] if was_number else text).translate(_SEPARATORS)
    if not digits.strip("0"):
        return Parsed(None, "nkk_missing")
    whole = len(digits) == 16 and digits.isascii() and digits.isdecimal()
    if not whole or digits == digits[0] * 16 or (was_number and digits.endswith("0")):
        return Parsed(None, "nkk_invalid")
    return Parsed(digits)


def dpid(raw: str) -> Parsed:
    """A voter's number in the roll, as text; ours are 16 hexadecimal digits in lower case."""
    text = clean(raw)
    if not text or text == "0":
        return MISSING
    if _SCIENTIFIC.fullmatch(text) and "+" in text:
        return Parsed(None, "dpid_invalid")
    text = text[:-2] if text.endswith(".0") else text
    return Parsed(text.lower()) if _DPID.fullmatch(text) else Parsed(None, "dpid_invalid")
