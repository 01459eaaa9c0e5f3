"""Accounts in bulk: a spreadsheet to rows, each accepted or refused with its place and its cure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.opening import opened
from mutakhir.intake.sheets.sheet import Cells, Sheet
from mutakhir.intake.values import dates
from mutakhir.intake.values.parsed import clean
from mutakhir_web.accounts.models import User, username_shape
from mutakhir_web.accounts.roles import Role
from mutakhir_web.areas.area import Area
from mutakhir_web.people.actions import Wanted
from mutakhir_web.people.places import area_code

COLUMNS: Final = ("nama akun", "nama", "peran", "wilayah", "berlaku sampai")
#: The last two may be left out or empty cells.
_NEEDED: Final = COLUMNS[:1] + COLUMNS[2:4]
LONGEST: Final = 1_000
#: Letterheads stand above the heading.
_HEADING_WITHIN: Final = 20
_NAME_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: where it stands and its cells by column name."""

    sheet: str
    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Issue:
    """Why a row is refused: the column, and in words what is wrong and what to do."""

    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what would become of it: an account, or issues."""

    line: Line
    wanted: Wanted | None
    issues: list[Issue] = field(default_factory=list)


def read(path: Path) -> list[Line]:
    """The rows of all sheets that have our headings. Raises FileRefusedError, in words."""
    with opened(path) as found:
        lines = [line for sheet in found.sheets for line in _of_sheet(sheet)]
    if not lines:
        raise FileRefusedError(
            "no_rows",
            _("Tidak ada baris di bawah judul kolom %(columns)s.") % {"columns": _names(COLUMNS)},
            _("Pakai templat dari halaman ini, isi satu baris per akun."),
        )
    if len(lines) > LONGEST:
        raise FileRefusedError(
            "too_many",
            _("%(n)d baris; sekali kirim paling banyak %(most)d.")
            % {"n": len(lines), "most": LONGEST},
            _("Bagi daftar menjadi beberapa berkas."),
        )
    return lines


def judge(lines: Iterable[Line], *, by: User) -> list[Judged]:
    """What would become of each row. Nothing is written; no row stops another."""
    judged = [_judge(line, by) for line in lines]
    taken = _taken(judged)
    seen: set[str] = set()
    for row in judged:
        name = row.line.cells["nama akun"]
        if name in taken:
            row.issues.append(Issue("nama akun", _("Sudah pernah dipakai. Pilih nama lain.")))
        elif name and name in seen:
            row.issues.append(Issue("nama akun", _("Dua kali di daftar ini. Hapus salah satu.")))
        seen.add(name)
    return judged


def accepted(judged: Iterable[Judged]) -> list[Wanted]:
    """The accounts of rows without an issue."""
    return [row.wanted for row in judged if row.wanted is not None and not row.issues]


def _of_sheet(sheet: Sheet) -> Iterator[Line]:
    heading: dict[str, int] | None = None
    for number, cells in enumerate(sheet.rows(), start=1):
        if heading is None:
            heading = _heading(cells)
            if heading is None and number >= _HEADING_WITHIN:
                return
        elif any(clean(cell) for cell in cells):
            yield Line(sheet.label, number, _cells(heading, cells))


def _heading(cells: Cells) -> dict[str, int] | None:
    """Column name → place, if this row is the heading."""
    found = {" ".join(cell.lower().split()): at for at, cell in enumerate(cells)}
    if not set(_NEEDED) <= set(found):
        return None
    return {name: found[name] for name in COLUMNS if name in found}


def _cells(heading: dict[str, int], cells: Cells) -> dict[str, str]:
    found = {name: clean(cells[at]) if at < len(cells) else "" for name, at in heading.items()}
    found["nama akun"] = found["nama akun"].lower()
    return {name: found.get(name, "") for name in COLUMNS}


def _judge(line: Line, by: User) -> Judged:
    issues: list[Issue] = []
    found: dict[str, Any] = {}
    for column, check in _CHECKS.items():
        try:
            found[column] = check(line.cells[column], by)
        except ValidationError as error:
            issues.append(Issue(column, " ".join(error.messages)))
    if issues:
        return Judged(line, None, issues)
    return Judged(line, Wanted(*(found[column] for column in COLUMNS)))


def _username(text: str, by: User) -> str:
    if not text:
        raise ValidationError(_("Isi nama akun."))
    username_shape(text)
    return text


def _full_name(text: str, by: User) -> str:
    if len(text) > _NAME_LENGTH:
        raise ValidationError(_("Paling panjang %(n)d huruf."), params={"n": _NAME_LENGTH})
    return text


def _role(text: str, by: User) -> str:
    role = _roles().get(text.casefold())
    if role is None:
        known = ", ".join(str(label) for label in Role.labels)
        raise ValidationError(
            _("Peran “%(text)s” tidak dikenal. Pilih: %(known)s."),
            params={"text": text, "known": known},
        )
    return role


def _roles() -> dict[str, str]:
    """How a role may be written: its code, or its label in either language."""
    found = {code: code for code in Role.values}
    for language in ("id", "en"):
        with override(language):
            found |= {str(role.label).casefold(): role.value for role in Role}
    return found


def _area(text: str, by: User) -> str:
    return area_code(text, Area(by.area))


def _expires_on(text: str, by: User) -> date | None:
    if not text:
        return None
    read, odd = dates.read(text)
    if read is None or odd is not None:
        raise ValidationError(
            _("“%(text)s” bukan tanggal lengkap. Tulis seperti 31/12/2027."), params={"text": text}
        )
    day = date.fromisoformat(read)
    if day < timezone.localdate():
        raise ValidationError(_("%(text)s sudah lewat."), params={"text": text})
    return day


_CHECKS: Final[dict[str, Callable[[str, User], Any]]] = {
    "nama akun": _username,
    "nama": _full_name,
    "peran": _role,
    "wilayah": _area,
    "berlaku sampai": _expires_on,
}


def _taken(judged: list[Judged]) -> set[str]:
    """Usernames of the list that stand already, also in areas that ``by`` does not see."""
    names = {row.line.cells["nama akun"] for row in judged}
    return set(User.objects.filter(username__in=names).values_list("username", flat=True))


def _names(columns: Iterable[str]) -> str:
    return ", ".join(columns)
