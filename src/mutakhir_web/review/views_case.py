"""The page of one case, and what is decided there. After a decision: the next case at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mutakhir_web.accounts.permissions import allowed, needs
from mutakhir_web.accounts.permissions import require as require_act
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.audit.purpose import identifies
from mutakhir_web.bulk import door
from mutakhir_web.common.attachments import KINDS
from mutakhir_web.common.templatetags.words import moment
from mutakhir_web.review import actions, claims, queries
from mutakhir_web.review.actions import Done
from mutakhir_web.review.filters import Filter
from mutakhir_web.review.models import Case
from mutakhir_web.review.presenters import names_in, shown
from mutakhir_web.review.wording import ACTS, DONE

#: The last case decided on this walk: its line offers to take the decision back.
_LAST = "tadi"


@dataclass(frozen=True, slots=True)
class Walk:
    """The case at hand and the filter one walks through."""

    case: Case
    asked: Filter

    @classmethod
    def of(cls, request: HttpRequest, proposal: str) -> "Walk":
        """What a request is about. Http404 outside the user's area."""
        cases = queries.in_area(request.area).select_related("claimed_by", "assigned_to")  # type: ignore[attr-defined]
        case = get_object_or_404(cases, proposal=proposal)
        return cls(case, Filter.parse(request.GET, kab=case.kab, period=case.period))

    def among(self, user: Any) -> QuerySet[Case]:
        """The cases of the walk."""
        return cases_of(self.asked, user)


def cases_of(asked: Filter, user: Any) -> QuerySet[Case]:
    """The cases of a filter; where a second person is asked for, not the user's own."""
    if asked.state == "kedua":
        waiting = queries.waiting_for_second(user, asked.kab, asked.period)
        return waiting.filter(kind=asked.kind) if asked.kind else waiting
    return asked.cases(user)


@require_GET
@needs(Act.SEE_QUEUE)
def case(request: HttpRequest, proposal: str) -> HttpResponse:
    """One case; kept for whoever may decide on it."""
    walk = Walk.of(request, proposal)
    if walk.case.open and allowed(request.user, Act.DECIDE):  # type: ignore[arg-type]
        claims.claim(by=request.user, case=walk.case)  # type: ignore[arg-type]
    return _page(request, walk, last=request.GET.get(_LAST, ""))


@require_POST
@needs(Act.DECIDE, Act.APPROVE)
def decide(request: HttpRequest, proposal: str) -> HttpResponse:
    """An officer's word; then the next case of the filter."""
    walk = Walk.of(request, proposal)
    given = {name: request.POST.get(name, "") for name in ("act", "document", "note")}
    if given["act"] not in ("approve", *actions.FIRST):
        raise Http404
    after = walk.among(request.user).exclude(pk=walk.case.pk)
    return _acted(
        request,
        walk,
        after,
        lambda seen: actions.decide(
            by=request.user,
            proposal=proposal,
            seen=seen,
            **given,  # type: ignore[arg-type]
        ),
    )


@require_POST
@needs(Act.DECIDE, Act.APPROVE)
def retract(request: HttpRequest, proposal: str) -> HttpResponse:
    """Take back one's own last word; the case is at hand again."""
    walk = Walk.of(request, proposal)
    return _acted(
        request,
        walk,
        None,
        lambda seen: actions.retract(
            by=request.user,
            proposal=proposal,
            seen=seen,  # type: ignore[arg-type]
        ),
    )


@require_POST
@needs(Act.DECIDE)
def overturn(request: HttpRequest, proposal: str) -> HttpResponse:
    """Ask that a decision in effect be taken back."""
    walk = Walk.of(request, proposal)
    note = request.POST.get("note", "")
    return _acted(
        request,
        walk,
        None,
        lambda seen: actions.overturn(
            by=request.user,
            proposal=proposal,
            seen=seen,
            note=note,  # type: ignore[arg-type]
        ),
    )


@require_GET
@needs(Act.SEE_QUEUE)
def neighbour(request: HttpRequest, proposal: str, way: str) -> HttpResponse:
    """The next or the last case of the filter, whoever works on it."""
    walk = Walk.of(request, proposal)
    if way not in ("berikut", "sebelum"):
        raise Http404
    step = 1 if way == "berikut" else -1
    found = queries.neighbour(walk.case, walk.among(request.user), step=step)
    claims.release(by=request.user, case=walk.case)  # type: ignore[arg-type]
    return redirect(_address(found or walk.case, walk.asked))


