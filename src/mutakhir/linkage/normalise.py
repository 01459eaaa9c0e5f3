"""Names as people write them → words that compare. Pure functions on one value.

Two forms: the *canonical* name, in which spellings that mean one name are one (titles gone,
MOCH. → MUHAMMAD, old spelling → new), and the *sound*, coarser, on which names are searched.
Spec tables: tests/spec/linkage_1_names.py, rendered into docs/reference/linkage.md.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

#: An apostrophe inside a word is a letter of Arabic left out in Latin script: SA'DIAH = SADIAH.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`´‘’ʼ\"“”*"))
_NOT_LETTERS: Final = re.compile(r"[^A-Z0-9 ]+")
#: Digits typed for the letters they look like; a 1 between vowels is an L: A1I.
_DIGITS: Final = str.maketrans("0123456789", "OIZEASGTBG")
_ONE_FOR_L: Final = re.compile("(?<=[AEIOU])1(?=[AEIOU])")

#: Marks of van Ophuijsen and Soewandi spelling. A word with one is old throughout, so a bare J in
#: it is today's Y: SOERJADI, WIDJAJA. In a word with none J is J: FAJAR (JANTO is in names.toml).
_OLD: Final = re.compile("(?<!KH)(?<!CH)OE|[DTS]J|^NJ")
_OLD_LETTERS: Final = re.compile("OE|DJ|TJ|J")
_OLD_TO: Final = {"OE": "U", "DJ": "J", "TJ": "C", "J": "Y"}

#: Sarjana, magister and ahli, where a space stands after the letter: S. PD, M. SI, A. MD.
TITLE_LETTERS: Final = frozenset("SMA")

#: ABDURRAHMAN, ABDUSSALAM, ABDKADIR: ABDUL and a word in one, the L taken on by what follows.
_ABDUL: Final = re.compile(r"^ABD(?:[UO]([RSZNT])\1?(?=.{3})|(?=[BCDFGJKLMNPQRSTWZ]))")

#: What scribes do not tell apart → one way to write it. The first that fits counts.
_ALIKE: Final = (
    *(("^CH[IY]", "CI"), ("^CHE", "CE"), ("^CHAN(?=[DT])", "CAN"), ("^CHR", "KR"), ("CK", "K")),
    *(("C(?=[LRT])", "K"), ("ICA$", "IKA"), ("^RH", "R"), ("BH", "B"), ("^JH", "J")),
    *(("S[HY]?AH(?=[FP])", "SA"), ("T?S[HY]{1,2}(?=[AEIOU])", "S"), ("TS|SH", "S")),
    *(
        ("DH?LI(?=L)", "DI"),
        ("(?<=RI)DH?L|(?<=MA)DH?L", "D"),
        ("DHL", "DL"),
        ("(?<=..)DH?$", "T"),
        ("DH", "D"),
    ),
    *(("DZH?|ZH$|^ZH", "J"), ("Z(?=[KQ])", "S"), ("Z", "J"), ("TH", "T"), ("PH|P|V", "F")),
    *(("KH|CH|QH", "H"), ("GHO", "GA"), ("GH", "G"), ("Q", "K"), ("X", "KS"), ("W", "U")),
    *(("AE", "AI"), ("IE|EE|IY|Y", "I"), ("OU|OO", "U")),
)
_ALIKE_TO: Final = tuple(to for _, to in _ALIKE)
_ALIKE_FROM: Final = re.compile("|".join(f"({written})" for written, _ in _ALIKE))

#: In words of more than four letters also: ROHMAN = RAHMAN, and inside the word E = I and O = U.
#: In short words, at the start and at the end these vowels tell people apart: DENI and DINI, JONI
#: and JUNI, ERWAN and IRWAN, ANDRE and ANDRI; and the first letter may stand alone, as an initial.
_SHORT: Final = 4
_DARK_A: Final = re.compile("(?<=H)O(?!S|$)|(?<=R)O(?=H(?!O))|O(?=H$)")
_VOWELS: Final = str.maketrans("EO", "IU")
_SIA_END: Final = re.compile("(?<=..)SIA$")

#: Distinct words kept in memory: all common ones; a province has millions of slips of the pen.
REMEMBERED: Final = 2**16

_DOUBLED: Final = re.compile(r"([A-Z])\1+")


@dataclass(frozen=True)
class Words:
    """names.toml, ready for look-up."""

    before: frozenset[str]
    after: frozenset[str]
    after_letter: frozenset[str]
    descent: frozenset[str]
    not_old: frozenset[str]
    words: dict[str, str]
    names: frozenset[str]


@cache
def shipped_words() -> Words:
    """The words of names.toml."""
    data = tomllib.loads(files("mutakhir.linkage").joinpath("names.toml").read_text("utf-8"))
    forms = {form: word for word, written in data["words"].items() for form in written}
    return Words(
        frozenset(data["titles_before"]),
        frozenset(data["titles_after"]),
        frozenset(t[1:] for t in data["titles_after"] if t[0] in TITLE_LETTERS and len(t) > 2),
        frozenset(data["descent"]),
        frozenset(data["not_old"]),
        forms,
        frozenset(data["words"]),
    )


def split(name: str) -> list[str]:
    """Upper-case words of letters: ``Hj. SITI SA'DIAH, S.Pd`` → HJ SITI SADIAH SPD."""
    name = name.upper().translate(_APOSTROPHES)
    if not name.isascii():
        name = _unaccented(name)
    elif name.replace(" ", "").isalpha():
        return name.split()
    chunks = [part for chunk in name.replace(",", " ").split() for part in _undotted(chunk)]
    words = _NOT_LETTERS.sub(" ", " ".join(chunks)).split()
    return [w if w.isalpha() or w.isdigit() else _lettered(w) for w in words]


