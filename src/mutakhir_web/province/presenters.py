"""The province in words: how each kab/kota stands, what is odd, which colour it has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import get_format, number_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.quality.drift import Drift
from mutakhir_web.common.templatetags.words import dots
from mutakhir_web.periods.stages import Stage
from mutakhir_web.province.models import Judgement, Verdict
from mutakhir_web.province.queries import Child

#: How a kab/kota stands, the worst first; with the colour of its badge and of the map.
STATES: Final[dict[str, tuple[str | Promise, str, str]]] = {
    "salah": (gettext_lazy("Perlu diperiksa"), "red", "#c2452d"),
    "berjalan": (gettext_lazy("Berjalan"), "blue", "#7fa6d8"),
    "selesai": (gettext_lazy("Selesai"), "green", "#4f9a6b"),
    "kosong": (gettext_lazy("Belum ada data"), "secondary", "#dfe4ea"),
}
#: Provinsi whose kab/kota the product can draw.
_DRAWN: Final = frozenset({"36"})
_OVER: Final = (Stage.CLOSED, Stage.SKIPPED)


@dataclass(frozen=True, slots=True)
class Tile:
    """One kab/kota. ``worries``: what a person should look at, in plain sentences."""

    code: str
    name: str
    state: str
    words: str
    tone: str
    child: Child
    oldest_days: int | None
    worries: tuple[str, ...]


def tile(child: Child) -> Tile:
    """A kab/kota as the board shows it."""
    worries = tuple(_worries(child))
    state = _state(child, worries)
    words, tone, _colour = STATES[state]
    oldest = child.queue.oldest
    days = (timezone.now() - oldest).days if oldest else None
    return Tile(child.region.code, child.region.name, state, str(words), tone, child, days, worries)


def _state(child: Child, worries: tuple[str, ...]) -> str:
    if not child.present:
        return "kosong"
    if worries:
        return "salah"
    return "selesai" if child.stage in _OVER else "berjalan"


def _worries(child: Child) -> Iterable[str]:
    for words in child.broken or ():
        yield _("Identitas tidak cocok: %(words)s") % {"words": words}
    if child.late and child.stage not in _OVER:
        yield _("%(late)d dari %(awaited)d sumber lewat tenggat.") % {
            "late": child.late,
            "awaited": child.awaited,
        }
    if child.judgement and child.judgement.verdict == Verdict.RETURNED:
        yield _("Rekap edisi %(n)d dikembalikan: %(why)s") % {
            "n": child.judgement.edition,
            "why": child.judgement.reason,
        }
    yield from (drift_words(each) for each in child.drifts)


def drift_words(drift: Drift) -> str:
    """``TMS 3,2 kali periode lalu (120, periode lalu 38).``"""
    whole, _dot, reason = drift.cell.partition(".")
    names = {"baru": _("Pemilih baru"), "tms": _("TMS")}
    told = {
        "what": f"{names[whole]}, {reason}" if reason else names[whole],
        "now": dots(drift.now),
        "before": dots(drift.before),
    }
    if drift.times is None:
        return _("%(what)s: %(now)s, periode lalu %(before)s.") % told
    told["times"] = _times(drift.times)
    if drift.now > drift.before:
        return _("%(what)s %(times)s kali periode lalu (%(now)s, periode lalu %(before)s).") % told
    return (
        _("%(what)s turun, periode lalu %(times)s kali lebih banyak (%(now)s dari %(before)s).")
        % told
    )


def _times(value: Decimal) -> str:
    text = number_format(value, 1)
    return text.removesuffix(f"{get_format('DECIMAL_SEPARATOR')}0")


_WORST: Final = {name: place for place, name in enumerate(STATES)}
ORDERS: Final[dict[str, tuple[str | Promise, Callable[[Tile], Any]]]] = {
    "parah": (
        gettext_lazy("yang perlu diperiksa di atas"),
        lambda tile: (_WORST[tile.state], -len(tile.worries), -tile.child.queue.open, tile.code),
    ),
    "kode": (gettext_lazy("menurut kode"), lambda tile: tile.code),
}


def ordered(tiles: Iterable[Tile], order: str) -> list[Tile]:
    """By one of ORDERS; the worst first where it is none of them."""
    _words, key = ORDERS.get(order, ORDERS["parah"])
    return sorted(tiles, key=key)


def map_of(provinsi: str, tiles: Iterable[Tile], period: str) -> dict[str, Any] | None:
    """What the map is drawn from; None where there is no map."""
    if provinsi not in _DRAWN:
        return None
    tiles = list(tiles)
    return {
        "map": static(f"maps/kabkota-{provinsi}.geojson"),
        "words": {tile.code: tile.words for tile in tiles},
        "colours": {tile.code: STATES[tile.state][2] for tile in tiles},
        "links": {tile.code: home_of(tile.code, period) for tile in tiles if tile.child.present},
    }


def home_of(kab: str, period: str) -> str:
    """The kab/kota's own home page."""
    return f"{reverse('home:home')}?{urlencode({'kab': kab, 'periode': period})}"


def judgement_words(found: Judgement | None) -> tuple[str, str]:
    """The province's word on a recap, and its tone."""
    if found is None:
        return _("menunggu provinsi"), "yellow"
    tone = "green" if found.verdict == Verdict.ACCEPTED else "red"
    return str(Verdict(found.verdict).label), tone


HEADINGS: Final = (
    *("kode", "kabupaten/kota", "keadaan", "tahap", "pleno", "sumber diterima", "sumber ditunggu"),
    *("sumber terlambat", "usulan terbuka", "umur tertua (hari)", "menunggu orang kedua"),
    *("identitas tidak cocok", "awal", "baru", "TMS", "akhir", "edisi", "putusan provinsi"),
    "catatan",
)


def csv_row(tile: Tile) -> list[Any]:
    """A kab/kota as a line of the download, under HEADINGS."""
    child, balance = tile.child, tile.child.balance
    if not child.present or balance is None:
        return [tile.code, tile.name, tile.words, *[""] * (len(HEADINGS) - 3)]
    return [
        *(tile.code, tile.name, tile.words, str(child.stage.label if child.stage else "")),
        *(child.plenary_on or "", child.received, child.awaited, child.late, child.queue.open),
        *("" if tile.oldest_days is None else tile.oldest_days, child.queue.waiting),
        "" if child.broken is None else len(child.broken),
        *(balance.opening, sum(balance.entered.values()), sum(balance.left.values())),
        *(balance.closing, child.edition.edition if child.edition else ""),
        judgement_words(child.judgement)[0] if child.edition else "",
        " ".join(tile.worries),
    ]
