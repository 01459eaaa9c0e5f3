"""Where a row's person lives: a desa code from codes or names, never guessed."""

from dataclasses import dataclass, field
from typing import NamedTuple

from mutakhir.intake.values.parsed import clean, number
from mutakhir.regions import Ambiguous, Regions, Resolved
from mutakhir.regions.region import Level, plain


class Place(NamedTuple):
    """A desa code, or the issue that kept it from being found and codes a person may choose."""

    desa: str | None
    issue: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass
class Places:
    """Finds desa within the region an operator gave (``within``: digits of any level, or "")."""

    regions: Regions
    within: str = ""
    _found: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def find(self, kab: str, kecamatan: str, desa: str) -> Place:
        """The desa that the three cells (names or codes, "" for missing) mean."""
        key = (kab, kecamatan, desa)
        if key not in self._found:
            self._found[key] = self._inside(self._find(*(clean(cell) for cell in key)))
        return self._found[key]

    def other(self, raw: str) -> tuple[str | None, str | None]:
        """A region code of any level elsewhere, and an issue when it is none."""
        code = plain(number(raw))
        if not code or code == "0":
            return None, None
        region = self.regions.current(code) if code.isdecimal() else None
        return (region.code, None) if region else (None, "other_region_unknown")

    def _inside(self, place: Place) -> Place:
        if place.desa and not place.desa.startswith(self.within[:4]):
            return Place(None, "region_outside")
        return place

    def _find(self, kab: str, kecamatan: str, desa: str) -> Place:
        if _is_code(desa) and len(plain(desa)) >= 10:
            return self._by_code(plain(desa)[:10])
        if not desa:
            whole = self.within if len(self.within) == 10 else None
            return Place(whole, None if whole else "region_missing")
        parent = self._kab(kab)
        if isinstance(parent, Place):
            return parent
        if kecamatan:
            parent = self._step(kecamatan, "kecamatan", parent)
            if isinstance(parent, Place):
                return parent
        found = self._step(desa, "desa", parent)
        return found if isinstance(found, Place) else Place(found)

    def _kab(self, kab: str) -> str | Place:
        if not kab:
            enough = len(self.within) >= 4
            return self.within if enough else Place(None, "region_needs_kab")
        if len(self.within) >= 4 and not _is_code(kab):
            # the operator's word settles which of two like names is meant
            named = self.regions.get(self.within[:4])
            if named and clean(kab).upper() in named.name.upper():
                return self.within
        return self._step(kab, "kabkota", self.within[:2])

    def _step(self, text: str, level: Level, parent: str) -> str | Place:
        """The code of ``text`` one or more levels below ``parent``, or why there is none."""
        code = plain(text)
        if _is_code(text) and len(code) in (4, 6, 10):
            region = self.regions.current(code)
            return region.code if region else Place(None, "region_unknown")
        found = self.regions.resolve(text, level, _cut(parent, level) or None)
        if isinstance(found, Resolved):
            return found.region.code
        if isinstance(found, Ambiguous):
            codes = tuple(region.dotted for region in found.candidates)
            return Place(None, "region_ambiguous", codes)
        return Place(None, "region_unknown", tuple(r.dotted for r in found.suggestions))

    def _by_code(self, code: str) -> Place:
        if self.regions.get(code):
            return Place(code)
        region = self.regions.current(code)
        if region is None:
            return Place(None, "region_unknown")
        return Place(region.code, "region_moved")


def _cut(parent: str, level: Level) -> str:
    """A parent no deeper than the level above: ``--region`` may name the desa itself."""
    return parent[: {"kabkota": 2, "kecamatan": 4, "desa": 6}.get(level, 0)]


def _is_code(text: str) -> bool:
    return plain(text).isascii() and plain(text).isdecimal()
