"""The decision file: append-only lines of canonical JSON, chained by hash.

Normative text: docs/formats/decisions.md.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from mutakhir.casework.decision import Act, Decision
from mutakhir.casework.proposal import KINDS
from mutakhir.person import PERSON_FIELDS
from mutakhir.store import sync

#: ``prev`` of the first line.
NOTHING: Final = "0" * 64
_DEFAULTS: Final = {f.name: f.default for f in fields(Decision) if f.default is not MISSING}
_NAMES: Final = frozenset(f.name for f in fields(Decision))
_TEXTS: Final = tuple(_NAMES - {"seq", "target", "fields", "evidence", "extra"})
#: What a line of each act names.
_NEEDED: Final[Mapping[Act, tuple[str, ...]]] = {
    "accept": ("proposal", "kind", "dpid", "reason"),
    "reject": ("proposal",),
    "field_check": ("proposal",),
    "need_document": ("proposal",),
    "approve": ("target",),
    "overturn": ("target",),
    "adopt": ("source",),
    "withdraw": ("source",),
    "close": (),
}


class DecisionFileError(Exception):
    """The file is not what was sealed; the message names the first broken line."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The decisions read, the hash of each line, and the length that is whole in bytes."""

    decisions: tuple[Decision, ...]
    hashes: tuple[str, ...]
    size: int

    @property
    def head(self) -> str:
        """Hash of the last line."""
        return self.hashes[-1] if self.hashes else NOTHING


def encode(decision: Decision, prev: str) -> str:
    """One line without its line feed: sorted keys, no spaces, absent where empty."""
    value = {name: v for name in _NAMES if not _is_default(name, v := getattr(decision, name))}
    value["prev"] = prev
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_default(name: str, value: Any) -> bool:
    return value in ({}, ()) or (name in _DEFAULTS and value == _DEFAULTS[name])


def digest(line: str) -> str:
    """SHA-256 of a line without its line feed, in hexadecimal: the next line's ``prev``."""
    return hashlib.sha256(line.encode()).hexdigest()


def read(path: Path) -> Chain:
    """All acknowledged decisions of ``path`` (none when it does not exist), chain verified.

    A last line without line feed was never acknowledged (a crash cut it) and is left out.
    Raises DecisionFileError naming the first line that breaks the chain.
    """
    raw = path.read_bytes() if path.exists() else b""
    size = raw.rfind(b"\n") + 1
    decisions: list[Decision] = []
    hashes = [NOTHING]
    for number, line in enumerate(raw[:size].split(b"\n")[:-1], start=1):
        decisions.append(_decode(line, number, hashes[-1]))
        if number > 1 and _moment(decisions[-1]) < _moment(decisions[-2]):
            raise DecisionFileError(f"baris {number} bertanggal sebelum baris di atasnya")
        hashes.append(hashlib.sha256(line).hexdigest())
    return Chain(tuple(decisions), tuple(hashes[1:]), size)


def _decode(line: bytes, number: int, prev: str) -> Decision:
    try:
        value = json.loads(line)
        found = value.pop("prev")
        value["fields"] = tuple(value.get("fields", ()))
        value["evidence"] = tuple((a, b) for a, b in value.get("evidence", ()))
        decision = Decision(**value)
        whole = _whole(decision)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DecisionFileError(f"baris {number} bukan keputusan") from error
    if found != prev or decision.seq != number:
        raise DecisionFileError(
            f"baris {number} tidak menyambung dengan baris sebelumnya; "
            "ada baris yang diubah, dibuang atau disisipkan"
        )
    if not whole:
        raise DecisionFileError(f"baris {number} bukan keputusan yang lengkap")
    return decision


def _whole(decision: Decision) -> bool:
    """Whether a line says what its act must say, in the form that docs/formats gives."""
    needed = [getattr(decision, name) for name in ("by", "rule", *_NEEDED[decision.act])]
    texts = [getattr(decision, name) for name in _TEXTS]
    places = [*decision.fields, *(text for item in decision.evidence for text in item)]
    return (
        all(needed)
        and decision.by.strip() != ""
        and all(isinstance(text, str) for text in (*texts, *places) if text is not None)
        and isinstance(decision.target, int | None)
        and isinstance(decision.extra, dict)
        and decision.kind in (None, *KINDS)
        and {*decision.fields} <= {*PERSON_FIELDS}
        and re.fullmatch("[0-9]{4}-Q[1-4]", decision.period) is not None
        and re.fullmatch("[0-9]{4}", decision.kab) is not None
        and _moment(decision).tzinfo is not None
    )


def _moment(decision: Decision) -> datetime:
    return datetime.fromisoformat(decision.at)


def append(path: Path, decisions: Sequence[Decision], after: Chain) -> str:
    """Seal ``decisions`` after ``after``, which was read from ``path``; the new head's hash.

    One write, then fsync: when this returns, the lines survive a power cut; when it is cut
    short, whole lines are the decisions that were sealed and the rest is dropped at the next
    append. Raises DecisionFileError when another writer came between, OSError when the disk is
    full; the file is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lines, head = _lines(decisions, after.head)
    with path.open("ab", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _drop_cut_line(file.fileno(), path, after)
        try:
            _write_all(file.fileno(), "".join(lines).encode())
            os.fsync(file.fileno())
        except OSError:  # a full disk: what was not acknowledged is not there
            os.ftruncate(file.fileno(), after.size)
            raise
    sync(path.parent)
    return head


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _lines(decisions: Iterable[Decision], head: str) -> tuple[list[str], str]:
    lines = []
    for decision in decisions:
        line = encode(decision, head)
        head = digest(line)
        lines.append(f"{line}\n")
    return lines, head


def _drop_cut_line(descriptor: int, path: Path, after: Chain) -> None:
    raw = path.read_bytes()[after.size :]
    if b"\n" in raw:
        raise DecisionFileError("perintah lain menyegel keputusan sementara itu; ulangi perintah")
    if raw:
        os.ftruncate(descriptor, after.size)
