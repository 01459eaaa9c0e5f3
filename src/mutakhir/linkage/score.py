"""Two prepared people → levels, a weight and a band: the plain, readable form.

``score_sql.py`` says the same in SQL; tests hold the two together to the row. Levels are numbers
(``Kind.levels``) by field; weights are thousandths of a bit.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from mutakhir.linkage.kinds import column
from mutakhir.linkage.kinds.base import Side
from mutakhir.linkage.model import Field, Frequency, Model, Verdict, fulfils, holds, rules_for

#: A prepared row: column -> value.
Person: TypeAlias = Mapping[str, Any]
Levels: TypeAlias = dict[str, int]
#: Prepared column -> value -> how many bear it.
Bearers: TypeAlias = Mapping[str, Mapping[Any, int]]


def compare(a: Person, b: Person, model: Model) -> Levels:
    """The level of every field; of ``claimed``, which is not compared, ``no``. Symmetric."""
    return {
        field.name: field.level(field.kind.compare(_side(field, a), _side(field, b)))
        for field in model.fields
    }


def _side(field: Field, person: Person) -> Side:
    return lambda part: person[column(field.name, part)]


@dataclass(frozen=True, slots=True)
class Census:
    """What a run knows of numbers. ``prior``: weight of any pair's being one person; ``counted``:
    by how many people the bearers of a name are divided; ``free``: what it is worth that neither
    of a pair is settled with another (0: nothing, and nobody counts as free).
    Weights in thousandths of a bit."""

    prior: int
    counted: int
    free: int = 0


def free_worth(people: int, free: int, model: Model) -> int:
    """log2(people / those left over) when tier 1 settled so many that it says something, else 0."""
    field = model.field.get("claimed")
    if field is None or not free:
        return 0
    least, most = (round(1000 * field.options.get(f"free_{o}", 0.0)) for o in ("least", "most"))
    bits = round(1000 * math.log2(people / free))
    return min(most, bits) if bits >= least else 0


def counted_people(everyone: int, counted: int, model: Model) -> int:
    """By how many people the bearers of a name are divided. Lists of fewer than
    ``least_people`` say little about names and count as if they had so many."""
    return counted if everyone >= model.least_people else max(counted, model.least_people)


def worth(frequency: Frequency, bearers: int, people: int) -> int:
    """log2(people / bearers), shifted and bounded, in thousandths of a bit."""
    bits = round(1000 * math.log2(people / bearers))
    return max(frequency.least, min(frequency.most, bits + frequency.add))


def field_weights(
    levels: Levels, pair: tuple[Person, Person], model: Model, bearers: Bearers, census: Census
) -> dict[str, int]:
    """What each field's level is worth for these two people."""
    weights = {}
    for field in model.fields:
        level = levels[field.name]
        weights[field.name] = field.weights[level]
        if field.kind.name == "claimed" and field.kind.levels[level] == "free":
            weights[field.name] = census.free
        for frequency in field.frequencies:
            if frequency.level == level:
                common = max(bearers[frequency.of].get(x[frequency.of], 1) for x in pair)
                weights[field.name] = worth(frequency, common, census.counted)
    for dependence in model.dependences:
        if fulfils(levels, dependence.when):
            weights[dependence.field] = dependence.weight
    return weights


def prior(people: int, model: Model) -> int:
    """Weight of the chance that any pair is one person: one in so many."""
    return -round(1000 * math.log2(max(people, model.least_people)))


def band(levels: Levels, weight: int, model: Model, *, within: bool) -> str:
    """sure, review or no. ``within``: both stand on one list."""

    def says(then: Verdict) -> bool:
        return any(holds(levels, rule) for rule in rules_for(model.rules, then, within=within))

    if says("sure"):
        return "sure"
    if not says("keep") and (weight < model.review or says("no")):
        return "no"
    return "review" if weight < model.sure or says("review") else "sure"


def exact(levels: Levels, model: Model) -> bool:
    """Whether tier 1 settles the pair: a rule makes it sure whatever the weight."""
    return any(holds(levels, rule) for rule in rules_for(model.rules, "sure", within=False))


def class_of(levels: Levels, model: Model) -> str:
    """The class of a duplicate: the first that fits, or ``beyond``."""
    return next((name for name, when in model.classes if fulfils(levels, when)), "beyond")


def probability(weight: int) -> float:
    """The chance that a pair of this weight is one person: 1 / (1 + 2^-weight)."""
    return float(1 / (1 + 2.0 ** (-weight / 1000)))


def written_weights(levels: Levels, model: Model) -> dict[str, int]:
    """What the levels of tier 1 are worth: the table's weights, names not by frequency."""
    return {name: model.field[name].weights[level] for name, level in levels.items()}
