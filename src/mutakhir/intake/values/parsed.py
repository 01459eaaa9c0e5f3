"""What a parser gives back."""

from typing import NamedTuple


class Parsed(NamedTuple):
    """A canonical value (None = missing or unusable) and the code of what is odd about it."""

    value: str | None
    issue: str | None = None


MISSING = Parsed(None)

#: Cells that say "nothing" in the files offices keep.
BLANKS = frozenset({"", "-", "--", "---", "_", ".", "NULL", "NIHIL", "N/A", "#N/A", "NONE", "NAN"})


#: Signs that people and machines put for an apostrophe; one of them stands for all.
APOSTROPHES = "'\u2019\u2018`\u00b4\u02bc\u02bb\u02b9\u2032\u201b\uff07"
#: Marks without a width: joiners, directions, the soft hyphen, a byte order mark gone astray.
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])


def clean(raw: str) -> str:
    """``raw`` without a leading apostrophe, odd blanks and outer spaces; "" for any blank sign."""
    text = " ".join((raw if raw.isascii() else raw.translate(_UNSEEN)).split())
    if text.startswith('="') and text.endswith('"'):  # how some programs export text to CSV
        text = text[2:-1]
    text = text.lstrip(APOSTROPHES).strip()
    return "" if text.upper() in BLANKS else text


def number(raw: str) -> str:
    """``clean`` for numbers: a spreadsheet's ``12.0`` is ``12``."""
    text = clean(raw)
    return text[:-2] if text.endswith(".0") else text
