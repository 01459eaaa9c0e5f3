"""The look-up index of one roll version: made once, then only read (docs/reference/lookup.md).

Everybody on the roll and gone from it in one table, by desa, so that a region is a range of
rows; beside it the orders by number, and for each word of a name the rows that have it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage.name_batch import normalise_names
from mutakhir.linkage.normalise import sound
from mutakhir.roll import snapshot
from mutakhir.roll.arrow_folder import read_about, write_about, write_table
from mutakhir.roll.history import build_history, history_fresh
from mutakhir.roll.inputs import Roll
from mutakhir.roll.voter import DEPARTED_SCHEMA
from mutakhir.store import Store, StoreError, swapped_folder

FORMAT: Final = 1
#: Numbers that find a voter, each with the order of rows by it (``by_nik``).
KEYS: Final = ("dpid", "nik", "nkk")
#: Of few different values each: kept as codes.
_FEW: Final = (
    *("birth_place", "birth_date", "sex", "marital", "rt", "rw", "desa", "tps", "disability"),
    *("ktp_el", "status", "entered", "reason", "left", "rung"),
)
_GONE_OR_NOT: Final = pa.schema([field.with_nullable(True) for field in DEPARTED_SCHEMA])
#: Told the share done, 0 to 1.
Progress = Callable[[float], None]


def build_lookup(store: Store, version: int, progress: Progress | None = None) -> None:
    """Make the index of ``version`` from its snapshot, over what stood in its place, and the
    history of the versions up to it.

    Raises StoreError when there is no such version, or when it is replaced meanwhile, and
    StoreBusyError while another builder is at work.
    """
    told = progress or (lambda _share: None)
    with store.indexing():
        root = snapshot.manifest(store, version).root
        people = _people(snapshot.read(store, version))
        told(0.3)
        build_history(store, version)
        told(0.4)
        with swapped_folder(people_folder(store, version)) as folder:
            words, postings = _names(people["canonical"])
            write_table(folder, "words", words)
            write_table(folder, "postings", postings)
            told(0.6)
            write_table(folder, "places", _places(people))
            write_table(folder, "people", _ordered(people))
            told(0.9)
            if snapshot.manifest(store, version).root != root:
                raise StoreError(f"versi {version} dibangun lagi sementara diindeks; ulangi")
            write_about(folder, format=FORMAT, version=version, root=root)
    told(1.0)


def fresh(store: Store, version: int) -> bool:
    """Whether the index of ``version``, and the history up to it, are made from what now stands."""
    return people_fresh(store, version) and history_fresh(store, version)


def people_fresh(store: Store, version: int) -> bool:
    """Whether the index of ``version`` alone is made from the version as it now stands."""
    about = read_about(people_folder(store, version))
    root = snapshot.manifest(store, version).root
    return about == {"format": FORMAT, "version": version, "root": root}


def people_folder(store: Store, version: int) -> Path:
    """Folder of the index of one version."""
    return store.lookup / "people" / f"{version:04d}"


def _people(roll: Roll) -> pa.Table:
    """Voters and departed by desa, with what a search by name looks at.

    ``canonical``: the name's canonical words; ``words``: how many; ``born``: the birth date as
    the number YYYYMMDD, 0 where missing; ``woman``.
    """
    departed = roll.departed.cast(_GONE_OR_NOT)
    table = pa.concat_tables([roll.voters, departed], promote_options="default").combine_chunks()
    for name in _FEW:
        place = table.column_names.index(name)
        table = table.set_column(place, name, pc.dictionary_encode(table[name]))
    table = table.combine_chunks().take(_by_desa(table["desa"]))
    canonical = normalise_names(table["name"])["canonical"]
    spaces = pc.count_substring(canonical, " ").fill_null(-1)
    born = pc.replace_substring(table["birth_date"].cast(pa.string()), "-", "")
    return (
        table.append_column("canonical", canonical)
        .append_column("words", pc.add(spaces, 1).cast(pa.int8()))
        .append_column("born", born.cast(pa.int32()).fill_null(0))
        .append_column("woman", pc.equal(table["sex"].cast(pa.string()), "P"))
    )


def _by_desa(desas: pa.ChunkedArray) -> pa.Array:
    """The order of rows by desa; inside one as they come."""
    coded = desas.combine_chunks()
    rank = pc.rank(coded.dictionary, sort_keys="ascending")
    return pa.array(np.argsort(rank.to_numpy()[coded.indices.to_numpy()], kind="stable"))


def _ordered(people: pa.Table) -> pa.Table:
    """With the order of rows by each number; missing ones last."""
    for name in KEYS:
        order = pc.sort_indices(people[name]).cast(pa.int32())
        people = people.append_column(f"by_{name}", order)
    return people


def _places(people: pa.Table) -> pa.Table:
    """Each desa: its rows ``first`` to before ``end``, and who is on the roll there."""
    on_roll = pc.is_null(people["reason"])
    woman = people["woman"]
    counted = pa.table(
        {
            "desa": people["desa"].cast(pa.string()),
            "L": pc.and_(on_roll, pc.invert(woman)).cast(pa.int32()),
            "P": pc.and_(on_roll, woman).cast(pa.int32()),
        }
    )
    found = counted.group_by("desa").aggregate([([], "count_all"), ("L", "sum"), ("P", "sum")])
    found = found.sort_by("desa")
    ends = np.cumsum(found["count_all"].to_numpy()).astype(np.int32)
    return pa.table(
        {
            "desa": found["desa"],
            "first": ends - found["count_all"].to_numpy().astype(np.int32),
            "end": ends,
            "L": found["L_sum"],
            "P": found["P_sum"],
        }
    )


def _names(canonical: pa.ChunkedArray) -> tuple[pa.Table, pa.Table]:
    """Each word with its sound and its rows, ``first`` to before ``end`` of ``postings``."""
    listed = pc.split_pattern(canonical, " ").combine_chunks()
    rows = pc.list_parent_indices(listed).to_numpy().astype(np.int32)
    coded = pc.list_flatten(listed).dictionary_encode()
    codes = coded.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    counts = np.bincount(codes, minlength=len(coded.dictionary))
    ends = np.cumsum(counts).astype(np.int64)
    words = pa.table(
        {
            "word": coded.dictionary,
            "sound": pa.array(map(sound, coded.dictionary.to_pylist()), pa.string()),
            "first": ends - counts,
            "end": ends,
        }
    )
    return words, pa.table({"row": rows[order]})
