"""Kabupaten, kecamatan and desa of a run, and the households that live in them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mutakhir.regions import Region, load
from mutakhir.synthetic.arrays import Array, Ints, rank_in_group
from mutakhir.synthetic.names import words
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.rates import share

_PROVINCES: Final = ("36", "32", "33", "31", "35")
_DESA_VOTERS: Final = 5_000
_RT_VOTERS: Final = 180
RT_PER_RW: Final = 5
RT_PER_TPS: Final = 3
_CARD_DAYS: Final = 16 * 365
_FIRST_CARD: Final = 14_600  # days since 1970-01-01: 2009-12-22
#: How a household differs from the one it comes from.
STAYS, NEAR, FAR = range(3)


@dataclass(frozen=True)
class Places:
    """Where people of this run live (desa) and where they may have been registered first."""

    desa: list[str]  # codes, kabupaten after kabupaten
    kab_of_desa: Ints  # place among the kabupaten of the run
    kecamatan_of_desa: Ints  # place in ``kecamatan``
    rts: Ints  # RT of each desa
    first_desa: Ints  # of each kabupaten; one entry more at the end
    populated: int  # so many kabupaten have people; one more takes movers
    kecamatan: list[str]  # codes: all of the provinces around
    kecamatan_of_kab: Ints  # for each kabupaten of the run: first place in ``kecamatan``
    kecamatan_count: Ints  # for each kabupaten of the run
    towns: list[str]
    town_of_kecamatan: Ints


def places(kabs: int, people: int) -> Places:
    """Places for ``people`` in ``kabs`` kabupaten, about 5,000 voters to a desa."""
    found = _kabs()
    kabs = min(kabs, len(found) - 1)
    kecamatan = [k.code for kab in found for k in load().children(kab.code)]
    at = {code: place for place, code in enumerate(kecamatan)}
    wanted = max(4, -(-people // (kabs * _DESA_VOTERS)))
    lived = [_desa_of(kab.code, wanted) for kab in found[: kabs + 1]]
    desa = [code for codes in lived for code in codes]
    counts = np.array([len(list(load().children(kab.code))) for kab in found])
    rts = -(-people // (sum(map(len, lived[:kabs])) * _RT_VOTERS))
    return Places(
        desa=desa,
        kab_of_desa=np.repeat(np.arange(kabs + 1), [len(codes) for codes in lived]),
        kecamatan_of_desa=np.array([at[code[:6]] for code in desa]),
        rts=np.full(len(desa), max(rts, 2)),
        first_desa=np.cumsum([0, *(len(codes) for codes in lived)]),
        populated=kabs,
        kecamatan=kecamatan,
        kecamatan_of_kab=np.cumsum(counts) - counts,
        kecamatan_count=counts,
        towns=[_town(kab) for kab in found],
        town_of_kecamatan=np.repeat(np.arange(len(found)), counts),
    )


def _kabs() -> list[Region]:
    everywhere = load().all("kabkota")
    near = [kab for kab in everywhere if kab.code[:2] in _PROVINCES]
    return sorted(near, key=lambda kab: (_PROVINCES.index(kab.code[:2]), kab.code))


def _desa_of(kab: str, wanted: int) -> list[str]:
    """``wanted`` desa of the kabupaten, spread over its kecamatan."""
    codes = [d.code for k in load().children(kab) for d in load().children(k.code)]
    return codes[:: max(1, len(codes) // wanted)][:wanted]


def _town(kab: Region) -> str:
    return kab.name.upper().removeprefix("KABUPATEN ").removeprefix("KOTA ")


@dataclass(frozen=True)
class Households:
    """Family cards and where they live; the first are the families, then those split off."""

    desa: Ints  # int32, place in Places.desa
    rt: Ints  # int16, from 0 within the desa
    street: Ints  # int16, place in the word list
    number: Ints  # int16, of the house, 0 = none
    nkk: Ints  # int64, 16 digits


@dataclass(frozen=True)
class Splits:
    """Households that split off a family: the family, how (STAYS, NEAR, FAR), a number each."""

    family: Ints
    change: Ints
    key: Ints


def households(dice: Dice, where: Places, voters: Ints, splits: Splits) -> Households:
    """The households of families with so many ``voters`` each, then those split off."""
    desa, rt = _settled(where, voters)
    new_desa, new_rt = _moved(dice, where, desa[splits.family], rt[splits.family], splits)
    desa, rt = np.concatenate([desa, new_desa]), np.concatenate([rt, new_rt])
    own = np.concatenate([np.arange(len(voters)), splits.key])
    # One that only got a new card keeps the address of its family.
    lived = np.where(splits.change == STAYS, splits.family, splits.key)
    home = np.concatenate([np.arange(len(voters)), lived])
    street = (desa * 1009 + rt * 7919 + dice.below("street", home, 2)) % len(words()["streets"])
    numbered = dice.uniform("numbered", home) < 0.5
    return Households(
        desa=desa.astype(np.int32),
        rt=rt.astype(np.int16),
        street=street.astype(np.int16),
        number=(numbered * (dice.below("number", home, 120) + 1)).astype(np.int16),
        nkk=_cards(dice, where, desa, own, len(voters)),
    )


def _settled(where: Places, voters: Ints) -> tuple[Ints, Ints]:
    """Families fill the RT of one desa after the other."""
    lived = int(where.first_desa[where.populated])
    ends = np.cumsum(where.rts[:lived])
    before = np.cumsum(voters) - voters
    block = before * int(ends[-1]) // max(int(voters.sum()), 1)
    desa = np.searchsorted(ends, block, side="right")
    return desa, block - (ends - where.rts[:lived])[desa]


def _moved(dice: Dice, where: Places, desa: Ints, rt: Ints, splits: Splits) -> tuple[Ints, Ints]:
    change, key = splits.change, splits.key
    kabs = len(where.first_desa) - 1
    kab = where.kab_of_desa[desa]
    other = (kab + 1 + dice.below("new kabupaten", key, kabs - 1)) % kabs
    kab = np.where(change == FAR, other, kab)
    first, end = where.first_desa[kab], where.first_desa[kab + 1]
    new = first + dice.below("new desa", key, end - first)
    new_rt = dice.below("new rt", key, where.rts[new])
    return np.where(change == STAYS, desa, new), np.where(change == STAYS, rt, new_rt)


def _cards(dice: Dice, where: Places, desa: Ints, key: Ints, families: int) -> Ints:
    """NKK: kecamatan, day of issue, serial. Cards split off are of the last year."""
    age = dice.below("card", key, np.where(np.arange(len(key)) < families, _CARD_DAYS - 365, 365))
    issued = _FIRST_CARD + np.where(np.arange(len(key)) < families, age, _CARD_DAYS - 365 + age)
    return numbers(where, where.kecamatan_of_desa[desa], issued, np.zeros(len(key), dtype=np.int64))


def numbers(where: Places, kecamatan: Ints, days: Ints, forty: Array) -> Ints:
    """A 16-digit number each, no two alike: kecamatan, date (day + 40 where ``forty``), serial.

    Serials count from 1 within kecamatan, date and sex in array order, so twins are neighbours.
    """
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    day = (dates - months).astype(np.int64) + 1 + 40 * forty.astype(np.int64)
    month = months.astype(np.int64) % 12 + 1
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    codes = np.array([int(code) for code in where.kecamatan])
    head = ((codes[kecamatan] * 100 + day) * 100 + month) * 100 + year % 100
    number: Ints = head * 10_000 + rank_in_group(head) + 1
    return number


def first_registered(dice: Dice, where: Places, key: Ints, desa: Ints) -> Ints:
    """The kecamatan in which each was registered first: mostly one of the home kabupaten."""
    drawn = dice.uniform("registered at home", key)
    at_home = share("people", "nik_home")
    own = where.kecamatan_of_desa[desa]
    near, anywhere = _other_kecamatan(dice, where, key, desa)
    return np.where(drawn < at_home * 0.7, own, np.where(drawn < at_home, near, anywhere))


def registered_again(dice: Dice, where: Places, person: Ints, desa: Ints) -> Ints:
    """The kecamatan that gave each a second number."""
    # Negative keys, so that the draws are not those of the first number.
    near, anywhere = _other_kecamatan(dice, where, -1 - person, desa)
    at_home = dice.uniform("again", person) < share("doubles", "second_nik_near")
    return np.where(at_home, near, anywhere)


def _other_kecamatan(dice: Dice, where: Places, key: Ints, desa: Ints) -> tuple[Ints, Ints]:
    """Any kecamatan of the kabupaten, and any of all."""
    kab = where.kab_of_desa[desa]
    drawn = dice.below("near kecamatan", key, where.kecamatan_count[kab])
    anywhere = dice.below("far kecamatan", key, len(where.kecamatan))
    return where.kecamatan_of_kab[kab] + drawn, anywhere
