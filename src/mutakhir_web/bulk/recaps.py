"""Recaps for screens: counted once per roll version and kab/kota, kept on disk and in memory.

A file is named by the version's root and that of the one before, so a version built anew is
counted anew. The folder lies among the store's indexes: no part of any hash, safe to delete.
"""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.casework.decision import ON_PERIOD
from mutakhir.recap import identities
from mutakhir.recap.editions import counted, kabs_of
from mutakhir.recap.export import as_json, from_json
from mutakhir.recap.stations import Station, stations
from mutakhir.recap.table import Recap
from mutakhir.roll import snapshot
from mutakhir.roll.diff import diff
from mutakhir.store import write_bytes
from mutakhir_web.bulk import door


def recap(version: int, code: str) -> Recap:
    """The recap of a kab/kota (or a provinsi of several). StoreError when it isn't there.

    ``closed`` is that of this moment.
    """
    found = _recap(version, code, _key(version, code))
    return replace(found, edition=replace(found.edition, closed=_closed(version, code)))


def broken(version: int, code: str) -> list[identities.Finding]:
    """Everything that breaks an identity in that recap."""
    return list(_broken(version, code, _key(version, code)))


def of_stations(version: int, kab: str) -> list[Station]:
    """Every TPS of a kab/kota with its balance."""
    return list(_stations(version, kab, _key(version, kab)))


def difference(a: int, b: int, kab: str) -> pa.Table:
    """Who came, left, moved or changed in a kab/kota between two versions (DIFF_SCHEMA).

    Raises ValueError when ``a`` is not before ``b``.
    """
    key = hashlib.sha256(f"{_key(a, kab)}|{_key(b, kab)}".encode()).hexdigest()
    return _difference(a, b, kab, key)


def stale(version: int) -> int:
    """How many decisions came after the version was built that it should know."""
    told = door.manifest(version)
    since = door.book().decisions[told.decisions["last"] :]
    return sum(d.period <= told.period and d.act not in ON_PERIOD for d in since)


def _closed(version: int, code: str) -> bool:
    period, book = door.manifest(version).period, door.book()
    kabs = kabs_of(door.store(), version, code)
    return all((period, kab) in book.closed for kab in kabs) and not stale(version)


def _before(version: int) -> int | None:
    return max((v for v in door.store().versions() if v < version), default=None)


def _key(version: int, code: str) -> str:
    """What a recap follows from, as one name."""
    before = _before(version)
    roots = [door.manifest(v).root for v in (before, version) if v is not None]
    return hashlib.sha256("|".join([str(door.store().root), code, *roots]).encode()).hexdigest()


@lru_cache(maxsize=128)
def _recap(version: int, code: str, key: str) -> Recap:
    def count() -> str:
        store = door.store()
        found = counted(store, version, kabs_of(store, version, code))
        return as_json(found, found.rows)

    return from_json(_kept(f"recap-{key}.json", count))


@lru_cache(maxsize=128)
def _broken(version: int, code: str, key: str) -> tuple[identities.Finding, ...]:
    def judge() -> str:
        found = identities.findings(_recap(version, code, key))
        return json.dumps([asdict(each) for each in found])

    kept = json.loads(_kept(f"broken-{key}.json", judge))
    return tuple(
        identities.Finding(each["code"], each["name"], identities.Break(**each["found"]))
        for each in kept
    )


@lru_cache(maxsize=16)
def _stations(version: int, kab: str, key: str) -> tuple[Station, ...]:
    def count() -> str:
        store, before = door.store(), _before(version)
        previous = None if before is None else snapshot.read(store, before, [kab])
        found = stations(snapshot.read(store, version, [kab]), previous)
        return json.dumps([asdict(each) for each in found])

    return tuple(Station(**each) for each in json.loads(_kept(f"tps-{key}.json", count)))


@lru_cache(maxsize=8)
def _difference(a: int, b: int, kab: str, key: str) -> pa.Table:
    path = door.store().lookup / "recaps" / f"diff-{key}.parquet"
    if not path.exists():
        found = io.BytesIO()
        pq.write_table(diff(door.store(), a, b, [kab]), found, compression="zstd")
        write_bytes(path, found.getvalue())
    return pq.read_table(path, partitioning=None)


def _kept(name: str, count: Callable[[], str]) -> str:
    """The text called ``name``; made by ``count`` when it is not there."""
    path: Path = door.store().lookup / "recaps" / name
    try:
        return path.read_text()
    except FileNotFoundError:
        text = count()
        write_bytes(path, text.encode())
        return text