@require_POST
@needs(Act.UNMASK)
def unmask(request: HttpRequest, proposal: str) -> HttpResponse:
    """The same case with its numbers in full, once, for a purpose that the audit keeps."""
    walk = Walk.of(request, proposal)
    require_act(request.user, Act.UNMASK, walk.case.kab)  # type: ignore[arg-type]
    purpose = request.POST.get("purpose", "").strip()
    if not purpose:
        return _page(request, walk, alert=_("Sebutkan untuk apa nomor dibuka."), status=422)
    if identifies(purpose, *names_in(walk.case)):
        words = _("Tujuan tersimpan di jejak audit; hapus nama dan deretan angkanya.")
        return _page(request, walk, alert=words, status=422)
    with transaction.atomic():
        kab, subject = walk.case.kab, f"case:{walk.case.proposal}"
        auditor.record("unmask", by=request.user, kab=kab, subject=subject, purpose=purpose[:300])  # type: ignore[arg-type]
    return _page(request, walk, unmasked=True)


# answers


def _acted(
    request: HttpRequest, walk: Walk, after: Any, act: Callable[[int], Done]
) -> HttpResponse:
    """Do it and go on; or say on the same page, with everything typed, why it was not done."""
    seen = request.POST.get("seen", "")
    try:
        done = act(int(seen) if seen.isdecimal() else -1)
    except actions.StaleError as stale:
        fresh = Walk.of(request, walk.case.proposal)
        return _page(request, fresh, alert=_stale_words(stale), status=409)
    except actions.RefusedError as refused:
        return _page(request, walk, alert=str(refused), status=422)
    return _go_on(request, walk, done, after)


def _go_on(request: HttpRequest, walk: Walk, done: Done, after: Any) -> HttpResponse:
    """The next free case, kept for the user; the same one where one took a word back."""
    user: Any = request.user
    if after is None:
        following: Case | None = done.case
        claims.claim(by=user, case=done.case)
    elif done.again:
        following = claims.claim_next(by=user, among=after, after=None)
    else:
        following = claims.claim_next(by=user, among=after, after=walk.case)
    last = "" if done.decision.act == "retract" else done.case.proposal
    address = _address(following, walk.asked) if following else _queue(walk.asked)
    if not request.htmx:  # type: ignore[attr-defined]
        if following is None:
            messages.success(request, _("Saringan ini habis: tidak ada lagi yang menunggu."))
        return redirect(f"{address}&{_LAST}={last}" if last else address)
    if following is None:
        context = {"asked": walk.asked, "last": _last(request, last)}
        response = render(request, "review/case_none.html", context)
    else:
        response = _page(request, Walk.of(request, following.proposal), last=last)
    response["HX-Push-Url"] = address
    return response


def _page(
    request: HttpRequest,
    walk: Walk,
    *,
    last: str = "",
    alert: str = "",
    unmasked: bool = False,
    status: int = 200,
) -> HttpResponse:
    user: Any = request.user
    found = walk.case
    context = {
        "shown": shown(found, door.docket(found.period), user, unmasked=unmasked),
        "case": found,
        "asked": walk.asked,
        "holder": claims.holder(found, user),
        "history": _history(found),
        "related": queries.related(found, request.area)[:5],  # type: ignore[attr-defined]
        "attachments": found.attachments.all(),
        "last": _last(request, last),
        "alert": alert,
        # Only what was not taken: the next case starts with an empty form.
        "typed": request.POST if alert else {},
        "unmasked": unmasked,
        "accepts": ",".join(KINDS),
    }
    name = "review/case_body.html" if request.htmx else "review/case.html"  # type: ignore[attr-defined]
    response = render(request, name, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _history(found: Case) -> list[dict[str, Any]]:
    return [{"line": line, "act": ACTS[line.act]} for line in queries.history(found)]


def _last(request: HttpRequest, proposal: str) -> dict[str, Any] | None:
    """The decision just made, if it may still be taken back by the one who made it."""
    if not proposal:
        return None
    found = queries.in_area(request.area).filter(proposal=proposal).first()  # type: ignore[attr-defined]
    if found is None or found.last_by != request.user.get_username():
        return None
    line = queries.history(found).filter(proposal=proposal).last()
    return {"case": found, "done": DONE[line.act]} if line else None


def _stale_words(stale: actions.StaleError) -> str:
    said = [
        _("%(by)s %(act)s pada %(at)s")
        % {"by": line.by, "act": ACTS.get(line.act, line.act), "at": moment(line.at)}
        for line in stale.since
    ]
    return _(
        "Usulan ini berubah sejak halaman Anda dibuka: %(said)s. Yang Anda ketik tetap ada di"
        " bawah; periksa, lalu putuskan lagi bila masih perlu."
    ) % {"said": "; ".join(said) or _("keadaannya lain")}


def _address(found: Case, asked: Filter) -> str:
    return f"{reverse('review:case', args=[found.proposal])}?{asked.query}"


def _queue(asked: Filter) -> str:
    if asked.state == "kedua":
        return f"{reverse('review:second')}?{asked.query}"
    return f"{reverse('review:queue')}?{asked.query}"
