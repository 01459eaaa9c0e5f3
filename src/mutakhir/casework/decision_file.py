"""The decision file: append-only lines of canonical JSON, chained by hash.

Normative text: docs/formats/decisions.md.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
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
_TEXTS: Final = _NAMES - {"seq", "target", "fields", "evidence", "extra"}
#: What many lines say alike.
_REPEATED: Final = _TEXTS - {"proposal", "dpid", "record", "note"}
_FIELDS: Final = frozenset(PERSON_FIELDS)
_PERIOD, _KAB = re.compile("[0-9]{4}-Q[1-4]"), re.compile("[0-9]{4}")
#: What a line of each act names.
_NEEDED: Final[Mapping[Act, tuple[str, ...]]] = {
    "accept": ("proposal", "kind", "dpid", "reason"),
    "reject": ("proposal",),
    "field_check": ("proposal",),
    "need_document": ("proposal",),
    "approve": ("target",),
    "overturn": ("target",),
    "retract": ("target",),
    "adopt": ("source",),
    "withdraw": ("source",),
    "close": (),
    "reopen": ("note",),
    "skip": ("note",),
}


class DecisionFileError(Exception):
    """The file is not what was sealed; the message names the first broken line."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place after a line: all that reading on and appending need to know of what is before it."""

    size: int = 0  # bytes up to here, whole lines
    seq: int = 0
    head: str = NOTHING  # hash of the last line
    line: int = 0  # bytes of the last line, with its line feed
    at: str = ""  # of the last decision


@dataclass(frozen=True, slots=True)
class Chain:
    """The decisions read, the hash of each line, and the place after the last whole line."""

    decisions: tuple[Decision, ...]
    hashes: tuple[str, ...]
    end: Cursor

    @property
    def head(self) -> str:
        """Hash of the last line."""
        return self.end.head


def encode(decision: Decision, prev: str) -> str:
    """One line without its line feed: sorted keys, no spaces, absent where empty."""
    value = {name: v for name in _NAMES if not _is_default(name, v := getattr(decision, name))}
    value["prev"] = prev
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_default(name: str, value: Any) -> bool:
    return value in ({}, ()) or (name in _DEFAULTS and value == _DEFAULTS[name])


def digest(line: bytes) -> str:
    """SHA-256 of a line without its line feed, in hexadecimal: the next line's ``prev``."""
    return hashlib.sha256(line).hexdigest()


def read(path: Path) -> Chain:
    """All acknowledged decisions of ``path`` (none when it does not exist), chain verified.

    A last line without line feed was never acknowledged (a crash cut it) and is left out.
    Raises DecisionFileError naming the first line that breaks the chain.
    """
    return read_from(path, Cursor())


