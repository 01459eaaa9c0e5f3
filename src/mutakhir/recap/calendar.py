"""Days and hours as Indonesian documents write them."""

from datetime import date, datetime
from typing import Final

from mutakhir.recap.figure import words

_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def day_name(day: date) -> str:
    """``Jumat``."""
    return _DAYS[day.weekday()]


def month_name(day: date) -> str:
    """``Oktober``."""
    return _MONTHS[day.month - 1]


def roman_month(day: date) -> str:
    """``X``: the month as numbers of minutes carry it."""
    return _ROMAN[day.month - 1]


def long_date(day: date) -> str:
    """``2 Oktober 2026``."""
    return f"{day.day} {month_name(day)} {day.year}"


def spelt_date(day: date) -> str:
    """``dua bulan Oktober tahun dua ribu dua puluh enam``."""
    return f"{words(day.day)} bulan {month_name(day)} tahun {words(day.year)}"


def hour(moment: datetime) -> str:
    """``09.30``."""
    return f"{moment:%H.%M}"


def spelt_hour(moment: datetime) -> str:
    """``sembilan lewat tiga puluh menit``."""
    past = f" lewat {words(moment.minute)} menit" if moment.minute else ""
    return words(moment.hour) + past
