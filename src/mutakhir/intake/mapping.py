"""The mapping file: how to read a layout nobody wrote a reader for (docs/formats/mapping.md)."""

import json
import tomllib
from pathlib import Path
from typing import Any, Final

from mutakhir.intake.claims import Words
from mutakhir.intake.guess import Guess
from mutakhir.intake.header import is_heading
from mutakhir.intake.plan import FIELDS, Head, Plan, column_letter
from mutakhir.intake.record import CLAIMS

FORMAT: Final = 1
_KEYS: Final = {"format", "first_row", "claim", "reason", "evidence", "columns", "fixed"}


class MappingError(Exception):
    """The mapping can't be used; the message says which key and what to write."""


def draft(plan: Plan, guesses: list[Guess | None]) -> str:
    """A mapping to correct by hand: each column with the guess, its confidence and why."""
    lines = [
        "# Pemetaan kolom, rancangan. Periksa, perbaiki, lalu serahkan berkas dengan --map.",
        f"# Isi kolom yang dikenal: {', '.join(FIELDS)}.",
        '# Kolom yang tidak dibaca: "".',
        f"format = {FORMAT}",
        f"first_row = {plan.first_row}  # baris data pertama",
        f'claim = "{plan.claim}"  # {", ".join(CLAIMS)}',
        f'reason = "{plan.reason or ""}"  # misalnya meninggal, pindah_domisili, genap_17',
        f'evidence = "{plan.evidence or ""}"  # misalnya akta_kematian, village_letter, claim',
        "",
        "[columns]",
    ]
    for at, guessed in enumerate(guesses):
        heading = json.dumps(plan.title(at)[:40], ensure_ascii=False)
        name = guessed.field if guessed else ""
        sure = f"{guessed.confidence:.0%}: {guessed.why}" if guessed else "tidak diketahui"
        lines.append(f'{column_letter(at)} = "{name}"  # {heading}: {sure}')
    lines += ["", "[fixed]", '# kecamatan = "Nama kecamatan"', '# desa = "Nama desa"', ""]
    return "\n".join(lines)


def load(path: Path) -> dict[str, Any]:
    """The mapping in ``path``, checked. Raises MappingError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise MappingError(
            f"Berkas pemetaan {path} tidak terbaca; perlu TOML dalam UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"Berkas pemetaan {path} tidak terbaca sebagai TOML: {error}") from None
    return checked(content)


def checked(content: dict[str, Any]) -> dict[str, Any]:
    """``content`` as it came, when it is a mapping. Raises MappingError."""
    for key in content:
        if key not in _KEYS:
            raise MappingError(f"Kunci {key!r} tidak dikenal; pakai {', '.join(sorted(_KEYS))}.")
    if content.get("format") != FORMAT:
        raise MappingError(f"format harus {FORMAT}.")
    if not isinstance(content.get("first_row"), int) or content["first_row"] < 1:
        raise MappingError("first_row harus nomor baris data pertama, mulai 1.")
    if content.get("claim", "listed") not in CLAIMS:
        raise MappingError(f"claim harus salah satu dari {', '.join(CLAIMS)}.")
    for table in ("columns", "fixed"):
        _check_fields(table, content.get(table, {}))
    if not content.get("columns"):
        raise MappingError("[columns] kosong.")
    if twice := set(content["columns"].values()) & set(content.get("fixed", {})):
        raise MappingError(f"[fixed]: {', '.join(sorted(twice))} sudah ada di [columns].")
    return content


def text(mapping: dict[str, Any]) -> str:
    """A checked mapping as the file that ``load`` reads."""
    top = {key: value for key, value in mapping.items() if key not in ("columns", "fixed")}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in top.items()]
    for table in ("columns", "fixed"):
        lines += ["", f"[{table}]"]
        lines += [
            f"{key} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in mapping.get(table, {}).items()
        ]
    return "\n".join([*lines, ""])


def check_words(mapping: dict[str, Any], words: Words) -> None:
    """Refuse a reason or a document that the rules don't know. Raises MappingError."""
    for key, known in (("reason", words.reasons), ("evidence", words.evidence)):
        if mapping.get(key) and mapping[key] not in tuple(known):
            raise MappingError(f"{key} harus salah satu dari {', '.join(sorted(known))}.")


def _check_fields(table: str, entries: Any) -> None:
    if not isinstance(entries, dict):
        raise MappingError(f"[{table}] harus tabel.")
    names = entries.values() if table == "columns" else entries.keys()
    said = [name for name in names if name]
    for name in said:
        if name not in FIELDS:
            raise MappingError(f"[{table}]: {name!r} tidak dikenal; pakai {', '.join(FIELDS)}.")
    if len(said) != len(set(said)):
        raise MappingError(f"[{table}]: satu isi dipakai untuk dua kolom.")
    letters = entries if table == "columns" else ()
    for letter in letters:
        if not (letter.isascii() and letter.isalpha() and letter.isupper() and len(letter) <= 2):
            raise MappingError(f"[columns]: {letter!r} bukan huruf kolom seperti A atau AB.")


def plan_by(mapping: dict[str, Any], head: Head) -> Plan:
    """The plan that a loaded mapping makes for a sheet."""
    positions = {_position(letter): name for letter, name in mapping["columns"].items()}
    fields = tuple(positions.get(at) or None for at in range(max(positions) + 1))
    first = mapping["first_row"]
    above = [cells for number, cells in head.rows if number < first and is_heading(cells)]
    return Plan(
        "mapping",
        fields,
        first,
        tuple(above[-1]) if above else (),
        {name: str(value) for name, value in mapping.get("fixed", {}).items()},
        mapping.get("claim", "listed"),
        mapping.get("reason") or None,
        mapping.get("evidence") or None,
    )


def _position(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
