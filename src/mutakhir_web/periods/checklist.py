"""The checklist: what must be so before a period takes its next step. Findings, not exceptions."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.casework.budget import stopped
from mutakhir.casework.desk import proposed_periods, read_proposals
from mutakhir.casework.states import STATES
from mutakhir.roll import snapshot
from mutakhir.roll.findings import Finding
from mutakhir.roll.snapshot import Manifest
from mutakhir_web.bulk import door, recaps
from mutakhir_web.common.domain_words import said
from mutakhir_web.common.templatetags.words import dots
from mutakhir_web.intake import expecting
from mutakhir_web.jobs.models import State
from mutakhir_web.periods import queries
from mutakhir_web.periods.models import Meeting, Period
from mutakhir_web.review.models import Case
from mutakhir_web.review.wording import standing_words

#: done: so it is. look: somebody should look, nothing stops. stop: the step is not taken.
Mark = Literal["done", "look", "stop"]
_PLENARY: Final = frozenset({"convene", "close"})


@dataclass(frozen=True)
class Item:
    """One line. ``before``: the steps that it stops; ``url``: where to put it right."""

    key: str
    title: str | Promise
    mark: Mark
    said: str
    before: frozenset[str] = _PLENARY
    url: str = ""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Subject:
    """What the checks look at."""

    row: Period
    version: Manifest | None

    @property
    def kab(self) -> str:
        """Of which kab/kota."""
        return self.row.kab

    @property
    def label(self) -> str:
        """Which period."""
        return self.row.label

    @cached_property
    def meeting(self) -> Meeting:
        """Its plenary, read once."""
        return queries.meeting(self.kab, self.label)


def checklist(kab: str, label: str) -> list[Item]:
    """Every line for a period of ``kab``, in the order of work."""
    subject = Subject(queries.period(kab, label), door.version_of(label))
    return [check(subject) for check in CHECKS]


def stopping(items: Iterable[Item], step: str) -> list[Item]:
    """Those that stand in the way of ``step``."""
    return [item for item in items if item.mark == "stop" and step in item.before]


def sources(subject: Subject) -> Item:
    """What the office waits for has come. A source that never comes does not stop a plenary."""
    title = gettext_lazy("Sumber yang ditunggu")
    awaited = expecting.expected(subject.kab, subject.label)
    missing = [each.label for each in awaited if not each.received]
    url = reverse("intake:sources")
    if missing:
        said = _("belum ada dari: %(names)s") % {"names": ", ".join(missing)}
        return Item("sources", title, "look", said, frozenset(), url)
    told = _("%(n)s instansi sudah menyerahkan") % {"n": dots(len(awaited))}
    return Item("sources", title, "done", told, frozenset(), url)


def proposed(subject: Subject) -> Item:
    """Proposals of the period's sources have been made."""
    title = gettext_lazy("Usulan disusun dari sumber periode ini")
    if subject.label in proposed_periods(door.store()):
        return Item("proposed", title, "done", _("sudah disusun"), frozenset())
    said = _("belum; tanpa usulan tidak ada yang berubah pada periode ini")
    return Item("proposed", title, "look", said, frozenset())


def cases(subject: Subject) -> Item:
    """Nobody's case is left open, or somebody said that it goes on to the next period."""
    title = gettext_lazy("Kasus terbuka")
    open_ones = count_open(subject.kab, subject.label)
    said = _("%(n)s kasus belum diputus") % {"n": dots(open_ones)}
    if _unopened(subject):
        return Item("cases", title, "stop", _("usulan belum dibuka sebagai kasus: susun ulang"))
    if not open_ones:
        return Item("cases", title, "done", _("semua sudah diputus"))
    if open_ones <= subject.row.carried:
        told = {"n": dots(open_ones), "who": subject.row.carried_by}
        carried = _("%(n)s kasus dibawa ke periode berikut, dinyatakan oleh %(who)s") % told
        return Item("cases", title, "done", carried, url=_queue(subject))
    return Item("cases", title, "stop", said, url=_queue(subject))


def _unopened(subject: Subject) -> bool:
    """Whether there are proposals for the kab/kota of which no case was opened."""
    if subject.label not in proposed_periods(door.store()):
        return False
    known = Case.objects.filter(kab=subject.kab, period=subject.label)
    if known.exists():
        return False
    return subject.kab in read_proposals(door.store(), subject.label)["kab"].unique().to_pylist()


def count_open(kab: str, label: str) -> int:
    """Cases of the period on which nobody has said the last word."""
    return Case.objects.filter(kab=kab, period=label, open=True).count()


#: States in which a second person's word is missing.
WAITING: Final = ("accepted_waiting_second", "overturn_waiting_second")


def second(subject: Subject) -> Item:
    """Nothing waits for the second person: no accepted case, no withdrawal of a source."""
    title = gettext_lazy("Antrean orang kedua")
    rows = Case.objects.filter(kab=subject.kab, period=subject.label, state__in=WAITING)
    waiting = Counter(dict(rows.values_list("state").annotate(Count("pk")).order_by()))
    parts = [f"{dots(n)} {said(STATES[state])}" for state, n in sorted(waiting.items())]  # type: ignore[index]
    book = door.book()
    asked = book.withdrawals.keys() - book.withdrawn.keys()
    if sources := sum(book.withdrawals[source].kab == subject.kab for source in asked):
        parts.append(_("%(n)s penarikan sumber") % {"n": dots(sources)})
    if not parts:
        return Item("second", title, "done", _("kosong"))
    return Item("second", title, "stop", "; ".join(parts), url=_queue(subject))


