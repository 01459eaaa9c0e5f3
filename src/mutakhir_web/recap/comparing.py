"""Two versions compared: totals by what happened and why, and the people behind each number."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.roll.diff import totals
from mutakhir.roll.ledger import OUTSIDE
from mutakhir.rules import Law
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door, recaps
from mutakhir_web.common.domain_words import recap_label as label
from mutakhir_web.common.templatetags.words import masked, region_name
from mutakhir_web.voters import presenters as voters

WHAT: Final = {
    "came": gettext_lazy("Masuk daftar"),
    "left": gettext_lazy("Keluar dari daftar"),
    "moved": gettext_lazy("Pindah"),
    "changed": gettext_lazy("Berubah data"),
}
#: The cell of the recap that names the reasons of each.
_WHOLE: Final = {"came": "baru", "left": "tms"}
PAGE: Final = 50


@dataclass(frozen=True)
class Sum:
    """So many voters to whom this happened for this reason."""

    what: str
    what_words: str
    reason: str
    reason_words: str
    count: int


@dataclass(frozen=True)
class Person:
    """One of them, masked as lists show people."""

    dpid: str
    name: str
    nik: str
    what: str
    reason: str
    origin: str
    destination: str
    fields: str
    decision: int


def sums(a: int, b: int, kab: str) -> list[Sum]:
    """What happened between two versions, counted by reason."""
    law = door.law(door.manifest(b).period)
    return [
        Sum(what, str(WHAT[what]), reason, reason_words(what, reason, law), count)
        for what, reasons in totals(recaps.difference(a, b, kab)).items()
        for reason, count in reasons.items()
    ]


def reason_words(what: str, reason: str, law: Law) -> str:
    """A reason as the law or the recap calls it."""
    if what in _WHOLE:
        return label(f"{_WHOLE[what]}.{reason}", law)
    return voters.reason_words(reason, law)


def chosen(a: int, b: int, kab: str, what: str, reason: str) -> pa.Table:
    """The rows of one kind, or of one kind and reason."""
    found = recaps.difference(a, b, kab)
    if what:
        found = found.filter(pc.equal(found["what"], what))
    if reason:
        found = found.filter(pc.equal(found["reason"], reason))
    return found


def people(
    rows: pa.Table, *, by: User, kab: str, versions: tuple[int, int], start: int, count: int | None
) -> Iterator[Person]:
    """The people of ``rows`` from ``start``, by name; the look is recorded before anyone shows.

    Raises PermissionDenied, StoreError when the later version is not indexed.
    """
    require(by, Act.SEE_VOTERS, kab)
    lookup = door.lookup(versions[1])
    page = rows.slice(start, count).to_pylist()
    with transaction.atomic():
        subject = f"versions:{versions[0]}-{versions[1]}"
        auditor.record("compare_people", by=by, kab=kab, subject=subject, people=len(page))
    law = door.law(door.manifest(versions[1]).period)
    return (_person(row, lookup.by_dpid(row["dpid"], (kab,)), law) for row in page)


def _person(row: dict[str, Any], voter: dict[str, Any] | None, law: Law) -> Person:
    return Person(
        dpid=row["dpid"],
        name=(voter or {}).get("name") or "–",
        nik=masked((voter or {}).get("nik")),
        what=str(WHAT[row["what"]]),
        reason=reason_words(row["what"], row["reason"], law),
        origin=place(row["origin"], law),
        destination=place(row["destination"], law),
        fields=", ".join(str(voters.LABELS.get(name, name)) for name in row["fields"]),
        decision=row["decision"],
    )


def place(account: str, law: Law) -> str:
    """A ledger account in words: ``CIPARE, TPS 003``, or that it lies outside the roll."""
    if account.startswith(OUTSIDE):
        reason = account.removeprefix(OUTSIDE)
        whole = "tms" if reason in law.removals else "baru"
        return _("di luar daftar (%(why)s)") % {"why": label(f"{whole}.{reason}", law)}
    desa, _dot, tps = account.partition(".")
    return f"{region_name(desa)}, TPS {tps}"


def by_what(found: Iterable[Sum]) -> dict[str, int]:
    """Sums by what happened alone."""
    counted: Counter[str] = Counter()
    for each in found:
        counted[each.what_words] += each.count
    return dict(counted)
