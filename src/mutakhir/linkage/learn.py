"""Weights from the data itself, without labels (Fellegi and Sunter 1969; EM as Winkler 1988).

For each level of a field, m is the share of pairs of one person that show it and u the share of
pairs of two people; a level is worth log2(m / u) bits. u comes from random pairs and from exact
counts of equal values; m from the pairs of each block by EM, where the fields that the block's
keys are made of are held out: their agreement was asked for. Rules, blocks, bands and the prior
are not learned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from mutakhir.linkage.kinds import column
from mutakhir.linkage.learn_sql import Counts, Equal, Patterns
from mutakhir.linkage.model import Block, Field, Model

Numbers: TypeAlias = npt.NDArray[np.float64]
#: Field -> a number for each level.
ByLevel: TypeAlias = Mapping[str, Numbers]

#: Fewer pairs of one person than this teach nothing.
LEAST_MATCHES: Final = 100
#: A level seen in fewer pairs than this, of one person and of two, keeps its weight.
LEAST_SEEN: Final = 5.0
#: Each pass knows better which of the random pairs are of one person.
_PASSES: Final = 3
_ROUNDS: Final = 500
_STILL: Final = 1e-9
_MISSING: Final = "missing"


class LearnError(ValueError):
    """The lists teach too little; the message, in Indonesian, says what to do."""


@dataclass(frozen=True)
class BlockFit:
    """What EM found in one block's pairs. ``m`` has the fields that were not held out, and the
    pairs of one person in which a field was not missing are its ``seen``."""

    name: str
    pairs: int
    matches: float
    rounds: int
    m: ByLevel
    seen: Mapping[str, float]


@dataclass(frozen=True)
class Learned:
    """m and u of each level, by field in the order of ``kind.levels`` (0 for ``missing``), and on
    how many pairs they stand. ``frequent``: chance of equal values by counted column."""

    blocks: tuple[BlockFit, ...]
    m: ByLevel
    u: ByLevel
    m_pairs: Mapping[str, float]
    u_pairs: Mapping[str, Numbers]
    frequent: Mapping[str, float]
    random_pairs: int

    @property
    def matches(self) -> float:
        """Pairs of one person that the richest block holds."""
        return max((fit.matches for fit in self.blocks), default=0.0)

    def weight(self, field: str) -> Numbers:
        """log2(m / u) of each level, in bits; 0 where nothing is known."""
        m, u = self.m[field], self.u[field]
        known = (m > 0) & (u > 0)
        bits: Numbers = np.where(known, np.log2(np.where(known, m, 1) / np.where(known, u, 1)), 0.0)
        return bits

    def error(self, field: str) -> Numbers:
        """Standard error of ``weight`` in bits, from the counts."""
        m, u, n = self.m[field], self.u[field], max(self.m_pairs[field], 1.0)
        variance = np.zeros(len(m))
        for share, pairs in ((m, n), (u, np.maximum(self.u_pairs[field], 1.0))):
            safe = np.where(share > 0, share, 1.0)
            variance += np.where(share > 0, (1 - safe) / (safe * pairs), 0.0)
        error: Numbers = np.sqrt(variance) / np.log(2)
        return error

    def taught(self, field: str) -> npt.NDArray[np.bool_]:
        """Levels seen often enough, on either side, to be weighed."""
        m_seen = self.m[field] * self.m_pairs[field]
        u_seen = self.u[field] * self.u_pairs[field]
        return (self.m[field] > 0) & (np.maximum(m_seen, u_seen) >= LEAST_SEEN)


def learn(counts: Counts, model: Model) -> Learned:
    """m and u of every level of the compared fields. Raises LearnError."""
    m: dict[str, Numbers] = {}
    u: dict[str, Numbers] = {}
    matches = 0.0
    for _ in range(_PASSES):
        u, u_pairs = _chance_shares(counts, model, (m, matches), u)
        fits = tuple(_fit(block, counts.blocks[block.name], model, u) for block in model.blocks)
        m, m_pairs = _combined(fits, model)
        matches = max((fit.matches for fit in fits), default=0.0)
    if matches < LEAST_MATCHES:
        raise LearnError(
            f"Terlalu sedikit pasangan orang yang sama untuk belajar: {matches:.0f}, perlu"
            f" {LEAST_MATCHES}. Berikan daftar yang lebih besar, atau pakai model yang ada."
        )
    frequent = {
        name: max(share - matches / counts.pairs, share / 2)
        for name, share in counts.frequent.items()
    }
    random = int(counts.random.counts.sum())
    return Learned(fits, m, u, m_pairs, u_pairs, frequent, random)


def held_out(block: Block, model: Model) -> frozenset[str]:
    """The fields that a block's keys are made of, or that it asks to be lacking."""
    parts = {
        column(field.name, part): field.name for field in model.fields for part in field.kind.parts
    }
    return frozenset(parts[name] for name in (*block.keys, *block.lacking))


def _fit(block: Block, patterns: Patterns, model: Model, u: ByLevel) -> BlockFit:
    """EM over a block's patterns: m of the free fields and the share of pairs of one person."""
    kept_out = held_out(block, model)
    free = [field for field in model.compared if field.name not in kept_out]
    m: ByLevel = {field.name: _start(field) for field in free}
    total, share, rounds = float(patterns.counts.sum()), 0.5, 0
    if not total:
        return BlockFit(block.name, 0, 0.0, 0, {}, {})
    seen: Mapping[str, float] = {}
    while rounds < _ROUNDS:
        rounds += 1
        same = _chances(patterns, model, m, u, share)
        weights = patterns.counts * same
        before, share = share, min(max(float(weights.sum()) / total, 1e-9), 1 - 1e-9)
        tables = {field.name: _tally(patterns, model, field, weights) for field in free}
        m = {name: _shares(table) for name, table in tables.items()}
        seen = {name: float(table.sum()) for name, table in tables.items()}
        if abs(share - before) <= _STILL:
            break
    return BlockFit(block.name, int(total), share * total, rounds, m, seen)