def _queue(subject: Subject) -> str:
    return f"{reverse('review:queue')}?periode={subject.label}"


def samples(subject: Subject) -> Item:
    """No bulk group is stopped by its sample.

    It does not stop the plenary: an error once found stays found, and the group's cases can
    still be decided one by one.
    """
    title = gettext_lazy("Contoh putusan massal")
    if subject.label not in proposed_periods(door.store()):
        return Item("samples", title, "done", _("belum ada kelompok"), frozenset())
    groups = [g for g in door.docket(subject.label).groups() if g.group.kab == subject.kab]
    halted = [g for g in groups if stopped(g.found, g.budget, len(g.sample)) is not None]
    if not halted:
        said = _("%(n)s kelompok, tidak ada yang dihentikan") % {"n": dots(len(groups))}
        return Item("samples", title, "done", said, frozenset())
    named = "; ".join(f"{g.group.rule}: {standing_words(g)}" for g in halted)
    return Item("samples", title, "look", named, frozenset(), url=_queue(subject))


def built(subject: Subject) -> Item:
    """The roll is built, and from every decision."""
    title = gettext_lazy("Daftar dibangun dari semua putusan")
    if subject.version is None:
        return Item("built", title, "stop", _("belum dibangun: tekan “Bangun daftar”"))
    late = recaps.stale(subject.version.version)
    told = {"version": subject.version.version, "n": dots(late)}
    if late:
        said = _("versi %(version)s belum memuat %(n)s putusan: bangun lagi") % told
        return Item("built", title, "stop", said)
    return Item("built", title, "done", _("versi %(version)s") % told)


def findings(subject: Subject) -> Item:
    """No check stops the build; what is only to be looked at is listed."""
    title = gettext_lazy("Pemeriksaan sebelum pleno")
    job = queries.last_job(queries.BUILD, subject.kab, subject.label)
    if job is not None and job.state == State.FAILED:
        found = [Finding(**each) for each in job.result.get("findings", [])]
        return Item("findings", title, "stop", job.said, findings=found)
    if subject.version is None:
        return Item("findings", title, "stop", _("diperiksa ketika daftar dibangun"))
    found = snapshot.findings(door.store(), subject.version.version)
    if not found:
        return Item("findings", title, "done", _("tidak ada temuan"))
    said = _("%(n)s temuan untuk dilihat; tidak menghentikan pleno") % {"n": dots(len(found))}
    return Item("findings", title, "look", said, frozenset(), findings=found)


def identities(subject: Subject) -> Item:
    """Every sum of the recap holds."""
    title = gettext_lazy("Identitas rekap")
    version = subject.version
    if version is None or subject.kab not in version.kabs:
        return Item("identities", title, "stop", _("dihitung setelah daftar dibangun"))
    broken = recaps.broken(version.version, subject.kab)
    if not broken:
        said = _("awal + baru − TMS = akhir, L + P = jumlah, bagian = keseluruhan: cocok")
        return Item("identities", title, "done", said)
    return Item("identities", title, "stop", " ".join(str(each) for each in broken[:5]))


def plenary_date(subject: Subject) -> Item:
    """The day of the plenary is set."""
    title, day = gettext_lazy("Tanggal pleno"), subject.row.plenary_on
    if day is None:
        return Item("plenary", title, "stop", _("belum ditetapkan"), frozenset({"convene"}))
    return Item("plenary", title, "done", f"{day:%d-%m-%Y}", frozenset({"convene"}))


_MEETING: Final = {
    "place": gettext_lazy("tempat"),
    "day": gettext_lazy("hari"),
    "hour": gettext_lazy("jam"),
    "chair": gettext_lazy("pimpinan"),
    "n": gettext_lazy("nomor"),
}


def meeting(subject: Subject) -> Item:
    """Place, day, hour, chair and number of the plenary are noted."""
    title = gettext_lazy("Keterangan rapat pleno")
    missing = [str(word) for name, word in _MEETING.items() if not getattr(subject.meeting, name)]
    url, before = _meeting_url(subject), frozenset({"close"})
    if missing:
        said = _("belum diisi: %(names)s") % {"names": ", ".join(missing)}
        return Item("meeting", title, "stop", said, before, url)
    return Item("meeting", title, "done", _("lengkap"), before, url)


def attendance(subject: Subject) -> Item:
    """Who came is noted."""
    title, before = gettext_lazy("Daftar hadir"), frozenset({"close"})
    came = len(subject.meeting.attendees)
    if not came:
        return Item("came", title, "stop", _("belum diisi"), before, _meeting_url(subject))
    said = _("%(n)s lembaga") % {"n": came}
    return Item("came", title, "done", said, before, _meeting_url(subject))


def _meeting_url(subject: Subject) -> str:
    return reverse("periods:meeting", args=[subject.label])


CHECKS: Final[tuple[Callable[[Subject], Item], ...]] = (
    sources,
    proposed,
    cases,
    second,
    samples,
    built,
    findings,
    identities,
    plenary_date,
    meeting,
    attendance,
)
