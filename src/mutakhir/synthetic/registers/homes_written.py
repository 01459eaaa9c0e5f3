"""Addresses and birth places as offices write them, by tables of forms."""

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.arrays import Ints, strings
from mutakhir.synthetic.names import words
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.places import Households
from mutakhir.synthetic.registers.rates import kinds

if TYPE_CHECKING:
    from mutakhir.synthetic.registers.world import World

_PREFIXES: Final = {
    "KP.": ("KAMPUNG", "KP"),
    "LINK.": ("LINGKUNGAN", "LK."),
    "JL.": ("JALAN", "JLN."),
    "KOMP.": ("KOMPLEK", "KOMPLEKS"),
    "PERUM": ("PERUMAHAN", "PRM"),
    "KAV.": ("KAVLING", "KAV"),
    "GG.": ("GANG", "GG"),
    "DUSUN": ("DSN.", "DUKUH"),
}
_NUMBERS: Final = ("NO. {}", "NO.{}", "NO {}", "{}")
_TOWNS: Final = ("{}", "KAB. {}", "KOTA {}", "KABUPATEN {}")
_HIGHEST: Final = 200


@cache
def _streets() -> list[str]:
    """Each street in its three forms, one after the other."""
    forms = []
    for street in words()["streets"]:
        prefix, rest = street.split(" ", 1)
        forms += [street, *(f"{other} {rest}" for other in _PREFIXES[prefix])]
    return forms


@cache
def _house_numbers() -> list[str]:
    return [form.format(number) for number in range(_HIGHEST) for form in _NUMBERS]


def address(dice: Dice, homes: Households, house: Ints, key: Ints, fault: Ints) -> pa.StringArray:
    """Street and house number of each household; ``fault`` by group ``address`` of rates."""
    kind = {name: place for place, name in enumerate(kinds("address"))}
    form = np.where(fault == kind["prefix"], 1 + dice.below("prefix", key, 2), 0)
    missing = fault == kind["missing"]
    number = homes.number[house].astype(np.int64)
    way = dice.below("number form", key, 4)
    left_out = (number == 0) | ((fault == kind["number"]) & (way == 0))
    way = np.where(fault == kind["number"], way, 0)
    suffix = strings(_house_numbers(), np.where(left_out, -1, number * len(_NUMBERS) + way))
    # Joining first: Arrow drops a row whose parts are all null.
    road = strings(_streets(), homes.street[house].astype(np.int64) * 3 + form)
    joined = pc.binary_join_element_wise(road, suffix, " ", null_handling="skip")
    return pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), joined)


def birth_place(dice: Dice, world: "World", who: Ints, key: Ints, fault: Ints) -> pa.StringArray:
    """Town of birth; ``fault`` by group ``birth_place`` of rates."""
    kind = {name: place for place, name in enumerate(kinds("birth_place"))}
    forms = [form.format(town) for town in world.places.towns for form in _TOWNS]
    town = world.people.birth_town[who].astype(np.int64)
    form = np.where(fault == kind["kind"], 1 + dice.below("town form", key, 3), 0)
    return strings(forms, np.where(fault == kind["missing"], -1, town * len(_TOWNS) + form))


def padded(number: Ints) -> pa.StringArray:
    """Numbers below 1000 as three digits."""
    return strings([f"{number:03d}" for number in range(1000)], number)
