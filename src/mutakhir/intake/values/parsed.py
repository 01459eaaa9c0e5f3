"""What a parser gives back."""

from typing import NamedTuple


class Parsed(NamedTuple):
    """A canonical value (None = missing or unusable) and the code of what is odd about it."""

    value: str | None
    issue: str | None = None


MISSING = Parsed(None)

#: Cells that say "nothing" in the files offices keep.
BLANKS = frozenset({"", "-", "--", "---", "_", ".", "NULL", "NIHIL", "N/A", "#N/A", "NONE", "NAN"})


def clean(raw: str) -> str:
    """``raw`` without a leading apostrophe, odd blanks and outer spaces; "" for any blank sign."""
    text = " ".join(raw.replace("\u200b", "").split()).lstrip("'’`").strip()
    return "" if text.upper() in BLANKS else text


def number(raw: str) -> str:
    """``clean`` for numbers: a spreadsheet's ``12.0`` is ``12``."""
    text = clean(raw)
    return text[:-2] if text.endswith(".0") else text
