"""Values as people read them: numbers with separators, regions by name, icons, masked numbers."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language

from mutakhir import regions
from mutakhir.regions.region import dotted
from mutakhir_web.common.domain_sentences import said

register = template.Library()
register.filter(said)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Without a label it is decoration and silent."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        SafeString(spoken),
        static("vendor/icons/icons.svg"),
        name,
    )


@register.filter
def dots(value: int | str | None) -> str:
    """303862 → 303.862 (in English 303,862); a dash for nothing known.

    A variable that a template does not find reaches a filter as an empty text.
    """
    if value is None or isinstance(value, str):
        return value or "–"
    grouped = f"{value:,}"
    return grouped if get_language() == "en" else grouped.replace(",", ".")


@register.filter
def region_name(code: str) -> str:
    """3673 → Kota Serang; an unknown code stays itself."""
    region = regions.load().get(code) if code else None
    return region.name if region else code


@register.filter
def dotted_code(code: str) -> str:
    """3673011001 → 36.73.01.1001."""
    return dotted(code)


@register.filter
def masked(number: str | None) -> str:
    """A NIK or NKK of which only the first four and the last two digits show."""
    if not number:
        return "–"
    return f"{number[:4]}{'•' * max(len(number) - 6, 0)}{number[-2:]}"


@register.filter
def moment(value: datetime | str | None) -> str:
    """A time as 28 November 2026 pukul 10.15, in the office's zone."""
    if not value:
        return "–"
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return date_format(localtime(at), "j F Y H:i")


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """``mapping[key]``, or nothing."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """The page's own query with some parameters changed; an empty value takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


#: What a browser calls itself, the more telling name first: Chrome calls itself Safari too.
_BROWSERS = {
    **{"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome"},
    **{"Safari/": "Safari"},
}
_SYSTEMS = {
    **{"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad"},
    **{"Mac OS X": "Mac", "Linux": "Linux"},
}


@register.filter
def device(user_agent: str) -> str:
    """A browser's name of itself as people say it: Chrome, Windows. Else its first words."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or user_agent[:40]
