"""Voters for screens: found by what was typed, looked at as of a day, with family and history.

Every question says how far its asker reaches: code prefixes of the user's area.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import timezone

from mutakhir.casework.decision import Decision
from mutakhir.roll.as_of import Standing, voter_as_of
from mutakhir.roll.findings import BuildRefusedError
from mutakhir.roll.lookup import Lookup
from mutakhir.roll.timeline import Event, timeline
from mutakhir.store import StoreError
from mutakhir_web.areas.area import Area
from mutakhir_web.bulk import door
from mutakhir_web.review.models import Case
from mutakhir_web.voters.terms import Term

Row = dict[str, Any]
Reach = tuple[str, ...]
#: Names shown at once.
PAGE: Final = 20


class NotIndexedError(Exception):
    """There is no roll yet, or nobody has indexed one: nothing can be looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave. ``by``: what it turned out to be searched by.

    ``more``: there are further ones after these; ``too_many``: more fit than could be ranked.
    """

    by: str
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    more: bool = False
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One voter as of ``day``. ``row`` is None when they were not on the roll by then.

    ``behind``: why decisions since ``version`` could not be laid over it, in words.
    """

    dpid: str
    kab: str
    day: date
    row: Row | None
    version: int
    period: str
    decisions: tuple[int, ...] = ()
    behind: str = ""


def reach(area: Area, kabs: list[str]) -> Reach:
    """How far somebody of ``area`` reaches; ``kabs``: those of the store that lie in it."""
    return (area.code,) if area.code else tuple(kabs)


def at_hand() -> Lookup:
    """The newest roll version that is indexed. Raises NotIndexedError."""
    for version in reversed(door.store().versions()):
        try:
            return door.lookup(version)
        except StoreError:
            continue
    raise NotIndexedError


def find(term: Term, reached: Reach, *, offset: int = 0, **narrowed: str) -> Found:
    """People by number, DPID or name. ``narrowed``: region, born, sex; for names.

    Raises NotIndexedError.
    """
    lookup = at_hand()
    if term.kind == "name":
        page = lookup.search(term.value, reached, limit=PAGE, offset=offset, **narrowed)
        return Found("name", _of_now(lookup, page.rows), page.total, page.more, page.too_many)
    found = _by_number(lookup, term, reached)
    return Found(found.by, _of_now(lookup, found.rows), len(found.rows))


def _by_number(lookup: Lookup, term: Term, reached: Reach) -> Found:
    if term.kind == "number":
        if rows := lookup.by_nik(term.value, reached):
            return Found("nik", rows)
        if rows := lookup.by_nkk(term.value, reached):
            return Found("nkk", rows)
    row = lookup.by_dpid(term.value, reached)
    if row is None and term.kind == "number":
        return Found("number")
    if row is None and (record := record_of(term.value, reached)) is not None:
        row = record.row  # came in by a decision since the version
    return Found("dpid", [row] if row else [])


def _of_now(lookup: Lookup, rows: list[Row]) -> list[Row]:
    """Rows with the decisions of the last minutes laid over them; ``fresh`` where there are any."""
    return [_row_of_now(lookup, row) for row in rows]


def _row_of_now(lookup: Lookup, row: Row) -> Row:
    if not since(lookup.version, row["dpid"]):
        return {**row, "fresh": False}
    record = record_of(row["dpid"], (row["desa"][:4],))
    standing = record.row if record and record.row else row
    return {**standing, "fresh": True}


def since(version: int, dpid: str) -> list[Decision]:
    """Decisions on a voter that came after a version was built."""
    built_on = door.manifest(version).decisions["last"]
    return [each for each in door.book().decisions_of(dpid) if each.seq > built_on]


def record_of(dpid: str, reached: Reach, day: date | None = None) -> Record | None:
    """One voter as of ``day`` (now). None when nobody in reach has ever had this dpid.

    Raises NotIndexedError.
    """
    lookup = at_hand()
    now = _standing(lookup, dpid, date.max, reached)
    asked = now if day is None else _standing(lookup, dpid, day, reached)
    known = asked.row or now.row
    if known is None:
        return None
    return Record(
        dpid=dpid,
        kab=known["desa"][:4],
        day=day or timezone.localdate(),
        row=asked.row,
        version=asked.version,
        period=asked.period,
        decisions=asked.decisions,
        behind=asked.behind,
    )


@dataclass(frozen=True, slots=True)
class _Stood:
    row: Row | None
    version: int
    period: str
    decisions: tuple[int, ...] = ()
    behind: str = ""


def _standing(lookup: Lookup, dpid: str, day: date, reached: Reach) -> _Stood:
    try:
        found: Standing = voter_as_of(
            lookup, dpid, day, reached, book=door.book(), rules=door.law_book()
        )
    except (BuildRefusedError, StoreError) as error:
        row = lookup.by_dpid(dpid, reached)
        return _Stood(row, lookup.version, door.manifest(lookup.version).period, (), str(error))
    return _Stood(found.row, found.version, found.period, found.decisions)


def family_of(row: Row, reached: Reach) -> list[Row]:
    """The others on the same family card, as they stand now; voters first, the eldest first."""
    if not row["nkk"]:
        return []
    lookup = at_hand()
    card = lookup.by_nkk(row["nkk"], reached)
    return _of_now(lookup, [each for each in card if each["dpid"] != row["dpid"]])


def history_of(dpid: str, reached: Reach) -> list[Event]:
    """Everything that happened to one voter, newest first."""
    events = timeline(
        at_hand(), dpid, reached, book=door.book(), proposals=_proposals(dpid, reached)
    )
    return events[::-1]


def _proposals(dpid: str, reached: Reach) -> Iterable[Row]:
    """Proposals on one voter, from the office's own table."""
    for case in Case.objects.filter(dpid=dpid).order_by("period", "proposal"):
        if case.kab.startswith(reached):
            yield {
                "proposal_id": case.proposal,
                "period": case.period,
                "kab": case.kab,
                "kind": case.kind,
                "dpid": dpid,
                "reason": case.reason,
                "evidence": [{"record_id": name, "kind": kind} for name, kind in case.evidence],
            }
