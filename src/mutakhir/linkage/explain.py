"""A link in words for the person who must decide, and as steps of a sum for the expert."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from mutakhir.linkage.evidence import CHAIN, RIVALS, UNSAID, Term, read_terms
from mutakhir.linkage.model import Field, Model, Rule, Verdict, holds, rules_for
from mutakhir.linkage.score import Levels

Language: TypeAlias = Literal["id", "en"]
#: A line of LINK_SCHEMA.
Link: TypeAlias = Mapping[str, Any]
#: Field of a mark in evidence -> its key among the phrases.
_MARKS: Final = {read_terms(mark)[0].field: mark for mark in (RIVALS, CHAIN)}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall: what it is, its weight, and the sum so far; thousandths of a bit."""

    label: str
    weight: int
    total: int


@cache
def phrases() -> dict[str, Any]:
    """phrases.toml."""
    return tomllib.loads(files("mutakhir.linkage").joinpath("phrases.toml").read_text("utf-8"))


def kind_words(kind: str) -> dict[str, dict[Language, str]]:
    """What the levels of a kind say; one may say what another says (``as``), and more."""
    words: dict[str, Any] = dict(phrases()["kinds"][kind])
    return kind_words(words.pop("as")) | words if "as" in words else words


def sentence(link: Link, model: Model, language: Language = "id", *, within: bool = False) -> str:
    """What a line of LINK_SCHEMA says, without personal values. ``model`` is the one that weighed
    it; ``within``: both records stand on one list. Raises ValueError for another model's link.

    ``Hampir pasti orang yang sama: NIK sama; nama sama; tanggal lahir berbeda: hari dan bulan
    tertukar. Tidak dapat dibandingkan: alamat.``
    """
    words, terms = phrases(), _terms(link, model)
    band = words["bands"][link["band"]][language]
    said = "; ".join(_phrase(t, model, language) for t in terms if t.level != "missing")
    rules = "; ".join(_rule(rule, language) for rule in deciding(link, model, within=within))
    parts = {
        "rule": rules,
        "missing": _labels(_missing(terms), model, language),
        "unseen": _labels(_unseen(terms, model), model, language),
    }
    tails = [f"{words['parts'][key][language]}: {text}" for key, text in parts.items() if text]
    marks = [words["marks"][mark][language] for mark in _marks(link)]
    first = f"{band}: {said}" if said else band
    return ". ".join([first, *marks, *tails]) + "."


def waterfall(link: Link, model: Model, language: Language = "id") -> list[Step]:
    """The sum of a link's weight: the prior (what any two records start with), then each field.
    The last total is the link's weight. Raises ValueError for another model's link."""
    terms = _terms(link, model)
    total = _milli(link) - sum(term.weight for term in terms)
    steps = [Step(phrases()["parts"]["prior"][language], total, total)]
    for term in terms:
        total += term.weight
        steps.append(Step(_phrase(term, model, language), term.weight, total))
    return steps


def deciding(link: Link, model: Model, *, within: bool) -> list[Rule]:
    """The rules that put the link into its band; none where the sum did, or a mark."""
    band, by_sum = link["band"], _band_of_sum(_milli(link), model)
    if band == by_sum:
        return []
    if band == "sure":
        then: Verdict = "sure"
    elif band == "no":
        then = "no"
    else:
        then = "review" if by_sum == "sure" else "keep"
    levels = _levels(_terms(link, model), model)
    return [rule for rule in rules_for(model.rules, then, within=within) if holds(levels, rule)]


def _milli(link: Link) -> int:
    weight: float = link["weight"]
    return round(weight * 1000)


def _band_of_sum(weight: int, model: Model) -> str:
    if weight < model.review:
        return "no"
    return "review" if weight < model.sure else "sure"


def _terms(link: Link, model: Model) -> list[Term]:
    """The terms of a link's fields, without marks."""
    terms = [term for term in read_terms(link["evidence"]) if term.field not in _MARKS]
    for term in terms:
        if term.field not in model.field or term.level not in model.field[term.field].kind.levels:
            raise ValueError(f"model {model.name} has no {term.field}:{term.level}")
    return terms


def _marks(link: Link) -> list[str]:
    return [mark for mark, text in _MARKS.items() if text in link["evidence"].split()]


def _levels(terms: list[Term], model: Model) -> Levels:
    """The levels that evidence tells; what it is silent about was not compared, or is ``no``."""
    said = {term.field: term.level for term in terms}
    return {f.name: f.level(said.get(f.name) or _silent(f)) for f in model.fields}


def _silent(field: Field) -> str:
    return UNSAID if UNSAID in field.kind.levels else "missing"


def _phrase(term: Term, model: Model, language: Language) -> str:
    field = model.field[term.field]
    label = field.label[language]
    if term.level == "missing":
        return f"{label}: {phrases()['parts']['missing'][language].lower()}"
    text: str = kind_words(field.kind.name)[term.level][language]
    return text.format(label=label)


def _rule(rule: Rule, language: Language) -> str:
    text: str = phrases()["rules"].get(rule.name, {}).get(language, f'"{rule.name}"')
    return text


def _missing(terms: list[Term]) -> list[str]:
    return [term.field for term in terms if term.level == "missing"]


def _unseen(terms: list[Term], model: Model) -> list[str]:
    """Fields that tier 1 did not need."""
    told = {term.field for term in terms}
    return [f.name for f in model.compared if f.name not in told]


def _labels(names: list[str], model: Model, language: Language) -> str:
    return ", ".join(model.field[name].label[language] for name in names)
