"""Scored pairs → links: the choice among rivals. Plain twin of ``choose_sql.py``."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mutakhir.linkage.evidence import RIVALS, terms_of, write_terms
from mutakhir.linkage.model import Model
from mutakhir.linkage.score import Levels, probability


@dataclass(frozen=True)
class Scored:
    """A compared and weighed pair. ``weights`` by field, thousandths of a bit."""

    left_id: str
    right_id: str
    source: str
    rule: str
    levels: Levels
    weights: dict[str, int]
    weight: int
    band: str

    def link(self, model: Model, band: str, mark: str = "") -> dict[str, object]:
        """The pair as a line of LINK_SCHEMA."""
        return {
            "left_id": self.left_id,
            "right_id": self.right_id,
            "weight": self.weight / 1000,
            "probability": probability(self.weight),
            "band": band,
            "rule": self.rule,
            "evidence": write_terms(terms_of(self.levels, self.weights, model)) + mark,
        }


def own_number(pair: Scored, model: Model) -> bool:
    """Whether both sides have one NIK."""
    if model.exact is None:
        return False
    key = model.field[model.exact.key]
    return pair.levels[key.name] == key.level("equal")


def choose_links(scored: Iterable[Scored], model: Model) -> list[dict[str, object]]:
    """The best link of each record and the seconds close to it.

    A pair with the record's own NIK always stays. A sure link by likeness becomes a question for
    a person where a second voter fits nearly as well (within the margin), or where another
    record of the source surely fits the same voter: one voter is one person.
    """
    kept = [pair for pair in scored if model.keep_no or pair.band != "no"]
    suitors = Counter((p.left_id, p.source) for p in kept if p.band == "sure")
    by_record: dict[str, list[Scored]] = defaultdict(list)
    for pair in kept:
        by_record[pair.right_id].append(pair)
    return [
        link for pairs in by_record.values() for link in _choose_for_record(pairs, suitors, model)
    ]


def _choose_for_record(
    pairs: list[Scored], suitors: Counter[tuple[str, str]], model: Model
) -> Iterable[dict[str, object]]:
    ranked = sorted(pairs, key=lambda pair: (-pair.weight, pair.left_id))
    near = [pair for pair in ranked if pair.weight >= ranked[0].weight - model.margin]
    for place, pair in enumerate(ranked, 1):
        own, close = own_number(pair, model), place <= len(near)
        if not (own or (close and place <= model.most) or model.keep_no):
            continue
        rivals = close and len(near) > 1
        wanted = suitors[pair.left_id, pair.source] > 1
        if pair.band == "sure" and not own and (rivals or wanted):
            yield pair.link(model, "review", f" {RIVALS}")
        else:
            yield pair.link(model, pair.band)
