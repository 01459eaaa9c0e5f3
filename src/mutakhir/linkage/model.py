"""The model: weights, thresholds and blocking rules, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

#: What a comparison can find, by field; the number of a level is its place here.
#: ``missing`` is 0 everywhere.
LEVELS: Final[dict[str, tuple[str, ...]]] = {
    "nik": ("missing", "differ", "sibling", "prefix", "near", "typo", "equal"),
    "name": ("missing", "differ", "given", "slip", "covers", "close", "sounds", "equal"),
    "birth_date": (
        *("missing", "differ", "part", "age", "close", "year", "day", "month"),
        *("swapped", "heaped", "equal"),
    ),
    "sex": ("missing", "differ", "equal"),
    "nkk": ("missing", "differ", "close", "equal"),
    "area": ("missing", "differ", "kecamatan", "desa", "rw", "rt"),
    "birth_place": ("missing", "differ", "equal"),
    "address": ("missing", "differ", "equal"),
    "claimed": ("no", "yes"),
}
FIELDS: Final = tuple(LEVELS)

#: Columns of a prepared table that a block may join on.
KEYS: Final = frozenset(
    {
        *("nik", "nik_head", "nik_tail", "nik_ends", "nkk", "key", "given", "initial"),
        *("birth_date", "date_key", "year", "desa", "rw", "rt"),
    }
)


def level(field: str, word: str) -> int:
    """The number of a level: ``level("sex", "equal")`` is 2."""
    return LEVELS[field].index(word)


class ModelError(ValueError):
    """A model file that cannot be used; the message names the table and the entry."""


def milli(weight: float) -> int:
    """A weight as whole thousandths of a bit. Raises ModelError when it is finer than that."""
    whole = round(weight * 1000)
    if abs(whole - weight * 1000) > 1e-6:
        raise ModelError(f"weight {weight} is not a multiple of 0.001")
    return whole


@dataclass(frozen=True, slots=True)
class Block:
    """One blocking rule: see model.toml."""

    name: str
    keys: tuple[str, ...]
    finer: str
    cap: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What name agreement is worth, in thousandths of a bit; ``share`` in thousandths."""

    least: int
    most: int
    sounds: int
    share: int
    share_most: int
    close: int
    slip: int
    given: int
    differ: int
    missing: int


@dataclass(frozen=True)
class Model:
    """All that turns two records into a weight. Weights in thousandths of a bit.

    ``queue_most``: the share of the roll that people can look at in one cycle.
    ``weights[field]`` follows ``LEVELS[field]``; ``name`` is not among them (see Names).
    """

    name: str
    least_people: int
    sure: int
    review: int
    margin: int
    most: int
    keep_no: bool
    queue_most: float
    names: Names
    weights: dict[str, tuple[int, ...]]
    blocks: tuple[Block, ...]


def _weights(table: dict[str, dict[str, float]]) -> dict[str, tuple[int, ...]]:
    wanted = {field: words for field, words in LEVELS.items() if field != "name"}
    if set(table) != set(wanted):
        raise ModelError(f"[fields]: expected {sorted(wanted)}, found {sorted(table)}")
    for field, words in wanted.items():
        if set(table[field]) != set(words):
            raise ModelError(f"[fields.{field}]: expected the levels {sorted(words)}")
    return {field: tuple(milli(table[field][w]) for w in wanted[field]) for field in wanted}


def _block(entry: dict[str, Any]) -> Block:
    block = Block(**{**entry, "keys": tuple(entry["keys"])})
    unknown = {*block.keys, block.finer} - KEYS
    if unknown:
        raise ModelError(f"[[blocks]] {block.name}: unknown keys {sorted(unknown)}")
    return block


def read_model(text: str) -> Model:
    """The model written in ``text`` (TOML, as model.toml). Raises ModelError naming the entry."""
    try:
        data = tomllib.loads(text)
        bands = data["bands"]
        return Model(
            name=data["name"],
            least_people=data["prior"]["least_people"],
            sure=milli(bands["sure"]),
            review=milli(bands["review"]),
            margin=milli(bands["margin"]),
            most=bands["most"],
            keep_no=bands["keep_no"],
            queue_most=data["queue"]["share_most"],
            names=Names(**{word: milli(value) for word, value in data["names"].items()}),
            weights=_weights(data["fields"]),
            blocks=tuple(_block(entry) for entry in data["blocks"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"model file: {error}") from error


@cache
def default_model() -> Model:
    """The shipped model."""
    return read_model(files("mutakhir.linkage").joinpath("model.toml").read_text("utf-8"))
