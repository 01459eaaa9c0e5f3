"""The meeting: what only people know about an open plenary, read from ``meeting.toml``."""

import string
import tomllib
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from mutakhir.recap.calendar import roman_month

#: Both styles in use; ``number_pattern`` may be any text with these fields.
PATTERNS: Final = ("{n}/BA-{office}/{roman_month}/{year}", "{n}/PL.02.1-BA/{kode}/{year}")
_PATTERN_FIELDS: Final = frozenset({"n", "office", "roman_month", "year", "kab", "kode"})
ZONES: Final = ("WIB", "WITA", "WIT")


class MeetingError(Exception):
    """The meeting file cannot be used; the message says where and what to do (Indonesian)."""


@dataclass(frozen=True, slots=True)
class Commissioner:
    """Who signs. Without a name the role alone stands above a dotted line."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """An institution at the meeting, and who came for it."""

    institution: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """What was objected, by whom, and the answer."""

    by: str
    objection: str
    answer: str


_BOARD: Final = (Commissioner("Ketua"), *(Commissioner("Anggota") for _ in range(4)))


@dataclass(frozen=True)
class Meeting:
    """One plenary. Every field may be left out; minutes then show a dotted line to fill in.

    ``amends``: which minutes these replace (``Nomor: …``), when they are amended ones.
    """

    n: int | None = None
    number_pattern: str = PATTERNS[0]
    office: str = "KPU"
    address: str = ""
    city: str = ""
    place: str = ""
    opened: datetime | None = None
    zone: str = "WIB"
    chair: str = ""
    legal_basis: tuple[str, ...] = ()
    decree: str = ""
    url: str = ""
    remark: str = ""
    amends: str = ""
    commissioners: tuple[Commissioner, ...] = _BOARD
    attendees: tuple[Attendee, ...] = field(default=())
    objections: tuple[Objection, ...] = field(default=())

    def number(self, kab: str, kode: str) -> str:
        """The number of the minutes; dots where the meeting has not given one."""
        if self.n is None or self.opened is None:
            return ""
        return self.number_pattern.format(
            n=self.n,
            office=self.office,
            roman_month=roman_month(self.opened),
            year=self.opened.year,
            kab=kab,
            kode=kode,
        )


def read(path: Path) -> Meeting:
    """The meeting in the TOML file at ``path``. Raises MeetingError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MeetingError(f"{path}: tidak dapat dibaca sebagai TOML ({error}).") from None
    try:
        return _meeting(raw)
    except (MeetingError, TypeError, ValueError) as error:
        raise MeetingError(f"{path}: {error}") from None


def _meeting(raw: dict[str, Any]) -> Meeting:
    known = {f.name for f in fields(Meeting)}
    if unknown := sorted(set(raw) - known):
        raise MeetingError(f"isian tidak dikenal: {', '.join(unknown)}. Hapus atau perbaiki.")
    lists: dict[str, Any] = {
        "commissioners": _each(Commissioner, raw.pop("commissioners", None)) or _BOARD,
        "attendees": _each(Attendee, raw.pop("attendees", None)),
        "objections": _each(Objection, raw.pop("objections", None)),
        "legal_basis": tuple(_listed("legal_basis", raw.pop("legal_basis", []), str)),
    }
    opened = raw.get("opened")
    if opened is not None and not isinstance(opened, datetime):
        raise MeetingError("opened harus hari dan jam, misalnya 2026-10-02T09:00:00.")
    n = raw.get("n")
    if n is not None and (not isinstance(n, int) or isinstance(n, bool) or n < 1):
        raise MeetingError("n harus bilangan bulat mulai dari 1.")
    for name in raw.keys() - {"n", "opened"}:
        if not isinstance(raw[name], str):
            raise MeetingError(f"{name} harus teks dalam tanda petik.")
    if raw.get("zone", "WIB") not in ZONES:
        raise MeetingError(f"zone harus salah satu dari {', '.join(ZONES)}.")
    check_pattern(raw.get("number_pattern", PATTERNS[0]))
    return Meeting(**raw, **lists)


def check_pattern(pattern: str) -> None:
    """Raises MeetingError where ``pattern`` has a field that no number of minutes has."""
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        raise MeetingError("number_pattern: kurung kurawal tidak berpasangan.") from None
    if unknown := sorted(used - _PATTERN_FIELDS):
        raise MeetingError(
            f"number_pattern memuat {{{unknown[0]}}}; yang dikenal hanya"
            f" {', '.join(sorted(_PATTERN_FIELDS))}."
        )


_Item = TypeVar("_Item", Commissioner, Attendee, Objection)


def _listed(name: str, items: Any, kind: type) -> list[Any]:
    if not isinstance(items, list) or not all(isinstance(item, kind) for item in items):
        wanted = "teks dalam kurung siku" if kind is str else f"tabel [[{name}]]"
        raise MeetingError(f"{name} harus {wanted}.")
    return items


def _each(kind: type[_Item], items: Any) -> tuple[_Item, ...]:
    name = f"{kind.__name__.lower()}s"
    made = []
    for item in _listed(name, items or [], dict):
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in item.items()}
        try:
            made.append(kind(**given))
        except TypeError:
            wanted = ", ".join(f.name for f in fields(kind))
            raise MeetingError(f"[[{name}]] memuat hanya: {wanted}.") from None
    return tuple(made)
