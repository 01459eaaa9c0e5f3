"""Pairs of registers with truth: in a folder for benches, in memory for tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.synthetic.arrays import Ints
from mutakhir.synthetic.registers import truth
from mutakhir.synthetic.registers.lists import OFFICES, shuffled
from mutakhir.synthetic.registers.people import name_deciles, people_table
from mutakhir.synthetic.registers.world import Plan, World, world
from mutakhir.synthetic.registers.written import written

SOURCE_ID: Final = "bbbbbbbbbbbbbbbb"
_ID: Final = {"roll": "dpid", "register": "record_id"}
_ROWS_AT_ONCE: Final = 250_000
_FIRST_ROW: Final = 2  # below the header


@dataclass(frozen=True)
class Registers:
    """A roll, a register, the people behind them, and the pairs that are one person."""

    left: pa.Table  # dpid and PERSON_FIELDS
    right: pa.Table  # record_id, source_id and PERSON_FIELDS
    left_truth: pa.Table  # dpid, person
    right_truth: pa.Table  # record_id, person
    people: pa.Table
    links: frozenset[tuple[str, str]]  # (dpid, record_id)
    duplicates: frozenset[tuple[str, str]]  # (dpid, dpid), the smaller first


def make_registers(
    seed: int,
    *,
    size: int,
    dirt: float = 1.0,
    overlap: float = 0.9,
    nik_damage: str = "today",
    kab: int | None = None,
) -> Registers:
    """Both lists in memory, ``size`` lines each; see ``write_registers``."""
    made = world(Plan(size, seed, dirt, overlap, nik_damage, kab))
    (left, left_truth), (right, right_truth) = (
        map(pa.concat_tables, zip(*_pieces(made, office, _ROWS_AT_ONCE), strict=True))
        for office in OFFICES
    )
    return Registers(
        left,
        right,
        left_truth,
        right_truth,
        pa.concat_tables(_people(made, _ROWS_AT_ONCE)),
        _pairs(truth.links(left_truth, right_truth)),
        _pairs(truth.duplicates(left_truth)),
    )


def _pairs(table: pa.Table) -> frozenset[tuple[str, str]]:
    one, other = (column.to_pylist() for column in table.columns)
    return frozenset(zip(one, other, strict=True))


def write_registers(
    folder: Path,
    *,
    size: int,
    seed: int,
    dirt: float = 1.0,
    overlap: float = 0.9,
    nik_damage: str = "today",
    kab: int | None = None,
    rows_at_once: int = _ROWS_AT_ONCE,
) -> None:
    """Write roll, register, their truth and the people into ``folder``, as Parquet.

    Each list has ``size`` lines; the share ``overlap`` of them is of people on both. ``dirt``
    multiplies the rates of faults and duplicates (rates.toml). ``nik_damage``: ``today``, or
    ``2013`` where over a third of the roll's NIKs lost their last digit. ``kab``: how many
    kabupaten, one for 500,000 people unless said. The same values give the same rows, whatever
    ``rows_at_once``, which bounds the text held at a time. Raises ValueError for values that make
    no registers.
    """
    made = world(Plan(size, seed, dirt, overlap, nik_damage, kab))
    folder.mkdir(parents=True, exist_ok=True)
    for office in OFFICES:
        _write(
            [folder / f"{office}.parquet", folder / f"{office}_truth.parquet"],
            _pieces(made, office, rows_at_once),
        )
    _write([folder / "people.parquet"], ((piece,) for piece in _people(made, rows_at_once)))


def _write(files: list[Path], pieces: Iterator[tuple[pa.Table, ...]]) -> None:
    first = next(pieces)
    writers = [
        pq.ParquetWriter(file, table.schema, compression="zstd", compression_level=1)
        for file, table in zip(files, first, strict=True)
    ]
    for tables in chain([first], pieces):
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table)
    for writer in writers:
        writer.close()


def _pieces(made: World, office: str, rows_at_once: int) -> Iterator[tuple[pa.Table, ...]]:
    """Lines and their truth, in file order, so many at a time."""
    copy = made.copies[office]
    order = shuffled(made.dice, office, copy.lines)
    for start in range(0, len(order), rows_at_once):
        rows = order[start : start + rows_at_once]
        ids = _ids(made, office, start, rows)
        text = written(made, copy, rows)
        if office == "register":
            source = pa.repeat(pa.scalar(SOURCE_ID), len(rows))
            text = text.add_column(0, "source_id", source)
        lines = text.add_column(0, _ID[office], ids)
        person = pa.array(copy.lines.person[rows].astype(np.int64))
        yield lines, pa.table({_ID[office]: ids, "person": person})


def _ids(made: World, office: str, start: int, rows: Ints) -> pa.StringArray:
    if office == "register":
        numbers = pa.array(np.arange(start, start + len(rows)) + _FIRST_ROW).cast(pa.string())
        return pc.binary_join_element_wise(f"{SOURCE_ID}:0", numbers, ":")
    bits = made.dice.bits("dpid", made.copies[office].key[rows])
    return pa.array([f"{number:016x}" for number in bits.tolist()], pa.string())


def _people(made: World, rows_at_once: int) -> Iterator[pa.Table]:
    size = len(made.people)
    deciles = name_deciles(made.people.words)
    for start in range(0, size, rows_at_once):
        part = slice(start, min(start + rows_at_once, size))
        table = people_table(made.vocabulary, made.places, made.people, made.homes, part)
        yield table.append_column("name_decile", pa.array(deciles[part]))
