"""Whom errors strike: false review flags and missed links by sex, age, name, place and origin."""

import math
from dataclasses import dataclass, replace

import duckdb
import numpy as np
from bench.linkage.causes import Cause, causes, expected, load
from bench.linkage.evaluate import Unit

#: Groups of people, each an expression on a line of people.parquet (``p``).
TRAITS = {
    "sex": "p.sex",
    "age": """
        case least(date_sub('year', p.birth_date::date, date '2026-06-30') // 10, 7)
            when 1 then '17-19' when 2 then '20-29' when 3 then '30-39' when 4 then '40-49'
            when 5 then '50-59' when 6 then '60-69' when 7 then '70 and over' end""",
    "name frequency, decile": "lpad(p.name_decile::text, 2, '0')",
    "single name": "case when p.single_name then 'one word' else 'more words' end",
    "kecamatan": "p.kecamatan",
    "origin": "p.origin",
}

#: Smaller groups are left out: one error would make them the worst.
LEAST_PEOPLE = 500
#: The ratio of worst and best that is asked; what passes it is to be explained.
ASKED = 1.25
_DRAWS = 2000
_Z = 1.959964


@dataclass(frozen=True)
class Group:
    """People of one kind: how many, and how many of them met the error."""

    name: str
    people: int
    struck: int

    @property
    def rate(self) -> float:
        return self.struck / self.people


@dataclass(frozen=True)
class Gap:
    """The worst and the best group of one trait, and how far apart they are.

    ``low`` and ``high``: 95 % interval of the ratio of these two rates (logarithmic, half an
    error added to each). ``chance``: the ratio that 95 of 100 worlds without any difference
    between the groups stay under, since with many small groups some are worst by luck alone.
    ``causes`` are told where ``low`` is above what is asked; ``alike`` is then the ratio left when
    each group is measured against people with the same causes.
    """

    trait: str
    worst: Group
    best: Group
    ratio: float
    low: float
    high: float
    chance: float
    causes: tuple[Cause, ...] = ()
    alike: float | None = None

    @property
    def fair(self) -> bool:
        return self.ratio <= ASKED


#: By kind of error: a query of (person, id), id null for those whom the error did not strike.
ERRORS = {
    # Voters with a pair in review that is not one person, of all voters of the roll.
    "false review flags": """
        select person, f.id from left_side s left join (
            select distinct left_id as id from judged where band = 'review' and not same
        ) f on f.id = s.id
    """,
    # Records of voters that no band joins to a line of their person, of all such records.
    "missed records": """
        select person, case when f.id is null then s.id end as id from right_side s left join (
            select distinct right_id as id from judged where same
        ) f on f.id = s.id
        where person in (select person from left_side)
    """,
    # True pairs that are in no band, of all true pairs.
    "missed pairs": """
        select person, case when j.left_id is null then t.left_id end as id
        from true_pairs t
        left join judged j on j.left_id = t.left_id and j.right_id = t.right_id
    """,
}


def groups(con: duckdb.DuckDBPyConnection, error: str) -> dict[str, list[Group]]:
    """People and struck people by trait and group."""
    con.execute(f"create or replace temp table met as {ERRORS[error]}")
    return {trait: _groups(con, expression) for trait, expression in TRAITS.items()}


def _groups(con: duckdb.DuckDBPyConnection, expression: str) -> list[Group]:
    sql = f"""
        select {expression} as trait, count(*), count(met.id)
        from met join people p on p.person = met.person
        group by 1 order by 1
    """
    return [Group(*row) for row in con.execute(sql).fetchall()]


def gap(trait: str, groups: list[Group]) -> Gap | None:
    """Worst against best of the groups that are large enough; None when fewer than two are."""
    large = [group for group in groups if group.people >= LEAST_PEOPLE]
    if len(large) < 2:
        return None
    worst = max(large, key=lambda group: (group.rate, group.name))
    best = min(large, key=lambda group: (group.rate, group.name))
    one, other = _smoothed(worst), _smoothed(best)
    spread = _Z * math.sqrt(
        1 / (worst.struck + 0.5)
        - 1 / (worst.people + 1)
        + 1 / (best.struck + 0.5)
        - 1 / (best.people + 1)
    )
    ratio = one / other
    low, high = ratio * math.exp(-spread), ratio * math.exp(spread)
    return Gap(trait, worst, best, ratio, low, high, _by_chance(large))


def _smoothed(group: Group) -> float:
    return (group.struck + 0.5) / (group.people + 1)


def _by_chance(groups: list[Group]) -> float:
    """95th percentile of worst / best where all groups share one rate; seeded."""
    people = np.array([group.people for group in groups])
    rate = sum(group.struck for group in groups) / people.sum()
    drawn = np.random.default_rng(1).binomial(people, rate, size=(_DRAWS, len(groups)))
    rates = (drawn + 0.5) / (people + 1)
    return float(np.quantile(rates.max(axis=1) / rates.min(axis=1), 0.95))


def gaps(con: duckdb.DuckDBPyConnection, unit: Unit) -> dict[str, list[Gap]]:
    """Every trait's gap in false flags and in what was missed, explained where it is too wide."""
    load(con)
    found = {}
    for error in ("false review flags", f"missed {unit}"):
        by_trait = groups(con, error)
        wide = [gap(trait, by_trait[trait]) for trait in TRAITS]
        found[error] = [explained(con, one) for one in wide if one]
    return found


def explained(con: duckdb.DuckDBPyConnection, found: Gap) -> Gap:
    """With causes when the gap passes what is asked beyond luck; ``met`` and ``causes`` stand."""
    if found.low <= ASKED:
        return found
    trait, worst, best = TRAITS[found.trait], found.worst, found.best
    one, other = (
        (group.struck + 0.5) / (expected(con, trait, group.name) + 0.5) for group in (worst, best)
    )
    shares = causes(con, trait, worst.name, best.name)
    return replace(found, causes=tuple(shares), alike=one / other)
