"""Scored pairs against the truth: pair by pair, and as clusters."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

Pair = tuple[str, str]
Scored = tuple[str, str, float, bool]  # ids, score, and whether the tool itself says yes


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 of one set of pairs."""

    found: int
    right: int
    pairs: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.pairs if self.pairs else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.pairs) if self.found + self.pairs else 1.0


def figures(found: set[Pair], truth: set[Pair]) -> Figures:
    return Figures(len(found), len(found & truth), len(truth))


def operating(scored: list[Scored], truth: set[Pair]) -> Figures:
    """The pairs that the tool itself says yes to."""
    return figures({ordered(one, other) for one, other, _, yes in scored if yes}, truth)


def operating_clustered(scored: list[Scored], truth: set[Pair]) -> Figures:
    """The same where all that hangs together is one person."""
    clusters = Clusters()
    clusters.join({ordered(one, other) for one, other, _, yes in scored if yes})
    return clusters.figures(truth)


def best(scored: list[Scored], truth: set[Pair]) -> Figures:
    """The highest F1 over all thresholds; equal scores are taken or left together."""
    top = Figures(0, 0, len(truth))
    found: set[Pair] = set()
    for _, pairs in _steps(scored):
        found |= pairs
        top = max(top, figures(found, truth), key=lambda figure: figure.f1)
    return top


def best_clustered(scored: list[Scored], truth: set[Pair]) -> Figures:
    """The same where all that hangs together at a threshold is one person."""
    top = Figures(0, 0, len(truth))
    clusters = Clusters()
    changed = 0
    for _, pairs in _steps(scored):
        changed += clusters.join(pairs)
        if not changed:
            continue
        top = max(top, clusters.figures(truth), key=lambda figure: figure.f1)
        changed = 0
    return top


def _steps(scored: list[Scored]) -> Iterable[tuple[float, set[Pair]]]:
    """Pairs by score from the highest down."""
    steps: dict[float, set[Pair]] = {}
    for one, other, score, _ in scored:
        steps.setdefault(score, set()).add(ordered(one, other))
    return sorted(steps.items(), reverse=True)


def ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


class Clusters:
    """Lines that hang together, and their pairs counted as they grow."""

    def __init__(self) -> None:
        self.members: dict[str, list[str]] = {}
        self.pairs: set[Pair] = set()

    def join(self, pairs: set[Pair]) -> int:
        """Take more pairs; returns how many of them joined two clusters."""
        return sum(self._join(one, other) for one, other in pairs)

    def _join(self, one: str, other: str) -> bool:
        left = self.members.setdefault(one, [one])
        right = self.members.setdefault(other, [other])
        if left is right:
            return False
        self.pairs.update(ordered(a, b) for a in left for b in right)
        left.extend(right)
        for line in right:
            self.members[line] = left
        return True

    def figures(self, truth: set[Pair]) -> Figures:
        return figures(self.pairs, truth)


def pairs_of_clusters(clusters: Iterable[Iterable[str]]) -> set[Pair]:
    return {ordered(*pair) for lines in clusters for pair in combinations(lines, 2)}
