"""``score.py`` in SQL: each function returns one expression.

Over ``l`` and ``r`` (prepared people) first, then over ``level_<field>``, the numbers of their
levels, and ``bearers_<column>``.
"""

from collections.abc import Iterable

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.kinds import sides
from mutakhir.linkage.kinds.base import Branches
from mutakhir.linkage.model import Condition, Field, Frequency, Model, Rule, rules_for
from mutakhir.linkage.score import Census


def level_case(field: Field, branches: Branches) -> str:
    """CASE over conditions, giving numbers of levels."""
    conditions, other = branches
    whens = "".join(f" WHEN {when} THEN {field.level(word)}" for when, word in conditions)
    last = field.level(other)
    return f"CASE{whens} ELSE {last} END" if conditions else str(last)


def levels(model: Model, d: Dialect) -> str:
    """The level of every field with a value, as a column of its name."""
    return ",\n".join(
        f"CAST({level_case(field, field.kind.branches(*sides(field.name), d))} AS TINYINT)"
        f" AS level_{field.name}"
        for field in model.fields
        if field.kind.parts
    )


def fulfils(condition: Condition) -> str:
    """Whether the levels fulfil a condition."""
    parts = (
        f"level_{field} IN ({', '.join(map(str, sorted(wanted)))})"
        for field, wanted in condition.items()
    )
    return f"({' AND '.join(parts)})"


def _holds(rule: Rule) -> str:
    excuses = "".join(f" AND NOT {fulfils(condition)}" for condition in rule.unless)
    return f"({fulfils(rule.when)}{excuses})"


def any_holds(rules: Iterable[Rule]) -> str:
    """Whether any of the rules speaks about the pair."""
    return f"({' OR '.join(map(_holds, rules)) or 'false'})"


def exact(model: Model) -> str:
    """See score.exact."""
    return any_holds(rules_for(model.rules, "sure", within=False))


def _worth(frequency: Frequency, people: int) -> str:
    bits = f"CAST(round(1000 * log2({people} / CAST(bearers_{frequency.of} AS DOUBLE))) AS INTEGER)"
    return f"greatest({frequency.least}, least({frequency.most}, {bits} + {frequency.add}))"


def field_weight(field: Field, model: Model, census: Census) -> str:
    """What the field's level is worth: the first that applies of dependence, frequency, table."""
    depends = [
        (fulfils(d.when), str(d.weight))
        for d in reversed(model.dependences)
        if d.field == field.name
    ]
    counted = [
        (f"level_{field.name} = {f.level}", _worth(f, census.counted)) for f in field.frequencies
    ]
    fixed = [(f"level_{field.name} = {n}", str(w)) for n, w in enumerate(field.weights) if w]
    if field.kind.name == "claimed":
        counted = [(f"level_{field.name} = {field.level('free')}", str(census.free))]
    whens = "".join(f" WHEN {when} THEN {then}" for when, then in depends + counted + fixed)
    return f"CASE{whens} ELSE 0 END" if whens else "0"


def band(model: Model, *, within: bool) -> str:
    """See score.band; ``weight`` is a column."""

    def says(then: str) -> str:
        return any_holds(rules_for(model.rules, then, within=within))  # type: ignore[arg-type]

    return (
        f"CASE WHEN {says('sure')} THEN 'sure'"
        f" WHEN NOT {says('keep')} AND (weight < {model.review} OR {says('no')}) THEN 'no'"
        f" WHEN weight < {model.sure} OR {says('review')} THEN 'review' ELSE 'sure' END"
    )


def class_of(model: Model) -> str:
    """See score.class_of."""
    whens = "".join(f" WHEN {fulfils(when)} THEN '{name}'" for name, when in model.classes)
    return f"CASE{whens} ELSE 'beyond' END" if whens else "'beyond'"
