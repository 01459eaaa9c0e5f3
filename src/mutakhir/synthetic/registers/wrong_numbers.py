"""NIK and NKK as offices write them: what goes wrong with a number. Whole arrays at a time."""

from collections.abc import Callable
from typing import Final

import numpy as np

from mutakhir.synthetic.arrays import Array, Bools, Ints
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.rates import NONE, kinds

#: Numbers are held as int64; a missing one is 0, one cut at 15 digits is simply shorter.
MISSING: Final = 0
_UNITS: Final[Ints] = np.array([10**place for place in range(16)])
_SERIALS: Final = 10_000
_FORTY: Final = 40 * 10**8


def _whole(numbers: Array) -> Ints:
    return numbers.astype(np.int64, copy=False)


def one_digit(dice: Dice, topic: str, key: Ints, number: Ints) -> Ints:
    """One of the last 15 digits is another. ``topic`` keeps the draws of two uses apart."""
    unit = _UNITS[dice.below(f"{topic} place", key, 15)]
    digit = number // unit % 10
    wrong = (digit + 1 + dice.below(f"{topic} digit", key, 9)) % 10
    return _whole(number + (wrong - digit) * unit)


def swapped(dice: Dice, key: Ints, number: Ints) -> Ints:
    """Two neighbouring digits that differ change places; nothing where three tries find none."""
    result = number
    for attempt in range(3):
        unit = _UNITS[dice.below(f"nik swap {attempt}", key, 14)]
        low, high = number // unit % 10, number // unit // 10 % 10
        turned = number + (low - high) * 9 * unit
        result = np.where(result == number, turned, result)
    return result


def _serial(dice: Dice, key: Ints, number: Ints) -> Ints:
    serial = number % _SERIALS
    other = 1 + dice.below("nik serial", key, 5)
    return number - serial + np.where(other == serial, serial + 1, other)


def _forty(number: Ints) -> Ints:
    day = number // 10**8 % 100
    return number + np.where(day > 40, -_FORTY, _FORTY)


def _date(dice: Dice, key: Ints, number: Ints) -> Ints:
    """Day and month change places where both can; else one digit of the date is another."""
    day, month = number // 10**8 % 100, number // 10**6 % 100
    forty = np.where(day > 40, 40, 0)
    can = (day - forty <= 12) & (day - forty != month)
    turned = number + ((month + forty - day) * 100 + (day - forty - month)) * 10**6
    place = np.array([10**4, 10**6, 10**8])[dice.below("nik date place", key, 3)]
    digit = number // place % 10
    wrong = (digit + 1 + dice.below("nik date digit", key, 8)) % 10
    return _whole(np.where(can, turned, number + (wrong - digit) * place))


def wrong_nik(
    dice: Dice, key: Ints, number: Ints, fault: Ints, *, of_family: Ints, of_stranger: Ints
) -> Ints:
    """The numbers with each one's fault (place in the group ``nik`` of rates, or NONE)."""
    changes: dict[str, Callable[[Ints], Ints]] = {
        "one_digit": lambda at: one_digit(dice, "nik", key[at], number[at]),
        "swapped": lambda at: swapped(dice, key[at], number[at]),
        "missing": lambda at: np.full(len(at), MISSING),
        "cut": lambda at: number[at] // 10,
        "serial": lambda at: _serial(dice, key[at], number[at]),
        "forty": lambda at: _forty(number[at]),
        "date": lambda at: _date(dice, key[at], number[at]),
        "of_family": lambda at: of_family[at],
        "of_stranger": lambda at: of_stranger[at],
    }
    written = number.copy()
    for place, kind in enumerate(kinds("nik")):
        at = np.flatnonzero(fault == place)
        written[at] = changes[kind](at)
    return written


def wrong_nkk(dice: Dice, key: Ints, number: Ints, fault: Ints) -> Ints:
    """The same for family cards (group ``nkk``)."""
    mistyped = one_digit(dice, "nkk", key, number)
    missing = kinds("nkk").index("missing")
    written = np.where(fault == NONE, number, mistyped)
    return np.where(fault == missing, MISSING, written)


def cut_of_2013(written: Ints, cut: Bools) -> Array:
    """The last digit lost, where there were sixteen."""
    return np.where(cut & (written >= 10**15), written // 10, written)
