"""Bulk: many cases of equal evidence decided at once, after all of them were listed.

What the domain asks stays asked for each of them: its sample was looked at, its group is open, the
link is sure. Those it forbids are refused with their reason; the others go through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from mutakhir.casework.budget import Standing
from mutakhir.casework.docket import Docket
from mutakhir.casework.proposal import bulk_rule
from mutakhir.casework.verdict import Verdict
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import said
from mutakhir_web.review import gate
from mutakhir_web.review.actions import RefusedError, now
from mutakhir_web.review.filters import Filter
from mutakhir_web.review.mirror import mirror, writing
from mutakhir_web.review.models import Case

ACTS: Final = ("accept", "reject")
#: States of the filter in which a first officer may decide.
FIRST: Final = ("baru", "lapangan", "dokumen")
#: Sealed in one write and one transaction: others wait for no more than that.
_CHUNK: Final = 500
#: Refusals kept in a job's receipt; the number of all of them is kept besides.
_KEPT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What was confirmed: ``last``, the newest case that was listed; later ones stay out."""

    act: str
    last: int
    count: int
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """``sealed`` + len(``refused``) = what was confirmed. ``refused``: (proposal, reason)."""

    sealed: int
    refused: list[tuple[str, str]]


def concerned(asked: Filter, user: User) -> QuerySet[Case]:
    """The cases that a bulk decision over the filter would be about: no case of a sample."""
    return _apart(asked, asked.cases(user))


def counted(asked: Filter, user: User) -> QuerySet[Case]:
    """The same cases in no order, for counting."""
    return _apart(asked, asked.counted(user))


def _apart(asked: Filter, rows: QuerySet[Case]) -> QuerySet[Case]:
    sure = rows.filter(band="sure")
    return sure.filter(sampled=False) if budgeted(asked) else sure


def budgeted(asked: Filter) -> bool:
    """Whether the law's budget has a word on the filter's kind."""
    return asked.kind in door.law(asked.period).budget.kinds


def objection(asked: Filter) -> str | None:
    """Why the filter can't be decided in bulk, in words for the office."""
    if not asked.kind or not asked.group:
        return _("Pilih satu kelompok bukti yang sama lebih dulu.")
    if asked.state not in FIRST:
        return _("Keputusan massal hanya untuk usulan yang menunggu putusan pertama.")
    return gate.objection(asked.kab, asked.period)


def stopped(asked: Filter) -> str | None:
    """Why nothing of the group may be accepted in bulk yet: sample not seen, or errors."""
    group = standing(asked)
    return said(group.objection) if group and group.objection else None


def standing(asked: Filter) -> Standing | None:
    """How the filter's group stands; None where the budget has no word on it."""
    wanted = (asked.period, asked.kab, asked.group)
    return next((s for s in door.docket(asked.period).groups() if tuple(s.group) == wanted), None)


def plan(asked: Filter, by: User, *, act: str, document: str, note: str, listed: int) -> Plan:
    """What is confirmed now. ``listed``: how many the page showed.

    Raises PermissionDenied; RefusedError when it may not run, or the list has changed.
    """
    require(by, Act.DECIDE, asked.kab)
    said = objection(asked) or (stopped(asked) if act == "accept" else None)
    if said is not None:
        raise RefusedError(said)
    rows = counted(asked, by)
    count, last = rows.count(), rows.aggregate(last=Max("pk"))["last"]
    if count != listed or last is None:
        raise RefusedError(
            _("Daftar berubah sejak dibuka: semula %(then)s usulan, kini %(now)s. Lihat lagi.")
            % {"then": listed, "now": count}
        )
    return Plan(act, last, count, document, note.strip())


def run(*, by: User, asked: Filter, plan: Plan, told: Callable[[float], None]) -> Receipt:
    """Decide chunk by chunk what was confirmed. Run again after a crash, it goes on."""
    refused: list[tuple[str, str]] = []
    sealed = 0
    rows = concerned(asked, by).filter(pk__lte=plan.last).values_list("place", "proposal")
    place = -1
    while chunk := list(rows.filter(place__gt=place)[:_CHUNK]):
        place = chunk[-1][0]
        done, objections = _chunk(by, asked, plan, [proposal for _place, proposal in chunk])
        sealed, refused = sealed + done, refused + objections
        told((sealed + len(refused)) / max(plan.count, 1))
    return Receipt(sealed, refused[:_KEPT])


def _chunk(
    by: User, asked: Filter, plan: Plan, proposals: list[str]
) -> tuple[int, list[tuple[str, str]]]:
    require(by, Act.DECIDE, asked.kab)
    with writing():
        docket = door.docket(asked.period)
        mirror(docket)
        if said := gate.objection(asked.kab, asked.period):
            raise RefusedError(said)
        verdicts = [_verdict(by, docket, plan, proposal) for proposal in proposals]
        receipt = docket.seal(verdicts, kab=asked.kab, at=now())
        mirror(docket)
        seqs = [decision.seq for decision in receipt.sealed]
        detail = {"sealed": len(seqs), "refused": len(receipt.refused), "rule": asked.group}
        auditor.record(
            f"bulk_{plan.act}",
            by=by,
            kab=asked.kab,
            first=min(seqs, default=None),
            last=max(seqs, default=None),
            **detail,
        )
    return len(seqs), [(each.proposal_id, each.reason) for each in receipt.refused]


def _verdict(by: User, docket: Docket, plan: Plan, proposal: str) -> Verdict:
    document, subject = plan.document or None, docket.proposal(proposal)
    rule = bulk_rule(subject, document) if subject else ""
    return Verdict(proposal, plan.act, by.username, plan.note, rule, document)  # type: ignore[arg-type]
