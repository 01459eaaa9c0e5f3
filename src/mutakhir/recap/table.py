"""The recap: rows of counts for every region, bound to one roll version."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mutakhir.regions import Level

LEVELS: Final[tuple[Level, ...]] = ("provinsi", "kabkota", "kecamatan", "desa")


@dataclass(frozen=True, slots=True)
class Count:
    """Men, women, and all, each counted by itself: that they agree is checked, not assumed."""

    L: int = 0
    P: int = 0
    total: int = 0


@dataclass(frozen=True)
class Row:
    """One region.

    ``counts`` holds people by cell name: ``akhir`` and ``awal`` (closing, opening), ``baru`` and
    ``tms`` with their reasons (``tms.meninggal``), ``masuk_dalam`` and ``keluar_dalam`` (moves
    between desa), ``pindah_tps`` (inside the desa), ``jk_masuk`` and ``jk_keluar`` (corrected
    sex), ``perbaikan`` with its kinds, ``disabilitas.*``, ``usia.*``, ``ktp_el.*``, ``pemula``,
    ``ditangguhkan``. ``units`` counts ``kecamatan``, ``desa_kel`` and ``tps``.
    """

    code: str
    level: Level
    name: str
    counts: dict[str, Count] = field(repr=False)
    units: dict[str, int] = field(repr=False)

    @property
    def title(self) -> str:
        """The name with its level, as documents say it: ``Kota Serang``, ``Provinsi Banten``."""
        return f"Provinsi {self.name}" if self.level == "provinsi" else self.name

    def count(self, cell: str) -> Count:
        """The count called ``cell``; nobody when nothing of that name was counted."""
        return self.counts.get(cell, Count())

    def parts(self, whole: str) -> dict[str, Count]:
        """What ``whole`` consists of: reasons, kinds or bands by word, in the recap's order."""
        start = f"{whole}."
        return {c.removeprefix(start): n for c, n in self.counts.items() if c.startswith(start)}

    def cells(self) -> dict[str, int]:
        """Every number under the name that published tables give it (see identities)."""
        named: dict[str, int] = {}
        for cell, n in self.counts.items():
            stem = {"akhir": "", "awal": "previous_"}.get(cell)
            if stem is None:
                named |= {f"{cell}_L": n.L, f"{cell}_P": n.P, cell: n.total}
            else:
                named |= {f"{stem}L": n.L, f"{stem}P": n.P, f"{stem}total": n.total}
        return named | self.units


@dataclass(frozen=True, slots=True)
class Edition:
    """What every number is bound to: list, version, root and as-of (invariant 8)."""

    period: str  # "2026-Q3"
    words: str  # "Triwulan III Tahun 2026"
    as_of: str  # "2026-09-30"
    version: int
    previous_version: int | None
    root: str
    closed: bool


@dataclass(frozen=True)
class Recap:
    """All rows of one roll version, larger regions first, then by code."""

    edition: Edition
    rows: tuple[Row, ...]

    def at(self, level: Level, within: str = "") -> list[Row]:
        """Rows of ``level`` inside the region ``within``."""
        return [r for r in self.rows if r.level == level and r.code.startswith(within)]

    def row(self, code: str) -> Row | None:
        """The row of one region."""
        return next((row for row in self.rows if row.code == code), None)

    def below(self, parent: Row) -> list[Row]:
        """The rows one level under ``parent``."""
        position = LEVELS.index(parent.level) + 1
        return self.at(LEVELS[position], parent.code) if position < len(LEVELS) else []

    def families(self) -> Iterator[tuple[Row, list[Row]]]:
        """Every row that has rows under it, with them."""
        for row in self.rows:
            if below := self.below(row):
                yield row, below
