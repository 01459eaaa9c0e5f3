"""The opening roll: one DPT export for the whole kabupaten/kota, written without Python loops."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.arrays import Bools, Ints, strings
from mutakhir.synthetic.dirt import digit_wrong, misspelt_region, transposed
from mutakhir.synthetic.events import respelt
from mutakhir.synthetic.families import CHILD_STATE, DEAD
from mutakhir.synthetic.population import DISABILITIES, Population
from mutakhir.synthetic.rates import OPENING_DIRT
from mutakhir.synthetic.sourcefile import ROWS_SCHEMA

COLUMNS = (
    "kecamatan",
    "kelurahan",
    "tps",
    "nkk",
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "marital",
    "sex",
    "address",
    "rt",
    "rw",
    "disability",
    "keterangan",
)


class _Opening:
    """The list under construction: who stands on each line, its values, the dirt done to it.

    ``second`` marks lines that are somebody's second.
    """

    def __init__(self, rng: np.random.Generator, population: Population):
        self.rng = rng
        self.population = population
        self.index, self.second = _lines(rng, population)
        self.columns = _columns(population, self.index)
        self.size = len(self.index)
        self.dirt = strings([""], np.zeros(self.size, dtype=np.int64))

    def hit(self, kind: str) -> Bools:
        """Lines (mask) that a chance of this kind befalls."""
        return self.rng.random(self.size) < OPENING_DIRT[kind]

    def put(self, column: str, kind: str, rows: Bools, values: pa.StringArray) -> None:
        """Overwrite ``column`` in ``rows`` (mask) by ``values`` (one per row hit)."""
        old = self.columns[column]
        self.columns[column] = pc.replace_with_mask(old, pa.array(rows), values.cast(pa.string()))
        label = pc.binary_join_element_wise(self.dirt, f"{column}:{kind}", ",")
        self.dirt = pc.if_else(pa.array(rows), label, self.dirt)

    def change(self, column: str, kind: str, change: Callable[[str], str | None]) -> None:
        """Overwrite some values of a column, one by one."""
        rows = self.hit(kind)
        values = self.columns[column].filter(pa.array(rows)).to_pylist()
        self.put(column, kind, rows, pa.array([change(v) for v in values], pa.string()))


def write(rng: np.random.Generator, population: Population, folder: Path, period: str) -> pa.Table:
    """Write the ``#``-delimited list (UTF-8, CRLF, no header); returns its truth (ROWS_SCHEMA)."""
    opening = _Opening(rng, population)
    _register_twice(rng, opening)
    _soil(rng, opening)
    name = f"DPT_{population.where.kab}.txt"
    lines = pc.binary_join_element_wise(*(opening.columns[c] for c in COLUMNS), "#")
    lines = _shifted(opening, lines)
    data = pc.binary_join_element_wise(lines, "", "\r\n")
    with (folder / name).open("wb") as file:
        # a large roll comes in chunks: one array of text holds 2 GiB at most
        for chunk in data.chunks if isinstance(data, pa.ChunkedArray) else [data]:
            file.write(_bytes_of(chunk))
    return _truth(opening, name, period)


def _lines(rng: np.random.Generator, population: Population) -> tuple[Ints, Bools]:
    """Who stands on each line, and which lines are somebody's second.

    Lines go by desa, TPS and family; a second line stands at a TPS where the person is not.
    """
    listed = np.flatnonzero(population.listed)
    place = population.desa[listed] * 1000 + population.tps[listed]
    others = rng.choice(place, size=len(population.doubled))
    index = np.r_[listed, population.doubled]
    second = np.r_[np.zeros(len(listed), bool), np.ones(len(population.doubled), bool)]
    order = np.argsort(np.r_[place, others], kind="stable")
    return index[order], second[order]


def _columns(population: Population, index: Ints) -> dict[str, pa.StringArray]:
    at = pa.array(index)
    where = population.where
    columns = {name: values.take(at) for name, values in population.fields.items()}
    columns["kecamatan"] = strings(where.kecamatan_names, population.desa[index])
    columns["kelurahan"] = strings(where.desa_names, population.desa[index])
    day = columns["birth_date"]
    date, month, year = (pc.utf8_slice_codeunits(day, a, b) for a, b in ((8, 10), (5, 7), (0, 4)))
    columns["birth_date"] = pc.binary_join_element_wise(date, month, year, "|")
    codes = pa.array([str(n) for n in range(1, len(DISABILITIES) + 1)])
    found = pc.index_in(columns["disability"], value_set=pa.array(DISABILITIES))
    columns["disability"] = pc.fill_null(codes.take(found), "0")
    columns["keterangan"] = strings([""], np.zeros(len(index), dtype=np.int64))
    return columns


