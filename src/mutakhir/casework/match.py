"""The match: whom of the roll a record speaks about, by the links that linkage found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

Row = Mapping[str, Any]
Place = Literal["active", "departed", "nowhere"]
_PLACES: Final = {"active": 0, "departed": 1}


@dataclass(frozen=True, slots=True)
class Match:
    """The voter or departed a record is linked to; ``band`` is sure when there is nobody."""

    place: Place
    person: Row
    band: str
    weight: float
    why: str


NOBODY: Final = Match("nowhere", {}, "sure", 0.0, "tidak tertaut dengan siapa pun di daftar")


class Matcher:
    """Answers for each record the one voter or departed it speaks about."""

    def __init__(
        self, voters: pa.Table, departed: pa.Table, links: pa.Table, records: pa.Table
    ) -> None:
        links = links.filter(pc.not_equal(links["band"], "no"))
        self._links: dict[str, list[Row]] = {}
        for link in links.to_pylist():
            self._links.setdefault(link["right_id"], []).append(link)
        named = pa.concat_arrays([*links["left_id"].chunks, *records["dpid"].chunks])
        self.active = rows_of(voters, named)
        self.departed = rows_of(departed, named)

    def match(self, record: Row) -> Match:
        """The best link: sure before review, active before departed, heavy before light.

        Two sure links to two active voters leave it open which one is meant: review.
        """
        found = sorted(
            (self._as_match(link) for link in self._links.get(record["record_id"], ())),
            key=lambda m: (m.band != "sure", _PLACES[m.place], -m.weight, m.person["dpid"]),
        )
        if not found:
            return self._by_dpid(record)
        best = found[0]
        rivals = [m for m in found[1:] if m.band == "sure" and m.place == best.place]
        if best.band == "sure" and rivals:
            why = f"cocok dengan {len(rivals) + 1} orang di daftar; {best.why}"
            return Match(best.place, best.person, "review", best.weight, why)
        return best

    def _as_match(self, link: Row) -> Match:
        dpid = link["left_id"]
        place: Place = "active" if dpid in self.active else "departed"
        person = self.active.get(dpid) or self.departed[dpid]
        return Match(place, person, link["band"], link["weight"], link["evidence"])

    def _by_dpid(self, record: Row) -> Match:
        """A row that names a DPID but whose details are not that person's: a person looks."""
        dpid, why = record["dpid"], "DPID sama tetapi rincian tidak cocok"
        if dpid in self.active:
            return Match("active", self.active[dpid], "review", 0.0, why)
        if dpid in self.departed:
            return Match("departed", self.departed[dpid], "review", 0.0, why)
        return NOBODY


def rows_of(table: pa.Table, dpids: pa.Array) -> dict[str, Row]:
    """The rows of ``table`` with these dpids, by dpid."""
    rows = table.filter(pc.is_in(table["dpid"], dpids.drop_null())).to_pylist()
    return {row["dpid"]: row for row in rows}


def sure_dpids(links: pa.Table, record_ids: Iterable[str]) -> set[str]:
    """The dpids with a sure link to one of ``record_ids``."""
    sure = links.filter(pc.equal(links["band"], "sure"))
    named = pa.array(sorted(record_ids), pa.string())
    return set(sure.filter(pc.is_in(sure["right_id"], named))["left_id"].to_pylist())
