"""Names of regions, reduced to forms that survive how people type them."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from mutakhir.regions.region import Level

_NOT_LETTER: Final = re.compile(r"[^A-Z0-9]+")
_DOUBLED: Final = re.compile(r"(.)\1+")

#: Words before a name that say only its level. They are tried with and without: some desa are
#: really called Desa Baru, and some kecamatan Kota Baru.
_PREFIX: Final[dict[Level, re.Pattern[str]]] = {
    "provinsi": re.compile(r"^(PROVINSI|PROPINSI|PROV|PROP) (?=.)"),
    "kabkota": re.compile(
        r"^(KABUPATEN|KAB|KOTAMADYA|KODYA|KOTA) (?:(?:ADMINISTRASI|ADMINISTRATIF|ADM) )?(?=.)"
    ),
    "kecamatan": re.compile(r"^(KECAMATAN|KEC|DISTRIK|KAPANEWON|KEMANTREN) (?=.)"),
    "desa": re.compile(r"^(DESA KELURAHAN|DESA KEL|KALURAHAN|KELURAHAN|KEL|DESA|DS) (?=.)"),
}
_KINDS: Final = (
    ("KAB", "KABUPATEN"),
    ("KO", "KOTA"),
    ("KEL", "KELURAHAN"),
    ("D", "DESA"),
)
#: Provinsi whose short names are the usual ones.
_SPECIAL: Final = re.compile(
    r"^(DAERAH KHUSUS IBUKOTA|DAERAH KHUSUS|DAERAH ISTIMEWA|DKI|DKJ|D K I|DI|D I) (?=.)"
)
_OLD_SPELLING: Final = (
    ("OE", "U"),
    ("DJ", "J"),
    ("TJ", "C"),
    ("CH", "H"),
    ("SJ", "SY"),
    ("NJ", "NY"),
)
_NUMERAL: Final = {
    word: roman
    for roman, words in {
        "I": "1 SATU 01",
        "II": "2 DUA 02",
        "III": "3 TIGA 03",
        "IV": "4 EMPAT 04",
        "V": "5 LIMA 05",
        "VI": "6 ENAM 06",
        "VII": "7 TUJUH 07",
        "VIII": "8 DELAPAN 08",
        "IX": "9 SEMBILAN 09",
        "X": "10 SEPULUH",
    }.items()
    for word in (roman, *words.split())
}


@lru_cache(maxsize=200_000)
def normal(name: str) -> str:
    """Upper case, no accents, anything but letters and digits as one space."""
    flat = unicodedata.normalize("NFKD", name)
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    flat = re.sub("['`’‘ʼ]", "", flat)  # MA'RANG is one word however it is typed
    return _NOT_LETTER.sub(" ", flat.upper()).strip()


def bare(name: str, level: Level) -> str:
    """``name`` (normal) without the word that says only its level."""
    short = _PREFIX[level].sub("", name)
    return _SPECIAL.sub("", short) if level == "provinsi" else short


def kind(name: str, level: Level) -> str | None:
    """What ``name`` (normal) says the region is: KOTA or KABUPATEN, DESA or KELURAHAN, or None."""
    found = _PREFIX[level].match(name)
    if found is None or " " in found[1]:  # "Desa/Kel." says neither
        return None
    return next((full for short, full in _KINDS if found[1].startswith(short)), None)


def numbers(name: str) -> tuple[str, ...]:
    """The words of ``name`` (normal) that number it: Sukamaju II and III are never one place."""
    return tuple(_NUMERAL.get(word, word) for word in name.split() if _tells_apart(word))


def _tells_apart(word: str) -> bool:
    return word in _NUMERAL or len(word) == 1 or word.isdigit()


def folded(name: str) -> str:
    """``name`` (normal) with spelling evened out: old spelling, y/i, doubled letters, numerals.

    Kertajaya Satu, KERTADJAJA 1 and Kerta Jaya I fold to one form.
    """
    words = (_NUMERAL.get(word) or _fold_word(word) for word in name.split())
    return "".join(words)


def _fold_word(word: str) -> str:
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word.replace("J", "Y").replace("Y", "I"))
