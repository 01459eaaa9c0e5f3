"""Recaps from a store: which version, its predecessor, and the sources it stands on."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mutakhir import regions, rules
from mutakhir.casework import decision_file
from mutakhir.casework.casebook import fold
from mutakhir.casework.decision import ON_PERIOD, Decision
from mutakhir.recap.minutes import SourceUsed
from mutakhir.recap.table import Edition, Recap
from mutakhir.recap.tally import tally
from mutakhir.roll import snapshot
from mutakhir.roll.snapshot import Manifest
from mutakhir.rules.law import Law
from mutakhir.rules.period import Period
from mutakhir.store import Store, StoreError

#: Other names before a record's colon are no files: an earlier roll version, an officer's document.
_SOURCE_ID: Final = re.compile(r"[0-9a-f]{16}")


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
        asked = _label(period)
        present = [v for v in present if snapshot.manifest(store, v).period == asked]
    if not present:
        wanted = f"versi {version}" if version is not None else period or "apa pun"
        raise StoreError(f"Daftar {wanted} tidak ada di {store.root}. Bangun dengan `build`.")
    return present[-1]


def _label(period: str) -> str:
    try:
        return Period.parse(period).label
    except ValueError:
        raise StoreError(f"Periode {period} tidak dikenal; tulis seperti 2026-Q3.") from None


def kabs_of(store: Store, version: int, code: str) -> list[str]:
    """The kabupaten/kota of a version in ``code``: one of them, or a provinsi of several.

    Raises StoreError when there is none.
    """
    present = snapshot.manifest(store, version).kabs
    found = [kab for kab in present if code in (kab, kab[:2])]
    if not found or (len(code) == 2 and len(found) == 1):
        raise StoreError(
            f"Wilayah {code} tidak ada dalam versi {version}; yang ada: {', '.join(present)}."
        )
    return found


def recap(store: Store, version: int, kabs: Iterable[str] | None = None) -> Issue:
    """The recap of one version, of all kabupaten/kota in it or only ``kabs``.

    ``kabs`` come from ``kabs_of``. Raises StoreError when the version or a source is not there.
    """
    manifest = snapshot.manifest(store, version)
    wanted = sorted(manifest.kabs if kabs is None else kabs)
    decided = _Decided(manifest, decision_file.read(store.decisions).decisions, wanted)
    found = counted(store, version, wanted)
    found = replace(found, edition=replace(found.edition, closed=decided.closed))
    sources = sorted((_source(store, s) for s in decided.sources), key=lambda s: s.name)
    return Issue(found, law_of(manifest), tuple(sources))


def counted(store: Store, version: int, kabs: Iterable[str]) -> Recap:
    """The recap alone, from the rolls: it says ``closed`` of nothing, for no decision is read.

    Raises StoreError when the version is not there.
    """
    manifest, wanted = snapshot.manifest(store, version), list(kabs)
    earlier = [v for v in store.versions() if v < version]
    before = earlier[-1] if earlier else None
    previous = None if before is None else snapshot.read(store, before, wanted)
    edition = _edition(manifest, before, closed=False)
    roll = snapshot.read(store, version, wanted)
    return tally(roll, previous, regions.load(), law_of(manifest), edition)


def law_of(manifest: Manifest) -> Law:
    """The law that a version is written under: that of its period's last day."""
    return rules.load().at(Period.parse(manifest.period).last)


@dataclass(frozen=True)
class _Decided:
    """What the decision file says about the kabupaten/kota of one version."""

    manifest: Manifest
    decisions: Sequence[Decision]
    kabs: Sequence[str]

    @property
    def closed(self) -> bool:
        """Whether the period is closed for all of them, and the version knows every decision.

        Acts on the period may themselves come after the version: they change no voter.
        """
        since = self.decisions[self.manifest.decisions["last"] :]
        if any(d.period <= self.manifest.period and d.act not in ON_PERIOD for d in since):
            return False
        closed = fold(self.decisions).closed
        return all((self.manifest.period, kab) in closed for kab in self.kabs)

    @property
    def sources(self) -> set[str]:
        """Sources that the period's decisions rest on: an adopted list, records, evidence."""
        named: set[str] = set()
        for decision in self.decisions[: self.manifest.decisions["last"]]:
            if decision.period != self.manifest.period or decision.kab not in self.kabs:
                continue
            records = [decision.record, *(record for record, _ in decision.evidence)]
            if decision.act == "adopt":
                named.add(decision.source or "")
            elif decision.act == "accept":
                named |= {record.partition(":")[0] for record in records if record}
        return {name for name in named if _SOURCE_ID.fullmatch(name)}


def _edition(manifest: Manifest, previous: int | None, *, closed: bool) -> Edition:
    period = Period.parse(manifest.period)
    return Edition(
        period=manifest.period,
        words=period.words,
        as_of=manifest.as_of[:10] or period.last.isoformat(),
        version=manifest.version,
        previous_version=previous,
        root=manifest.root,
        closed=closed,
    )


def _source(store: Store, source_id: str) -> SourceUsed:
    """One source by its receipt (docs/formats/receipt.md)."""
    path = store.source(source_id) / "receipt.json"
    if not path.exists():
        raise StoreError(
            f"Sumber {source_id} tidak ada di {store.root}; masukkan lagi dengan `intake`."
        )
    receipt: dict[str, Any] = json.loads(path.read_text())
    return SourceUsed(
        Path(receipt["file"]).name,
        receipt["read"],
        receipt["accepted"],
        receipt["held"],
        receipt["rejected"],
    )
