"""Places: desa with their kecamatan, and where in them a family lives and votes."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.regions import Region, load
from mutakhir.synthetic.arrays import Bools, Ints, strings, zero_padded
from mutakhir.synthetic.names import words
from mutakhir.synthetic.rates import PEOPLE

#: Voters of one RT; a TPS holds three of them, below the 600 of Pilkada 2024.
_RT_VOTERS = 180
_RT_PER_TPS = 3
_RT_PER_RW = 5


@dataclass(frozen=True)
class Places:
    """The desa of one kabupaten/kota, in code order, and what first registration may show."""

    kab: str
    kab_name: str
    desa: list[str]  # codes
    desa_names: list[str]
    kecamatan_names: list[str]  # of each desa
    weights: Ints  # relative size of each desa
    without_rt: Bools  # desa whose RT and RW are 0
    own_kecamatan: list[str]
    next_kab: str | None  # the kab of the run after this one
    kabs_around: list[str]  # codes of other kabupaten/kota, near ones first
    far_kecamatan: list[str]  # where others were registered first
    towns: list[str]  # birth places: own first


def places(rng: np.random.Generator, kab: str, kabs: tuple[str, ...]) -> Places:
    """The places of ``kab``. Raises ValueError for a code that is no kabupaten/kota.

    With several ``kabs`` each takes its own share of far kecamatan, so no NIK is given twice.
    """
    regions = load()
    found = regions.get(kab)
    if found is None or found.level != "kabkota":
        raise ValueError(f"{kab} bukan kode kabupaten/kota")
    kecamatan = regions.children(kab)
    desa = [(k, d) for k in kecamatan for d in regions.children(k.code)]
    others = _other_kabs(kabs)
    far = [k.code for other in others for k in regions.children(other.code)]
    size = rng.random(len(desa))
    return Places(
        kab=found.code,
        kab_name=found.name.upper(),
        desa=[d.code for _, d in desa],
        desa_names=[d.name.upper() for _, d in desa],
        kecamatan_names=[k.name.upper() for k, _ in desa],
        weights=(300 + 2200 * size * size).astype(np.int64),
        without_rt=rng.random(len(desa)) < PEOPLE["villages_without_rt"],
        own_kecamatan=[k.code for k in kecamatan],
        next_kab=next(iter(kabs[kabs.index(kab) + 1 :]), None),
        kabs_around=[other.code for other in others],
        far_kecamatan=far[kabs.index(kab) :: len(kabs)],
        towns=[_town(found), *(_town(other) for other in others)],
    )


def _other_kabs(kabs: tuple[str, ...]) -> list[Region]:
    """All kabupaten/kota outside ``kabs``: those of the same provinces first."""
    near = {kab[:2] for kab in kabs}
    others = [region for region in load().all("kabkota") if region.code not in kabs]
    return sorted(others, key=lambda region: (region.parent not in near, region.code))


def _town(kab: Region) -> str:
    return kab.name.upper().removeprefix("KABUPATEN ").removeprefix("KOTA ")


@dataclass(frozen=True)
class Homes:
    """Per family: desa (index), RT, RW and TPS (numbers), address."""

    desa: Ints
    rt: Ints
    rw: Ints
    tps: Ints
    address: pa.StringArray


def settle(rng: np.random.Generator, where: Places, voters: Ints) -> Homes:
    """Homes for families of so many ``voters`` each, in order: families stay whole in one TPS."""
    before = np.cumsum(voters) - voters
    bounds = np.cumsum(where.weights) / where.weights.sum() * max(int(voters.sum()), 1)
    desa = np.minimum(np.searchsorted(bounds, before, side="right"), len(bounds) - 1)
    total = np.bincount(desa, weights=voters, minlength=len(bounds)).astype(np.int64)
    first = np.cumsum(total) - total
    rts = np.maximum(1, (total + _RT_VOTERS - 1) // _RT_VOTERS)
    rt = np.minimum((before - first[desa]) * rts[desa] // np.maximum(total[desa], 1), rts[desa] - 1)
    stations = (rts + _RT_PER_TPS - 1) // _RT_PER_TPS
    numbered = ~where.without_rt[desa]
    return Homes(
        desa=desa,
        rt=np.where(numbered, rt % _RT_PER_RW + 1, 0),
        rw=np.where(numbered, rt // _RT_PER_RW + 1, 0),
        tps=rt * stations[desa] // rts[desa] + 1,
        address=_addresses(rng, desa * 1000 + rt),
    )


def _addresses(rng: np.random.Generator, block: Ints) -> pa.StringArray:
    """Each RT has one or two streets; half of the houses have a number."""
    streets = words()["streets"]
    street = (block * 7919 + rng.integers(0, 2, len(block))) % len(streets)
    number = rng.integers(1, 90, len(block))
    has_number = rng.random(len(block)) < 0.5
    suffix = pc.binary_join_element_wise("NO.", zero_padded(number, 1), " ")
    masked = pc.if_else(pa.array(has_number), suffix, pa.scalar(None, pa.string()))
    return pc.binary_join_element_wise(strings(streets, street), masked, " ", null_handling="skip")
