"""The model: fields, weights, rules and blocks, as data (model.toml, docs/formats/model.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from mutakhir.linkage.kinds import KINDS, Kind, column

#: What a rule does to a pair: sure whatever the weight; keep: review at least; no: not one
#: person; review: at most review.
Verdict = Literal["sure", "keep", "no", "review"]
VERDICTS: Final[tuple[Verdict, ...]] = ("sure", "keep", "no", "review")
#: Kinds of which a run tells the levels, or the values: rivals, a register.
_TOLD: Final = frozenset({"claimed", "anchor"})
#: Field -> the levels (as numbers) that fulfil a condition. All fields must.
Condition = Mapping[str, frozenset[int]]


class ModelError(ValueError):
    """A model file that cannot be used; the message names the table and the entry."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """A level worth log2(people / bearers) + ``add`` within ``least`` and ``most``: an equal rare
    name says more than an equal common one. ``of`` is the prepared column that is counted.
    All in thousandths of a bit."""

    level: int
    of: str
    add: int
    least: int
    most: int


@dataclass(frozen=True)
class Field:
    """One field: which columns hold it and what each level is worth (thousandths of a bit,
    in the order of ``kind.levels``)."""

    name: str
    kind: Kind
    columns: tuple[str, ...]
    weights: tuple[int, ...]
    frequencies: tuple[Frequency, ...]
    options: Mapping[str, Any]
    label: Mapping[str, str]

    def level(self, word: str) -> int:
        """The number of a level of this field."""
        return self.kind.levels.index(word)


@dataclass(frozen=True, slots=True)
class Block:
    """What brings two records together: equal ``keys``. A block of more than ``cap`` people of
    the left side is split by ``finer``; ``lacking``: only where one side lacks one of these;
    ``scope``: as of a rule."""

    name: str
    keys: tuple[str, ...]
    finer: str
    cap: int
    lacking: tuple[str, ...]
    scope: Literal["within", "between"] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What weights cannot say. ``scope``: within one list, between two, or either (None)."""

    name: str
    then: Verdict
    when: Condition
    unless: tuple[Condition, ...]
    scope: Literal["within", "between"] | None


@dataclass(frozen=True, slots=True)
class Dependence:
    """Where fields repeat each other, ``field`` is worth ``weight`` (thousandths of a bit)."""

    field: str
    when: Condition
    weight: int


@dataclass(frozen=True, slots=True)
class Written:
    """A column as written, or its letters from ``first`` on up to ``last``."""

    column: str
    first: int = 0
    last: int | None = None

    def of(self, row: Mapping[str, str | None]) -> str | None:
        """The text of a row; None when there is none, or less than asked for."""
        text = row[self.column]
        if text is None or self.last is None:
            return text
        return text[self.first : self.last] if len(text) >= self.last else None

    @property
    def sql(self) -> str:
        """The same in SQL."""
        if self.last is None:
            return self.column
        part = f"substr({self.column}, {self.first + 1}, {self.last - self.first})"
        return f"CASE WHEN length({self.column}) >= {self.last} THEN {part} END"


@dataclass(frozen=True, slots=True)
class Exact:
    """Tier 1: ``key`` equal and ``same`` as written settle a record. ``also``: fields noted as
    evidence. ``reach``: written columns, or parts of them, by which a settled one is still met."""

    key: str
    same: tuple[str, ...]
    also: tuple[str, ...]
    reach: tuple[tuple["Written", ...], ...]


@dataclass(frozen=True)
class Model:
    """All that turns two records into a weight. Weights in thousandths of a bit.

    ``queue_most``: the share of the roll that people can look at in one cycle.
    ``ids``: the id columns that a side may have, the first that is there counts.
    """

    name: str
    ids: tuple[str, ...]
    source: str | None
    least_people: int
    sure: int
    review: int
    margin: int
    most: int
    keep_no: bool
    queue_most: float
    fields: tuple[Field, ...]
    exact: Exact | None
    rules: tuple[Rule, ...]
    dependences: tuple[Dependence, ...]
    classes: tuple[tuple[str, Condition], ...]
    blocks: tuple[Block, ...]

    @cached_property
    def field(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @property
    def compared(self) -> tuple[Field, ...]:
        """The fields that two records are compared in; what the run tells is none of them."""
        return tuple(field for field in self.fields if field.kind.name not in _TOLD)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table must have, besides its id."""
        return tuple(dict.fromkeys(name for field in self.compared for name in field.columns))

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns that a run may add; null where a table lacks them."""
        told = (field for field in self.fields if field.kind.name in _TOLD)
        return tuple(name for field in told for name in field.columns)

    def read_of(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The columns that are read of a table with ``columns``, besides its id."""
        there = set(columns)
        return (*self.columns, *(name for name in self.optional if name in there))

    def id_of(self, columns: Iterable[str]) -> str | None:
        """The id column of a table with ``columns``: the first of ``ids`` that is there."""
        there = set(columns)
        return next((name for name in self.ids if name in there), None)

    @property
    def counted(self) -> tuple[str, ...]:
        """The prepared columns whose bearers are counted."""
        return tuple(dict.fromkeys(f.of for field in self.fields for f in field.frequencies))


def fulfils(levels: Mapping[str, int], condition: Condition) -> bool:
    """Whether levels (numbers by field) fulfil every part of a condition."""
    return all(levels[field] in wanted for field, wanted in condition.items())


def holds(levels: Mapping[str, int], rule: Rule) -> bool:
    """Whether a rule speaks about a pair with these levels."""
    excused = any(fulfils(levels, condition) for condition in rule.unless)
    return fulfils(levels, rule.when) and not excused


def blocks_for(model: Model, *, within: bool) -> list[tuple[int, Block]]:
    """The blocks that apply within one list, or between two, with their places."""
    blocks = enumerate(model.blocks)
    return [(n, block) for n, block in blocks if _applies(block, within=within)]


def rules_for(rules: Iterable[Rule], then: Verdict, *, within: bool) -> list[Rule]:
    """The rules with this verdict that apply within one list, or between two."""
    return [rule for rule in rules if rule.then == then and _applies(rule, within=within)]


def _applies(entry: Block | Rule, *, within: bool) -> bool:
    return entry.scope in (None, "within" if within else "between")


def prepared_columns(model: Model) -> dict[str, Any]:
    """Prepared column -> Arrow type, in order."""
    return {
        column(field.name, part): kind
        for field in model.fields
        for part, kind in field.kind.parts.items()
    }


def known_kind(word: str) -> Kind:
    """The kind of this name. Raises ModelError."""
    if word not in KINDS:
        raise ModelError(f"kind {word!r}: choose of {', '.join(sorted(KINDS))}")
    return KINDS[word]
