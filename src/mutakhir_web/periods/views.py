"""Pages of periods: the list, one period with its checklist and editions, its buttons."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from mutakhir.casework.seal import SealError
from mutakhir.recap import issued
from mutakhir.store import StoreError
from mutakhir_web.accounts.permissions import may, needs, require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.common.attachments import NotAttachedError
from mutakhir_web.common.domain_words import quarter_words
from mutakhir_web.jobs import actions as jobs
from mutakhir_web.jobs.models import Job
from mutakhir_web.periods import actions, presenters, queries, tasks
from mutakhir_web.periods.checklist import checklist, count_open, stopping
from mutakhir_web.periods.forms import PlenaryDateForm, StepForm
from mutakhir_web.periods.stages import Stage, steps_from

#: What an action of this room may answer in words.
IN_WORDS: Final = (actions.NotNowError, NotAttachedError, SealError, StoreError)


@require_GET
@needs(Act.SEE_PERIODS)
def periods(request: HttpRequest) -> HttpResponse:
    """Every period of the kab/kota."""
    lines = queries.listing(request.kab) if request.kab else []
    shown = [{"line": line, "colour": presenters.COLOURS[line.stage]} for line in lines]
    return render(request, "periods/periods.html", {"lines": shown})


@require_GET
@needs(Act.SEE_PERIODS)
def period(request: HttpRequest, label: str) -> HttpResponse:
    """One period: where it stands, what is missing, its documents."""
    kab = known(request, label)
    stage = queries.stage_of(kab, label)
    version = door.version_of(label)
    items = checklist(kab, label) if stage not in _OVER else []
    hash_now = version.kabs[kab]["hash"] if version and kab in version.kabs else None
    editions = queries.editions(kab, label)
    row = queries.period(kab, label)
    jobs_shown = [queries.last_job(kind, kab, label) for kind in (queries.BUILD, queries.PUBLISH)]
    return render(
        request,
        "periods/period.html",
        {
            "label": label,
            "words": quarter_words(label),
            "row": row,
            "stage": stage,
            "colour": presenters.COLOURS[stage],
            "meaning": presenters.MEANING[stage],
            "way": presenters.WAY,
            "version": version if version and kab in version.kabs else None,
            "counts": version.counts.get(kab) if version else None,
            "items": items,
            "open_count": count_open(kab, label) if items else 0,
            "steps": _offered(request, stage, items),
            "may": {act.value: may(request.user, act, kab) for act in _ACTS},
            "date_form": PlenaryDateForm(initial={"plenary_on": row.plenary_on}),
            "editions": presenters.shown_editions(editions, hash_now),
            "unpublished": queries.unpublished(kab, label),
            "later": queries.later_version(label),
            "scans": queries.scans(kab, label),
            "history": [
                {"told": each, "words": presenters.STEP_WORDS[each.step]}
                for each in queries.steps(kab, label)
            ],
            "jobs": [job for job in jobs_shown if job is not None],
        },
    )


_OVER: Final = (Stage.CLOSED, Stage.SKIPPED)
_ACTS: Final = (Act.PREPARE, Act.RECORD_MEETING, Act.CLOSE)


def known(request: HttpRequest, label: str) -> str:
    """The kab/kota at the desk, if it knows this period; else 404."""
    if not request.kab or label not in queries.labels(request.kab):
        raise Http404
    return str(request.kab)


def _offered(request: HttpRequest, stage: Stage, items: list[Any]) -> list[dict[str, Any]]:
    """Steps that this person may take from here, with what stands in the way."""
    return [
        {"row": row, "missing": stopping(items, row.step)}
        for row in steps_from(stage)
        if may(request.user, row.act, request.kab)
    ]


def answered(request: HttpRequest, label: str, act: Callable[[], str]) -> HttpResponse:
    """Do ``act`` and say how it went. An error leaves the page, and what was typed, as it is."""
    back = reverse("periods:period", args=[label])
    try:
        messages.success(request, act())
    except IN_WORDS as error:
        messages.error(request, str(error))
        if request.htmx:
            return render(request, "frame/messages.html")
    return HttpResponseClientRedirect(back) if request.htmx else redirect(back)


@require_POST
@needs(Act.SEE_PERIODS)
def step(request: HttpRequest, label: str) -> HttpResponse:
    """One step of the table of stages; closing is a job (``close_and_issue``)."""
    kab, form = known(request, label), StepForm(request.POST)

    def act() -> str:
        if not form.is_valid() or form.cleaned_data["step"] == "close":
            raise actions.NotNowError(_("Halaman ini usang. Muat ulang, lalu pilih lagi."))
        row = actions.move(by=request.user, kab=kab, label=label, **form.cleaned_data)
        return _("Periode sekarang: %(stage)s.") % {"stage": row.get_stage_display()}

    return answered(request, label, act)


@require_POST
@needs(Act.PREPARE)
def build(request: HttpRequest, label: str) -> HttpResponse:
    """Start building the period's roll."""
    kab = known(request, label)
    require(request.user, Act.PREPARE, kab)

    def act() -> str:
        if queries.stage_of(kab, label) in _OVER:
            raise actions.NotNowError(_("Periode sudah selesai; daftarnya tidak dibangun lagi."))
        _start(request, tasks.build, queries.BUILD, label, _("Bangun daftar %s") % label)
        return _("Daftar sedang dibangun.")

    return answered(request, label, act)


