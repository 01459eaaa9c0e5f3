"""Birth dates as offices write them: what goes wrong with a date. Whole arrays at a time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.arrays import Bools, Ints, parts, strings
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.rates import kinds


def wrong_date(dice: Dice, key: Ints, born: Ints, fault: Ints) -> pa.StringArray:
    """``YYYY-MM-DD`` of each date (days since 1970-01-01) with its fault (group ``birth_date``).

    All are days of the calendar, but for those of an unknown day: ``1961-07-00``.
    """
    year, month, day = parts(born.astype("datetime64[D]"))
    has = {kind: fault == place for place, kind in enumerate(kinds("birth_date"))}
    step = np.where(dice.uniform("date step", key) < 0.5, -1, 1)
    in_day = (dice.uniform("date part", key) < 0.6) | (day > 28)  # every month has the others
    other_day, other_month = has["digit"] & in_day, has["digit"] & ~in_day
    swaps = has["swapped"] & (day <= 12)
    day, month = np.where(swaps, month, day), np.where(swaps, day, month)
    day = np.where(other_day, _one_digit(day, step), day)
    month = np.where(other_month, (month + step - 1) % 12 + 1, month)
    month, day = np.where(has["heaped"], 7, month), np.where(has["heaped"], 1, day)
    year = year + np.where(has["year"], step, 0)
    day = np.where(has["year"] & (month == 2) & (day == 29), 28, day)
    day = np.where(has["no_day"], 0, day)
    return _text(year, month, day, has["missing"])


def _one_digit(day: Ints, step: Ints) -> Ints:
    """A day that differs in one digit and that the same month has."""
    tens = np.where(day <= 18, day + 10, day - 10)
    units = np.where((day % 10 > 0) & (day > 1), day - 1, day + 1)
    return np.where((step > 0) | (day >= 30), tens, units)


def _text(year: Ints, month: Ints, day: Ints, missing: Bools) -> pa.StringArray:
    years = [f"{number:04d}" for number in range(2100)]
    two = [f"{number:02d}" for number in range(100)]
    return pc.binary_join_element_wise(
        strings(years, np.where(missing, -1, year)), strings(two, month), strings(two, day), "-"
    )
