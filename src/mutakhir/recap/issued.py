"""Issued editions: the documents of a closed period as they were handed out, each kept for good.

``recaps/<period>/<code>/edisi-<n>/`` in a store, with ``edisi.json`` beside the documents. A late
correction makes a further edition; none is ever written over (docs/formats/store.md).
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mutakhir.recap.documents import Documents
from mutakhir.recap.editions import Issue
from mutakhir.recap.table import Recap
from mutakhir.roll import snapshot
from mutakhir.store import Store, StoreError, swapped_folder, write_json
from mutakhir.store.swap import recover

_ABOUT: Final = "edisi.json"
_FOLDER: Final = re.compile(r"edisi-([1-9][0-9]*)")
#: Cells whose totals an edition shows beside those of the one before.
_TOTALS: Final = ("awal", "baru", "tms", "akhir")


class NotClosedError(Exception):
    """Documents of a period that is not closed are drafts: none is issued."""


@dataclass(frozen=True)
class Why:
    """Who issued, when (RFC 3339), and for a further edition on what ground."""

    by: str
    at: str
    reason: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Issued:
    """One edition. ``kabs``: hash of the voters of each kab/kota; ``totals`` by cell, with sexes;
    ``files``: name to ``{"sha256", "size"}``; ``minutes``: number of the berita acara."""

    edition: int
    period: str
    code: str
    version: int
    root: str
    as_of: str
    kabs: dict[str, str]
    totals: dict[str, dict[str, int]]
    minutes: str
    by: str
    at: str
    reason: str
    rule: str
    files: dict[str, dict[str, Any]]


def editions(store: Store, period: str, code: str) -> list[Issued]:
    """Every edition issued, the first one first."""
    found = []
    for path in _home(store, period, code).glob(f"*/{_ABOUT}"):
        if _FOLDER.fullmatch(path.parent.name):
            found.append(Issued(**json.loads(path.read_text())))
    return sorted(found, key=lambda each: each.edition)


def document(store: Store, issued: Issued, name: str) -> Path:
    """Where a document of an edition lies. Raises StoreError when the edition has no such one."""
    if name not in issued.files:
        raise StoreError(f"edisi {issued.edition} tidak memuat dokumen itu")
    return _folder(store, issued.period, issued.code, issued.edition) / name


def issue(
    store: Store, told: Issue, code: str, *, made: Documents, minutes: str, why: Why
) -> Issued:
    """Keep ``made`` as the next edition; the last one again when its documents are the same.

    ``minutes``: their number. Raises NotClosedError, StoreBusyError.
    """
    recap = told.recap
    if not recap.edition.closed:
        raise NotClosedError(f"periode {recap.edition.period} belum ditutup: dokumennya masih draf")
    with store.writing():
        home = _home(store, recap.edition.period, code)
        if home.exists():
            recover(home)
        earlier = editions(store, recap.edition.period, code)
        files = {name: _told(content) for name, content in made.files.items()}
        if earlier and earlier[-1].files == files:
            return earlier[-1]
        issued = Issued(
            edition=len(earlier) + 1,
            minutes=minutes,
            files=files,
            **_bound(store, recap, code),
            **asdict(why),
        )
        with swapped_folder(_folder(store, issued.period, code, issued.edition)) as folder:
            for name, content in made.files.items():
                (folder / name).write_bytes(content)
            write_json(folder / _ABOUT, asdict(issued))
    return issued


def _bound(store: Store, recap: Recap, code: str) -> dict[str, Any]:
    """What the edition's numbers are bound to."""
    edition, row = recap.edition, recap.row(code)
    assert row is not None  # its documents were made
    kabs = snapshot.manifest(store, edition.version).kabs
    return {
        "period": edition.period,
        "code": code,
        "version": edition.version,
        "root": edition.root,
        "as_of": edition.as_of,
        "kabs": {kab: of["hash"] for kab, of in kabs.items() if kab.startswith(code)},
        "totals": {cell: asdict(row.count(cell)) for cell in _TOTALS},
    }


def _told(content: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def _home(store: Store, period: str, code: str) -> Path:
    return store.recaps / period / code


def _folder(store: Store, period: str, code: str, number: int) -> Path:
    return _home(store, period, code) / f"edisi-{number}"
