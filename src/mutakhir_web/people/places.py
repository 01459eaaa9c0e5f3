"""An area as people write it, by code or name, to its code."""

import re
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mutakhir import regions
from mutakhir.regions import Ambiguous, Level, Region, Resolved, Unknown, plain
from mutakhir_web.areas.area import Area

_CODE: Final = re.compile(r"\d[\d.]*")
_NATION: Final = frozenset({"indonesia", "nasional", "pusat"})
_LEVELS: Final[tuple[Level, ...]] = ("provinsi", "kabkota")


def choices(area: Area) -> Iterator[tuple[str, str]]:
    """(code, name) of what an account may be given inside ``area``, the widest first."""
    if not area.code:
        yield "", "Indonesia"
    for level in _LEVELS:
        for region in regions.load().all(level):
            if area.holds(region.code):
                yield region.code, region.name


def area_code(text: str, area: Area) -> str:
    """The code of ``text`` (3673, 36.73, Kota Serang), inside ``area``.

    Raises ValidationError saying what could be meant.
    """
    code = _code(text.strip())
    if not area.holds(code):
        raise ValidationError(
            _("%(name)s di luar wilayah Anda. Pilih wilayah di dalam %(area)s."),
            params={"name": text, "area": area.region.name if area.region else "Indonesia"},
        )
    return code


def _code(text: str) -> str:
    if not text:
        raise ValidationError(_("Isi wilayah: kode atau nama provinsi atau kabupaten/kota."))
    if text.casefold() in _NATION:
        return ""
    written = _CODE.match(text)
    if written:
        return _known(plain(written[0]), text)
    return _named(text)


def _known(code: str, text: str) -> str:
    region = regions.load().get(code)
    if region is None or region.level not in _LEVELS:
        raise ValidationError(
            _("%(text)s bukan kode wilayah yang dikenal; misalnya 36 atau 3673."),
            params={"text": text},
        )
    return code


def _named(text: str) -> str:
    answers = [regions.load().resolve(text, level) for level in _LEVELS]
    found = [answer.region for answer in answers if isinstance(answer, Resolved)]
    if len(found) == 1:
        return found[0].code
    several = found + [r for a in answers if isinstance(a, Ambiguous) for r in a.candidates]
    if several:
        raise ValidationError(
            _("%(text)s dapat berarti %(several)s. Tulis kodenya."),
            params={"text": text, "several": _list(several)},
        )
    near = [r for a in answers if isinstance(a, Unknown) for r in a.suggestions]
    hint = _(" Mungkin maksudnya %(near)s.") % {"near": _list(near[:3])} if near else ""
    raise ValidationError(
        _("Tidak ada provinsi atau kabupaten/kota bernama %(text)s.") % {"text": text} + hint
    )


def _list(found: list[Region]) -> str:
    return ", ".join(f"{region.name} ({region.code})" for region in found)
