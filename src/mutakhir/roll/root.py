"""The root: one hash that commits to a roll version and to all versions before it.

Normative text with a test vector: docs/formats/roll.md. This is the plain computation;
``duck.py`` has the same in SQL.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

#: Between the fields of a canonical line, and in place of a missing value.
SEPARATOR: Final = "\x1f"
MISSING: Final = "\x00"
#: ``previous`` of the first version.
NO_ROOT: Final = "0" * 64
#: The lists under the root, in its order, with the column that groups their leaves.
LISTS: Final = ("voters", "departed", "ledger", "changes")
_BATCH = 50_000


@dataclass(frozen=True)
class RollRoot:
    """``root``; ``lists``: name to (rows, hash); ``kabs``: kab/kota to (voters, hash)."""

    root: str
    previous: str
    lists: Mapping[str, tuple[int, str]]
    kabs: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Node:
    """One group of leaves: a desa of voters or departed, or two digits of a dpid."""

    group: str
    rows: int
    hash: str


def line(row: Iterable[Any]) -> str:
    """The canonical line of a row: its fields in the order of the schema."""
    return SEPARATOR.join(MISSING if value is None else str(value) for value in row)


def nodes(table: pa.Table, name: str) -> list[Node]:
    """The groups of one list, sorted by group: each hashes its leaves in ascending order."""
    leaves: dict[str, list[str]] = {}
    for batch in table.to_batches(max_chunksize=_BATCH):
        columns = [column.to_pylist() for column in batch.columns]
        groups = _groups(batch, name)
        for group, row in zip(groups, zip(*columns, strict=True), strict=True):
            leaves.setdefault(group, []).append(hashlib.sha256(line(row).encode()).hexdigest())
    return [
        Node(group, len(found), hashlib.sha256("".join(sorted(found)).encode()).hexdigest())
        for group, found in sorted(leaves.items())
    ]


def _groups(batch: pa.RecordBatch, name: str) -> list[str]:
    if name in ("voters", "departed"):
        return [str(desa) for desa in batch.column("desa").to_pylist()]
    return [str(dpid)[:2] for dpid in batch.column("dpid").to_pylist()]


def fold_nodes(found: Iterable[Node]) -> tuple[int, str]:
    """Rows and hash over groups, given sorted by group: one ``group:rows:hash`` line each."""
    rows, text = 0, []
    for node in found:
        rows += node.rows
        text.append(f"{node.group}:{node.rows}:{node.hash}\n")
    return rows, hashlib.sha256("".join(text).encode()).hexdigest()


def root_of(
    version: int, period: str, previous: str, of_list: Mapping[str, list[Node]]
) -> RollRoot:
    """The root over the groups of the four lists."""
    lists = {name: fold_nodes(of_list[name]) for name in LISTS}
    head = f"mutakhir roll 1\nversion {version}\nperiod {period}\nprevious {previous}\n"
    tail = "".join(f"{name} {lists[name][0]} {lists[name][1]}\n" for name in LISTS)
    kabs = sorted({node.group[:4] for node in of_list["voters"]})
    return RollRoot(
        hashlib.sha256((head + tail).encode()).hexdigest(),
        previous,
        lists,
        {kab: fold_nodes(n for n in of_list["voters"] if n.group[:4] == kab) for kab in kabs},
    )
