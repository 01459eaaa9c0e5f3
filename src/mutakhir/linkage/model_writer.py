"""Learned weights → a model file: the base's text with other numbers, and what they stand on.

The text is edited, not written anew: its comments are the reasons for what it says.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from mutakhir.linkage.learn import Learned
from mutakhir.linkage.model import Field, Frequency, Model, ModelError
from mutakhir.linkage.model_file import read_model

#: No learned weight is beyond this, whatever the model says: lists cannot know more.
MOST_BITS: Final = 20.0
LEARNED_FORMAT: Final = 1
_HEADER: Final = re.compile(r"^\[", re.MULTILINE)
_NUMBER: Final = r"[-+]?[0-9.]+"


@dataclass(frozen=True)
class File:
    """A list that was learned from: rows, and the SHA-256 of the whole file."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Weight:
    """A weight in bits. ``kept``: "base" when the lists said too little and the base's stands,
    "limit" when the model bounds it, else ""."""

    bits: float
    kept: str


#: Field -> level -> weight.
Weights = Mapping[str, Mapping[str, Weight]]


def weights(base: str, learned: Learned) -> dict[str, dict[str, Weight]]:
    """The weights of every level: learned, within the limits of the base model's text."""
    model, limits = read_model(base), read_limits(base)
    return {
        field.name: {
            word: _weight(field, level, learned, limits.get(field.name, {}).get(word))
            for level, word in enumerate(field.kind.levels)
        }
        for field in model.compared
    }


def _weight(
    field: Field, level: int, learned: Learned, limit: tuple[float, float] | None
) -> Weight:
    if not learned.taught(field.name)[level]:
        return Weight(field.weights[level] / 1000, "base")
    bits = float(learned.weight(field.name)[level])
    least, most = limit or (-MOST_BITS, MOST_BITS)
    bounded = round(max(least, min(most, bits)), 3)
    return Weight(bounded, "limit" if not least <= bits <= most else "")


def read_limits(text: str) -> dict[str, dict[str, tuple[float, float]]]:
    """Field -> level -> least and most that learning may set. Raises ModelError."""
    limits: dict[str, dict[str, tuple[float, float]]] = {}
    model = read_model(text)
    for entry in tomllib.loads(text)["fields"]:
        levels = model.field[entry["name"]].kind.levels
        for word, pair in entry.get("limits", {}).items():
            if word not in levels or len(pair) != 2 or pair[0] > pair[1]:
                raise ModelError(f"field {entry['name']}: limits of {word!r}: [least, most]")
            limits.setdefault(entry["name"], {})[word] = (pair[0], pair[1])
    return limits


def learned_model(
    base: str, learned: Learned, files: Mapping[str, File], *, name: str, period: str | None
) -> str:
    """The text of the learned model, to the byte the same for the same arguments.

    ``files``: "left" and perhaps "right". Raises ModelError when the base's text is written in a
    way in which its weights cannot be found.
    """
    model, new = read_model(base), weights(base, learned)
    adds = _adds(model, learned, new)
    kept = [part for part in _sections(base) if not re.match(r"(#[^\n]*\n)*\[\[?learned\b", part)]
    text = "".join(_edited(kept, name, new, adds)).rstrip("\n") + "\n"
    whole = text + "\n" + _about(model, learned, files, new, period)
    _check(whole, model, new)
    return whole


def _adds(model: Model, learned: Learned, new: Weights) -> dict[tuple[str, str], float]:
    """What a level by frequency adds to log2(people / bearers): (field, level) -> bits, so that
    the usual bearer of a value is worth what the level is."""
    adds = {}
    for field in model.compared:
        for frequency in field.frequencies:
            word = field.kind.levels[frequency.level]
            if new[field.name][word].kept != "base":
                bits = float(learned.weight(field.name)[frequency.level])
                adds[field.name, word] = round(bits + np.log2(_usual(field, frequency, learned)), 3)
    return adds


def _usual(field: Field, frequency: Frequency, learned: Learned) -> float:
    """The chance that two people have the counted value in common."""
    if frequency.of == field.name:
        return float(learned.u[field.name][field.level("equal")])
    return learned.frequent[frequency.of]


def _sections(text: str) -> list[str]:
    """The text cut before each table's header; comments above a header belong to it."""
    starts = [0]
    for match in _HEADER.finditer(text):
        above = re.search(r"(?:^#[^\n]*\n)+\Z", text[: match.start()], re.MULTILINE)
        starts.append(above.start() if above else match.start())
    bounds = sorted({*starts, len(text)})
    return [text[one:other] for one, other in pairwise(bounds)]


