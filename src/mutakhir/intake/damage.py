"""The damage detector: patterns over a whole file that no single row shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

#: kind -> (share of rows from which it is alarming, what it means and what to do)
DAMAGES: Final[dict[str, tuple[float, str]]] = {
    "nik_ending_00": (
        0.03,
        "Banyak NIK berakhiran 00: kolom NIK pernah menjadi bilangan. Minta ulang sebagai teks.",
    ),
    "nik_15_digits": (
        0.001,
        "NIK 15 angka: angka nol atau satu angka hilang. Minta ulang sebagai teks.",
    ),
    "day_month_swapped": (
        0.005,
        "Hari dan bulan lahir tertukar dibanding NIK. Periksa pengaturan tanggal pengirim.",
    ),
    "repeated_digits": (0.001, "NIK hanya satu angka yang diulang: diisi asal."),
    "columns_shifted": (0.001, "Isi baris bergeser kolom: ada pemisah di dalam isi sel."),
    "born_1_january": (0.05, "Banyak lahir 1 Januari: tanggal sebenarnya tidak diketahui."),
    "born_1_july": (0.05, "Banyak lahir 1 Juli: tanggal sebenarnya tidak diketahui."),
    "born_31_december": (0.05, "Banyak lahir 31 Desember: tanggal sebenarnya tidak diketahui."),
}
_BIRTHDAYS: Final = {
    "-01-01": "born_1_january",
    "-07-01": "born_1_july",
    "-12-31": "born_31_december",
}
#: A few rows are chance, whatever their share.
_FEW: Final = 5
#: Issue codes that are signs of damage.
_SIGNS: Final = {
    "nik_one_digit": "repeated_digits",
    "columns_shifted": "columns_shifted",
    "day_month_swapped": "day_month_swapped",
}


@dataclass
class Damage:
    """Counts of one file, filled batch by batch."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def see(self, niks: Sequence[str], birth_dates: Sequence[str | None], rows: int) -> None:
        """Count patterns in raw NIK cells and canonical birth dates of one batch."""
        self.rows += rows
        self.counts["nik_ending_00"] += sum(nik.endswith(("00", "00.0")) for nik in niks)
        self.counts["nik_15_digits"] += sum(len(nik) == 15 and nik.isdecimal() for nik in niks)
        days = Counter(birth[4:] for birth in birth_dates if birth)
        for day, kind in _BIRTHDAYS.items():
            self.counts[kind] += days[day]

    def see_issue(self, code: str) -> None:
        """Count an issue that is a sign of damage."""
        if code in _SIGNS:
            self.counts[_SIGNS[code]] += 1

    def findings(self) -> list[dict[str, Any]]:
        """What was seen, in the table's order: kind, rows, share of rows, alarm, message."""
        return [
            {
                "kind": kind,
                "rows": self.counts[kind],
                "share": round(self.counts[kind] / self.rows, 6),
                "alarm": self.counts[kind] >= _FEW and self.counts[kind] / self.rows >= alarming,
                "message": message,
            }
            for kind, (alarming, message) in DAMAGES.items()
            if self.counts[kind]
        ]
