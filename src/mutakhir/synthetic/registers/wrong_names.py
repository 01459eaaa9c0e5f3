"""Names as offices write them: what goes wrong with a name, one name at a time."""

from collections.abc import Callable
from functools import cache
from typing import Final

from mutakhir.synthetic import names

_SHORT: Final[dict[str, tuple[str, ...]]] = {
    "MUHAMMAD": ("M.", "MOH.", "MUH.", "MOCH.", "MUHAMAD", "MOHAMAD", "MOHAMMAD", "MOCHAMAD", "M"),
    "MUHAMAD": ("M.", "MOH.", "MUHAMMAD", "MOHAMAD"),
    "AHMAD": ("A.", "ACHMAD", "AKHMAD"),
    "ABDUL": ("ABD.", "ABD", "ABDOEL", "A."),
    "SITI": ("ST.", "ST", "SITTI", "S."),
    "NURUL": ("NUR", "N."),
}
SHORTENED: Final = tuple(_SHORT)
_OLD: Final = (("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("Y", "J"), ("NY", "NJ"), ("SY", "SJ"))
_SEEN_AS: Final = {"O": "0", "I": "1", "E": "3", "A": "4", "S": "5", "B": "8", "G": "6", "Z": "2"}
_NEAR_KEYS: Final = {
    "A": "SQ", "B": "VN", "C": "XV", "D": "SF", "E": "WR", "F": "DG", "G": "FH", "H": "GJ",
    "I": "UO", "J": "HK", "K": "JL", "L": "KP", "M": "NJ", "N": "BM", "O": "IP", "P": "OL",
    "Q": "WA", "R": "ET", "S": "AD", "T": "RY", "U": "YI", "V": "CB", "W": "QE", "X": "ZC",
    "Y": "TU", "Z": "XA",
}  # fmt: skip
_COLUMN_WIDTH: Final = 18


@cache
def _titles(sex: str) -> tuple[str, ...]:
    titles = names.words()["titles"]
    before: list[str] = titles["before"][sex]
    # As common as they are: hajj first, then degrees.
    forms = [f"{title} {{}}" for title in (before[0], before[0], before[0], *before)]
    return (*forms, *(f"{{}}, {title}" for title in titles["after"][:8]))


def _title(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    forms = _titles(sex)
    return [forms[dice % len(forms)].format(" ".join(words))]


def _short(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    at = next((at for at, word in enumerate(words) if word in _SHORT), None)
    if at is None or len(words) == 1:
        return words
    forms = _SHORT[words[at]]
    return [*words[:at], forms[dice % len(forms)], *words[at + 1 :]]


def _spelling(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    known = names.variants()
    where = [at for at, word in enumerate(words) if word in known and word not in _SHORT]
    if not where:
        return words
    at = where[dice % len(where)]
    forms = known[words[at]]
    return [*words[:at], forms[dice // 8 % len(forms)], *words[at + 1 :]]


def _old_spelling(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    at = dice % len(words)
    first = dice // 8 % len(_OLD)
    for new, old in (*_OLD[first:], *_OLD[:first]):
        if new in words[at]:
            return [*words[:at], words[at].replace(new, old), *words[at + 1 :]]
    return words


def _doubled(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    name = " ".join(words)
    twice = [at for at in range(1, len(name)) if name[at] == name[at - 1]]
    if twice and dice % 2:
        at = twice[dice // 2 % len(twice)]
        return [name[:at] + name[at + 1 :]]
    letters = [at for at, letter in enumerate(name) if letter in "AILMNSTD"]
    if not letters:
        return words
    at = letters[dice // 2 % len(letters)]
    return [name[:at] + name[at] + name[at:]]


def _letter(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    name = " ".join(words)
    places = [at for at, letter in enumerate(name) if letter in _NEAR_KEYS]
    if len(places) < 3:
        return words
    at = places[1:][dice // 4 % (len(places) - 1)]  # first letters are rarely wrong
    near = _NEAR_KEYS[name[at]][dice // 256 % 2]
    if dice % 4 == 0:
        return [name[:at] + name[at + 1 :]]
    if dice % 4 == 1:
        return [name[:at] + near + name[at:]]
    if dice % 4 == 2 and at + 1 < len(name) and name[at + 1] not in (" ", name[at]):
        return [name[:at] + name[at + 1] + name[at] + name[at + 2 :]]
    return [name[:at] + near + name[at + 1 :]]


def _initial(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    if len(words) == 1:
        return words
    at = 1 + dice % (len(words) - 1)
    return [*words[:at], words[at][0] + ("." if dice // 8 % 2 else ""), *words[at + 1 :]]


def _dropped(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    if len(words) == 1:
        return words
    # The last word is left out twice as often as any other.
    at = min(dice % (len(words) + 1), len(words) - 1)
    return words[:at] + words[at + 1 :]


def _turned(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    if len(words) == 1:
        return words
    at = dice % (len(words) - 1)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _descent(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    return [*words, "BINTI" if sex == "P" else "BIN", other.split(" ", maxsplit=1)[0]]


def _cut(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    return [" ".join(words)[:_COLUMN_WIDTH].rstrip()]


def _digit(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    name = " ".join(words)
    places = [at for at, letter in enumerate(name) if letter in _SEEN_AS]
    if not places:
        return words
    at = places[dice % len(places)]
    return [name[:at] + _SEEN_AS[name[at]] + name[at + 1 :]]


def _joined(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    if len(words) > 1:
        at = dice % (len(words) - 1)
        return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]
    middle = len(words[0]) // 2
    return words if middle < 3 else [words[0][:middle], words[0][middle:]]


def _last_word(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    return [*words[: max(1, len(words) - 1)], other.rsplit(" ", 1)[-1]]


def _nickname(words: list[str], dice: int, sex: str, other: str) -> list[str]:
    return other.split(" ")[:1]


_CHANGES: Final[dict[str, Callable[[list[str], int, str, str], list[str]]]] = {
    "title": _title,
    "short": _short,
    "spelling": _spelling,
    "old_spelling": _old_spelling,
    "doubled": _doubled,
    "letter": _letter,
    "initial": _initial,
    "dropped": _dropped,
    "turned": _turned,
    "descent": _descent,
    "cut": _cut,
    "digit": _digit,
    "joined": _joined,
    "last_word": _last_word,
    "nickname": _nickname,
}


def wrong_name(kind: str, name: str, dice: int, sex: str, other: str) -> str:
    """``name`` with the fault ``kind`` (group ``name`` of rates).

    ``dice``: a random number; ``sex``: L or P; ``other``: the father's or a stranger's name, for
    the faults that bring in a word. A fault that cannot befall the name leaves it as it is.
    """
    return " ".join(_CHANGES[kind](name.split(" "), dice, sex, other))
