"""One quarter's inbox: every file an office receives, made from the quarter's news."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from mutakhir.synthetic import arealists, claims, pps
from mutakhir.synthetic.arrays import stream
from mutakhir.synthetic.events import Quarter, World
from mutakhir.synthetic.layouts import Scene, file_of
from mutakhir.synthetic.population import Population
from mutakhir.synthetic.sourcefile import SourceFile, truth_of
from mutakhir.synthetic.written import write

_CLAIMS = {
    "feed": claims.feed,
    "akta": claims.akta,
    "letters": claims.letters,
    "rt_statements": claims.rt_statements,
    "bpjs": claims.bpjs,
    "tni_polri": claims.tni_polri,
    "school": claims.school,
    "lapas": claims.lapas,
    "bawaslu": claims.bawaslu,
}
_LISTS = {
    "dps_2021": arealists.residents,
    "per_tps": arealists.residents,
    "village_register": arealists.register,
    "sidalih_2018": arealists.screened_list,
}
_WORKBOOKS = 10


def files(seed: int, world: World, quarter: Quarter, size: int) -> Iterator[SourceFile]:
    """The quarter's files, one by one; afterwards the world knows what was told.

    ``size``: lines of the opening roll, the base of all shares.
    """
    population = world.population
    where, period = population.where, quarter.period
    news = claims.gather(stream(seed, where.kab, f"news/{period}"), world, quarter, size)
    for name, claim in _CLAIMS.items():
        rng = stream(seed, where.kab, f"{name}/{period}")
        rows = claim(rng, news)
        if len(rows):
            yield file_of(rng, name, Scene(where, period), rows)
    rng = stream(seed, where.kab, f"lists/{period}")
    voters = np.bincount(population.desa[news.voters], minlength=len(where.desa))
    small = arealists.smallest(voters, len(_LISTS))
    for (name, rows_of), desa in zip(_LISTS.items(), small, strict=False):
        yield file_of(rng, name, Scene(where, period, desa), rows_of(rng, news, desa))
    archive = pps.workbooks(rng, news, arealists.others(rng, voters, small, _WORKBOOKS))
    if archive.members:
        yield archive
    claims.settle(news)


def put(folder: Path, population: Population, period: str, source: SourceFile) -> pa.Table:
    """Write one file; returns its truth."""
    write(folder, source)
    return truth_of(population, period, source)
