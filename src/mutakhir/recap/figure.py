"""The figure: one number and every form in which a document shows it."""

import re
from dataclasses import dataclass

from num2words import num2words

from mutakhir.numerals import dots


def words(number: int) -> str:
    """``303862`` as ``tiga ratus tiga ribu delapan ratus enam puluh dua``."""
    spelt: str = num2words(number, lang="id")
    # num2words writes "satu juta satu ribu"; one thousand is "seribu" wherever it stands.
    return re.sub(r"\b(juta|miliar|triliun) satu ribu\b", r"\1 seribu", " ".join(spelt.split()))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that can only be written from its value: digits and words never differ."""

    value: int

    @property
    def digits(self) -> str:
        """With dots, ``303.862``."""
        return dots(self.value)

    @property
    def words(self) -> str:
        """In Indonesian words."""
        return words(self.value)

    @property
    def both(self) -> str:
        """As minutes write it: ``303.862 (tiga ratus tiga ribu ...)``."""
        return f"{self.digits} ({self.words})"

    @property
    def signed(self) -> str:
        """As a difference: ``+648``, ``−871``, ``0``."""
        return f"+{self.digits}" if self.value > 0 else self.digits
