"""Two records side by side: each field's values in words, whether they agree, and where not."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.linkage.evidence import read_terms
from mutakhir_web.common.templatetags.words import masked, region_name

Values = Mapping[str, Any]
#: agree: the same; near: written otherwise, and the engine holds it for the same; differ; missing:
#: one side says nothing.
AGREE, NEAR, DIFFER, MISSING = "agree", "near", "differ", "missing"
_LABELS: Final = {
    "name": gettext_lazy("Nama"),
    "nik": gettext_lazy("NIK"),
    "nkk": gettext_lazy("NKK"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "sex": gettext_lazy("Jenis kelamin"),
    "marital": gettext_lazy("Status kawin"),
    "address": gettext_lazy("Alamat"),
    "rt_rw": gettext_lazy("RT/RW"),
    "desa": gettext_lazy("Desa/kelurahan"),
    "tps": gettext_lazy("TPS"),
    "disability": gettext_lazy("Disabilitas"),
    "ktp_el": gettext_lazy("KTP-el"),
}
#: Codes of a record in words.
CODES: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "sex": {"L": gettext_lazy("Laki-laki"), "P": gettext_lazy("Perempuan")},
    "marital": {
        "B": gettext_lazy("Belum kawin"),
        "S": gettext_lazy("Sudah kawin"),
        "P": gettext_lazy("Pernah kawin"),
    },
    "ktp_el": {"S": gettext_lazy("Sudah punya"), "B": gettext_lazy("Belum punya")},
}
#: Numbers that stay masked until somebody says what for.
_PRIVATE: Final = ("nik", "nkk")
#: Fields that are shown also where neither side says anything.
_ALWAYS: Final = ("name", "nik", "nkk", "birth_date", "sex", "address", "desa", "tps")


class Piece(NamedTuple):
    """A stretch of a value; ``differs`` from the other side."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One line. ``left`` and ``right`` are empty where nothing is said; ``takes``: the change."""

    name: str
    label: str
    verdict: str
    left: list[Piece]
    right: list[Piece]
    takes: bool = False

    @property
    def word(self) -> str:
        """The verdict in a word: colour and icon say the same."""
        return {AGREE: _("sama"), NEAR: _("mirip"), DIFFER: _("beda"), MISSING: _("tak ada")}[
            self.verdict
        ]

    @property
    def icon(self) -> str:
        """The verdict as an icon."""
        return {AGREE: "check", NEAR: "arrows-exchange", DIFFER: "x", MISSING: "minus"}[
            self.verdict
        ]


def compare(
    left: Values | None,
    right: Values | None,
    *,
    why: str = "",
    fields: Any = (),
    unmasked: bool = False,
) -> list[Field]:
    """The lines of two records (PERSON_FIELDS). ``why``: evidence of the link between them.

    ``fields``: those that accepting would take from the right; ``unmasked``: numbers in full.
    """
    close = _near(why)
    lines = []
    for name, label in _LABELS.items():
        one, other = _value(name, left), _value(name, right)
        if not one and not other and name not in _ALWAYS:
            continue
        verdict = _verdict(one, other, name in close)
        pieces = _pieces(name, one, other, unmasked=unmasked, mark=verdict in (NEAR, DIFFER))
        lines.append(Field(name, str(label), verdict, *pieces, takes=name in fields))
    return lines


def _value(name: str, values: Values | None) -> str:
    if values is None:
        return ""
    if name == "rt_rw":
        parts = (values.get("rt"), values.get("rw"))
        return "/".join(part or "–" for part in parts) if any(parts) else ""
    return str(values.get(name) or "")


def _verdict(one: str, other: str, close: bool) -> str:
    if not one or not other:
        return MISSING
    if one == other:
        return AGREE
    return NEAR if close else DIFFER


def _near(why: str) -> set[str]:
    """Fields that the engine holds for nearly the same."""
    try:
        terms = read_terms(why.rpartition("; ")[2].rpartition(": ")[2])
    except ValueError:
        return set()
    return {term.field for term in terms if term.level not in ("differ", "missing", "sibling")}


def _pieces(
    name: str, one: str, other: str, *, unmasked: bool, mark: bool
) -> tuple[list[Piece], list[Piece]]:
    if name in _PRIVATE:
        return _digits(one, other, unmasked, mark), _digits(other, one, unmasked, mark)
    left, right = _words(name, one), _words(name, other)
    return _marked(left, right, mark), _marked(right, left, mark)


def _digits(one: str, other: str, unmasked: bool, mark: bool) -> list[Piece]:
    """Digit by digit; masked, it still shows which places differ."""
    shown = one if unmasked or not one else masked(one)
    if not shown:
        return []
    if not mark or len(one) != len(other):
        return [Piece(shown, mark)]
    return _joined(Piece(digit, a != b) for digit, a, b in zip(shown, one, other, strict=True))


def _marked(one: str, other: str, mark: bool) -> list[Piece]:
    if not one:
        return []
    if not mark or not other:
        return [Piece(one, False)]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # Words that have little in common: marking letters would only confuse.
    if matcher.ratio() < 0.5:
        return [Piece(one, True)]
    return _joined(
        Piece(one[start:end], op != "equal") for op, start, end, _a, _b in matcher.get_opcodes()
    )


def _joined(pieces: Any) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].differs == piece.differs:
            found[-1] = Piece(found[-1].text + piece.text, piece.differs)
        else:
            found.append(piece)
    return found


def _words(name: str, value: str) -> str:
    if not value:
        return ""
    if name == "birth_date":
        return date_words(value)
    if name == "desa":
        return region_name(value)
    if name == "disability":
        return value.replace("_", " ").capitalize()
    return str(CODES.get(name, {}).get(value, value))


def date_words(value: str) -> str:
    """1961-07-00 → ??-07-1961: as offices write dates, unknown parts as question marks."""
    if not value:
        return ""
    year, _dash, rest = value.partition("-")
    month, _dash, day = rest.partition("-")
    parts = (day or "00", month or "00", year)
    return "-".join("?" * len(part) if not part.strip("0") else part for part in parts)
