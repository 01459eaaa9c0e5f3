"""One quarter's inbox: every file an office receives, made from the quarter's news."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from mutakhir.synthetic import claims, layouts
from mutakhir.synthetic.arrays import stream
from mutakhir.synthetic.events import Quarter, World
from mutakhir.synthetic.population import Population
from mutakhir.synthetic.sourcefile import SourceFile, truth_of, write

_CLAIMS = ("feed", "akta", "letters", "rt_statements", "bpjs", "tni_polri", "school", "lapas")


def files(seed: int, world: World, quarter: Quarter, size: int) -> Iterator[SourceFile]:
    """The quarter's files, one by one; afterwards the world knows what was told."""
    population = world.population
    kab, period = population.where.kab, quarter.period
    news = claims.gather(stream(seed, kab, f"news/{period}"), world, quarter, size)
    for name in _CLAIMS:
        rng = stream(seed, kab, f"{name}/{period}")
        rows = getattr(claims, name)(rng, news)
        yield getattr(layouts, name)(rng, population, rows, period)
    claims.settle(news)


def put(folder: Path, population: Population, period: str, source: SourceFile) -> pa.Table:
    """Write one file; returns its truth."""
    write(folder, source)
    return truth_of(population, period, source)
