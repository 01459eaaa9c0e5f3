"""The period: one quarter (triwulan) of a year, in which the roll is brought up to date."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_LABEL: Final = re.compile(r"(\d{4})-?[QT]([1-4])")
_ROMAN: Final = ("I", "II", "III", "IV")
_NUMBER_WORDS: Final = {
    word: number
    for number, words in enumerate(
        (
            "1 I SATU PERTAMA KESATU KE1 KEI",
            "2 II DUA KEDUA KE2 KEII",
            "3 III TIGA KETIGA KE3 KEIII",
            "4 IV EMPAT KEEMPAT KE4 KEIV",
        ),
        1,
    )
    for word in words.split()
}
#: "Triwulan Kedua Tahun 2025", "TW. II 2025", "triwulan ke-2 th 2025"; "SEMESTER 2" is no quarter.
_WORDS: Final = re.compile(
    r"\b(?:TRIWULANAN|TRIWULAN|TW|KUARTAL|KWARTAL)\.?\s*((?:KE[ -]*)?(?:[A-Z]+|\d))"
    r"[\s,./-]*(?:(?:TAHUN|THN|TH)\.?)?\s*(\d{4})\b"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter; periods compare in time."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not (1 <= self.quarter <= 4 and date.min.year <= self.year < date.max.year):
            raise ValueError(
                f"tidak ada triwulan {self.quarter} tahun {self.year}; triwulan hanya 1 sampai 4"
            )

    @classmethod
    def parse(cls, text: str) -> "Period":
        """A period from its label ``2026-Q3``, or from words. Raises ValueError."""
        label = _LABEL.fullmatch(text.strip().upper())
        if label:
            return cls(int(label[1]), int(label[2]))
        return cls.from_words(text)

    @classmethod
    def from_words(cls, text: str) -> "Period":
        """A period from words inside ``text``: "Triwulan III Tahun 2026", "TW II 2025".

        Raises ValueError when there is none, or more than one.
        """
        found = {
            cls(int(year), _NUMBER_WORDS[number])
            for said, year in _WORDS.findall(text.upper())
            if (number := re.sub(r"[ -]", "", said)) in _NUMBER_WORDS
        }
        if len(found) != 1:
            # Not the text itself: a sheet's cell may hold anything.
            raise ValueError("bukan satu triwulan; tulis 2026-Q3 atau Triwulan III Tahun 2026")
        return found.pop()

    @classmethod
    def containing(cls, day: date) -> "Period":
        """The period in which ``day`` falls."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def label(self) -> str:
        """``2026-Q3``."""
        return f"{self.year:04d}-Q{self.quarter}"

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last(self) -> date:
        """Last day: the reference day of eligibility between elections."""
        return self.next().first - timedelta(days=1)

    @property
    def roman(self) -> str:
        """``III``."""
        return _ROMAN[self.quarter - 1]

    @property
    def words(self) -> str:
        """``Triwulan III Tahun 2026``."""
        return f"Triwulan {self.roman} Tahun {self.year}"

    def previous(self) -> "Period":
        """The period before."""
        return self._moved(-1)

    def next(self) -> "Period":
        """The period after."""
        return self._moved(1)

    def _moved(self, quarters: int) -> "Period":
        year, quarter = divmod(self.year * 4 + self.quarter - 1 + quarters, 4)
        return Period(year, quarter + 1)

    def __str__(self) -> str:
        return self.label
