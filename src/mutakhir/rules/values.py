"""What the values of an entry must be, beyond their type."""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from mutakhir.person import PERSON_FIELDS
from mutakhir.rules.codes import code_faults
from mutakhir.rules.entry import Entry, Problem
from mutakhir.rules.law import MODES

#: Kinds of document a decision can stand on. ``claim`` is the bare word of a source.
DOCUMENTS: Final = (
    "rt_statement",
    "village_letter",
    "akta_kematian",
    "civil_register",
    "ktp_el",
    "kk",
    "biodata",
    "surat_pindah",
    "sk_tni",
    "sk_polri",
    "sk_pensiun",
    "putusan_pengadilan",
    "buku_nikah",
    "claim",
)
#: Kinds of proposal that a budget may hold; removals it must.
BUDGETED: Final = ("relocate", "remove", "suspend")
Fault = tuple[str, str]  # what is wrong, what to do


def value_problems(entry: Entry) -> list[Problem]:
    """What is wrong with the values of an (otherwise faultless) entry."""
    faults = _JUDGES.get(entry.topic, _none)(entry.values)
    return [Problem(entry.file, entry.where, what, do) for what, do in faults]


def _none(values: dict[str, Any]) -> Iterator[Fault]:
    yield from ()


def _numbers(values: dict[str, Any]) -> Iterator[Fault]:
    for key, value in values.items():
        if type(value) is int and value < 1:
            yield f"{key} bernilai {value}", "Tulis 1 atau lebih."


def _rounding(values: dict[str, Any]) -> Iterator[Fault]:
    if values["mode"] not in MODES:
        yield f"mode {values['mode']!r} tidak dikenal", f"Pakai salah satu: {', '.join(MODES)}."
    try:
        at_least_one = Decimal(values["factor"]) >= 1
    except InvalidOperation:
        at_least_one = False
    if not at_least_one:
        yield f"factor {values['factor']!r} bukan angka mulai 1", 'Tulis seperti "1.02".'


def _budget(values: dict[str, Any]) -> Iterator[Fault]:
    yield from _numbers(values)
    yield from _words("jenis", values["kinds"], BUDGETED)
    if "remove" not in values["kinds"]:
        yield "pencoretan tanpa anggaran", 'Tulis "remove" di kinds.'
    for key, low, high in (("share", "0", "1"), ("confidence", "0.5", "1")):
        try:
            between = Decimal(low) < Decimal(values[key]) < Decimal(high)
        except InvalidOperation:
            between = False
        if not between:
            yield f"{key} {values[key]!r} bukan angka antara {low} dan {high}", 'Misalnya "0.95".'


def _documents(values: dict[str, Any]) -> Iterator[Fault]:
    yield from _words("dokumen", values["documents"], DOCUMENTS)


def _removal(values: dict[str, Any]) -> Iterator[Fault]:
    yield from _documents(values)
    if values["leaves"] and not values["two_people"]:
        yield "mencoret pemilih atas kata satu orang", "Tulis two_people = true."
    if values["leaves"] and (not values["documents"] or "claim" in values["documents"]):
        yield "mencoret tanpa dokumen", "Sebutkan dokumen yang cukup."


def _duplicates(values: dict[str, Any]) -> Iterator[Fault]:
    yield from _words("kolom", values["same"], PERSON_FIELDS)


def _words(kind: str, given: list[Any], known: tuple[str, ...]) -> Iterator[Fault]:
    for word in given:
        if word not in known:
            yield f"{kind} {word!r} tidak dikenal", f"Pakai salah satu: {', '.join(known)}."


_JUDGES: Final[dict[str, Callable[[dict[str, Any]], Iterator[Fault]]]] = {
    "eligibility": _numbers,
    "cadence": _numbers,
    "caps": _numbers,
    "stock": _numbers,
    "rungs": _numbers,
    "rounding": _rounding,
    "removal": _removal,
    "addition": _documents,
    "duplicates": _duplicates,
    "budget": _budget,
    "retraction": _numbers,
    "codes": code_faults,
}
