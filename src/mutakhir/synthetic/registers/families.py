"""Families: who lives together, of which sex, born when, as arrays over people."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from mutakhir.synthetic.arrays import Array, Bools, Ints
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.rates import share
from mutakhir.synthetic.registers.vocabulary import Vocabulary

#: The day the registers speak of. Everybody is 17 or older on it.
TODAY: Final = np.datetime64("2026-06-30")
#: Members in the order in which they stand in the array; a twin follows the first-born.
ROLES: Final = (
    "father",
    "mother",
    "first",
    "twin",
    "second",
    "third",
    "grandfather",
    "grandmother",
)
FATHER, MOTHER, FIRST, TWIN, SECOND, THIRD, GRANDFATHER, GRANDMOTHER = range(8)
CHILDREN: Final = (FIRST, TWIN, SECOND, THIRD)
_SEX_OF_ROLE: Final = {FATHER: False, MOTHER: True, GRANDFATHER: False, GRANDMOTHER: True}
_AT_HOME: Final = {FIRST: 0.72, SECOND: 0.5, THIRD: 0.3}  # grown children who live there
_HEAPED_DAYS: Final = ((1, 1), (7, 1), (12, 31))
_FAMILIES_AT_ONCE: Final = 250_000


@dataclass(frozen=True)
class Members:
    """People, family by family. All arrays have one entry per person."""

    family: Ints  # int32
    role: Ints  # int8, place in ROLES
    female: Bools
    birth: Ints  # int32, days since 1970-01-01
    origin: Ints  # int8, place in Vocabulary.origins

    def __len__(self) -> int:
        return len(self.family)

    @property
    def age(self) -> Ints:
        """Whole years, near enough for choosing names and lives."""
        days: Ints = int(TODAY.astype("datetime64[D]").astype(np.int64)) - self.birth
        return (days / 365.25).astype(np.int64)


def members(dice: Dice, vocabulary: Vocabulary, size: int) -> Members:
    """``size`` people in as many families as they need; the last family may be cut."""
    parts: list[Members] = []
    while (have := sum(map(len, parts))) < size:
        wanted = min(_FAMILIES_AT_ONCE, (size - have) // 2 + 10)
        first = int(parts[-1].family[-1]) + 1 if parts else 0
        parts.append(_some(dice, vocabulary, np.arange(first, first + wanted)))
    return _joined(parts, size)


def _joined(parts: list[Members], size: int) -> Members:
    return Members(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])[:size]
            for field in fields(Members)
        }
    )


def _some(dice: Dice, vocabulary: Vocabulary, family: Ints) -> Members:
    ages = _ages(dice, family)
    here = _present(dice, family, ages)
    people, roles = np.nonzero(here)
    whose = family[people]
    person = whose * len(ROLES) + roles
    female = _female(dice, whose, person, roles)
    born = _births(dice, person, ages[people, roles])
    twins = np.flatnonzero(roles == TWIN)
    born[twins] = born[twins - 1]  # the first-born stands right before
    return Members(
        family=whose.astype(np.int32),
        role=roles.astype(np.int8),
        female=female,
        birth=born.astype(np.int32),
        origin=_origins(dice, vocabulary, whose, roles).astype(np.int8),
    )


def _ages(dice: Dice, family: Ints) -> Ints:
    """Years, families by roles; of those who are not there too."""
    years = np.arange(20, 85)
    mother = years[dice.pick("age", family, np.where(years < 45, 10.0, 95.0 - years))]
    ages = np.zeros((len(family), len(ROLES)), dtype=np.int64)
    ages[:, MOTHER] = mother
    ages[:, FATHER] = np.clip(mother + dice.below("older", family, 10) - 2, 19, 90)
    ages[:, FIRST] = mother - 19 - dice.below("first child", family, 7)
    ages[:, TWIN] = ages[:, FIRST]
    ages[:, SECOND] = ages[:, FIRST] - 1 - dice.below("second child", family, 4)
    ages[:, THIRD] = ages[:, SECOND] - 1 - dice.below("third child", family, 5)
    ages[:, GRANDFATHER] = ages[:, FATHER] + 20 + dice.below("grandfather's age", family, 12)
    ages[:, GRANDMOTHER] = ages[:, FATHER] + 17 + dice.below("grandmother's age", family, 12)
    return ages


def _present(dice: Dice, family: Ints, ages: Ints) -> Bools:
    here = np.zeros(ages.shape, dtype=bool)
    head = dice.uniform("head", family)
    married = share("people", "married_head")
    alone = head >= married + share("people", "widowed_head")
    woman = dice.uniform("lone head", family) < np.where(alone, 0.45, 0.75)
    here[:, FATHER] = (head < married) | ~woman
    here[:, MOTHER] = (head < married) | woman
    for role, rate in _AT_HOME.items():
        at_home = np.where(ages[:, role] < 30, rate, rate * 0.4)
        here[:, role] = ~alone & (dice.uniform(ROLES[role], family) < at_home)
    twins = dice.uniform("twins", family) < share("people", "twin_birth")
    here[:, TWIN] = here[:, FIRST] & twins
    for role in (GRANDFATHER, GRANDMOTHER):
        elder = dice.uniform(ROLES[role], family) < share("people", "elder_at_home")
        here[:, role] = ~alone & elder
    here &= (ages >= 17) & (ages < 99)
    nobody = ~here.any(axis=1)
    here[nobody, MOTHER] = True
    return here


def _female(dice: Dice, family: Ints, person: Ints, role: Ints) -> Bools:
    female: Bools = dice.uniform("sex", person) < 0.49
    for fixed, is_woman in _SEX_OF_ROLE.items():
        female[role == fixed] = is_woman
    twins = np.flatnonzero(role == TWIN)
    alike = dice.uniform("twins' sex", family[twins]) < share("people", "twins_of_one_sex")
    female[twins] = np.where(alike, female[twins - 1], ~female[twins - 1])
    return female


def _births(dice: Dice, person: Ints, age: Ints) -> Ints:
    """Days since 1970-01-01; some were never written down and stand on a round day."""
    today = int(TODAY.astype("datetime64[D]").astype(np.int64))
    born = today - (age * 1461 + 3) // 4 - dice.below("birthday", person, 365)
    rates = np.where(age < 60, share("people", "heaped_young"), share("people", "heaped_old"))
    heaped = np.flatnonzero(dice.uniform("heaped", person) < rates)
    year = born[heaped].astype("datetime64[D]").astype("datetime64[Y]")
    which = dice.pick("heaped day", person[heaped], (5, 3, 2))
    month, day = np.array(_HEAPED_DAYS)[which].T
    round_day = (year.astype("datetime64[M]") + month - 1).astype("datetime64[D]") + day - 1
    round_days = round_day.astype(np.int64)
    born[heaped] = np.where(round_days <= today - 17 * 366, round_days, born[heaped])
    return born


def _origins(dice: Dice, vocabulary: Vocabulary, family: Ints, role: Ints) -> Ints:
    shares = vocabulary.origin_column("share")
    own = dice.pick("origin", family, shares)
    married_in = dice.pick("mother's origin", family, shares)
    mixed = dice.uniform("mixed", family) < share("people", "mixed_marriage")
    return np.where(mixed & (role == MOTHER), married_in, own)


def twin_groups(found: Members) -> Array:
    """The first-born's index for both twins, -1 for all others."""
    groups = np.full(len(found), -1, dtype=np.int64)
    twins = np.flatnonzero(found.role == TWIN)
    groups[twins] = groups[twins - 1] = twins - 1
    return groups


def elder_of(found: Members, role: int) -> Array:
    """For each person the index of the family's member in ``role``, or -1."""
    ones = np.flatnonzero(found.role == role)
    by_family = np.full(int(found.family.max(initial=0)) + 1, -1, dtype=np.int64)
    by_family[found.family[ones]] = ones
    return by_family[found.family]