def _unaccented(name: str) -> str:
    """JOSÉ → JOSE; what has no Latin letter stays and is no letter."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _lettered(word: str) -> str:
    return _ONE_FOR_L.sub("L", word).translate(_DIGITS)


def _undotted(chunk: str) -> list[str]:
    """S.PD is one word, MOH.ALI two."""
    together = chunk.replace(".", "")
    return [together] if together in shipped_words().after else chunk.split(".")


def without_titles(words: list[str]) -> list[str]:
    """Drop titles before and after and marks of descent, as long as a word is left."""
    known = shipped_words()
    first, last = 0, len(words)
    while last - first > 1 and words[first] in known.before:
        first += 1
    while drops := _title_at_end(words[first:last]):
        last -= drops
    kept = words[first:last]
    if len(kept) > 2 and not known.descent.isdisjoint(kept[1:-1]):
        kept = [kept[0], *(w for w in kept[1:-1] if w not in known.descent), kept[-1]]
    return kept


def _title_at_end(words: list[str]) -> int:
    """How many of the last words are one title: S. PD is two."""
    known = shipped_words()
    if len(words) > 1 and words[-1] in known.after:
        return 1
    if len(words) > 2 and words[-2] in TITLE_LETTERS and words[-1] in known.after_letter:
        return 2
    return 0


@lru_cache(maxsize=REMEMBERED)
def canonical_word(word: str) -> str:
    """One spelling for one word: short forms, old spelling, doubled letters."""
    known = shipped_words()
    if word in known.words:
        return known.words[word]
    word = _todays(word)
    word = _ABDUL.sub(r"ABDUL\1", known.words.get(word, word))
    return word if word in known.names else _undoubled(word)


def _todays(word: str) -> str:
    """Old spelling → today's."""
    if _OLD.search(word) and word not in shipped_words().not_old:
        return _OLD_LETTERS.sub(lambda m: _OLD_TO[m[0]], word)
    return word


@lru_cache(maxsize=REMEMBERED)
def sound(word: str) -> str:
    """How a word sounds, coarsely: AISYAH, AISHA and AYSYAH are one."""
    word = _undoubled(_ALIKE_FROM.sub(lambda m: _ALIKE_TO[(m.lastindex or 1) - 1], word))
    if len(word) > _SHORT:
        word = _DARK_A.sub("A", word)
        word = _undoubled(word[0] + word[1:-1].translate(_VOWELS) + word[-1])
    word = word[:-1] if len(word) > 3 and word.endswith("H") else word
    return _SIA_END.sub("SA", word)


def _undoubled(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


#: Said of so many that the next word is the given name people use.
COMMON_FIRST: Final = frozenset({"MUHAMMAD", "SITI"})

#: What short forms stand for in front of more words: HM ALI is Haji Muhammad Ali.
LEADING: Final = {"M": "MUHAMMAD", "HM": "MUHAMMAD", "ST": "SITI"}


def canonical(name: str) -> tuple[str, ...]:
    """The words of the canonical name; empty when nothing readable is left."""
    words = without_titles(split(name))
    if len(words) > 1:
        words[0] = LEADING.get(words[0], words[0])
    return tuple(map(canonical_word, words))


def given(words: tuple[str, ...]) -> str:
    """Sound of the word a person is called by: RIZKI in MUHAMMAD RIZKI."""
    if not words:
        return ""
    named = words[1] if len(words) > 1 and words[0] in COMMON_FIRST else words[0]
    return sound(named)


#: Words that mean only "place".
_PLACE_WORDS: Final = frozenset(
    {
        *("KAB", "KOTA", "KABUPATEN", "KOTAMADYA", "KP", "KAMPUNG", "JL", "JLN", "JALAN", "GG"),
        *("GANG", "LINK", "LINGK", "LINGKUNGAN", "DSN", "DUSUN", "DK", "DUKUH", "NO"),
        *("PERUM", "PERUMAHAN", "KOMP", "KOMPLEK", "KOMPLEKS"),
    }
)


def place(text: str) -> str:
    """Sound of a birth place or street without spaces and words such as KOTA or JALAN."""
    kept = [w for w in _NOT_LETTERS.sub(" ", text.upper()).split() if w not in _PLACE_WORDS]
    return "".join(sound(_todays(word)) for word in kept)
