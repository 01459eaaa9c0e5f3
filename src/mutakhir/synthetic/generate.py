"""The generator: a population, its quarters, their files and the truth, in one folder."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir import __version__
from mutakhir.regions import load
from mutakhir.store import recover, swapped_folder, write_json
from mutakhir.synthetic import crossing, events, inbox
from mutakhir.synthetic import opening as opening_list
from mutakhir.synthetic.arrays import stream
from mutakhir.synthetic.population import Crossing, Population, people_table, populate
from mutakhir.synthetic.rates import RATES

FORMAT = 1
#: Called with what has been made and how much of the whole it is (0 to 1).
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Manifest:
    """What was made: ``manifest.json`` (docs/reference/synthetic.md)."""

    parameters: dict[str, Any]
    rates: dict[str, dict[str, float]]
    versions: dict[str, Any]
    counts: dict[str, Any] = field(default_factory=dict)
    files: dict[str, dict[str, str | None]] = field(default_factory=dict)


def generate(
    out: Path,
    *,
    kabs: tuple[str, ...] = ("3673",),
    voters: int = 480_084,
    seed: int = 2026,
    quarters: int = 1,
    opening: str = "2026-Q2",
    progress: Progress | None = None,
) -> Manifest:
    """Make ``out`` or find it made with the same parameters; returns its manifest.

    ``voters``: lines of the opening rolls together, shared over ``kabs`` by real population.
    ``opening``: the period that the opening rolls close. Raises ValueError for an unknown kab, a
    period that is none, or fewer than 100 voters for a kab.
    """
    parameters = {
        "kabs": list(kabs),
        "voters": voters,
        "seed": seed,
        "quarters": quarters,
        "opening": opening,
    }
    manifest = Manifest(
        parameters, RATES, {"mutakhir": __version__, "format": FORMAT, "numpy": np.__version__}
    )
    made = _made(out, manifest)
    if made is not None:
        return made
    report = progress or (lambda _what, _share: None)
    shares = _shares(kabs, voters)
    recover(out.parent, out.name)
    with swapped_folder(out) as beside:
        crossings: list[Crossing] = []
        for number, (kab, share) in enumerate(shares.items()):
            told = _within(report, number, len(shares))
            crossings = _make_kab(beside, manifest, kab, share, crossings, report=told)
        write_json(beside / "manifest.json", asdict(manifest))
    return manifest


def _made(out: Path, wanted: Manifest) -> Manifest | None:
    """The manifest of what stands in ``out`` when it is what is wanted."""
    path = out / "manifest.json"
    if not path.exists():
        return None
    found = Manifest(**json.loads(path.read_text()))
    same = (found.parameters, found.rates, found.versions) == (
        wanted.parameters,
        wanted.rates,
        wanted.versions,
    )
    return found if same else None


def _within(report: Progress, number: int, total: int) -> Progress:
    return lambda what, share: report(what, (number + share) / total)


def _shares(kabs: tuple[str, ...], voters: int) -> dict[str, int]:
    """Voters of each kab: by real population, the remainder to the first ones."""
    if len(set(kabs)) != len(kabs) or not kabs:
        raise ValueError("sebut setiap kabupaten/kota sekali, dan paling sedikit satu")
    people = {}
    for kab in kabs:
        region = load().get(kab)
        if region is None or region.level != "kabkota" or not region.population:
            raise ValueError(f"{kab} bukan kode kabupaten/kota")
        people[region.code] = region.population
    total = sum(people.values())
    shares = {kab: voters * size // total for kab, size in people.items()}
    for kab in list(shares)[: voters - sum(shares.values())]:
        shares[kab] += 1
    if min(shares.values()) < 100:
        raise ValueError("kurang dari 100 pemilih untuk satu kabupaten/kota: naikkan jumlahnya")
    return shares


def period_days(period: str) -> tuple[date, date]:
    """First and last day of ``2026-Q3``."""
    year, quarter = period.split("-Q")
    first = date(int(year), 3 * int(quarter) - 2, 1)
    following = date(int(year) + int(quarter) // 4, 3 * int(quarter) % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def next_period(period: str) -> str:
    """The quarter after ``period``."""
    year, quarter = (int(part) for part in period.split("-Q"))
    return f"{year + quarter // 4}-Q{quarter % 4 + 1}"


def _make_kab(
    beside: Path,
    manifest: Manifest,
    kab: str,
    voters: int,
    crossings: list[Crossing],
    *,
    report: Progress,
) -> list[Crossing]:
    """One kab's files and truth; takes and returns those who move from kab to kab."""
    parameters = manifest.parameters
    seed, quarters, period = parameters["seed"], parameters["quarters"], parameters["opening"]
    _, closing = period_days(period)
    population = populate(
        kab,
        kabs=tuple(parameters["kabs"]),
        voters=voters,
        seed=seed,
        opening=np.datetime64(closing),
        quarters=quarters,
    )
    crossing.arrive(population, crossings)
    report("penduduk", 0.3)
    folder = beside / kab
    (folder / "truth").mkdir(parents=True)
    _write(people_table(population), folder / "truth" / "people.parquet")
    truth = [_write_opening(population, folder, manifest, period, seed)]
    report("daftar pembuka", 0.6)
    world = _world(population, folder / parameters["opening"] / "inbox", truth[0])
    lived = []
    for number in range(quarters):
        period = next_period(period)
        quarter = events.Quarter(period, number, *period_days(period))
        events.live(stream(seed, kab, f"events/{period}"), world, quarter)
        lived.append(quarter)
        truth.append(_write_inbox(world, quarter, folder, manifest, voters))
        report(period, 0.6 + 0.4 * (number + 1) / quarters)
    _write(events.table(population, lived), folder / "truth" / "events.parquet")
    _write(pa.concat_tables(truth), folder / "truth" / "rows.parquet")
    manifest.counts[kab] = _counts(population, voters, lived, truth)
    return crossing.leavers(world, lived)