def _register_twice(rng: np.random.Generator, opening: _Opening) -> None:
    """Second lines: a third exact but for the place, some respelt, some with another NIK.

    The place of a second line is that of the line before it.
    """
    second = opening.second
    at = np.flatnonzero(second)
    before = pa.array(np.maximum(at - 1, 0))
    for column in ("kecamatan", "kelurahan", "tps", "rt", "rw"):
        opening.put(column, "second_line", second, opening.columns[column].take(before))
    kind = np.full(len(second), -1)
    kind[at] = rng.integers(0, 3, len(at))
    for column, which, change in (
        ("name", 1, respelt),
        ("nik", 2, digit_wrong),
        ("nkk", 2, transposed),
    ):
        rows = kind == which
        values = opening.columns[column].filter(pa.array(rows)).to_pylist()
        changed = pa.array([change(rng, value) for value in values], pa.string())
        opening.put(column, "second_line", rows, changed)


def _soil(rng: np.random.Generator, opening: _Opening) -> None:
    opening.change("nik", "nik_digit", lambda nik: digit_wrong(rng, nik))
    opening.change("nkk", "nkk_zero", lambda _: "0")
    opening.change("name", "name_variant", lambda name: respelt(rng, name))
    opening.change("address", "blank_address", lambda _: "-" if rng.random() < 0.5 else "")
    opening.change("name", "trailing_space", lambda name: f"{name} ")
    opening.change("kelurahan", "region_misspelt", lambda name: misspelt_region(rng, name))
    opening.change("kecamatan", "kecamatan_blank", lambda _: "")
    _blank_ambiguous(opening)
    for column in ("rt", "rw"):
        opening.change(column, "rt_short", lambda number: str(int(number)))
    opening.change("birth_date", "date_slash", lambda day: day.replace("|", "/"))
    opening.change("birth_date", "date_iso", _iso)
    opening.change(
        "birth_date", "date_stars", lambda day: f"{day[:6]}****" if day[2] == "|" else day
    )
    opening.change(
        "birth_date", "date_zero_parts", lambda day: f"00|00|{day[6:]}" if day[2] == "|" else day
    )


def _blank_ambiguous(opening: _Opening) -> None:
    """Lines of desa that share their name lose the kecamatan that would tell them apart."""
    names = opening.population.where.desa_names
    shared = np.array([names.count(name) > 1 for name in names])
    rows = opening.hit("kecamatan_blank_where_ambiguous")
    rows &= shared[opening.population.desa[opening.index]]
    blank = strings([""], np.zeros(int(rows.sum()), dtype=np.int64))
    opening.put("kecamatan", "kecamatan_blank", rows, blank)


def _iso(day: str) -> str:
    return f"{day[6:10]}-{day[3:5]}-{day[:2]}"


def _shifted(opening: _Opening, lines: pa.StringArray) -> pa.StringArray:
    """In a few lines the TPS is lost and all that follows stands one column too far left."""
    rows = opening.hit("shifted_columns")
    values = [
        "#".join((fields := line.split("#"))[:2] + fields[3:] + [""])
        for line in lines.filter(pa.array(rows)).to_pylist()
    ]
    label = pc.binary_join_element_wise(opening.dirt, "row:shifted_columns", ",")
    opening.dirt = pc.if_else(pa.array(rows), label, opening.dirt)
    return pc.replace_with_mask(lines, pa.array(rows), pa.array(values, pa.string()))


def _bytes_of(text: pa.StringArray) -> memoryview:
    """The characters of all values, one after the other."""
    _, offsets, data = text.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int32)
    return memoryview(data)[bounds[text.offset] : bounds[text.offset + len(text)]]


def _truth(opening: _Opening, name: str, period: str) -> pa.Table:
    index = opening.index
    state = opening.population.state[index]
    kind = np.select([opening.second, state == DEAD, state == CHILD_STATE], [1, 2, 3], 0)
    size = len(index)
    zeros = np.zeros(size, dtype=np.int64)
    return pa.table(
        {
            "period": strings([period], zeros),
            "file": strings([name], zeros),
            "sheet": strings([""], zeros),
            "sheet_no": pa.array(zeros.astype(np.int32)),
            "row": pa.array(np.arange(1, size + 1, dtype=np.int32)),
            "person_id": opening.population.person_id(index),
            "truth": strings(["on_roll", "duplicate", "dead_on_roll", "too_young"], kind),
            "dirt": pc.utf8_ltrim(opening.dirt, ","),
        },
        schema=ROWS_SCHEMA,
    )
