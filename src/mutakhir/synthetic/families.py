"""Families: who lives with whom, of which age and sex. People of one family stand together."""

from dataclasses import dataclass

import numpy as np

from mutakhir.synthetic.arrays import Array, Bools, Days, Ints, parts, pick
from mutakhir.synthetic.rates import PEOPLE

_YEAR = 365.2425
#: Age of the head of a family: weights of five-year classes from 20 to 85.
_HEAD_AGES = (2, 6, 9, 11, 12, 12, 11, 10, 9, 7, 5, 3, 2)
#: Chance that the head is a woman: of a couple, widowed or divorced, alone.
_FEMALE_HEADS = (0.01, 0.65, 0.3)
_CHILDREN = (10, 18, 30, 24, 12, 6)
_SLOTS = 5
#: Columns of the family grid: head, spouse, children, their twins, grandparent.
HEAD, SPOUSE, CHILD, TWIN, ELDER = 0, 1, 2, 2 + _SLOTS, 2 + 2 * _SLOTS
_COLUMNS = ELDER + 1
#: State of a person before the first quarter.
VOTER, CHILD_STATE, UNREGISTERED, MILITARY, OUTSIDE, GONE, DEAD = range(7)
STATES = ("voter", "child", "unregistered", "military", "outside", "gone", "dead")