def _start(field: Field) -> Numbers:
    """Nine in ten pairs of one person agree, the better the level the more of them."""
    count = len(field.kind.levels)
    start = np.full(count, 0.1 / count)
    start[-1] += 0.9
    return _without_missing(field, start)


def _without_missing(field: Field, shares: Numbers) -> Numbers:
    shares = shares.copy()
    if _MISSING in field.kind.levels:
        shares[field.level(_MISSING)] = 0.0
    return shares


def _chances(patterns: Patterns, model: Model, m: ByLevel, u: ByLevel, share: float) -> Numbers:
    """The chance that a pair of each pattern is of one person, ``share`` before it is seen."""
    odds = np.full(len(patterns.counts), np.log(share / (1 - share)) if share > 0 else -np.inf)
    for place, field in enumerate(model.compared):
        if field.name in m:
            worth = _log_ratio(m[field.name], u[field.name])[patterns.levels[:, place]]
            odds += _unless_repeated(worth, field, patterns, model)
    chances: Numbers = 1 / (1 + np.exp(-np.clip(odds, -700, 700)))
    return chances


def _unless_repeated(worth: Numbers, field: Field, patterns: Patterns, model: Model) -> Numbers:
    """``worth`` of a field by pattern, but what the model says where it repeats others."""
    places = {each.name: place for place, each in enumerate(model.compared)}
    for dependence in model.dependences:
        if dependence.field == field.name and dependence.when.keys() <= places.keys():
            repeated = np.all(
                [
                    np.isin(patterns.levels[:, places[name]], list(levels))
                    for name, levels in dependence.when.items()
                ],
                axis=0,
            )
            worth = np.where(repeated, dependence.weight / 1000 * np.log(2), worth)
    return worth


def _log_ratio(m: Numbers, u: Numbers) -> Numbers:
    """ln(m / u); 0 for levels that neither shows, bounded where one of them never does."""
    low = 1e-12
    shown = (m > low) | (u > low)
    return np.where(shown, np.log(np.maximum(m, low) / np.maximum(u, low)), 0.0)


def _tally(patterns: Patterns, model: Model, field: Field, weights: Numbers) -> Numbers:
    """Weighted pairs at each level of a field; those that lack it are left out."""
    place = [each.name for each in model.compared].index(field.name)
    count = len(field.kind.levels)
    table = np.bincount(patterns.levels[:, place], weights, minlength=count).astype(np.float64)
    return _without_missing(field, table)


def _half_more(field: Field, table: Numbers) -> Numbers:
    """Half a pair more at each level: what was never seen is rare, not impossible."""
    return _without_missing(field, table + 0.5)


def _shares(table: Numbers) -> Numbers:
    total = table.sum()
    return table / total if total > 0 else table


def _combined(
    fits: Iterable[BlockFit], model: Model
) -> tuple[dict[str, Numbers], dict[str, float]]:
    """m over all blocks, weighted by the pairs of one person in each; on how many it stands."""
    m: dict[str, Numbers] = {}
    pairs: dict[str, float] = {}
    for field in model.compared:
        known = [fit for fit in fits if fit.seen.get(field.name, 0.0) > 0]
        table = np.zeros(len(field.kind.levels))
        for fit in known:
            table += fit.m[field.name] * fit.seen[field.name]
        m[field.name] = _shares(_half_more(field, table)) if known else table
        # One person's pairs are found by several blocks; the richest tells how many there are.
        pairs[field.name] = max((fit.seen[field.name] for fit in known), default=0.0)
    return m, pairs


def _chance_shares(
    counts: Counts, model: Model, known: tuple[ByLevel, float], before: ByLevel
) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """u of each level, and on how many pairs it stands. ``known``, m and the pairs of one person,
    and the u ``before`` tell which of the counted pairs are of one person after all."""
    m, matches = known
    share = matches / max(counts.pairs, 1)
    weights = counts.random.counts * (1 - _chances(counts.random, model, m, before, share))
    u: dict[str, Numbers] = {}
    pairs: dict[str, Numbers] = {}
    for field in model.compared:
        table = _tally(counts.random, model, field, weights)
        u[field.name] = _shares(_half_more(field, table))
        pairs[field.name] = np.full(len(table), table.sum())
        equal = counts.equal.get(field.name)
        if equal is not None and equal.known:
            own = matches * equal.known / counts.pairs * m.get(field.name, np.zeros(len(table)))
            _put_equal(u[field.name], equal, own)
            pairs[field.name][list(equal.levels)] = equal.known
    return u, pairs


def _put_equal(u: Numbers, equal: Equal, own: Numbers) -> None:
    """Puts the shares of equal values into ``u``, as counted over all pairs, less ``own``, those
    of one person; the other levels share the rest as before."""
    for level, found in equal.levels.items():
        u[level] = max(found - own[level], 0.5) / equal.known
    rest = [level for level in range(len(u)) if level not in equal.levels]
    if u[rest].sum() > 0:
        u[rest] *= max(1 - u[list(equal.levels)].sum(), 0.0) / u[rest].sum()
