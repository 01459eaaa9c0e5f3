"""The purpose of a look, as the audit keeps it for good: in words, naming nobody."""

import re
from typing import Final

_LONG_NUMBER: Final = re.compile(r"\d(?:[\s.\-]?\d){7,}")
_WORDS: Final = re.compile(r"[^\W\d_]+")


def identifies(text: str, *names: str | None) -> bool:
    """Whether ``text`` holds a number as long as a birth date, or a word of one of ``names``.

    Words of up to three letters are no name by themselves.
    """
    of_names = {word for name in names if name for word in name.upper().split() if len(word) > 3}
    return bool(_LONG_NUMBER.search(text) or of_names & {*_WORDS.findall(text.upper())})
