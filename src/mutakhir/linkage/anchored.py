"""Duplicates of a list with the help of a register: who each line is there (its *anchor*).

Every line is linked to the register on its own: unlike in ``link``, a person whom one line has
may have another too, for such lines are what is looked for. Kind of field: ``kinds/anchor.py``.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from mutakhir.linkage.model import Condition, Field, Model, ModelError

#: (people, lines, model, file of the links): what Linker.write_links does.
WriteLinks: TypeAlias = Callable[[Path, Path, Model, Path], object]
#: Lines written at once.
_BATCH: Final = 100_000


def write_anchored(
    lines: Path, register: Path, model: Model, write_links: WriteLinks, out: Path
) -> None:
    """Writes the rows of ``lines`` (Parquet) to ``out`` with the two columns of the model's anchor:
    the id of the line's person in ``register``, or null, and that one was sought.

    Lines without a person are sought again among everybody: the first run looks for people who
    have a line already only by what is written alike. Raises ModelError for a model without a
    field of the kind anchor.
    """
    field = _anchor(model)
    links, rest = (out.with_name(f"register-{name}.parquet") for name in ("links", "rest"))
    write_links(register, lines, seeking(model), links)
    found = anchors(links, model)
    _write(lines, model, found, rest, ())
    write_links(register, rest, replace(seeking(model), exact=None), links)
    found = pa.concat_tables([found, anchors(links, model)])
    _write(lines, model, found, out, field.columns)
    links.unlink()
    rest.unlink()


def seeking(model: Model) -> Model:
    """The model for finding anchors: all lines are of one source, and every pair is judged as if
    the person had another line, which speaks neither for nor against it."""
    told = frozenset(field.name for field in model.fields if field.kind.name == "claimed")
    return replace(
        model,
        source=None,
        fields=tuple(
            replace(field, weights=(0,) * len(field.weights)) if field.name in told else field
            for field in model.fields
        ),
        rules=tuple(
            replace(
                rule,
                when=_without(rule.when, told),
                unless=tuple(_without(c, told) for c in rule.unless if _possible(c, model, told)),
            )
            for rule in model.rules
            if _possible(rule.when, model, told) and not rule.when.keys() <= told
        ),
        dependences=tuple(
            replace(each, when=_without(each.when, told))
            for each in model.dependences
            if _possible(each.when, model, told)
        ),
    )


def _possible(condition: Condition, model: Model, told: frozenset[str]) -> bool:
    """Whether the condition can hold where the person has another line."""
    return all(
        model.field[name].level("yes") in condition[name] for name in told & condition.keys()
    )


def _without(condition: Condition, told: frozenset[str]) -> Condition:
    return {name: levels for name, levels in condition.items() if name not in told}


def anchors(links: Path, model: Model) -> pa.Table:
    """``line`` and its ``anchor``, of links between people and lines: the line's heaviest link,
    sure or for review, where no other person fits within the margin. What it is worth for two
    lines the model weighs; a wrong anchor alone makes nothing sure."""
    table = ds.dataset(links).to_table(
        columns={
            "line": pc.field("right_id"),
            "anchor": pc.field("left_id"),
            "weight": pc.field("weight"),
        },
        filter=pc.field("band") != "no",
    )
    table = table.sort_by(
        [("line", "ascending"), ("weight", "descending"), ("anchor", "ascending")]
    )
    first = _starts(table["line"].combine_chunks())
    weight = np.append(table["weight"].to_numpy(), -np.inf)
    followed = ~np.append(first[1:], True)
    rival = followed & (weight[1:] >= weight[:-1] - model.margin / 1000)
    return table.filter(pa.array(first & ~rival)).select(["line", "anchor"])


def _starts(values: pa.Array) -> np.ndarray:
    """Where a sorted array's values begin."""
    if not len(values):
        return np.zeros(0, bool)
    return np.append(True, pc.not_equal(values[1:], values[:-1]).to_numpy(zero_copy_only=False))


def _anchor(model: Model) -> Field:
    field = next((field for field in model.fields if field.kind.name == "anchor"), None)
    if field is None:
        raise ModelError(f"model {model.name}: no field of the kind anchor, for a register")
    return field


def _write(lines: Path, model: Model, found: pa.Table, out: Path, beside: tuple[str, ...]) -> None:
    """The lines, batch by batch, with two columns ``beside``: their anchors, and ones. Without
    those columns, only the lines that have no anchor."""
    with pq.ParquetFile(lines) as file:
        names = file.schema_arrow.names
        identity = model.id_of(names)
        kept = [identity, *([model.source] if model.source in names else []), *model.columns]
        columns = list(dict.fromkeys(kept))
        told = _told(pq.read_table(lines, columns=[identity])[identity], found)
        schema = pa.schema(
            [file.schema_arrow.field(name) for name in columns]
            + [(name, pa.string()) for name in beside]
        )
        start = 0
        with pq.ParquetWriter(out, schema, compression="lz4") as written:
            for batch in file.iter_batches(_BATCH, columns=columns):
                rows = pa.Table.from_batches([batch]).select(columns)
                anchor = told.slice(start, len(batch))
                start += len(batch)
                if beside:
                    ones = pa.repeat(pa.scalar("1"), len(batch))
                    rows = pa.Table.from_arrays([*rows.columns, anchor, ones], schema=schema)
                else:
                    rows = rows.filter(anchor.is_null())
                written.write_table(rows.cast(schema))


def _told(ids: pa.ChunkedArray, found: pa.Table) -> pa.ChunkedArray:
    """The anchor of each line, or null."""
    place = pc.index_in(ids.cast(pa.string()), value_set=found["line"])
    return found["anchor"].take(place)
