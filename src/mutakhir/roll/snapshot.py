"""Snapshots: roll versions in a store, written beside and swapped in (docs/formats/roll.md)."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.casework import decision_file
from mutakhir.roll.findings import Finding
from mutakhir.roll.inputs import Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA, OUTSIDE
from mutakhir.roll.root import LISTS, RollRoot
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_SCHEMA
from mutakhir.store import Store, StoreError, swapped_folder, write_json

FORMAT: Final = 1
#: Voters and departed as one table.
PEOPLE_SCHEMA: Final = pa.schema([field.with_nullable(True) for field in DEPARTED_SCHEMA])
_SCHEMAS: Final = {
    "voters": VOTER_SCHEMA,
    "departed": DEPARTED_SCHEMA,
    "ledger": ENTRY_SCHEMA,
    "changes": CHANGE_SCHEMA,
}


@dataclass(frozen=True)
class Manifest:
    """What a version stands on. ``counts``: kab -> {L, P, total}; ``as_of``: last decision."""

    version: int
    period: str
    as_of: str
    root: str
    previous: str
    lists: dict[str, dict[str, Any]]
    kabs: dict[str, dict[str, Any]]
    counts: dict[str, dict[str, int]]
    sources: list[str]
    decisions: dict[str, Any]  # last seq and hash of the last line taken into account
    rules: str  # digest of the rules
    closed: bool
    format: int = field(default=FORMAT)


def counts_of(roll: Roll) -> dict[str, dict[str, int]]:
    """Voters by kab/kota and sex."""
    kab = pc.utf8_slice_codeunits(roll.voters["desa"], 0, 4)
    table = pa.table({"kab": kab, "sex": roll.voters["sex"]})
    counts: dict[str, dict[str, int]] = {}
    for row in table.group_by(["kab", "sex"]).aggregate([([], "count_all")]).to_pylist():
        of_kab = counts.setdefault(row["kab"], {"L": 0, "P": 0, "total": 0})
        of_kab[row["sex"]] += row["count_all"]
        of_kab["total"] += row["count_all"]
    return dict(sorted(counts.items()))


def rooted(root: RollRoot) -> dict[str, Any]:
    """A root as the manifest holds it."""
    lists = {name: {"rows": rows, "hash": found} for name, (rows, found) in root.lists.items()}
    kabs = {kab: {"voters": rows, "hash": found} for kab, (rows, found) in root.kabs.items()}
    return {"root": root.root, "previous": root.previous, "lists": lists, "kabs": kabs}


def write(store: Store, roll: Roll, manifest: Manifest, findings: Iterable[Finding]) -> Path:
    """Write one version; a crash leaves the old one or the new one, never a half."""
    with swapped_folder(store.roll(roll.version)) as folder:
        for name in LISTS:
            _write_by_kab(folder, name, getattr(roll, name), _kabs(roll, name))
        write_json(folder / "manifest.json", asdict(manifest))
        write_json(folder / "findings.json", [found.as_json() for found in sorted(findings)])
    return store.roll(roll.version)


def _kabs(roll: Roll, name: str) -> pa.ChunkedArray:
    """The kab/kota of each row of a list."""
    table: pa.Table = getattr(roll, name)
    if name in ("voters", "departed"):
        return pc.utf8_slice_codeunits(table["desa"], 0, 4)
    if name == "ledger":
        outside = pc.starts_with(table["account_from"], OUTSIDE)
        inside = pc.if_else(outside, table["account_to"], table["account_from"])
        return pc.utf8_slice_codeunits(inside, 0, 4)
    dpids = pa.concat_arrays([*roll.voters["dpid"].chunks, *roll.departed["dpid"].chunks])
    desas = pa.concat_arrays([*roll.voters["desa"].chunks, *roll.departed["desa"].chunks])
    places = pc.index_in(table["dpid"], dpids)
    return pc.utf8_slice_codeunits(desas.take(places), 0, 4)


def _write_by_kab(folder: Path, name: str, table: pa.Table, kabs: pa.ChunkedArray) -> None:
    for kab in sorted(pc.unique(kabs).to_pylist()):
        part = table.filter(pc.equal(kabs, kab))
        target = folder / f"kab={kab}" / f"{name}.parquet"
        target.parent.mkdir(exist_ok=True)
        pq.write_table(part, target, compression="zstd")


def manifest(store: Store, version: int) -> Manifest:
    """The manifest of one version. Raises StoreError when there is none."""
    path = store.roll(version) / "manifest.json"
    if not path.exists():
        raise StoreError(f"versi {version} tidak ada di {store.root}; lihat `mutakhir build`.")
    try:
        return Manifest(**json.loads(path.read_text()))
    except (ValueError, TypeError):
        text = f"manifest versi {version} tidak terbaca; pulihkan gudang dari cadangan"
        raise StoreError(text) from None


def findings(store: Store, version: int) -> list[Finding]:
    """What the checks found when the version was built."""
    path = store.roll(version) / "findings.json"
    return [Finding(**item) for item in json.loads(path.read_text())]


def read(store: Store, version: int, kabs: Iterable[str] | None = None) -> Roll:
    """One version, or only some kab/kota of it. Raises StoreError when it is not there."""
    of_version = manifest(store, version)
    folder = store.roll(version)
    wanted = None if kabs is None else {f"kab={kab}" for kab in kabs}
    folders = sorted(p for p in folder.glob("kab=*") if wanted is None or p.name in wanted)
    tables = {name: _read_list(folders, name) for name in LISTS}
    return Roll(version, of_version.period, **tables)


def people(store: Store, version: int, dpids: pa.Array) -> pa.Table:
    """The voters and departed of one version with these dpids (PEOPLE_SCHEMA), in no order.

    ``reason``, ``left``, ``decision`` and ``rung`` are null for whoever is on the roll. Reads the
    lists piece by piece: memory goes with ``dpids``, not with the roll.
    """
    found = [PEOPLE_SCHEMA.empty_table()]
    for path in sorted(store.roll(version).glob("kab=*/*.parquet")):
        if path.stem not in ("voters", "departed"):
            continue
        for batch in pq.ParquetFile(path).iter_batches():
            named = pa.Table.from_batches([batch])
            named = named.filter(pc.is_in(named["dpid"], dpids))
            found.append(_as_people(named))
    return pa.concat_tables(found)


def _as_people(table: pa.Table) -> pa.Table:
    columns = [
        table[field.name] if field.name in table.column_names else pa.nulls(len(table), field.type)
        for field in PEOPLE_SCHEMA
    ]
    return pa.table(columns, schema=PEOPLE_SCHEMA)


def _read_list(folders: list[Path], name: str) -> pa.Table:
    schema = _SCHEMAS[name]
    paths = [path for folder in folders if (path := folder / f"{name}.parquet").exists()]
    if not paths:
        return schema.empty_table()
    table = pa.concat_tables(
        [pq.read_table(path, schema=schema, partitioning=None) for path in paths]
    )
    if len(paths) == 1:
        return table
    order = ["dpid"] if name in ("voters", "departed") else schema.names
    return table.sort_by([(column, "ascending") for column in order])


def decided(store: Store) -> decision_file.Chain:
    """The decision file, known to be the one that the store's versions were built from.

    A chain alone does not show that its end was cut off; the versions do. Raises
    DecisionFileError.
    """
    chain = decision_file.read(store.decisions)
    for version in store.versions():
        told = manifest(store, version).decisions
        found = (decision_file.NOTHING, *chain.hashes)[: told["last"] + 1]
        if len(found) <= told["last"] or found[-1] != told["head"]:
            raise decision_file.DecisionFileError(
                f"versi {version} dibangun dari {told['last']} keputusan yang bukan isi berkas ini"
            )
    return chain


def built_until(store: Store) -> int:
    """Seq of the last decision that any version was built from; 0 when there is none."""
    told = (manifest(store, version).decisions["last"] for version in store.versions())
    return max(told, default=0)