def read_from(path: Path, after: Cursor) -> Chain:
    """The decisions that came after ``after``; only their bytes are read.

    Waits for whoever is sealing: a line that is not on disk yet may still be taken back.
    Raises DecisionFileError when a line breaks the chain, or ``after`` is no place in this file.
    """
    if not path.exists():
        _same_file(b"", after)
        return Chain((), (), after)
    with path.open("rb", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        return _read_on(file.fileno(), after)


def grown(path: Path, after: Cursor) -> bool:
    """Whether ``path`` ends elsewhere than at ``after``: one look at its size."""
    try:
        return path.stat().st_size != after.size
    except FileNotFoundError:
        return after.size > 0


def _read_on(descriptor: int, after: Cursor) -> Chain:
    start = after.size - after.line
    raw = os.pread(descriptor, max(os.fstat(descriptor).st_size - start, 0), start)
    _same_file(raw[: after.line], after)
    whole = raw[after.line : raw.rfind(b"\n") + 1]
    decisions: list[Decision] = []
    hashes: list[str] = []
    same = _Same()
    head, line = after.head, b""
    last = datetime.fromisoformat(after.at) if after.at else None
    for number, line in enumerate(whole.split(b"\n")[:-1], start=after.seq + 1):
        decision, moment = _decode(line, number, head, same)
        if last is not None and moment < last:
            raise DecisionFileError(f"baris {number} bertanggal sebelum baris di atasnya")
        head, last = digest(line), moment
        decisions.append(decision)
        hashes.append(head)
    if not decisions:
        return Chain((), (), after)
    end = Cursor(after.size + len(whole), number, head, len(line) + 1, decision.at)
    return Chain(tuple(decisions), tuple(hashes), end)


def _same_file(last: bytes, after: Cursor) -> None:
    """By its chain, a last line stands for all lines before it."""
    if after.seq and digest(last[:-1]) != after.head:
        raise DecisionFileError(
            f"keputusan {after.seq} yang sudah dibaca tidak ada lagi di tempatnya; "
            "berkas dipotong, diubah atau diganti"
        )


class _Same:
    """Of what is said again and again, one object: a period's file fits in half the memory."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def share(self, value: dict[str, Any]) -> None:
        """Put what was seen before in place of its equals."""
        known = self._known
        for name in _REPEATED & value.keys():
            value[name] = known.setdefault(value[name], value[name])
        value["evidence"] = tuple(
            (record, known.setdefault(kind, kind)) for record, kind in value.get("evidence", ())
        )
        fields = tuple(value.get("fields", ()))
        value["fields"] = known.setdefault(fields, fields)
        extra = value.get("extra", {})
        value["extra"] = known.setdefault(("extra", *extra.items()), extra)


def _decode(line: bytes, number: int, prev: str, same: _Same) -> tuple[Decision, datetime]:
    try:
        value = json.loads(line)
        found = value.pop("prev")
        same.share(value)
        decision = Decision(**value)
        moment = datetime.fromisoformat(decision.at)
        whole = _whole(decision, value) and moment.tzinfo is not None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DecisionFileError(f"baris {number} bukan keputusan") from error
    if found != prev or decision.seq != number:
        raise DecisionFileError(
            f"baris {number} tidak menyambung dengan baris sebelumnya; "
            "ada baris yang diubah, dibuang atau disisipkan"
        )
    if not whole:
        raise DecisionFileError(f"baris {number} bukan keputusan yang lengkap")
    return decision, moment


def _whole(decision: Decision, value: Mapping[str, Any]) -> bool:
    """Whether a line says what its act must say, in the form that docs/formats gives."""
    texts = [value[name] for name in _TEXTS & value.keys()]
    places = [*decision.fields, *(text for item in decision.evidence for text in item)]
    return (
        all(value.get(name) for name in ("by", "rule", *_NEEDED[decision.act]))
        and decision.by.strip() != ""
        and all(isinstance(text, str) for text in (*places, *texts) if text is not None)
        and isinstance(decision.target, int | None)
        and isinstance(decision.extra, dict)
        and decision.kind in (None, *KINDS)
        and {*decision.fields} <= _FIELDS
        and _PERIOD.fullmatch(decision.period) is not None
        and _KAB.fullmatch(decision.kab) is not None
    )


@contextmanager
def sealing(path: Path, after: Cursor) -> Iterator["Sealing"]:
    """Hold ``path`` (made when it does not exist) against every other writer and reader.

    Raises DecisionFileError as ``read_from``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield Sealing(path, file.fileno(), _read_on(file.fileno(), after))


@dataclass(slots=True)
class Sealing:
    """The file, held. ``missed``: what others sealed after the place that was known."""

    path: Path
    descriptor: int
    missed: Chain

    def append(self, decisions: Iterable[Decision]) -> Cursor:
        """Seal ``decisions`` at the end of the file; the place after them.

        One write, then fsync: when this returns, the lines survive a power cut; when it is cut
        short, whole lines are the decisions that were sealed and the rest is dropped at the next
        append. Raises OSError when the disk is full; the file is then as it was.
        """
        after = self.missed.end
        lines, end = _lines(decisions, after)
        if os.fstat(self.descriptor).st_size > after.size:  # a line that a crash cut short
            os.ftruncate(self.descriptor, after.size)
        try:
            _write_all(self.descriptor, b"".join(lines))
            os.fsync(self.descriptor)
        except OSError:  # a full disk: what was not acknowledged is not there
            os.ftruncate(self.descriptor, after.size)
            raise
        if after.size == 0:
            sync(self.path.parent)
        return end


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _lines(decisions: Iterable[Decision], after: Cursor) -> tuple[list[bytes], Cursor]:
    lines: list[bytes] = []
    end = after
    for decision in decisions:
        line = encode(decision, end.head).encode()
        size = len(line) + 1
        end = Cursor(end.size + size, decision.seq, digest(line), size, decision.at)
        lines.append(line + b"\n")
    return lines, end
