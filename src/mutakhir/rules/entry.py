"""One entry of a rules file: what holds, from when to when, by which article, and who says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from mutakhir.rules.topics import TOPICS

_ENVELOPE: Final[dict[str, type]] = {
    "id": str,
    "from": date,
    "to": date,
    "article": str,
    "source": str,
    "verified": bool,
}
_REQUIRED: Final = ("id", "from", "article", "source")
_KINDS: Final = {
    str: 'teks ("...")',
    int: "bilangan bulat",
    bool: "true atau false",
    date: "tanggal (2025-01-31)",
    list: "daftar ([...])",
}
#: Last day of an entry that has none: still in force.
FOREVER: Final = date.max


class RulesError(Exception):
    """The rules say nothing, or contradict themselves; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a rules file, in words for the office that wrote it."""

    file: str
    entry: str
    what: str
    do: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.file}: {self.entry}: {self.what}. {self.do}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule in force from ``first`` to ``last``, both days included."""

    file: str
    topic: str
    id: str
    first: date
    last: date
    article: str
    source: str
    verified: bool
    values: dict[str, Any]

    def holds(self, day: date) -> bool:
        """Whether the entry is in force on ``day``."""
        return self.first <= day <= self.last

    @property
    def where(self) -> str:
        """How messages name the entry."""
        return f"{self.topic}/{self.id}@{self.first}"


def read_entry(file: str, topic: str, number: int, raw: dict[str, Any]) -> Entry | list[Problem]:
    """Read the ``number``-th entry of a file, or say everything that is wrong with it."""
    name = f"[[entry]] ke-{number} ({topic}/{raw.get('id', '?')})"
    problems = [Problem(file, name, what, do) for what, do in _faults(topic, raw)]
    if problems:
        return problems
    values = {key: value for key, value in raw.items() if key not in _ENVELOPE}
    last = raw.get("to", FOREVER)
    verified = raw.get("verified", True)
    return Entry(
        file,
        topic,
        raw["id"],
        raw["from"],
        last,
        raw["article"].strip(),
        raw["source"].strip(),
        verified,
        values,
    )


def _faults(topic: str, raw: dict[str, Any]) -> list[tuple[str, str]]:
    kinds = _ENVELOPE | TOPICS[topic]
    faults = [
        (f"kunci {key!r} tidak dikenal", f"Pakai salah satu: {', '.join(sorted(kinds))}.")
        for key in raw
        if key not in kinds
    ]
    faults += [
        (f"tidak ada {key}", f"Tulis {key} = ... di butir ini.")
        for key in (*_REQUIRED, *TOPICS[topic])
        if key not in raw
    ]
    faults += [
        (f"{key} salah jenis", f"Tulis {key} sebagai {_KINDS[kinds[key]]}.")
        for key, value in raw.items()
        if key in kinds and type(value) is not kinds[key]
    ]
    if faults:
        return faults
    faults += [
        (f"{key} kosong", f"Isi {key}.")
        for key in ("id", "article", "source")
        if not raw[key].strip()
    ]
    if raw["from"] > raw.get("to", FOREVER):
        faults.append(("berakhir sebelum mulai", "Tulis from tidak sesudah to."))
    return faults
