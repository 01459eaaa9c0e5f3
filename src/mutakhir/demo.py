"""The demonstration: a synthetic kota, its files, a simulated office, and real steps in between.

A list of steps, each of which may be run again: ``commands.demo`` shows them, ``bench/quarter``
measures them. Only the people are made up: the population and the office that decides.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from mutakhir import regions, rules
from mutakhir.casework.seal import SealReceipt, seal
from mutakhir.engines import engine
from mutakhir.intake.receipt import Receipt, totals
from mutakhir.numerals import dots
from mutakhir.quarter import Incoming, Quarter
from mutakhir.recap.issued import Why
from mutakhir.recap.meeting import Attendee, Meeting
from mutakhir.regions import plain
from mutakhir.roll.snapshot import Manifest
from mutakhir.roll.steps import roll_before
from mutakhir.rules.period import Period
from mutakhir.store import Store
from mutakhir.synthetic import Manifest as Generated
from mutakhir.synthetic import generate
from mutakhir.synthetic.office import verdicts

#: The last period before the first quarter: its roll is the opening one.
OPENING: Final = "2026-Q2"
ERROR_RATE: Final = 0.02
_ATTENDEES: Final = ("Bawaslu", "Disdukcapil", "TNI", "Polri", "Partai politik")

#: Told how far a step is, 0 to 1.
Told = Callable[[float], None]


@dataclass(frozen=True)
class Demo:
    """What to make and where. The same parameters lie in the same folder and are used again."""

    home: Path
    kabs: tuple[str, ...] = ("3673",)
    voters: int = 480_084
    seed: int = 2026
    quarters: int = 1
    engine: str = "duckdb"

    @property
    def folder(self) -> Path:
        """The demonstration's own folder, named after its parameters."""
        kabs = "-".join(self.kabs)
        if len(self.kabs) > 4:
            kabs = f"{len(self.kabs)}kab-{hashlib.sha256(kabs.encode()).hexdigest()[:8]}"
        return self.home / "demo" / f"{kabs}-{self.voters}-s{self.seed}-q{self.quarters}"

    @property
    def inbox(self) -> Path:
        """Files as they come, and the truth beside them."""
        return self.folder / "synthetic"

    @property
    def store(self) -> Path:
        """The office's store."""
        return self.folder / "store"

    @property
    def periods(self) -> list[str]:
        """The quarters after the opening."""
        found, period = [], Period.parse(OPENING)
        for _ in range(self.quarters):
            period = period.next()
            found.append(period.label)
        return found

    @property
    def running(self) -> str:
        """The quarter after those, which is under way: files are in, nobody has decided yet."""
        return Period.parse(self.periods[-1]).next().label

    def quarter(self, period: str) -> Quarter:
        """One quarter of the demonstration's store."""
        store = Store.open(self.store, create=True)
        return Quarter(store, period, self.kabs, engine(self.engine), rules.load())


@dataclass
class Step:
    """One step: ``run`` does it, or finds it done, and says in one line what there is now."""

    period: str
    title: str
    run: Callable[[Told], str] = field(repr=False)


def steps(demo: Demo) -> Iterator[Step]:
    """The demonstration from nothing to documents, in order."""
    yield Step(OPENING, "Penduduk sintetis dan berkasnya", lambda told: _generate(demo, told))
    yield Step(OPENING, "Terima DPT", lambda told: _take_in(demo, OPENING, told))
    yield Step(OPENING, "Daftar awal", lambda _: _open_roll(demo))
    for period in demo.periods:
        yield from _quarter_steps(demo, period)
    running = demo.running
    yield Step(running, "Terima berkas", lambda told: _take_in(demo, running, told))
    yield Step(running, "Tautkan dan susun usulan", lambda _: _propose(demo, running))


def _quarter_steps(demo: Demo, period: str) -> Iterator[Step]:
    yield Step(period, "Terima berkas", lambda told: _take_in(demo, period, told))
    yield Step(period, "Tautkan dan susun usulan", lambda _: _propose(demo, period))
    yield Step(period, "Putusan (kantor simulasi)", lambda _: _decide(demo, period))
    yield Step(period, "Bangun daftar", lambda _: _build(demo, period))
    yield Step(period, "Rekap, berita acara, siaran", lambda told: _publish(demo, period, told))


def _generated(demo: Demo, told: Told = lambda _share: None) -> Generated:
    """What was made, made now if it is not there yet."""
    return generate(
        demo.inbox,
        kabs=demo.kabs,
        voters=demo.voters,
        seed=demo.seed,
        quarters=demo.quarters + 1,
        opening=OPENING,
        progress=lambda _, share: told(share),
    )


def _generate(demo: Demo, told: Told) -> str:
    files = _generated(demo, told).files
    return f"{dots(demo.voters)} pemilih rekaan, {len(files)} berkas"


