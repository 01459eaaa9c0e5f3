"""The region: one line of the interior ministry's list of codes."""

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["provinsi", "kabkota", "kecamatan", "desa"]

#: Length of a code without dots tells its level.
LEVEL_OF_LENGTH: Final[dict[int, Level]] = {2: "provinsi", 4: "kabkota", 6: "kecamatan", 10: "desa"}
LENGTH_OF_LEVEL: Final[dict[Level, int]] = {level: n for n, level in LEVEL_OF_LENGTH.items()}
_PARENT_LENGTH: Final = {4: 2, 6: 4, 10: 6}


@dataclass(frozen=True, slots=True)
class Region:
    """A provinsi, kabupaten/kota, kecamatan or desa/kelurahan.

    ``code`` is digits without dots (2, 4, 6 or 10). ``population`` (persons) and ``area_km2`` are
    known for provinsi and kabkota, else None.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    population: int | None = None
    area_km2: float | None = None

    @property
    def dotted(self) -> str:
        """The code as people write it: ``36.73.01.1001``."""
        return dotted(self.code)


def plain(code: str) -> str:
    """``code`` without dots and spaces around it."""
    return code.strip().replace(".", "")


def dotted(code: str) -> str:
    """``code`` (digits) with dots after each level."""
    return ".".join(part for part in (code[:2], code[2:4], code[4:6], code[6:]) if part)


def parent_code(code: str) -> str | None:
    """Code of the region one level up; None for a provinsi."""
    length = _PARENT_LENGTH.get(len(code))
    return None if length is None else code[:length]
