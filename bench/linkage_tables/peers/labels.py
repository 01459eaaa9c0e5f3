"""True labels of a sample, for the peers that learn from examples."""

import random
from itertools import combinations

from bench.linkage_tables.scoring import Pair, ordered
from bench.linkage_tables.tables import true_pairs

SHARE = 0.2
SEED = 1


def sampled_lines(entities: dict[str, str]) -> set[str]:
    """All lines of a fifth of the people, drawn with a fixed seed."""
    names = sorted(set(entities.values()))
    chosen = set(random.Random(SEED).sample(names, round(len(names) * SHARE)))
    return {line for line, entity in entities.items() if entity in chosen}


def labelled_pairs(entities: dict[str, str]) -> tuple[list[Pair], list[Pair]]:
    """Matches of the sample, and as many times five pairs of two people, drawn from it."""
    lines = sorted(sampled_lines(entities))
    matches = sorted(true_pairs({line: entities[line] for line in lines}))
    others = [p for p in combinations(lines, 2) if entities[p[0]] != entities[p[1]]]
    drawn = random.Random(SEED).sample(others, min(len(others), 5 * len(matches)))
    return matches, [ordered(*pair) for pair in drawn]
