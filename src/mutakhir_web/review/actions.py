"""Acts on cases: one transaction each, in which the decision file, its mirror and the audit agree.

The file is sealed inside the transaction and before it is committed. Should the database fail after
that, the decision stands in the file and the next ``mirror`` takes it over.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from mutakhir.casework.decision import Decision
from mutakhir.casework.docket import Docket
from mutakhir.casework.seal import SealError
from mutakhir.casework.verdict import Verdict
from mutakhir.roll import snapshot
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import may
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import said
from mutakhir_web.jobs.work import InWordsError
from mutakhir_web.review import gate
from mutakhir_web.review.mirror import mirror, writing
from mutakhir_web.review.models import Case, Decided

#: Acts of a first officer; a second person may say them too, instead of yes.
FIRST = ("accept", "reject", "field_check", "need_document")


class RefusedError(InWordsError):
    """A policy, or the office's own order, forbids the act; the message says why and what to do."""


class StaleError(Exception):
    """The case is not as the officer saw it. ``case`` is how it stands, ``since`` what happened."""

    def __init__(self, case: Case, since: list[Decided]) -> None:
        super().__init__(case.proposal)
        self.case, self.since = case, since


@dataclass(frozen=True, slots=True)
class Done:
    """``decision`` stands on ``case``. ``again``: it did already, by this very page."""

    case: Case
    decision: Decision
    again: bool = False


def decide(
    *, by: User, proposal: str, act: str, seen: int, document: str = "", note: str = ""
) -> Done:
    """Seal one officer's word on a proposal.

    ``seen``: seq of the last decision on it that the officer's page knew of, 0 where none. Raises
    PermissionDenied, StaleError, RefusedError; nothing has changed then.
    """
    verdict = Verdict(proposal, act, by.username, note.strip(), None, document or None)  # type: ignore[arg-type]
    with _at_hand(by, proposal, act) as (case, docket):
        done = _same_again(case, docket, verdict, seen)
        if done is None:
            _still_as_seen(case, seen)
            decision = _seal(case, docket, verdict)
            done = _put_down(by, case, docket, decision)
    return done


def retract(*, by: User, proposal: str, seen: int) -> Done:
    """Take back one's own last word, while nothing rests on it. Raises as ``decide``."""
    with _at_hand(by, proposal, "retract") as (case, docket):
        verdict = Verdict(proposal, "retract", by.username)  # type: ignore[arg-type]
        done = _same_again(case, docket, verdict, seen)
        if done is None:
            _still_as_seen(case, seen)
            with _in_words():
                last = docket.case(proposal).last
                given = {"kab": case.kab, "by": by.username, "at": now()}
                built = snapshot.built_until(docket.store)
                (decision,) = docket.retract([last.seq if last else 0], **given, built_until=built)
            done = _put_down(by, case, docket, decision)
    return done


def overturn(*, by: User, proposal: str, seen: int, note: str) -> Done:
    """Ask that a decision in effect be taken back; a second person must approve it."""
    with _at_hand(by, proposal, "overturn") as (case, docket):
        verdict = Verdict(proposal, "overturn", by.username, note.strip())
        done = _same_again(case, docket, verdict, seen)
        if done is None:
            _still_as_seen(case, seen)
            desk = _desk_of(case)
            with _in_words():
                given = {"kab": case.kab, "by": by.username, "at": now(), "note": note.strip()}
                decision = desk.overturn(case.first_seq or 0, **given)
            done = _put_down(by, case, desk, decision)
    return done


def approve_withdrawal(*, by: User, kab: str, seq: int) -> Decision:
    """The second person's yes to the withdrawal of a source. Raises as ``decide``."""
    if not may(by, Act.APPROVE, kab):
        raise PermissionDenied
    with writing():
        docket = door.docket(door.current_period(kab))
        mirror(docket)
        _open_gate(kab, docket.period)
        with _in_words():
            decision = docket.approve(seq, kab=kab, by=by.username, at=now(), note="")
        mirror(docket)
        auditor.record("approve", by=by, kab=kab, subject=f"decision:{seq}", seq=decision.seq)
    return decision


def now() -> str:
    """The office's clock, as decisions carry it."""
    return timezone.localtime().isoformat(timespec="seconds")


@contextmanager
def _at_hand(by: User, proposal: str, act: str) -> Iterator[tuple[Case, Docket]]:
    """The case as the file has it now, and the docket of its period, held while one acts."""
    with writing():
        case = Case.objects.get(proposal=proposal)
        docket = door.docket(case.period)
        if mirror(docket):
            case.refresh_from_db()
        _may_act(by, case, act)
        _open_gate(case.kab, docket.period)
        yield case, docket


def _may_act(by: User, case: Case, act: str) -> None:
    second = case.state.endswith("waiting_second") and act in ("approve", *FIRST)
    acts = [Act.APPROVE] if act == "approve" else [Act.DECIDE]
    acts += [Act.APPROVE] if second or act == "retract" else []
    if not any(may(by, each, case.kab) for each in acts):
        raise PermissionDenied


def _open_gate(kab: str, period: str) -> None:
    objection = gate.objection(kab, period)
    if objection is not None:
        raise RefusedError(objection)


def _same_again(case: Case, docket: Docket, verdict: Verdict, seen: int) -> Done | None:
    """The decision that this very form made before: a double click, or an answer that got lost."""
    made = next((d for d in docket.decisions_on(case.proposal) if d.seq > seen), None)
    if made is None or (made.by, made.act) != (verdict.by, verdict.act):
        return None
    if made.note != verdict.note:
        return None
    return Done(case, made, again=True)


def _still_as_seen(case: Case, seen: int) -> None:
    if (case.last_seq or 0) != seen:
        since = Decided.objects.filter(proposal=case.proposal, seq__gt=seen)
        raise StaleError(case, list(since))


def _seal(case: Case, docket: Docket, verdict: Verdict) -> Decision:
    if verdict.act == "approve" and case.state == "overturn_waiting_second":
        with _in_words():
            given = {"kab": case.kab, "by": verdict.by, "at": now(), "note": verdict.note}
            last = docket.case(case.proposal).last
            return _desk_of(case).approve(last.seq if last else 0, **given)
    with _in_words():
        receipt = docket.seal([verdict], kab=case.kab, at=now())
    if receipt.refused:
        raise RefusedError(said(receipt.refused[0].reason))
    return receipt.sealed[0]


def _desk_of(case: Case) -> Docket:
    """Where a decision in effect is taken back: in the period under way, whenever it was made."""
    return door.docket(max(case.period, door.current_period(case.kab)))


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except SealError as error:
        raise RefusedError(said(str(error))) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RefusedError(
            _(
                "Keputusan tidak dapat disimpan (%(reason)s); tidak ada yang berubah. Periksa"
                " ruang disk peladen, lalu ulangi."
            )
            % {"reason": reason}
        ) from None


def _put_down(by: User, case: Case, docket: Docket, decision: Decision) -> Done:
    """Mirror what was sealed, and who did it from where."""
    mirror(docket)
    case.refresh_from_db()
    subject = f"case:{case.proposal}"
    auditor.record(decision.act, by=by, kab=case.kab, subject=subject, seq=decision.seq)
    return Done(case, decision)
