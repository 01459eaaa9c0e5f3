"""The "odd but true" register: flags a person has looked into, with what proved them right.

``odd_but_true.jsonl`` in the store, one entry a line. An entry names a voter (dpid) or a row
(record_id) and an issue code, never a personal value.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property

from mutakhir.intake.issues import ERRORS, ISSUES
from mutakhir.intake.values.numbers import nik
from mutakhir.store import Store, write_bytes

FILE = "odd_but_true.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One flag found true: of whom, which, on what evidence, by whom and when (RFC 3339)."""

    of: str
    code: str
    evidence: str
    by: str
    at: str


@dataclass(frozen=True)
class OddButTrue:
    """The register of a store."""

    entries: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    def holds(self, keys: Iterable[str | None], code: str) -> bool:
        """Whether ``code`` is registered as true for any of ``keys``."""
        return any((key, code) in self._true for key in keys)

    @cached_property
    def _true(self) -> frozenset[tuple[str | None, str]]:
        return frozenset((entry.of, entry.code) for entry in self.entries)


def load(store: Store) -> OddButTrue:
    """The register of ``store``; empty when there is none."""
    path = store.root / FILE
    if not path.exists():
        return OddButTrue()
    lines = path.read_text(encoding="utf-8").splitlines()
    return OddButTrue(tuple(Entry(**json.loads(line)) for line in lines if line))


def add(store: Store, *, of: str, code: str, evidence: str, by: str, at: datetime) -> Entry:
    """Register a flag as true. Raises ValueError for an unknown code, a hard error or a blank."""
    if code not in ISSUES:
        raise ValueError(f"Kode {code!r} tidak dikenal; lihat docs/formats/receipt.md.")
    if code in ERRORS:
        raise ValueError(f"Kode {code!r} adalah kesalahan pasti, tidak dapat dibenarkan.")
    if not (of.strip() and evidence.strip() and by.strip()):
        raise ValueError("Isi siapa (--dpid atau --record), bukti (--evidence), dan oleh (--by).")
    if nik(of).value:
        raise ValueError("Sebut DPID atau nomor rekaman, jangan NIK atau NKK.")
    if re.search(r"\d{16}", re.sub(r"[ .-]", "", f"{evidence}|{by}")):
        raise ValueError("Sebut jenis dan nomor dokumen pada bukti, jangan NIK atau NKK.")
    entry = Entry(of.strip(), code, evidence.strip(), by.strip(), at.isoformat(timespec="seconds"))
    with store.writing():
        entries = (*load(store).entries, entry)
        lines = (json.dumps(asdict(e), ensure_ascii=False, sort_keys=True) for e in entries)
        write_bytes(store.root / FILE, ("\n".join(lines) + "\n").encode())
    return entry