@dataclass
class Households:
    """One row per person, families whole and in order."""

    family: Ints
    role: Ints
    female: Bools
    birth: Days
    marital: Array  # B, S, P
    arrives: Ints  # per person: quarter in which the family moves in, -1 = lives here
    gone: Bools  # per person: the family left before the opening

    def __len__(self) -> int:
        return len(self.family)

    def take(self, keep: Array) -> "Households":
        """The people ``keep`` (mask or index)."""
        return Households(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


def age_on(birth: Days, day: np.datetime64) -> Ints:
    """Whole years of age on ``day``: a birthday counts from its own day."""
    year, month, date = parts(birth)
    on_year, on_month, on_date = (int(value[0]) for value in parts(np.array([day])))
    before = (month > on_month) | ((month == on_month) & (date > on_date))
    age: Ints = on_year - year - before
    return age


def draw(
    rng: np.random.Generator, people: int, opening: np.datetime64, quarters: int
) -> Households:
    """Families with at least ``people`` members who are, or in the quarters ahead become, 17."""
    families = int(people * 0.46) + 40
    grid = _grid(rng, families, int(opening.astype("datetime64[D]").astype(np.int64)))
    born = grid.born.astype("datetime64[D]")
    old_enough = opening - born > np.timedelta64(int((16.2 - quarters / 4) * _YEAR), "D")
    family, role = np.nonzero(grid.present & old_enough)
    coming = [PEOPLE["incoming_families"]] * quarters
    gone = PEOPLE["gone_families"]
    kind = pick(rng, [1 - gone - sum(coming), gone, *coming], families)
    drawn = Households(
        family=family,
        role=role,
        female=grid.female[family, role],
        birth=born[family, role],
        marital=np.full(len(family), "B"),
        arrives=np.where(kind > 1, kind - 2, -1)[family],
        gone=(kind == 1)[family],
    )
    _know_birthdays(rng, drawn, opening)
    drawn.marital = _marital(rng, drawn, grid.present, opening)
    return drawn


@dataclass
class _Grid:
    """Births (days since 1970), presence and sex: families x columns."""

    born: Ints
    present: Bools
    female: Bools


def _grid(rng: np.random.Generator, families: int, today: int) -> _Grid:
    """Heads, their spouses, children and parents; ``today`` in days since 1970."""
    shape = (families, _COLUMNS)
    grid = _Grid(np.zeros(shape, np.int64), np.zeros(shape, np.bool_), rng.random(shape) < 0.5)
    born, present, female = grid.born, grid.present, grid.female
    kind = pick(rng, [PEOPLE["married_head"], PEOPLE["widowed_head"], 0.11], families)
    age = 20 + 5 * pick(rng, _HEAD_AGES, families) + 5 * rng.random(families)
    age[kind == 1] += 8
    born[:, HEAD] = today - (age * _YEAR).astype(np.int64)
    present[:, HEAD] = True
    female[:, HEAD] = rng.random(families) < np.array(_FEMALE_HEADS)[kind]
    born[:, SPOUSE] = born[:, HEAD] + ((rng.random(families) * 11 - 2) * _YEAR).astype(np.int64)
    born[:, SPOUSE] = np.minimum(born[:, SPOUSE], today - int(19 * _YEAR))
    present[:, SPOUSE] = kind == 0
    female[:, SPOUSE] = ~female[:, HEAD]
    _children(rng, grid, kind, today)
    born[:, ELDER] = born[:, HEAD] - ((20 + 12 * rng.random(families)) * _YEAR).astype(np.int64)
    alive = today - born[:, ELDER] < int(96 * _YEAR)
    present[:, ELDER] = alive & (kind == 0) & (rng.random(families) < PEOPLE["elder_at_home"])
    return grid


def _children(rng: np.random.Generator, grid: _Grid, kind: Ints, today: int) -> None:
    """Children born to mothers of 19 to 35, and those who have not yet left home."""
    families = len(kind)
    mother = np.where(kind == 0, grid.born[:, SPOUSE], grid.born[:, HEAD])
    count = pick(rng, _CHILDREN, families)
    for slot in range(_SLOTS):
        at = 19 + 3 * slot + 3 * rng.random(families)
        day = mother + (at * _YEAR).astype(np.int64)
        years = (today - day) / _YEAR
        stays = np.where(years < 22, 0.97, np.where(years < 30, 0.55, 0.12))
        # daughters marry out somewhat earlier
        stays = stays * np.where(grid.female[:, CHILD + slot], 0.88, 1.0)
        here = (kind < 2) & (count > slot) & (day < today) & (rng.random(families) < stays)
        twins = here & (rng.random(families) < PEOPLE["twin_birth"])
        alike = rng.random(families) < PEOPLE["twins_of_one_sex"]
        child, twin = CHILD + slot, TWIN + slot
        grid.born[:, child] = grid.born[:, twin] = day
        grid.present[:, child], grid.present[:, twin] = here, twins
        sex = grid.female[:, child]
        grid.female[:, twin] = np.where(alike, sex, ~sex)


def _know_birthdays(rng: np.random.Generator, people: Households, opening: np.datetime64) -> None:
    """Unknown birthdays stand as 1 July, 31 December or 1 January; some people pass a hundred."""
    age = age_on(people.birth, opening)
    adult = (people.role == HEAD) | (people.role == SPOUSE) | (people.role == ELDER)
    rate = np.where(age > 60, 4.0, np.where(age > 45, 1.6, 0.2)) * PEOPLE["birthday_unknown"]
    unknown = adult & (age > 18) & (rng.random(len(people)) < rate)
    year = people.birth.astype("datetime64[Y]").astype("datetime64[D]")
    leap = (people.birth.astype("datetime64[Y]").astype(np.int64) + 1970) % 4 == 0
    offset = np.stack([181 + leap, 364 + leap, 0 * leap])[
        pick(rng, [5, 3, 2], len(people)), np.arange(len(people))
    ]
    people.birth = np.where(unknown, year + offset.astype("timedelta64[D]"), people.birth)
    elders = np.flatnonzero(adult & (age > 80))
    wanted = max(1, round(PEOPLE["centenarian"] * len(people)))
    old = rng.permutation(elders)[:wanted]
    people.birth[old] -= (rng.integers(20, 32, len(old)) * _YEAR).astype("timedelta64[D]")


def _marital(
    rng: np.random.Generator, people: Households, present: Bools, opening: np.datetime64
) -> Array:
    age = age_on(people.birth, opening)
    couple = present[people.family, SPOUSE]
    marital = np.full(len(people), "B")
    marital[((people.role == HEAD) & couple) | (people.role == SPOUSE)] = "S"
    lone = (people.role == HEAD) & ~couple
    marital[lone & (age > 30) & (rng.random(len(people)) < 0.85)] = "P"
    marital[people.role == ELDER] = "P"
    grown = (people.role >= CHILD) & (people.role < ELDER) & (age > 24)
    marital[grown & (rng.random(len(people)) < 0.3)] = "S"
    girls = people.female & (age == 16) & (rng.random(len(people)) < PEOPLE["married_at_16"])
    marital[girls] = "S"
    return marital