def _edited(
    sections: list[str], name: str, new: Weights, adds: Mapping[tuple[str, str], float]
) -> list[str]:
    edited, field = [], ""
    for section in sections:
        header = re.search(r"^\[\[?([a-z.]+)\]", section, re.MULTILINE)
        table = header[1] if header else ""
        field = _word(section, "name") if table == "fields" else field
        own = {level: bits for (of, level), bits in adds.items() if of == field}
        edited.append(_edited_table(section, table, name, new.get(field, {}), own))
    return edited


def _edited_table(
    text: str, table: str, name: str, levels: Mapping[str, Weight], adds: Mapping[str, float]
) -> str:
    """One table's text, with the new name and its field's weights."""

    def weigh(part: str) -> str:
        for word, weight in levels.items():
            part = _with_number(part, word, weight.bits)
        return part

    def shift(part: str) -> str:
        level = re.search(r'level\s*=\s*"([a-z_]+)"', part)
        bits = adds.get(level[1]) if level else None
        return part if bits is None else _with_number(part, "add", bits)

    match table:
        case "":
            return re.sub(r'^name\s*=\s*"[^"]*"', f'name = "{name}"', text, flags=re.MULTILINE)
        case "fields":
            text = _inside(text, "weights", weigh)
            return _inside(
                text, "frequencies", lambda p: re.sub(r"\{[^}]*\}", lambda m: shift(m[0]), p)
            )
        case "fields.weights":
            return weigh(text)
        case "fields.frequencies":
            return shift(text)
    return text


def _word(section: str, key: str) -> str:
    match = re.search(rf'^\s*{key}\s*=\s*"([^"]*)"', section, re.MULTILINE)
    return match[1] if match else ""


def _inside(section: str, key: str, change: Callable[[str], str]) -> str:
    """``change`` what stands between the braces or brackets of a key."""
    pattern = rf"^{key}\s*=\s*(?:\{{[^}}]*\}}|\[[^\]]*\])"
    return re.sub(pattern, lambda match: change(match[0]), section, flags=re.MULTILINE)


def _with_number(text: str, key: str, value: float) -> str:
    """``text`` with another number at a key; a comment after it stays in its column."""
    pattern = rf"((?:^|[{{,]\s*|\s){key}\s*=\s*)({_NUMBER})( *)(#?)"

    def put(match: re.Match[str]) -> str:
        number = f"{value:.3f}"
        space = match[3]
        if match[4]:
            space = " " * max(1, len(match[2]) + len(space) - len(number))
        return f"{match[1]}{number}{space}{match[4]}"

    return re.sub(pattern, put, text, count=1, flags=re.MULTILINE)


def _about(
    model: Model,
    learned: Learned,
    files: Mapping[str, File],
    new: Weights,
    period: str | None,
) -> str:
    """The table ``learned``: from what, and m and u of every level."""
    lines = [
        "# What the weights were learned from, and how sure they are (docs/formats/model.md).",
        "[learned]",
        f"format = {LEARNED_FORMAT}",
        f'base = "{model.name}"',
        *([f'period = "{period}"'] if period is not None else []),
        f"random_pairs = {learned.random_pairs}",
    ]
    for side, file in files.items():
        lines.append(f'{side} = {{ rows = {file.rows}, sha256 = "{file.sha256}" }}')
    for fit in learned.blocks:
        lines += [
            "\n[[learned.blocks]]",
            f'name = "{fit.name}"',
            f"pairs = {fit.pairs}",
            f"matches = {fit.matches:.1f}",
            f"rounds = {fit.rounds}",
        ]
    for field in model.compared:
        lines += [f"\n[learned.fields.{field.name}]", *_levels(field, learned, new)]
    return "\n".join(lines) + "\n"


def _levels(field: Field, learned: Learned, new: Weights) -> list[str]:
    bits, error = learned.weight(field.name), learned.error(field.name)
    lines = []
    for level, word in enumerate(field.kind.levels):
        if word == "missing":
            continue
        m, u = (_number(share[field.name][level]) for share in (learned.m, learned.u))
        kept = new[field.name][word].kept
        said = f', kept = "{kept}"' if kept else ""
        lines.append(
            f"{word} = {{ m = {m}, u = {u}, bits = {bits[level]:.3f},"
            f" error = {error[level]:.3f}{said} }}"
        )
    return lines


def _number(value: float) -> str:
    return repr(float(f"{value:.6g}"))


def _check(text: str, base: Model, new: Weights) -> None:
    """The text must say what was meant, and nothing else may have changed."""
    model = read_model(text)
    for field in base.compared:
        meant = tuple(round(new[field.name][word].bits * 1000) for word in field.kind.levels)
        if model.field[field.name].weights != meant:
            raise ModelError(f"field {field.name}: write each weight as `level = number`")
    same: list[Callable[[Model], Any]] = [lambda m: m.rules, lambda m: m.blocks]
    if any(part(model) != part(base) for part in same):
        raise ModelError("rules or blocks would have changed: write the tables apart")
