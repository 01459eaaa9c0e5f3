"""The board: what is left before the plenary, put together from the rooms that know."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutakhir import regions
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import allowed
from mutakhir_web.accounts.roles import Act
from mutakhir_web.common.domain_words import quarter_words
from mutakhir_web.common.templatetags.words import dots
from mutakhir_web.intake import expecting
from mutakhir_web.periods import queries as periods
from mutakhir_web.recap import queries as recap
from mutakhir_web.review import queries as review
from mutakhir_web.review.filters import AGES, Filter
from mutakhir_web.review.wording import KINDS

#: Kab/kota whose kecamatan the product can draw: the polygons that it ships.
DRAWN: Final = frozenset({"3601", "3602", "3603", "3604", "3671", "3672", "3673", "3674"})


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing that may stand between the office and the plenary. ``mood``: good, look, bad."""

    figure: str
    what: str
    note: str
    url: str
    mood: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of open cases: a kind, its number by age, each with its list."""

    label: str
    total: int
    url: str
    ages: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Board:
    """The home page of one kab/kota and period."""

    headline: str
    tiles: list[Tile]
    ages: list[str]
    lines: list[Line]
    steps: list[dict[str, Any]]
    sources: list[Any]
    kecamatan: list[tuple[str, str, int, str]]  # code, name, open, url
    map: dict[str, Any] | None


def board(user: User, kab: str, period: str) -> Board:
    """Everything the page shows, in a handful of queries whatever the number of cases."""
    left = review.summary(kab, period)
    expected = expecting.expected(kab, period)
    stage = periods.period(kab, period)
    checks = recap.identities(kab, period)
    kecamatan = _kecamatan(left, kab, period)
    return Board(
        headline=_headline(period, stage.plenary_on),
        tiles=[
            _open_tile(left, period),
            _second_tile(left, user, period),
            _sources_tile(expected, period),
            _identities_tile(checks, period),
        ],
        ages=[_days(*AGES[age]) for age in AGES],
        lines=_lines(left, kab, period),
        steps=_steps(recap.balance(kab, period), kab, period),
        sources=list(expected),
        kecamatan=kecamatan,
        map=_map(kab, kecamatan),
    )


def _days(least: int, most: int | None) -> str:
    """A band of ages as short as a heading must be."""
    if most is None:
        return _("> %(least)s hari") % {"least": least}
    return _("≤ %(most)s hari") % {"most": most} if not least else f"{least + 1}–{most}"


def _headline(period: str, plenary: date | None) -> str:
    words = quarter_words(period)
    if plenary is None:
        return _("Tanggal pleno %(period)s belum ditetapkan.") % {"period": words}
    days = (plenary - timezone.localdate()).days
    if days < 0:
        return _("Pleno %(period)s terjadwal %(days)s hari yang lalu.") % {
            "period": words,
            "days": -days,
        }
    return ngettext(
        "%(days)s hari lagi sampai pleno %(period)s.",
        "%(days)s hari lagi sampai pleno %(period)s.",
        days,
    ) % {"days": days, "period": words}


def _open_tile(left: review.Summary, period: str) -> Tile:
    age = (timezone.now() - left.oldest).days if left.oldest else 0
    note = _("terlama %(days)s hari") % {"days": age} if left.open else _("antrean kosong")
    url = f"{reverse('review:queue')}?{urlencode({'periode': period})}"
    return Tile(dots(left.open), _("kasus terbuka"), note, url, "look" if left.open else "good")


def _second_tile(left: review.Summary, user: User, period: str) -> Tile:
    waiting = left.waiting_second
    mine = allowed(user, Act.APPROVE)
    where = reverse("review:second") if mine else f"{reverse('review:queue')}?keadaan=kedua"
    url = f"{where}{'?' if mine else '&'}{urlencode({'periode': period})}"
    note = _("pencoretan dan pemulihan") if waiting else _("tidak ada yang menunggu")
    return Tile(dots(waiting), _("menunggu orang kedua"), note, url, "look" if waiting else "good")


def _sources_tile(expected: list[Any], period: str) -> Tile:
    received = sum(row.received > 0 for row in expected)
    late = sum(row.late for row in expected)
    note = _("%(late)s lewat tenggat") % {"late": late} if late else _("tidak ada yang terlambat")
    mood = "bad" if late else ("good" if received == len(expected) else "look")
    figure = f"{received} / {len(expected)}"
    return Tile(figure, _("instansi sudah menyerahkan"), note, reverse("intake:sources"), mood)


def _identities_tile(checks: list[Any], period: str) -> Tile:
    broken = [check for check in checks if not check.ok]
    url = f"{reverse('recap:recap')}?{urlencode({'periode': period})}#identitas"
    if broken:
        return Tile(dots(len(broken)), _("identitas tidak cocok"), broken[0].words, url, "bad")
    note = _("%(n)s pemeriksaan") % {"n": len(checks)}
    return Tile("✓", _("semua identitas cocok"), note, url, "good")


def _lines(left: review.Summary, kab: str, period: str) -> list[Line]:
    """Kinds with open cases, by age. The ages of each kind are one grouped query more."""
    found = []
    for kind, label in KINDS.items():
        if not left.kinds.get(kind):
            continue
        asked = Filter(kab, period, kind=kind, state="terbuka")
        by_age = left.ages[kind]
        ages = [(by_age[age], _queue(asked.but(age=age))) for age in AGES]
        found.append(Line(str(label), left.kinds[kind], _queue(asked), ages))
    return found


def _queue(asked: Filter) -> str:
    return f"{reverse('review:queue')}?{asked.query}"


def _steps(balance: Any, kab: str, period: str) -> list[dict[str, Any]]:
    """The roll's balance as the steps of a waterfall, each with the list behind it."""
    table = f"{reverse('recap:recap')}?{urlencode({'periode': period})}"
    counted = Filter(kab, period, state="berlaku")
    entered, left = sum(balance.entered.values()), sum(balance.left.values())
    rows = (
        (_("Awal"), balance.opening, "total", table),
        (_("Baru"), entered, "plus", _queue(counted.but(kind="add"))),
        (_("TMS"), left, "minus", _queue(counted.but(kind="remove"))),
        (_("Akhir"), balance.closing, "total", table),
    )
    return [{"label": a, "value": n, "kind": kind, "url": url} for a, n, kind, url in rows]


def _kecamatan(left: review.Summary, kab: str, period: str) -> list[tuple[str, str, int, str]]:
    """Every kecamatan of the kab/kota, the fullest first; cases without one at the end."""
    found = []
    for region in regions.load().children(kab):
        url = _queue(Filter(kab, period, kec=region.code, state="terbuka"))
        found.append((region.code, region.name, left.kecs.get(region.code, 0), url))
    return sorted(found, key=lambda row: (-row[2], row[0]))


def _map(kab: str, kecamatan: list[tuple[str, str, int, str]]) -> dict[str, Any] | None:
    if kab not in DRAWN:
        return None
    return {
        "map": static(f"maps/kecamatan-{kab}.geojson"),
        "values": {code: count for code, _name, count, _url in kecamatan},
        "links": {code: url for code, _name, _count, url in kecamatan},
    }
