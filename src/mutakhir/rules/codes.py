"""Code lists: the same digit means different things in different years."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mutakhir.rules.entry import Entry, Problem
from mutakhir.rules.topics import EFFECTS, LISTS

_KEYS = {"code", "word", "label", "effect", "aliases", "verified", "note"}
_NEEDED = ("code", "word", "label", "effect")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says. ``word`` is None when it says there is nothing (disability 0)."""

    word: str | None
    label: str
    effect: str


@dataclass(frozen=True)
class CodeList:
    """One version of one list. Ask ``Rules.codes``; there is no list without a version."""

    list_name: str
    version: str
    first: date
    last: date
    article: str
    source: str
    meanings: dict[str, Meaning]
    unverified: frozenset[str]
    _keys: dict[str, str] = field(repr=False)

    def meaning(self, code: str) -> Meaning | None:
        """What ``code`` (or its label in words) means in this version; None when it has none."""
        key = self._keys.get(code_key(code))
        return None if key is None else self.meanings[key]


def code_key(code: str) -> str:
    """The form in which codes compare: upper case, no leading zeros, words with single spaces."""
    text = re.sub(r"[^A-Z0-9]+", " ", code.upper()).strip()
    return (text.lstrip("0") or "0") if text.isdigit() else text


def code_lists(entry: Entry) -> list[CodeList]:
    """The versions that a (faultless) entry of topic ``codes`` gives."""
    rows = entry.values["codes"]
    meanings = {
        row["code"]: Meaning(row["word"] or None, row["label"], row["effect"]) for row in rows
    }
    unverified = frozenset(row["code"] for row in rows if not row.get("verified", entry.verified))
    keys = {code_key(name): row["code"] for row in rows for name in _names(row)}
    return [
        CodeList(
            entry.values["list"],
            version,
            entry.first,
            entry.last,
            entry.article,
            entry.source,
            meanings,
            unverified,
            keys,
        )
        for version in entry.values["versions"]
    ]


def code_problems(entry: Entry) -> list[Problem]:
    """What is wrong inside an entry of topic ``codes``."""
    found = list(_list_faults(entry))
    seen: dict[str, str] = {}
    for row in entry.values["codes"]:
        faults = _row_faults(row)
        found += faults
        if faults:
            continue
        for key in dict.fromkeys(code_key(name) for name in _names(row)):
            if key in seen:
                found.append(
                    (f"code {row['code']!r} stands twice (as {key!r})", "Keep one meaning for it.")
                )
            seen[key] = row["code"]
    return [Problem(entry.file, entry.where, what, do) for what, do in found]


def _names(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["code"], row["label"], *row.get("aliases", ()))


def _list_faults(entry: Entry) -> list[tuple[str, str]]:
    if entry.values["list"] in LISTS:
        return []
    return [(f"unknown list {entry.values['list']!r}", f"Use one of: {', '.join(LISTS)}.")]


def _row_faults(row: Any) -> list[tuple[str, str]]:
    if not isinstance(row, dict):
        return [("a code that is no table", 'Write { code = "1", word = ..., ... }.')]
    name = f"code {row.get('code', '?')!r}"
    faults = [
        (f"{name}: unknown key {key!r}", f"Use one of: {', '.join(sorted(_KEYS))}.")
        for key in row
        if key not in _KEYS
    ]
    faults += [(f"{name}: no {key}", f"Write {key} = ...") for key in _NEEDED if key not in row]
    if row.get("effect", EFFECTS[0]) not in EFFECTS:
        faults.append(
            (f"{name}: unknown effect {row['effect']!r}", f"Use one of: {', '.join(EFFECTS)}.")
        )
    return faults