def _world(population: Population, inbox_folder: Path, listed: pa.Table) -> events.World:
    """The world at the opening, which knows the first line of each person on the roll."""
    source = (inbox_folder / listed["file"][0].as_py()).read_bytes()
    first = listed.filter(pc.not_equal(listed["truth"], "duplicate"))
    rows = np.zeros(population.size, dtype=np.int64)
    people = first["person_id"].to_numpy() - int(population.where.kab) * 10_000_000
    rows[people] = first["row"].to_numpy()
    return events.World.at_opening(population, hashlib.sha256(source).hexdigest()[:16], rows)


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _write_opening(
    population: Population, folder: Path, manifest: Manifest, period: str, seed: int
) -> pa.Table:
    kab = population.where.kab
    target = folder / period / "inbox"
    target.mkdir(parents=True)
    truth = opening_list.write(stream(seed, kab, "opening"), population, target, period)
    name = truth["file"][0].as_py()
    manifest.files[f"{kab}/{period}/inbox/{name}"] = {
        "layout": "dpt_table_2024",
        "codes": "2023",
        "region": kab,
    }
    return truth


def _write_inbox(
    world: events.World, quarter: events.Quarter, folder: Path, manifest: Manifest, voters: int
) -> pa.Table:
    kab = world.population.where.kab
    target = folder / quarter.period / "inbox"
    target.mkdir(parents=True)
    truth = []
    for source in inbox.files(manifest.parameters["seed"], world, quarter, voters):
        truth.append(inbox.put(target, world.population, quarter.period, source))
        manifest.files[f"{kab}/{quarter.period}/inbox/{source.name}"] = {
            "layout": source.layout,
            "codes": source.codes,
            "region": source.region or kab,
        }
    return pa.concat_tables(truth)


def _counts(
    population: Population, voters: int, lived: list[events.Quarter], truth: list[pa.Table]
) -> dict[str, Any]:
    return {
        "people": population.size,
        "opening_lines": voters,
        "events": {
            quarter.period: {kind: len(found) for kind, found in sorted(quarter.events.items())}
            for quarter in lived
        },
        "rows": {
            period: dict(sorted(_truths(table).items()))
            for table in truth
            for period in table["period"].slice(0, 1).to_pylist()
        },
    }


def _truths(table: pa.Table) -> dict[str, int]:
    counted = table["truth"].combine_chunks().value_counts().to_pylist()
    return {entry["values"]: entry["counts"] for entry in counted}
