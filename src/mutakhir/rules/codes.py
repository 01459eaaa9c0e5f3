"""Code lists: the same digit means different things in different years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mutakhir.rules.entry import Entry
from mutakhir.rules.topics import EFFECTS, LISTS

_KEYS = {"code", "word", "label", "effect", "aliases", "verified"}
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


def code_faults(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong inside an entry of topic ``codes``, and what to do."""
    if values["list"] not in LISTS:
        yield f"daftar {values['list']!r} tidak dikenal", f"Pakai salah satu: {', '.join(LISTS)}."
    if not (values["versions"] and all(isinstance(one, str) for one in values["versions"])):
        yield "versions tidak berisi teks", 'Tulis versions = ["2023"].'
    seen: set[str] = set()
    for row in values["codes"]:
        faults = _row_faults(row)
        yield from faults
        if faults:
            continue
        keys = {code_key(name) for name in _names(row)}
        for key in sorted(keys & seen):
            what = f"kode {row['code']!r} ada dua kali (sebagai {key!r})"
            yield what, "Sisakan satu arti."
        seen |= keys


def _names(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["code"], row["label"], *row.get("aliases", ()))


def _row_faults(row: Any) -> list[tuple[str, str]]:
    if not isinstance(row, dict):
        return [("ada kode yang bukan tabel", 'Tulis { code = "1", word = ..., ... }.')]
    name = f"kode {row.get('code', '?')!r}"
    faults = [
        (f"{name}: kunci {key!r} tidak dikenal", f"Pakai salah satu: {', '.join(sorted(_KEYS))}.")
        for key in row
        if key not in _KEYS
    ]
    faults += [
        (f"{name}: tidak ada {key}", f"Tulis {key} = ...") for key in _NEEDED if key not in row
    ]
    faults += [
        (f"{name}: {key} bukan teks", f'Tulis {key} = "..."')
        for key in _NEEDED
        if not isinstance(row.get(key, ""), str)
    ]
    if row.get("effect", EFFECTS[0]) not in EFFECTS:
        faults.append(
            (
                f"{name}: effect {row['effect']!r} tidak dikenal",
                f"Pakai salah satu: {', '.join(EFFECTS)}.",
            )
        )
    return faults
