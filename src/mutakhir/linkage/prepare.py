"""People tables → tables of numbers that both engines join and compare.

Normalising is done once, here, in Python on distinct values, so that the engines cannot differ
on it. Every text becomes a whole number: equal numbers, equal values.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage import normalise
from mutakhir.linkage.model import Model, milli

Numbers: TypeAlias = npt.NDArray[np.int64]

#: One line a person. ``n`` is the row in the table given; every other column may be null.
#: ``nik`` is there only when it is valid; its head (region and date) also without a serial.
#: Dates are YYYYMMDD with zeros for unknown parts; ``date_key`` has the smaller of day and month
#: first. ``bare``: no valid NIK or no whole birth date. ``name`` is the row in the names table.
PEOPLE_SCHEMA = pa.schema(
    [
        *(pa.field(c, pa.int32()) for c in ("n", "source")),
        *(pa.field(c, pa.int64()) for c in ("nik", "nik_head", "nik_tail", "nik_ends")),
        pa.field("nkk", pa.int64()),
        *(pa.field(c, pa.int32()) for c in ("name", "key", "given", "initial")),
        *(pa.field(c, pa.int32()) for c in ("birth_date", "date_key", "year")),
        pa.field("sex", pa.int8()),
        pa.field("desa", pa.int64()),
        *(pa.field(c, pa.int32()) for c in ("rt", "rw", "birth_place", "address")),
        pa.field("bare", pa.bool_()),
    ]
)

#: One line a canonical name: its sounds word by word, the whole, and what agreeing on it is
#: worth (thousandths of a bit), in full and when only its words are found in a longer name.
NAMES_SCHEMA = pa.schema(
    [
        pa.field("name", pa.int32()),
        pa.field("compact", pa.string()),
        pa.field("sorted", pa.string()),
        pa.field("tokens", pa.list_(pa.string())),
        pa.field("worth", pa.int32()),
        pa.field("part_worth", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Prepared:
    """``left`` and ``right`` (PEOPLE_SCHEMA; the same table for duplicates), ``names``
    (NAMES_SCHEMA), the ids that ``n`` counts, and the prior in thousandths of a bit."""

    left: pa.Table
    right: pa.Table
    names: pa.Table
    left_ids: pa.ChunkedArray
    right_ids: pa.ChunkedArray
    prior: int


def prepare(left: pa.Table, right: pa.Table | None, model: Model) -> Prepared:
    """Prepare a roll against a feed, or with ``right`` None a roll against itself.

    ``left`` has ``dpid`` and PERSON_FIELDS; ``right`` RECORD_SCHEMA. Frequencies of names are
    taken over both together.
    """
    tables = [left] if right is None else [left, right]
    codes, names = _names([t["name"] for t in tables], model)
    places = _codes([t["birth_place"] for t in tables], normalise.place)
    streets = _codes([t["address"] for t in tables], normalise.place)
    sources = _codes([_column(t, "source_id") for t in tables], str)
    people = [
        _people(table, {**codes[i], "birth_place": places[i], "address": streets[i]}, sources[i])
        for i, table in enumerate(tables)
    ]
    prior = milli(-round(math.log2(max(left.num_rows, model.least_people)), 3))
    right_ids = left["dpid"] if right is None else right["record_id"]
    return Prepared(people[0], people[-1], names, left["dpid"], right_ids, prior)


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    if name in table.column_names:
        return table[name]
    return pa.chunked_array([pa.nulls(table.num_rows, pa.string())])


def _encoded(columns: list[pa.ChunkedArray]) -> tuple[list[str], list[Numbers]]:
    """Distinct texts of all columns, and each column as places among them (-1 for null)."""
    chunks = [chunk for column in columns for chunk in column.cast(pa.string()).chunks]
    together = pa.chunked_array(chunks, pa.string()).combine_chunks().dictionary_encode()
    if isinstance(together, pa.ChunkedArray):
        together = together.unify_dictionaries().combine_chunks()
    indices = together.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    cuts = np.cumsum([len(column) for column in columns])[:-1]
    return together.dictionary.to_pylist(), np.split(indices, cuts)


def _recoded(values: list[str]) -> tuple[list[str], Numbers]:
    """Distinct values in order of sight and the place of each; the last place, -1, is for null
    and for the empty text."""
    seen: dict[str, int] = {"": -1}
    for value in values:
        if value not in seen:
            seen[value] = len(seen) - 1
    places = np.fromiter((seen[v] for v in values), np.int64, len(values))
    return list(seen)[1:], np.append(places, -1)


def _codes(columns: list[pa.ChunkedArray], form: Callable[[str], str]) -> list[Numbers]:
    distinct, indices = _encoded(columns)
    _, places = _recoded([form(text) for text in distinct])
    return [places[column] for column in indices]


def _names(
    columns: list[pa.ChunkedArray], model: Model
) -> tuple[list[dict[str, Numbers]], pa.Table]:
    """Codes of name, key, given and initial by column, and the names table."""
    distinct, indices = _encoded(columns)
    canonical = [normalise.canonical(text) for text in distinct]
    names, places = _recoded([" ".join(words) for words in canonical])
    del canonical
    words = [tuple(name.split(" ")) for name in names]
    sounds = [[normalise.sound(word) for word in name] for name in words]
    compact = ["".join(name) for name in sounds]
    forms = {
        "name": np.append(np.arange(len(names)), -1),
        "key": _recoded(compact)[1],
        "given": _recoded([normalise.given(name) for name in words])[1],
        "initial": _recoded([text[0] for text in compact])[1],
    }
    by_column = [{form: code[places[column]] for form, code in forms.items()} for column in indices]
    bearers = _counts([c["name"] for c in by_column], len(names))
    table = pa.table(
        {
            "name": np.arange(len(names), dtype=np.int32),
            "compact": compact,
            "sorted": ["".join(sorted(name)) for name in sounds],
            "tokens": sounds,
            "worth": _worth(bearers, model),
            "part_worth": _part_worth(sounds, bearers, model),
        },
        NAMES_SCHEMA,
    )
    return by_column, table


def _counts(columns: list[Numbers], size: int) -> Numbers:
    return sum((np.bincount(c[c >= 0], minlength=size) for c in columns), np.zeros(size, np.int64))


def _information(bearers: Numbers, people: int, model: Model) -> Numbers:
    """log2(people / bearers) in thousandths of a bit; small tables count as least_people."""
    people = max(people, model.least_people)
    bits = np.log2(people) - np.log2(np.maximum(bearers, 1))
    whole: Numbers = np.rint(bits * 1000).astype(np.int64)
    return whole


def _worth(bearers: Numbers, model: Model) -> Numbers:
    bits = _information(bearers, int(bearers.sum()), model)
    return np.clip(bits, model.names.least, model.names.most).astype(np.int32)


def _part_worth(sounds: list[list[str]], bearers: Numbers, model: Model) -> Numbers:
    """What all words of a name together say, times ``share``, bounded."""
    lengths = np.fromiter(map(len, sounds), np.int64, len(sounds))
    _, places = _recoded([word for name in sounds for word in name])
    places = places[:-1]
    owner = np.repeat(np.arange(len(sounds)), lengths)
    counts = np.bincount(places, weights=bearers[owner], minlength=int(places.max(initial=0)) + 1)
    bits = _information(counts.astype(np.int64), int(bearers.sum()), model)
    total = np.bincount(owner, weights=bits[places], minlength=len(sounds)).astype(np.int64)
    return np.minimum(total * model.names.share // 1000, model.names.share_most).astype(np.int32)


def _digits(column: pa.ChunkedArray, length: int) -> Numbers:
    """Texts of exactly ``length`` digits as numbers; -1 for any other."""
    text = column.cast(pa.string()).combine_chunks()
    fits = pc.match_substring_regex(text, f"^[0-9]{{{length}}}$")
    numbers: Numbers = pc.if_else(fits, text, None).cast(pa.int64()).fill_null(-1).to_numpy()
    return numbers


def _people(table: pa.Table, codes: dict[str, Numbers], source: Numbers) -> pa.Table:
    nik, date = _nik(_digits(table["nik"], 16)), _date(table["birth_date"])
    desa = _digits(table["desa"], 10)
    columns = {
        "n": np.arange(table.num_rows),
        "source": np.maximum(source, 0),
        **nik,
        "nkk": _nkk(_digits(table["nkk"], 16)),
        **codes,
        **date,
        "sex": pc.index_in(table["sex"], pa.array(["L", "P"])).fill_null(-1).to_numpy(),
        "desa": desa,
        "rt": _positive(_digits(table["rt"], 3)),
        "rw": _positive(_digits(table["rw"], 3)),
    }
    arrays = {name: _nullable(values, name) for name, values in columns.items()}
    whole = (date["year"] > 0) & (date["date_key"] > 0)
    arrays["bare"] = pa.array((nik["nik"] < 0) | ~whole)
    return pa.table(arrays, PEOPLE_SCHEMA)


def _nullable(values: Numbers, name: str) -> pa.Array:
    return pa.array(values, mask=values < 0).cast(PEOPLE_SCHEMA.field(name).type)


def _nik(nik: Numbers) -> dict[str, Numbers]:
    """The NIK and its parts: region (6 digits), day, month, year (2 each), serial (4)."""
    day, month, serial = nik // 10**8 % 100, nik // 10**6 % 100, nik % 10**4
    day = np.where(day > 40, day - 40, day)
    dated = (nik >= 0) & (day >= 1) & (day <= 31) & (month >= 1) & (month <= 12)
    valid = dated & (serial > 0) & (nik % (10**16 // 9) != 0)  # one digit, repeated

    def only(where: npt.NDArray[np.bool_], value: Numbers) -> Numbers:
        return np.where(where, value, -1)

    return {
        "nik": only(valid, nik),
        "nik_head": only(dated, nik // 10**4),
        "nik_tail": only(valid, nik % 10**10),
        "nik_ends": only(valid, nik // 10**10 * 10**4 + serial),
    }


def _nkk(nkk: Numbers) -> Numbers:
    """Zero and one repeated digit are fillers, not families."""
    return np.where(nkk % (10**16 // 9) != 0, _positive(nkk), -1)


def _positive(values: Numbers) -> Numbers:
    """000 is how a file says that a village has no RT or RW (domain: 36 million rows)."""
    return np.where(values > 0, values, -1)


def _date(column: pa.ChunkedArray) -> dict[str, Numbers]:
    """``birth_date`` as YYYYMMDD, its ``year``, and ``date_key`` when day and month are known."""
    date = _digits(pc.replace_substring(column.cast(pa.string()), "-", ""), 8)
    date = _positive(date)
    year, month, day = date // 10**4, date // 100 % 100, date % 100
    low, high = np.minimum(month, day), np.maximum(month, day)
    return {
        "birth_date": date,
        "date_key": np.where(
            (date > 0) & (low > 0) & (year > 0), year * 10**4 + low * 100 + high, -1
        ),
        "year": _positive(year),
    }
