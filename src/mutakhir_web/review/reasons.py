"""Why the engine thinks so: in a sentence, and as bars for whoever wants to see the sum."""

from dataclasses import dataclass

from django.utils.translation import get_language

from mutakhir.linkage import explain
from mutakhir.linkage.evidence import bits, read_terms
from mutakhir_web.common.domain_words import said as in_words
from mutakhir_web.review.models import Case
from mutakhir_web.review.wording import model


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the sum, in bits. ``percent``: its length beside the longest."""

    label: str
    weight: str
    total: str
    percent: int
    against: bool


@dataclass(frozen=True, slots=True)
class Reasons:
    """``sentence``: why these two are taken for one person; ``said``: what casework adds."""

    sentence: str
    said: str
    bars: list[Bar]


def reasons(case: Case) -> Reasons:
    """Why the proposal says that its records and its voter are one person."""
    said, evidence = _parted(case.why)
    if not evidence:
        return Reasons("", in_words(said), [])
    language: explain.Language = "en" if get_language() == "en" else "id"
    link = {"band": case.band, "weight": case.weight, "evidence": evidence}
    within = not case.record and not case.evidence
    try:
        sentence = explain.sentence(link, model(), language, within=within)
        # Where the doubt is about another newcomer, the weight is that of another link.
        steps = [] if ": " in case.why else explain.waterfall(link, model(), language)
    except ValueError:  # weighed by a model that is no longer shipped
        return Reasons("", case.why, [])
    return Reasons(sentence, in_words(said), _bars(steps))


def _parted(why: str) -> tuple[str, str]:
    """What casework says in words, and the evidence of the link behind it."""
    head, _mark, tail = why.rpartition(": ")
    if not head:
        head, _mark, tail = why.rpartition("; ")
    try:
        read_terms(tail)
    except ValueError:
        return why, ""
    # The best document of a death stands before its link; the screen names documents by itself.
    return (head if " " in head and head != "tanpa dokumen" else ""), tail


def _bars(steps: list[explain.Step]) -> list[Bar]:
    longest = max((abs(step.weight) for step in steps), default=1) or 1
    return [
        Bar(
            step.label,
            bits(step.weight)[:-2],
            bits(step.total)[:-2],
            round(100 * abs(step.weight) / longest),
            step.weight < 0,
        )
        for step in steps
    ]
