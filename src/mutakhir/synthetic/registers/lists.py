"""Who stands on which list, who stands on it twice, and where each line says they live."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mutakhir.synthetic.arrays import Ints
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.families import Members
from mutakhir.synthetic.registers.places import FAR, NEAR, STAYS, Splits
from mutakhir.synthetic.registers.rates import group, share

OFFICES: Final = ("roll", "register")
#: Kinds of a person's second line; ONCE marks all other lines.
ONCE, K1, K2, K3, BEYOND = range(-1, 4)


@dataclass(frozen=True)
class Lines:
    """The lines of one list, in no order yet. ``double`` is ONCE or the kind of a second line."""

    person: Ints
    double: Ints

    def __len__(self) -> int:
        return len(self.person)


def people_needed(size: int, overlap: float, dirt: float) -> int:
    """How many people two lists of ``size`` lines speak of."""
    first, second = (size - _doubles(office, size, dirt) for office in OFFICES)
    return first + second - _shared(size, overlap, dirt)


def lines(dice: Dice, office: str, size: int, overlap: float, dirt: float) -> Lines:
    """The lines of one list: ``size`` in all, the share ``overlap`` of people also on the other."""
    order = np.argsort(dice.bits("chosen", np.arange(people_needed(size, overlap, dirt))))
    shared, listed = _shared(size, overlap, dirt), size - _doubles("roll", size, dirt)
    if office == "register":
        order = np.concatenate([order[:shared], order[listed:]])
    else:
        order = order[:listed]
    doubles = size - len(order)
    again = order[np.arange(doubles) * len(order) // max(doubles, 1)]
    kind = dice.pick(f"{office} double", again, list(group("duplicates").values()))
    return Lines(
        person=np.concatenate([order, again]),
        double=np.concatenate([np.full(len(order), ONCE), kind]),
    )


def _doubles(office: str, size: int, dirt: float) -> int:
    rates = {
        "roll": sum(group("duplicates").values()) * dirt,
        "register": share("doubles", "register") * dirt,
    }
    return round(size * rates[office])


def _shared(size: int, overlap: float, dirt: float) -> int:
    fewest = min(size - _doubles(office, size, dirt) for office in OFFICES)
    return min(round(size * overlap), fewest)


def since(dice: Dice, found: Members) -> tuple[Splits, Ints, Ints]:
    """Who moved or got a new family card between the two lists.

    The new households, and for each person the household and the one whose card they carry then.
    """
    families = np.arange(int(found.family.max(initial=0)) + 1)
    moved = families[dice.uniform("family moved", families) < share("people", "moved_family")]
    person = np.arange(len(found))
    drawn = dice.uniform("moved alone", person)
    alone = share("people", "moved_alone")
    left = person[drawn < alone]
    married = person[(drawn >= alone) & (drawn < alone + share("people", "new_card"))]
    splits = _split(dice, found, moved, left, married)
    count, movers = len(families), len(moved) + len(left)
    of_family = families.copy()
    of_family[moved] = count + np.arange(len(moved))
    home = of_family[found.family]
    home[left] = count + len(moved) + np.arange(len(left))
    # Whoever's family moved goes with it.
    own = count + movers + np.arange(len(married))
    home[married] = np.where(home[married] < count, own, home[married])
    kept = dice.uniform("card kept", home) < share("people", "moved_card_kept")
    kept &= (home >= count) & (home < count + movers)
    return splits, home, np.where(kept, found.family, home)


def _split(dice: Dice, found: Members, moved: Ints, left: Ints, married: Ints) -> Splits:
    """Families that moved, people who left theirs, and people who married and stayed."""
    count = int(found.family.max(initial=0)) + 1
    key = count + np.concatenate([moved, count + left, count + married])
    far = dice.uniform("how far", key) < share("people", "moved_far")
    change = np.where(far, FAR, NEAR)
    change[len(moved) + len(left) :] = STAYS
    family = np.concatenate([moved, found.family[left], found.family[married]])
    return Splits(family, change, key)


def of_doubles(dice: Dice, office: str, found: Members, listed: Lines) -> Splits:
    """A household for each second line, in line order."""
    person = listed.person[listed.double != ONCE]
    families = int(found.family.max(initial=0)) + 1
    key = families * 2 + len(found) * (1 + OFFICES.index(office)) + person
    drawn = dice.uniform("double lives", key)
    far, near = share("doubles", "far"), share("doubles", "elsewhere")
    change = np.where(drawn < far, FAR, np.where(drawn < far + near, NEAR, STAYS))
    return Splits(found.family[person], change, key)


def shuffled(dice: Dice, office: str, listed: Lines) -> Ints:
    """The order in which the lines stand in the file."""
    return np.argsort(dice.bits(f"{office} order", row_keys(office, listed)))


def row_keys(office: str, listed: Lines) -> Ints:
    """A number for each line that no other line of either list has."""
    keys: Ints = listed.person * 4 + OFFICES.index(office) + 2 * (listed.double != ONCE)
    return keys
