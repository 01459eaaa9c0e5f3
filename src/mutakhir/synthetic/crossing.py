"""Moves from one kabupaten/kota of a run to the next: one removal and one addition."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.events import Quarter, World
from mutakhir.synthetic.families import age_on
from mutakhir.synthetic.population import Crossing, Population

#: What a mover keeps; family number and home are new.
_KEPT = ("nik", "name", "birth_place", "birth_date", "sex", "marital")


def leavers(world: World, quarters: Iterable[Quarter]) -> list[Crossing]:
    """Who moved from this world's kab to the next one of the run, oldest quarter first."""
    population = world.population
    return [
        Crossing(
            quarter=quarter.number,
            person_id=int(population.person_id(np.array([event.person]))[0]),
            kab=population.where.kab,
            day=event.day,
            fields={name: population.fields[name][event.person].as_py() for name in _KEPT},
        )
        for quarter in quarters
        for event in quarter.events["moved_out"]
        if event.other_region == population.where.next_kab
    ]


def arrive(population: Population, crossings: list[Crossing]) -> None:
    """Let newcomers of the right quarter be the people who left the kab before.

    Crossings beyond the grown newcomers of their quarter arrive nowhere in this run.
    """
    for quarter in sorted({crossing.quarter for crossing in crossings}):
        moving = [crossing for crossing in crossings if crossing.quarter == quarter]
        free = _free_newcomers(population, quarter)
        population.crossed.update(zip(free, moving, strict=False))
    people = sorted(population.crossed)
    for name in _KEPT:
        values = [population.crossed[person].fields[name] for person in people]
        _overwrite(population, name, people, values)
    births = [population.crossed[person].fields["birth_date"] for person in people]
    population.people.birth[people] = np.array(births, dtype="datetime64[D]")
    sexes = [population.crossed[person].fields["sex"] for person in people]
    population.people.female[people] = np.array(sexes, dtype="U1") == "P"
    marital = [population.crossed[person].fields["marital"] for person in people]
    population.people.marital[people] = np.array(marital, dtype="U1")


def _free_newcomers(population: Population, quarter: int) -> list[int]:
    """Grown newcomers of a quarter whose likeness to others is not part of the truth."""
    involved = np.concatenate([other[other >= 0] for other in population.related.values()])
    newcomers = population.people.arrives == quarter
    newcomers &= age_on(population.people.birth, population.opening) >= 17
    for related in population.related.values():
        newcomers &= related < 0
    return [int(person) for person in np.setdiff1d(np.flatnonzero(newcomers), involved)]


def _overwrite(population: Population, name: str, people: list[int], values: list[str]) -> None:
    mask = np.zeros(population.size, dtype=bool)
    mask[people] = True
    new = pa.array(values, pa.string())
    population.fields[name] = pc.replace_with_mask(population.fields[name], pa.array(mask), new)