@require_POST
@needs(Act.CLOSE)
def close_and_issue(request: HttpRequest, label: str) -> HttpResponse:
    """Start closing the period and issuing its documents."""
    kab = known(request, label)
    require(request.user, Act.CLOSE, kab)

    def act() -> str:
        stage = queries.stage_of(kab, label)
        if stage is Stage.PLENARY:
            actions.ensure_ready(kab, label, "close")
        elif not queries.unpublished(kab, label):
            raise actions.NotNowError(_("Tidak ada yang perlu diterbitkan pada tahap ini."))
        title = _("Tutup dan terbitkan %s") % label
        _start(request, tasks.close_and_issue, queries.PUBLISH, label, title)
        return _("Periode sedang ditutup dan dokumennya dibuat.")

    return answered(request, label, act)


def _start(request: HttpRequest, task: Any, kind: str, label: str, title: str) -> Job:
    """The job, or the one that is at it already: a second click starts nothing."""
    running = queries.last_job(kind, request.kab, label)
    if running is not None and running.at_work:
        return running
    return jobs.start(
        task,
        by=request.user,
        kind=f"{kind}:{label}",
        title=title,
        kab=request.kab,
        label=label,
    )


@require_POST
@needs(Act.RECORD_MEETING)
def plenary_date(request: HttpRequest, label: str) -> HttpResponse:
    """Set the day of the plenary."""
    kab, form = known(request, label), PlenaryDateForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise actions.NotNowError(_("Tulis tanggal pleno sebagai hari, bulan dan tahun."))
        day = form.cleaned_data["plenary_on"]
        actions.set_plenary(by=request.user, kab=kab, label=label, day=day)
        return _("Tanggal pleno disimpan.")

    return answered(request, label, act)


@require_POST
@needs(Act.RECORD_MEETING)
def carry(request: HttpRequest, label: str) -> HttpResponse:
    """Say that the open cases go on to the next period."""
    kab = known(request, label)

    def act() -> str:
        cases = request.POST.get("cases", "")
        if not cases.isdecimal() or len(cases) > 9:
            raise actions.NotNowError(_("Halaman ini usang. Muat ulang, lalu pilih lagi."))
        actions.carry_over(by=request.user, kab=kab, label=label, cases=int(cases))
        return _("%(n)s kasus dibawa ke periode berikut.") % {"n": cases}

    return answered(request, label, act)


@require_GET
@needs(Act.SEE_PERIODS)
def document(request: HttpRequest, label: str, edition: int, name: str) -> HttpResponse:
    """One document of an edition, as it was issued."""
    kab = known(request, label)
    found = [each for each in queries.editions(kab, label) if each.edition == edition]
    if not found:
        raise Http404
    try:
        path = issued.document(door.store(), found[0], name)
    except StoreError:
        raise Http404 from None
    saved = f"{label}-{kab}-edisi-{edition}-{name}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=saved)
