"""The recap as a table for the screen: a region's parts, level by level, down to the TPS."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from mutakhir.recap.table import LEVELS, Recap, Row
from mutakhir.recap.workbook import workbook
from mutakhir.rules.law import Law
from mutakhir_web.bulk import door, recaps
from mutakhir_web.common.domain_words import recap_label as label

#: Cells that a line always shows, in their order; reasons of new and of ineligible come between.
_INSIDE: Final = ("masuk_dalam", "keluar_dalam")


@dataclass(frozen=True)
class Column:
    """``key`` sorts by it; ``group``: a part of new or ineligible voters."""

    key: str
    label: str
    group: bool = False


@dataclass(frozen=True)
class Line:
    """One region or TPS. ``below``: the region to open, if it has parts."""

    code: str
    name: str
    below: str
    values: list[int]


@dataclass(frozen=True)
class Table:
    """``total`` is the region itself: the sum of the lines, which an identity holds."""

    columns: list[Column]
    lines: list[Line]
    total: Line
    trail: list[tuple[str, str]]  # code and name of the regions above, the outermost first


def of_region(recap: Recap, code: str, law: Law, *, level: str = "") -> Table | None:
    """The parts of the region ``code``, one level under it or those of ``level``; None when the
    recap has no such region."""
    whole = recap.row(code)
    if whole is None:
        return None
    rows = recap.at(level, code) if level in LEVELS else recap.below(whole)  # type: ignore[arg-type]
    columns = [
        Column("awal", _("Awal")),
        Column("baru", _("Baru")),
        *_parts(whole, "baru", law),
        Column("tms", _("TMS")),
        *_parts(whole, "tms", law),
        Column("dalam", _("Pindah di dalam (±)")),
        Column("perbaikan", _("Ubah data")),
        Column("L", _("L")),
        Column("P", _("P")),
        Column("akhir", _("Akhir")),
    ]
    lines = [_line(row, columns) for row in rows]
    return Table(columns, lines, _line(whole, columns), _trail(recap, code))


def _parts(whole: Row, cell: str, law: Law) -> list[Column]:
    """Reasons that count anybody in the region."""
    return [
        Column(f"{cell}.{word}", label(f"{cell}.{word}", law), group=True)
        for word, count in whole.parts(cell).items()
        if count.total
    ]


def _line(row: Row, columns: list[Column]) -> Line:
    values = [_value(row, column.key) for column in columns]
    return Line(row.code, row.title, row.code, values)


def _value(row: Row, key: str) -> int:
    if key == "dalam":
        came, went = (row.count(cell).total for cell in _INSIDE)
        return came - went
    if key in ("L", "P"):
        return int(getattr(row.count("akhir"), key))
    return row.count(key).total


def _trail(recap: Recap, code: str) -> list[tuple[str, str]]:
    above = [code[:length] for length in (4, 6, 10) if length < len(code)]
    return [(each, row.title) for each in above if (row := recap.row(each))]


def of_desa(version: int, recap: Recap, desa: str) -> Table | None:
    """The TPS of one desa/kelurahan with their balance."""
    whole = recap.row(desa)
    if whole is None:
        return None
    columns = [
        Column("awal", _("Awal")),
        Column("baru", _("Baru")),
        Column("tms", _("TMS")),
        Column("masuk", _("Dari TPS lain")),
        Column("keluar", _("Ke TPS lain")),
        Column("L", _("L")),
        Column("P", _("P")),
        Column("akhir", _("Akhir")),
    ]
    lines = [
        Line(
            f"{s.desa}{s.tps}",
            f"TPS {s.tps}",
            "",
            [s.opening, s.new, s.gone, s.arrived, s.left, s.L, s.P, s.total],
        )
        for s in recaps.of_stations(version, desa[:4])
        if s.desa == desa
    ]
    sums = [sum(values) for values in zip(*(line.values for line in lines), strict=True)]
    total = Line(desa, whole.title, "", sums or [0] * len(columns))
    return Table(columns, lines, total, _trail(recap, desa))


def in_order(table: Table, key: str, *, falling: bool) -> Table:
    """The lines by a column; by code when there is no such column."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    lines = table.lines
    if key == "nama":
        lines = sorted(lines, key=lambda line: line.name, reverse=falling)
    elif key in places:
        lines = sorted(lines, key=lambda line: line.values[places[key]], reverse=falling)
    return Table(table.columns, lines, table.total, table.trail)


def steps(table: Table) -> list[dict[str, Any]]:
    """The balance as the steps of a waterfall: opening, in, out, moves, closing."""
    found = [{"label": _("Awal"), "value": table.total.values[0], "kind": "total"}]
    signs = {"baru": "plus", "tms": "minus", "masuk": "plus", "keluar": "minus"}
    values = dict(zip((c.key for c in table.columns), table.total.values, strict=True))
    for column in table.columns:
        if column.key in signs:
            kind = signs[column.key]
            found.append({"label": column.label, "value": values[column.key], "kind": kind})
    inside = values.get("dalam", 0)
    if inside:
        kind = "plus" if inside > 0 else "minus"
        found.append({"label": _("Pindah di dalam"), "value": abs(inside), "kind": kind})
    return [*found, {"label": _("Akhir"), "value": values["akhir"], "kind": "total"}]


def as_workbook(recap: Recap, code: str) -> bytes:
    """The commission's workbook of a region and its parts."""
    row = recap.row(code)
    assert row is not None  # the caller has found it
    return workbook(recap, row, recap.below(row), door.law(recap.edition.period))
