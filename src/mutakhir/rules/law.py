"""The law on one day, typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

from mutakhir.rules.entry import Entry, RulesError

#: How an exact need becomes whole ballots.
MODES: Final = {"ceil": ROUND_CEILING, "floor": ROUND_FLOOR, "half_up": ROUND_HALF_UP}
Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may vote by age and marriage (years)."""

    age: int
    married_any_age: bool
    oldest_unquestioned: int
    article: str


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a level recaps and meets in open plenary (months)."""

    recap_months: int
    plenary_months: int
    article: str


@dataclass(frozen=True, slots=True)
class Cap:
    """Most voters of one TPS: the commission's figure and the statute's."""

    voters: int
    statute: int
    article: str


@dataclass(frozen=True, slots=True)
class Rounding:
    """How many ballots for how many voters."""

    factor: Decimal
    mode: str
    article: str

    def needed(self, voters: int) -> int:
        """Ballots for ``voters`` of one TPS."""
        exact = self.factor * voters
        return int(exact.to_integral_value(rounding=MODES[self.mode]))


@dataclass(frozen=True, slots=True)
class Rung:
    """A document on the ladder of evidence for a death; a higher rank is stronger."""

    word: str
    label: str
    rank: int
    removes: bool
    article: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A reason to leave the roll; ``documents`` are kinds of which one is enough."""

    word: str
    label: str
    documents: tuple[str, ...]
    leaves: bool
    two_people: bool
    article: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A reason to enter the roll; ``documents`` are kinds of which one is enough."""

    word: str
    label: str
    documents: tuple[str, ...]
    two_people: bool
    article: str


@dataclass(frozen=True, slots=True)
class DuplicateClass:
    """A class of double registration: the fields that are the same."""

    word: str
    label: str
    same: tuple[str, ...]
    rank: int
    article: str


@dataclass(frozen=True, slots=True)
class Budget:
    """How many of the ``kinds`` decided in bulk may be wrong, and how that is judged.

    Of each group ``sample`` cases are looked at first. ``share`` (0 to 1) of those, and of what
    was decided in bulk over ``periods`` periods, may be wrong.
    """

    label: str
    kinds: tuple[str, ...]
    share: Decimal
    sample: int
    confidence: Decimal
    periods: int
    article: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """For how many ``minutes`` an officer may take back a decision that nothing rests on yet."""

    label: str
    minutes: int
    article: str


@dataclass(frozen=True)
class Law:
    """Everything in force on one day. Ask ``Rules.at``."""

    name: str
    label: str
    article: str
    eligibility: Eligibility
    cadence: Mapping[str, Cadence]  # kabkota, provinsi, ri
    caps: Mapping[str, Cap]  # pemilu, pilkada
    rounding: Mapping[str, Rounding]  # pemilu, pilkada
    stock: Mapping[str, int]  # re-vote ballots: pemilu, pilkada
    rungs: tuple[Rung, ...]  # weakest first
    removals: Mapping[str, Removal]
    additions: Mapping[str, Addition]
    duplicates: tuple[DuplicateClass, ...]  # K1, K2, K3
    budget: Budget
    retraction: Retraction

    def removal(self, reason: str) -> Removal:
        """The rule for leaving by ``reason``. Raises RulesError for an unknown one."""
        return _asked(self.removals, reason, "removal", self.name)

    def addition(self, reason: str) -> Addition:
        """The rule for entering by ``reason``. Raises RulesError for an unknown one."""
        return _asked(self.additions, reason, "addition", self.name)


def _asked(rules: Mapping[str, Rule], reason: str, topic: str, law: str) -> Rule:
    if reason not in rules:
        raise RulesError(f"{law} knows no {topic} {reason!r}: use one of {', '.join(rules)}.")
    return rules[reason]


def law_at(entries: Iterable[Entry], day: date) -> Law:
    """The law on ``day``. Raises RulesError when none is in force."""
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.holds(day):
            held.setdefault(entry.topic, []).append(entry)
    if "law" not in held:
        raise RulesError(f"No law in force on {day}: add an entry to law.toml, or ask another day.")
    law = held["law"][0]
    rungs = _each(held, "rungs", _rung)
    return Law(
        name=law.values["name"],
        label=law.values["label"],
        article=law.article,
        eligibility=_eligibility(held["eligibility"][0]),
        cadence=_each(held, "cadence", _cadence),
        caps=_each(held, "caps", _cap),
        rounding=_each(held, "rounding", _rounding),
        stock=_each(held, "stock", lambda entry: int(entry.values["ballots"])),
        rungs=tuple(sorted(rungs.values(), key=lambda rung: rung.rank)),
        removals=_each(held, "removal", _removal),
        additions=_each(held, "addition", _addition),
        duplicates=tuple(
            sorted(_each(held, "duplicates", _duplicate).values(), key=lambda found: found.rank)
        ),
        budget=_budget(held["budget"][0]),
        retraction=_retraction(held["retraction"][0]),
    )


def _each(
    held: dict[str, list[Entry]], topic: str, make: Callable[[Entry], Rule]
) -> dict[str, Rule]:
    return {entry.id: make(entry) for entry in held.get(topic, ())}


def _eligibility(entry: Entry) -> Eligibility:
    return Eligibility(**entry.values, article=entry.article)


def _cadence(entry: Entry) -> Cadence:
    return Cadence(**entry.values, article=entry.article)


def _cap(entry: Entry) -> Cap:
    return Cap(**entry.values, article=entry.article)


def _rounding(entry: Entry) -> Rounding:
    return Rounding(Decimal(entry.values["factor"]), entry.values["mode"], entry.article)


def _budget(entry: Entry) -> Budget:
    numbers = {key: Decimal(entry.values[key]) for key in ("share", "confidence")}
    return Budget(**{**_listed(entry, "kinds"), **numbers})  # type: ignore[arg-type]


def _retraction(entry: Entry) -> Retraction:
    return Retraction(**entry.values, article=entry.article)


def _rung(entry: Entry) -> Rung:
    return Rung(entry.id, **entry.values, article=entry.article)


def _listed(entry: Entry, key: str) -> dict[str, object]:
    return {**entry.values, key: tuple(entry.values[key]), "article": entry.article}


def _removal(entry: Entry) -> Removal:
    return Removal(entry.id, **_listed(entry, "documents"))  # type: ignore[arg-type]


def _addition(entry: Entry) -> Addition:
    return Addition(entry.id, **_listed(entry, "documents"))  # type: ignore[arg-type]


def _duplicate(entry: Entry) -> DuplicateClass:
    return DuplicateClass(entry.id, **_listed(entry, "same"))  # type: ignore[arg-type]
