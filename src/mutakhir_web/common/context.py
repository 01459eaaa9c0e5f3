"""What the frame of every page needs: the menu, the desk, the list that is shown."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mutakhir_web.accounts.permissions import allowed
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import quarter_words


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu. ``view``: the room's first page."""

    label: str | Promise
    view: str
    icon: str
    act: Act


MENU = (
    Item(_("Beranda"), "home:home", "home", Act.SEE_HOME),
    Item(_("Terima berkas"), "intake:sources", "file-import", Act.SEE_SOURCES),
    Item(_("Antrean"), "review:queue", "list-check", Act.SEE_QUEUE),
    Item(_("Pemilih"), "voters:search", "user-search", Act.SEE_VOTERS),
    Item(_("Periode"), "periods:periods", "calendar-event", Act.SEE_PERIODS),
    Item(_("Rekap"), "recap:recap", "chart-bar", Act.SEE_RECAP),
    Item(_("Provinsi"), "province:province", "map-2", Act.SEE_PROVINCE),
    Item(_("Pengguna"), "people:people", "users", Act.MANAGE_PEOPLE),
    Item(_("Sesi"), "sessions:sessions", "device-laptop", Act.END_SESSIONS),
    Item(_("Jejak audit"), "audit:entries", "history", Act.SEE_AUDIT),
)


def workplace(request: HttpRequest) -> dict[str, Any]:
    """The frame of a signed-in page; little where nobody is signed in or the desk is not laid."""
    if not hasattr(request, "kab"):
        return {"demo": settings.DEMO}
    return {
        "demo": settings.DEMO,
        "menu": menu(request),
        "kab": request.kab,
        "kabs": request.kabs,
        "period": request.period,
        "period_words": quarter_words(request.period),
        "roll": door.latest(),
    }


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The rooms that the user may enter, with the one that the page is in."""
    found = []
    for item in MENU:
        if not allowed(request.user, item.act):  # type: ignore[arg-type]
            continue
        try:
            url = reverse(item.view)
        except NoReverseMatch:
            continue
        namespace = item.view.partition(":")[0]
        here = request.resolver_match is not None and request.resolver_match.namespace == namespace
        found.append({"label": item.label, "url": url, "icon": item.icon, "here": here})
    return found
