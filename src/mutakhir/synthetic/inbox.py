"""One quarter's inbox: every file an office receives, made from the quarter's news."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from mutakhir.synthetic import arealists, claims, layouts, pps
from mutakhir.synthetic.arrays import stream
from mutakhir.synthetic.events import Quarter, World
from mutakhir.synthetic.population import Population
from mutakhir.synthetic.sourcefile import SourceFile, truth_of, write

_CLAIMS = {
    "feed": layouts.feed,
    "akta": layouts.akta,
    "letters": layouts.letters,
    "rt_statements": layouts.rt_statements,
    "bpjs": layouts.bpjs,
    "tni_polri": layouts.tni_polri,
    "school": layouts.school,
    "lapas": layouts.lapas,
    "bawaslu": layouts.bawaslu,
}
_LISTS = (arealists.dps_2021, arealists.per_tps, arealists.village_register, arealists.sidalih_2018)
_WORKBOOKS = 10


def files(seed: int, world: World, quarter: Quarter, size: int) -> Iterator[SourceFile]:
    """The quarter's files, one by one; afterwards the world knows what was told.

    ``size``: lines of the opening roll, the base of all shares.
    """
    population = world.population
    kab, period = population.where.kab, quarter.period
    news = claims.gather(stream(seed, kab, f"news/{period}"), world, quarter, size)
    for name, layout in _CLAIMS.items():
        rng = stream(seed, kab, f"{name}/{period}")
        rows = getattr(claims, name)(rng, news)
        if len(rows):
            yield layout(rng, population, rows, period)
    rng = stream(seed, kab, f"lists/{period}")
    voters = np.bincount(population.desa[news.voters], minlength=len(population.where.desa))
    small = arealists.smallest(voters, len(_LISTS))
    for make, desa in zip(_LISTS, small, strict=False):
        yield make(rng, news, desa)
    yield pps.workbooks(rng, news, arealists.others(rng, voters, small, _WORKBOOKS))
    claims.settle(news)


def put(folder: Path, population: Population, period: str, source: SourceFile) -> pa.Table:
    """Write one file; returns its truth."""
    write(folder, source)
    return truth_of(population, period, source)
