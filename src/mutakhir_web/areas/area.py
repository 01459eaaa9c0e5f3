"""The area: a region code that every query starts from."""

from dataclasses import dataclass

from django.db.models import Q

from mutakhir import regions
from mutakhir.regions.region import Region


@dataclass(frozen=True, slots=True)
class Area:
    """A code without dots: empty the nation, 2 digits a provinsi, 4 a kabupaten/kota."""

    code: str

    def holds(self, code: str) -> bool:
        """Whether the region ``code`` lies in the area."""
        return code.startswith(self.code)

    def rows(self, field: str = "kab") -> Q:
        """The condition by which a query stays inside the area."""
        return Q(**{f"{field}__startswith": self.code}) if self.code else Q()

    def kabs(self, present: list[str]) -> list[str]:
        """Those of the kab/kota ``present`` that lie in the area."""
        return [kab for kab in present if self.holds(kab)]

    @property
    def region(self) -> Region | None:
        """The region itself; None for the nation."""
        return regions.load().get(self.code) if self.code else None
