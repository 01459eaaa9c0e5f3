"""Names, addresses and the short codes of a voter record."""

import re
from collections.abc import Callable
from typing import Final

from mutakhir.intake.values.parsed import APOSTROPHES, MISSING, Parsed, clean, number
from mutakhir.rules import CodeList
from mutakhir.rules.codes import code_key

_ODD_SIGNS: Final = re.compile(r"[^A-Z\u00c0-\u024f '.,\-/()]")
_ONE_APOSTROPHE: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
#: Spellings of population registers, beside the code lists of rules/.
REGISTER_SEX: Final = {"1": "L", "2": "P", "LAKI": "L", "W": "P"}
REGISTER_MARITAL: Final = {
    **dict.fromkeys(("1", "BK", "BELUM MENIKAH"), "B"),
    **dict.fromkeys(("2", "K", "MENIKAH", "SUDAH MENIKAH", "KAWIN TERCATAT"), "S"),
    "KAWIN BELUM TERCATAT": "S",
    **dict.fromkeys(("3", "4", "CERAI", "CH", "CM", "JANDA", "DUDA"), "P"),
}
REGISTER_KTP_EL: Final = {
    **dict.fromkeys(("1", "YA", "ADA", "SUDAH REKAM", "KTP EL"), "S"),
    **dict.fromkeys(("0", "TIDAK", "BELUM REKAM"), "B"),
}


def name(raw: str) -> Parsed:
    """A name in upper case with single spaces, titles kept as written, apostrophes as one sign."""
    text = clean(raw).translate(_ONE_APOSTROPHE).upper()
    if not text:
        return Parsed(None, "name_missing")
    if text.replace(" ", "").replace(".0", "").isdecimal():
        return Parsed(None, "columns_shifted")
    if len(text) == 1:
        return Parsed(text, "name_one_letter")
    return Parsed(text, "name_odd_signs" if _ODD_SIGNS.search(text) else None)


def text_upper(raw: str) -> Parsed:
    """Free text in upper case: birth place, address."""
    return Parsed(clean(raw).upper() or None)


def coded(
    codes: CodeList, also: dict[str, str], *, unknown: str, missing: str | None = None
) -> Callable[[str], Parsed]:
    """A parser for a code list of rules/ and further spellings; canonical words read too."""
    words = {meaning.word for meaning in codes.meanings.values() if meaning.word}

    def parse(raw: str) -> Parsed:
        text = number(raw)
        if not text:
            return Parsed(None, missing)
        meaning = codes.meaning(text)
        if meaning is not None:
            return Parsed(meaning.word)
        word = also.get(code_key(text)) or (text if text in words else None)
        return Parsed(word, None if word else unknown)

    return parse


def rt_rw(raw: str) -> Parsed:
    """RT or RW as 3 digits; 0 is normal where a village has none, and flagged."""
    text = number(raw).upper().removeprefix("RT").removeprefix("RW").strip(" .:")
    if not text:
        return MISSING
    digits = text.lstrip("0").zfill(3)
    if not (text.isascii() and text.isdecimal()) or len(digits) > 3:
        return Parsed(None, "rt_rw_unreadable")
    return Parsed(digits, "rt_rw_zero" if digits == "000" else None)


def tps(raw: str) -> Parsed:
    """A polling station's number as 3 digits: ``1``, ``TPS 001`` and ``001`` are ``001``."""
    text = number(raw).upper()
    if not text or text == "0":
        return MISSING
    text = text.removeprefix("TPS").strip(" .:-")
    if len(text) == 13 and text.isdecimal():  # TPS code: desa and number
        text = text[10:]
    digits = text.lstrip("0").zfill(3)
    if text.isascii() and text.isdecimal() and len(digits) == 3 and digits != "000":
        return Parsed(digits)
    return Parsed(None, "tps_unreadable")
