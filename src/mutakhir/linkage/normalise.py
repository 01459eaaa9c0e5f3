"""Names as people write them → words that compare. Pure functions on one value.

Two forms: the *canonical* name, in which spellings that mean one name are one (titles gone,
MOCH. → MUHAMMAD, old spelling → new), and the *sound*, coarser, on which names are searched.
Spec tables: tests/spec/linkage_names.py, rendered into docs/reference/linkage.md.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

#: An apostrophe inside a word is a letter of Arabic left out in Latin script: SA'DIAH = SADIAH.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`´‘’ʼ\"“”*"))
_NOT_LETTERS: Final = re.compile(r"[^A-Z0-9 ]+")
_DIGITS: Final = str.maketrans("01345", "OIEAS")

#: Van Ophuijsen and Soewandi spelling. J→Y is done word by word in names.toml: today's J
#: (FAJAR, JAYA) looks the same.
_OLD: Final = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"))
_NOT_OLD: Final = frozenset(
    {"NOEL", "JOEL", "MANJA", "SENJA", "PANJI", "JANJI", "GANJAR", "BANJAR"}
)

#: Sounds that scribes do not tell apart, longest first.
_SOUND: Final = re.compile("TSA|SYA|DH|DZ|DL|TH|TS|SH|SY|KH|CH|GH|PH|IE|EE|IY|OU|V|W|Z|Q|X|Y|E|O|P")
_SOUND_TO: Final = {
    **{"TSA": "SA", "SYA": "SA", "DH": "D", "DZ": "J", "DL": "L", "TH": "T", "TS": "S", "SH": "S"},
    **{"SY": "S", "KH": "H", "CH": "H", "GH": "G", "PH": "F", "IE": "I", "EE": "I", "IY": "I"},
    **{
        "OU": "U",
        "V": "F",
        "W": "U",
        "Z": "J",
        "Q": "K",
        "X": "KS",
        "Y": "I",
        "E": "I",
        "O": "U",
        "P": "F",
    },
}
#: Distinct words kept in memory: all common ones; a province has millions of slips of the pen.
REMEMBERED: Final = 2**16

_DOUBLED: Final = re.compile(r"([A-Z])\1+")


@dataclass(frozen=True)
class Words:
    """names.toml, ready for look-up."""

    before: frozenset[str]
    after: frozenset[str]
    descent: frozenset[str]
    words: dict[str, str]


@cache
def shipped_words() -> Words:
    """The words of names.toml."""
    data = tomllib.loads(files("mutakhir.linkage").joinpath("names.toml").read_text("utf-8"))
    forms = {form: word for word, written in data["words"].items() for form in written}
    return Words(
        frozenset(data["titles_before"]),
        frozenset(data["titles_after"]),
        frozenset(data["descent"]),
        forms,
    )


def split(name: str) -> list[str]:
    """Upper-case words of letters: ``Hj. SITI SA'DIAH, S.Pd`` → HJ SITI SADIAH SPD."""
    name = name.upper().translate(_APOSTROPHES)
    if name.isascii() and name.replace(" ", "").isalpha():
        return name.split()
    chunks = [part for chunk in name.replace(",", " ").split() for part in _undotted(chunk)]
    words = _NOT_LETTERS.sub(" ", " ".join(chunks)).split()
    return [w if w.isalpha() or w.isdigit() else w.translate(_DIGITS) for w in words]


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
    while last - first > 1 and words[last - 1] in known.after:
        last -= 1
    kept = words[first:last]
    if len(kept) > 2 and not known.descent.isdisjoint(kept[1:-1]):
        kept = [kept[0], *(w for w in kept[1:-1] if w not in known.descent), kept[-1]]
    return kept


@lru_cache(maxsize=REMEMBERED)
def canonical_word(word: str) -> str:
    """One spelling for one word: short forms, old spelling, doubled letters."""
    words = shipped_words().words
    if word in words:
        return words[word]
    if word not in _NOT_OLD:
        for old, new in _OLD:
            word = word.replace(old, new)
    word = words.get(word, word)
    return word if word in words.values() else _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=REMEMBERED)
def sound(word: str) -> str:
    """How a word sounds, coarsely: AISYAH, AISHA and AYSYAH are one."""
    word = _SOUND.sub(lambda m: _SOUND_TO[m[0]], word)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > 3 and word.endswith("H") else word


#: Said of so many that the next word is the given name people use.
COMMON_FIRST: Final = frozenset({"MUHAMMAD", "SITI"})

#: What a single letter or ST stands for in front of more words.
LEADING: Final = {"M": "MUHAMMAD", "ST": "SITI"}


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
        *("GANG", "LINK", "LINGK", "LINGKUNGAN", "DSN", "DUSUN", "NO"),
    }
)


def place(text: str) -> str:
    """Sound of a birth place or street without spaces and words such as KOTA or JALAN."""
    kept = [w for w in _NOT_LETTERS.sub(" ", text.upper()).split() if w not in _PLACE_WORDS]
    return "".join(map(sound, kept))
