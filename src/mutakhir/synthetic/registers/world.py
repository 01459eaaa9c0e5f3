"""Everything a pair of registers is written from, made once by seed and size."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mutakhir.synthetic.arrays import Ints
from mutakhir.synthetic.registers import lists, places, vocabulary
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.lists import BEYOND, K1, K2, ONCE, Lines
from mutakhir.synthetic.registers.people import People, named_members, people
from mutakhir.synthetic.registers.places import STAYS, Households, Places, Splits
from mutakhir.synthetic.registers.vocabulary import Vocabulary

NIK_DAMAGE: Final = ("today", "2013")
_PEOPLE_PER_KAB: Final = 500_000


@dataclass(frozen=True)
class Plan:
    """What is asked for. Raises ValueError for values that make no registers."""

    size: int
    seed: int
    dirt: float = 1.0
    overlap: float = 0.9
    nik_damage: str = "today"
    kabs: int | None = None

    def __post_init__(self) -> None:
        if self.size < 1 or not 0 <= self.overlap <= 1 or not 0 <= self.dirt <= 4:
            raise ValueError("size from 1, overlap from 0 to 1, dirt from 0 to 4")
        if self.nik_damage not in NIK_DAMAGE:
            raise ValueError(f"nik_damage is one of {', '.join(NIK_DAMAGE)}")


@dataclass(frozen=True)
class Copy:
    """One list: its lines with home, family card and NIK of each, in no order yet."""

    office: str
    lines: Lines
    key: Ints  # a number for each line
    home: Ints  # place in Households
    card: Ints  # place in Households: whose NKK
    number: Ints  # place in People.nik


@dataclass(frozen=True)
class World:
    """The people, their homes, and who stands on which list."""

    plan: Plan
    dice: Dice
    vocabulary: Vocabulary
    places: Places
    people: People
    homes: Households
    copies: dict[str, Copy]


def world(plan: Plan) -> World:
    """The world of a plan: arrays over people and households, no text."""
    dice, words = Dice(plan.seed), vocabulary.load()
    size = lists.people_needed(plan.size, plan.overlap, plan.dirt)
    found, names = named_members(dice, words, size)
    where = places.places(plan.kabs or max(1, round(size / _PEOPLE_PER_KAB)), size)
    chosen = {
        office: lists.lines(dice, office, plan.size, plan.overlap, plan.dirt)
        for office in lists.OFFICES
    }
    splits, home, card = lists.since(dice, found)
    doubles = {o: lists.of_doubles(dice, o, found, chosen[o]) for o in chosen}
    voters = np.bincount(found.family)
    homes = places.households(dice, where, voters, _joined([splits, *doubles.values()]))
    second = {o: chosen[o].person[chosen[o].double == BEYOND] for o in chosen}
    everyone = people(
        dice, where, found, names, homes=homes, second=np.concatenate(list(second.values()))
    )
    family = found.family.astype(np.int64)
    then = {"roll": (family, family), "register": (home, card)}
    copies: dict[str, Copy] = {}
    house, number = len(voters) + len(splits.family), len(found)
    for o, own in doubles.items():
        copies[o] = _copy(o, chosen[o], then[o], own.change, house=house, number=number)
        house, number = house + len(own.family), number + len(second[o])
    return World(plan, dice, words, where, everyone, homes, copies)


def _joined(splits: list[Splits]) -> Splits:
    return Splits(
        np.concatenate([split.family for split in splits]),
        np.concatenate([split.change for split in splits]),
        np.concatenate([split.key for split in splits]),
    )


def _copy(
    office: str,
    listed: Lines,
    then: tuple[Ints, Ints],
    change: Ints,
    *,
    house: int,
    number: int,
) -> Copy:
    """The lines with what each shows.

    ``then``: home and card of each person; ``change``: how the home of each second line differs;
    ``house`` and ``number``: where the households and NIKs of second lines begin.
    """
    home, card = (household[listed.person] for household in then)
    again = np.flatnonzero(listed.double != ONCE)
    own, kind, stays = house + np.arange(len(again)), listed.double[again], change == STAYS
    home[again] = np.where(stays, home[again], own)
    same_card = (kind == K1) | (stays & (kind != K2))
    card[again] = np.where(same_card, card[again], own)
    nik = listed.person.copy()
    beyond = np.flatnonzero(listed.double == BEYOND)
    nik[beyond] = number + np.arange(len(beyond))
    return Copy(office, listed, lists.row_keys(office, listed), home, card, nik)
