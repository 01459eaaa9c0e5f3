"""From rows to files: each layout's columns, date form and surroundings are data/layouts.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from mutakhir.synthetic.dirt import hit, misspelt_region, shift, soil, write_dates
from mutakhir.synthetic.places import Places
from mutakhir.synthetic.population import DISABILITIES
from mutakhir.synthetic.rates import DIRT
from mutakhir.synthetic.rows import Cell, Rows
from mutakhir.synthetic.sourcefile import Kind, Sheet, SourceFile

Rng = np.random.Generator


@dataclass(frozen=True)
class Layout:
    """One entry of data/layouts.toml; its head comment says what the fields mean."""

    file: str
    kind: Kind
    layout: str
    dates: str
    columns: tuple[tuple[str, str], ...]
    sheet: str = ""
    sheet_per: str | None = None
    above: tuple[tuple[str, ...], ...] = ()
    header: bool = True
    numbered_columns: bool = False
    total: bool = False
    numbers: tuple[str, ...] = ()
    apostrophes: tuple[str, ...] = ()
    dashes: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    stray_cell: bool = False
    region_outside: bool = False


@dataclass(frozen=True)
class Scene:
    """What a file's name and letterhead speak of. ``desa``: index, for files of one desa."""

    where: Places
    period: str
    desa: int | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """Values for the placeholders of a layout."""
        found = {"kab": self.where.kab, "kab_name": self.where.kab_name, "period": self.period}
        if self.desa is not None:
            found["desa"] = self.where.desa[self.desa]
            found["kelurahan"] = self.where.desa_names[self.desa]
            found["desa_name"] = found["kelurahan"].replace(" ", "_")
            found["kecamatan"] = self.where.kecamatan_names[self.desa]
        return {**found, **self.more}


@cache
def layout(name: str) -> Layout:
    """The layout called ``name``."""
    text = resources.files("mutakhir.synthetic").joinpath("data", "layouts.toml").read_text("utf-8")
    entry: dict[str, Any] = tomllib.loads(text)[name]
    return Layout(**{key: _frozen(value) for key, value in entry.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def file_of(rng: Rng, name: str, scene: Scene, rows: Rows) -> SourceFile:
    """The file of layout ``name`` with these rows, dirtied; their order stays."""
    form = layout(name)
    rows = dirtied(rng, form, scene.where, rows)
    values = sorted(set(rows.columns[form.sheet_per])) if form.sheet_per else [""]
    sheets = []
    for value in values:
        page = rows.where(form.sheet_per, value) if form.sheet_per else rows
        more = {form.sheet_per: value} if form.sheet_per else {}
        sheets.append(sheet_of(rng, form, Scene(scene.where, scene.period, scene.desa, more), page))
    return in_file(form, scene, sheets)


def in_file(form: Layout, scene: Scene, sheets: list[Sheet]) -> SourceFile:
    """The file that holds these sheets."""
    words = scene.words()
    return SourceFile(
        form.file.format(**words),
        form.kind,
        form.layout,
        sheets,
        region=words["desa"] if form.region_outside else None,
        delimiter=form.delimiter,
        encoding=form.encoding,
        stray_cell=form.stray_cell,
    )


def dirtied(rng: Rng, form: Layout, where: Places, rows: Rows) -> Rows:
    """The rows as this layout writes them: dirt, dates, place names, typed cells."""
    rows = soil(rng, rows, spreadsheet=form.kind != "text")
    for column in ("birth_date", "event_date"):
        if column in rows.columns:
            write_dates(rng, rows, column, form.dates)
    _name_places(rng, where, rows)
    _add_written(rows)
    for column in form.numbers:
        rows.columns[column] = [_number(value) for value in rows.columns[column]]
    for column in form.apostrophes:
        rows.columns[column] = [_with_apostrophe(value) for value in rows.columns[column]]
    for column in form.dashes:
        missing = (None, "000", "0")
        rows.columns[column] = ["-" if v in missing else v for v in rows.columns[column]]
    return rows


def sheet_of(
    rng: Rng, form: Layout, scene: Scene, rows: Rows, columns: tuple[tuple[str, str], ...] = ()
) -> Sheet:
    """One sheet: letterhead, header, data, total. ``columns``: instead of the layout's own."""
    columns = columns or form.columns
    words = scene.words()
    above: list[list[Cell]] = [[cell.format(**words) or None for cell in row] for row in form.above]
    if form.header:
        above.append([title for title, _ in columns])
    if form.numbered_columns:
        above.append([*range(1, len(columns) + 1)])
    cells = _grid(rows, [column for _, column in columns])
    shift(rng, rows, cells)
    below: list[list[Cell]] = [["JUMLAH", None, len(rows)]] if form.total else []
    return Sheet(form.sheet.format(**words), above, cells, rows, below)


def _grid(rows: Rows, columns: list[str]) -> list[list[Cell]]:
    numbers: list[Cell] = [*range(1, len(rows) + 1)]
    empty: list[Cell] = [None] * len(rows)
    found = [numbers if name == "#" else rows.columns[name] if name else empty for name in columns]
    return [list(row) for row in zip(*found, strict=True)]


def _name_places(rng: Rng, where: Places, rows: Rows) -> None:
    """Names of kelurahan and kecamatan, a few misspelt."""
    at = rows.columns["person_desa"]
    rows.columns["kelurahan"] = [where.desa_names[desa] for desa in at]
    rows.columns["kecamatan"] = [where.kecamatan_names[desa] for desa in at]
    for row in hit(rng, rows, DIRT["region_misspelt"]):
        name = misspelt_region(rng, rows.columns["kelurahan"][row])
        rows.soil(row, "kelurahan", "region_misspelt", name)


def _add_written(rows: Rows) -> None:
    """Columns that other columns make up: disability code of 2023, place and date of birth."""
    rows.columns["difabel"] = [
        str(DISABILITIES.index(word) + 1) if word else "0" for word in rows.columns["disability"]
    ]
    places, days = rows.columns["birth_place"], rows.columns["birth_date"]
    rows.columns["ttl"] = [f"{p or '-'}, {d or '-'}" for p, d in zip(places, days, strict=True)]
    rows.columns["id"] = [f"{1_000_000 + row}" for row in range(len(rows))]
    rows.columns["hamlet"] = ["-"] * len(rows)


def _number(value: Cell) -> Cell:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _with_apostrophe(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and value.isdigit() else value