def _incoming(demo: Demo, period: str) -> list[Incoming]:
    """The period's files, in the order of their names, as their senders' letters describe them."""
    files = _generated(demo).files
    return [
        Incoming(demo.inbox / name, codes=str(told["codes"]), region=told["region"])
        for name, told in sorted(files.items())
        if f"/{period}/" in name
    ]


def _take_in(demo: Demo, period: str, told: Told) -> str:
    files = _incoming(demo, period)
    places = {file.path.name: number for number, file in enumerate(files)}
    quarter = demo.quarter(period)
    receipts = quarter.take_in(
        files, lambda name, share: told((places.get(name, 0) + share) / len(files))
    )
    return _received(receipts)


def _received(receipts: list[Receipt]) -> str:
    every = totals(receipts)
    return (
        f"{len(receipts)} berkas: {dots(every['read'])} baris ="
        f" {dots(every['accepted'])} diterima + {dots(every['held'])} ditahan"
        f" + {dots(every['rejected'])} ditolak"
    )


def _open_roll(demo: Demo) -> str:
    quarter, opening = demo.quarter(OPENING), _incoming(demo, OPENING)
    at = _clock(OPENING, hour=9)
    for receipt, file in zip(quarter.take_in(opening), opening, strict=True):
        kab = plain(file.region or "")
        quarter.adopt(receipt.source_id, kab, by=f"ketua-{kab}", at=at)
    manifest = quarter.build()
    quarter.close(by="ketua", at=at)
    return _counted(manifest)


def _propose(demo: Demo, period: str) -> str:
    found = demo.quarter(period).propose()
    rows, proposals = dots(found.outcomes.num_rows), dots(found.proposals.num_rows)
    return (
        f"{rows} baris: {found.outcomes_said}\n{proposals} usulan: {found.kinds_said}\n"
        f"{dots(found.for_review)} usulan perlu dilihat satu per satu"
    )


def _decide(demo: Demo, period: str) -> str:
    quarter = demo.quarter(period)
    proposals = quarter.propose().proposals
    book = quarter.casebook()
    if not book.cases.keys().isdisjoint(proposals["proposal_id"].to_pylist()):
        return "sudah disegel"
    said = verdicts(
        proposals,
        demo.inbox,
        period=period,
        law=quarter.law,
        voters=roll_before(quarter.store, period).voters,
        book=book,
        error_rate=ERROR_RATE,
        seed=demo.seed,
    )
    with quarter.store.writing():
        receipt = seal(
            quarter.store.decisions,
            period=period,
            kab=None,
            proposals=proposals,
            verdicts=said,
            law=quarter.law,
            at=_clock(period, hour=9),
        )
    return _sealed(receipt)


def _sealed(receipt: SealReceipt) -> str:
    people = len({decision.by for decision in receipt.sealed})
    return (
        f"{dots(len(receipt.sealed))} putusan oleh {people} petugas rekaan,"
        f" {dots(len(receipt.refused))} ditolak aturan"
    )


def _build(demo: Demo, period: str) -> str:
    quarter = demo.quarter(period)
    manifest = quarter.build()
    quarter.close(by="ketua", at=_clock(period, hour=15))
    return _counted(manifest)


def _counted(manifest: Manifest) -> str:
    every = sum(each["total"] for each in manifest.counts.values())
    return f"versi {manifest.version}: {dots(every)} pemilih, akar {manifest.root[:16]}"


def _publish(demo: Demo, period: str, told: Told) -> str:
    quarter, made = demo.quarter(period), 0
    codes = [*demo.kabs, *_provinces(demo)]
    for number, code in enumerate(codes, start=1):
        why = Why(by="ketua", at=_clock(period, hour=16))
        made += len(quarter.issue(code, _meeting(period, code, number), why).files)
        told(number / len(codes))
    return f"{made} dokumen di {quarter.store.recaps / period}"


def _provinces(demo: Demo) -> list[str]:
    """Provinces of which the demonstration holds at least two kabupaten/kota."""
    counted = Counter(kab[:2] for kab in demo.kabs)
    return sorted(province for province, parts in counted.items() if parts > 1)


def _meeting(period: str, code: str, number: int) -> Meeting:
    """A plenary on the third day after the quarter, at nine; roles only, no names."""
    region = regions.load().get(code)
    assert region is not None  # the roll holds it
    day = Period.parse(period).last + timedelta(days=3)
    return Meeting(
        n=number,
        opened=datetime.combine(day, time(9)),
        city=region.name.removeprefix("Kabupaten ").removeprefix("Kota "),
        place=f"Kantor KPU {region.name}",
        chair=f"Ketua KPU {region.name}",
        remark="PERAGAAN: semua orang dalam dokumen ini rekaan dan keputusannya disimulasikan.",
        attendees=tuple(Attendee(name) for name in _ATTENDEES),
    )


def _clock(period: str, *, hour: int) -> str:
    """The simulated office's clock: the period's last day, Jakarta time."""
    return f"{Period.parse(period).last.isoformat()}T{hour:02d}:00:00+07:00"
