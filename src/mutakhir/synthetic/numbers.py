"""NIK and NKK: region of first registration, date, serial (domain: PP KK CC DDMMYY 0001)."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.arrays import Bools, Days, Ints, parts, rank_in_group, strings, zero_padded


def numbers(regions: list[str], region: Ints, days: Days, female: Bools) -> pa.StringArray:
    """A 16-digit number each, no two alike; women's day + 40.

    ``region`` indexes ``regions`` (6 digits). Serials count from 0001 within region, date and
    sex, in array order, so twins of one sex are neighbours.
    """
    year, month, day = parts(days)
    date = (day + 40 * female) * 10_000 + month * 100 + year % 100
    serial = rank_in_group(region * 1_000_000 + date) + 1
    return pc.binary_join_element_wise(
        strings(regions, region), zero_padded(date, 6), zero_padded(serial, 4), ""
    )


def family_numbers(
    rng: np.random.Generator, regions: list[str], region: Ints, opening: np.datetime64
) -> pa.StringArray:
    """NKK: issued on some day of the last sixteen years."""
    issued = opening - rng.integers(30, 16 * 365, len(region)).astype("timedelta64[D]")
    return numbers(regions, region, issued, np.zeros(len(region), dtype=bool))
