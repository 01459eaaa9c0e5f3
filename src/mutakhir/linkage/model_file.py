"""Model files: TOML → Model. Every message names the table and the entry."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from mutakhir.linkage.kinds import KINDS
from mutakhir.linkage.model import (
    VERDICTS,
    Block,
    Condition,
    Dependence,
    Exact,
    Field,
    Frequency,
    Model,
    ModelError,
    Rule,
    Written,
    known_kind,
    prepared_columns,
)

FORMAT: Final = 2
_PART: Final = re.compile(r"([a-z_]+)(?:\[([0-9]+):([0-9]+)\])?")
_LEVELS: Final = re.compile(r"(>=|<)?([a-z_]+(?:\|[a-z_]+)*)")


def milli(weight: float) -> int:
    """A weight as whole thousandths of a bit. Raises ModelError when it is finer than that."""
    whole = round(weight * 1000)
    if abs(whole - weight * 1000) > 1e-6:
        raise ModelError(f"weight {weight} is not a multiple of 0.001")
    return whole


def read_model(text: str) -> Model:
    """The model written in ``text`` (TOML). Raises ModelError naming the entry."""
    try:
        data = tomllib.loads(text)
        if data["format"] != FORMAT:
            raise ModelError(f"format {data['format']}: this program reads format {FORMAT}")
        model = _model(data)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"model file: {type(error).__name__}: {error}") from error
    _check_columns(model)
    return model


def load_model(path: Path) -> Model:
    """The model in a file. Raises ModelError, also when the file cannot be read."""
    return read_model(model_text(path))


def model_text(path: Path | None) -> str:
    """What is written in a model file, or without one in the shipped model. Raises ModelError
    when the file cannot be read."""
    if path is None:
        return files("mutakhir.linkage").joinpath("model.toml").read_text("utf-8")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: {error}") from error


@cache
def default_model() -> Model:
    """The shipped model for voters."""
    return read_model(model_text(None))


def _model(data: dict[str, Any]) -> Model:
    bands, fields = data["bands"], tuple(_field(entry) for entry in data["fields"])
    known = {field.name: field for field in fields}
    return Model(
        name=data["name"],
        ids=tuple(data["table"]["id"]),
        source=data["table"].get("source"),
        least_people=data["prior"]["least_people"],
        sure=milli(bands["sure"]),
        review=milli(bands["review"]),
        margin=milli(bands["margin"]),
        most=bands["most"],
        keep_no=bands.get("keep_no", False),
        queue_most=data["queue"]["share_most"],
        fields=fields,
        exact=_exact(data["exact"], known) if "exact" in data else None,
        rules=tuple(_rule(entry, known) for entry in data.get("rules", ())),
        dependences=tuple(
            Dependence(e["field"], _condition(e["when"], known), milli(e["weight"]))
            for e in data.get("dependences", ())
        ),
        classes=tuple(
            (_plain(e["name"]), _condition(e["when"], known)) for e in data.get("classes", ())
        ),
        blocks=tuple(_block(entry) for entry in data["blocks"]),
    )


def _plain(name: str) -> str:
    """A name that may stand in SQL. Raises ModelError on a quotation mark in it."""
    if "'" in name or '"' in name:
        raise ModelError(f"name {name!r}: without quotation marks, please")
    return name


def _field(entry: dict[str, Any]) -> Field:
    name, kind = entry["name"], known_kind(entry["kind"])
    if re.fullmatch("[a-z][a-z0-9_]*", name) is None:
        raise ModelError(f"field {name!r}: small letters, digits and _ only")
    weights = entry["weights"]
    if set(weights) != set(kind.levels):
        raise ModelError(f"field {name}: expected weights for {', '.join(kind.levels)}")
    frequencies = tuple(
        Frequency(
            kind.levels.index(f["level"]),
            f["of"],
            milli(f["add"]),
            milli(f["least"]),
            milli(f["most"]),
        )
        for f in entry.get("frequencies", ())
    )
    label = entry.get("label", name)
    return Field(
        name=name,
        kind=kind,
        columns=tuple(entry.get("columns", [name] if kind.parts else [])),
        weights=tuple(milli(weights[word]) for word in kind.levels),
        frequencies=frequencies,
        options=entry.get("options", {}),
        label={"id": label, "en": entry.get("label_en", label)},
    )


def _condition(entry: dict[str, str], fields: dict[str, Field]) -> Condition:
    for name in entry:
        if name not in fields:
            raise ModelError(f"condition on {name!r}: no such field")
    return {name: _levels(fields[name], text) for name, text in entry.items()}


def _levels(field: Field, text: str) -> frozenset[int]:
    """``equal``, ``near|typo``, ``>=sounds`` or ``<close`` as numbers of levels."""
    match = _LEVELS.fullmatch(text)
    words = match[2].split("|") if match else []
    unknown = [word for word in words if word not in field.kind.levels]
    if match is None or unknown or (match[1] and len(words) > 1):
        raise ModelError(f"condition {field.name} = {text!r}: levels are {field.kind.levels}")
    first = field.level(words[0])
    if match[1] == ">=":
        return frozenset(range(first, len(field.kind.levels)))
    if match[1] == "<":
        return frozenset(range(first))
    return frozenset(map(field.level, words))


def _rule(entry: dict[str, Any], fields: dict[str, Field]) -> Rule:
    if entry["then"] not in VERDICTS or entry.get("scope") not in (None, "within", "between"):
        raise ModelError(f"rule {entry['name']}: unknown `then` or `scope`")
    return Rule(
        entry["name"],
        entry["then"],
        _condition(entry["when"], fields),
        tuple(_condition(condition, fields) for condition in entry.get("unless", ())),
        entry.get("scope"),
    )


def _exact(entry: dict[str, Any], fields: dict[str, Field]) -> Exact:
    exact = Exact(
        entry["key"],
        tuple(entry["same"]),
        tuple(entry.get("also", ())),
        tuple(tuple(map(_written, columns)) for columns in entry.get("reach", ())),
    )
    for name in (exact.key, *exact.same, *exact.also):
        if name not in fields:
            raise ModelError(f"[exact] {name}: no such field")
    if fields[exact.key].kind is not KINDS["nik"]:
        raise ModelError("[exact] key: only a field of the kind nik can settle a record")
    return exact


def _written(text: str) -> Written:
    """``nik`` or ``nik[0:12]``."""
    match = _PART.fullmatch(text)
    if match is None:
        raise ModelError(f"[exact] reach: {text!r}: expected a column, or column[first:last]")
    column, first, last = match.groups()
    return Written(column, int(first), int(last)) if last else Written(column)


def _block(entry: dict[str, Any]) -> Block:
    if entry.get("scope") not in (None, "within", "between"):
        raise ModelError(f"block {entry['name']}: unknown `scope`")
    return Block(
        _plain(entry["name"]),
        tuple(entry["keys"]),
        entry["finer"],
        entry["cap"],
        tuple(entry.get("lacking", ())),
        entry.get("scope"),
    )


def _check_columns(model: Model) -> None:
    known = prepared_columns(model)
    for block in model.blocks:
        unknown = {*block.keys, block.finer, *block.lacking} - set(known)
        if unknown:
            raise ModelError(f"block {block.name}: unknown keys {sorted(unknown)}")
    for name in model.counted:
        if name not in known:
            raise ModelError(f"frequency of {name!r}: no such prepared column")
    for exact in [model.exact] if model.exact else []:
        unknown = {w.column for reach in exact.reach for w in reach} - set(model.columns)
        if unknown:
            raise ModelError(f"[exact] reach: unknown columns {sorted(unknown)}")
