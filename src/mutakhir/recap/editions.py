"""Recaps from a store: which version, its predecessor, and the sources it stands on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutakhir import regions, rules
from mutakhir.recap.minutes import SourceUsed
from mutakhir.recap.table import Edition, Recap
from mutakhir.recap.tally import tally
from mutakhir.roll import snapshot
from mutakhir.roll.snapshot import Manifest
from mutakhir.rules.law import Law
from mutakhir.rules.period import Period
from mutakhir.store import Store, StoreError


@dataclass(frozen=True)
class Issue:
    """A recap read from a store, with the law it is written under and its sources."""

    recap: Recap
    law: Law
    sources: tuple[SourceUsed, ...]


def version_of(store: Store, *, version: int | None = None, period: str | None = None) -> int:
    """The version asked for, else that of ``period``, else the newest.

    Raises StoreError when there is none.
    """
    present = store.versions()
    if version is not None:
        present = [v for v in present if v == version]
    elif period is not None:
        present = [v for v in present if snapshot.manifest(store, v).period == period]
    if not present:
        wanted = f"versi {version}" if version is not None else period or "apa pun"
        raise StoreError(f"Daftar {wanted} tidak ada di {store.root}. Bangun dengan `build`.")
    return present[-1]


def kabs_of(store: Store, version: int, code: str) -> list[str]:
    """The kabupaten/kota of a version inside the region ``code``. Raises StoreError for none."""
    present = snapshot.manifest(store, version).kabs
    found = [kab for kab in present if kab.startswith(code[:4])] if code else []
    if not found:
        raise StoreError(
            f"Wilayah {code} tidak ada dalam versi {version}; yang ada: {', '.join(present)}."
        )
    return found


def recap(store: Store, version: int, kabs: Iterable[str] | None = None) -> Issue:
    """The recap of one version, of all kabupaten/kota in it or only ``kabs``.

    Raises StoreError when the version or one of ``kabs`` is not in the store.
    """
    manifest = snapshot.manifest(store, version)
    wanted = None if kabs is None else sorted(kabs)
    if missing := sorted({*(wanted or ())} - manifest.kabs.keys()):
        raise StoreError(
            f"Kabupaten/kota {', '.join(missing)} tidak ada dalam versi {version}; yang ada:"
            f" {', '.join(manifest.kabs)}."
        )
    earlier = [v for v in store.versions() if v < version]
    previous = snapshot.read(store, earlier[-1], wanted) if earlier else None
    law = rules.load().at(Period.parse(manifest.period).last)
    edition = _edition(manifest, earlier[-1] if earlier else None)
    found = tally(snapshot.read(store, version, wanted), previous, regions.load(), law, edition)
    return Issue(found, law, tuple(_source(store, source) for source in manifest.sources))


def _edition(manifest: Manifest, previous: int | None) -> Edition:
    period = Period.parse(manifest.period)
    return Edition(
        period=manifest.period,
        words=period.words,
        as_of=manifest.as_of[:10] or period.last.isoformat(),
        version=manifest.version,
        previous_version=previous,
        root=manifest.root,
        closed=manifest.closed,
    )


def _source(store: Store, source_id: str) -> SourceUsed:
    """One source by its receipt (docs/formats/receipt.md)."""
    receipt: dict[str, Any] = json.loads((store.source(source_id) / "receipt.json").read_text())
    return SourceUsed(
        Path(receipt["file"]).name,
        receipt["read"],
        receipt["accepted"],
        receipt["held"],
        receipt["rejected"],
    )
