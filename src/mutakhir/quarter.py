"""One quarter of a store, from files to documents. Every step may be run again.

A step that finds its result standing and current uses it, so a walk broken off at any moment
goes on where it stopped. People's decisions come in between: see ``casework``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutakhir.casework import decision_file, office
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import ON_PERIOD
from mutakhir.casework.desk import (
    casebook,
    propose_period,
    proposed_periods,
    read_outcomes,
    read_proposals,
)
from mutakhir.casework.draft import Proposals
from mutakhir.engines import Engine
from mutakhir.intake import take_in
from mutakhir.intake.options import Progress
from mutakhir.intake.receipt import Receipt
from mutakhir.linkage.model_file import default_model
from mutakhir.recap import editions, issued
from mutakhir.recap.documents import documents
from mutakhir.recap.issued import Issued, Why
from mutakhir.recap.meeting import Meeting
from mutakhir.roll import snapshot
from mutakhir.roll.snapshot import Manifest
from mutakhir.roll.steps import build_version, roll_before
from mutakhir.rules import Law, Rules
from mutakhir.rules.period import Period
from mutakhir.store import Store


@dataclass(frozen=True)
class Incoming:
    """A file for the office, with what its sender's letter says and its rows do not."""

    path: Path
    codes: str = "2023"
    region: str | None = None


@dataclass(frozen=True)
class Quarter:
    """The quarter ``period`` of the kabupaten/kota ``kabs`` in one store."""

    store: Store
    period: str
    kabs: tuple[str, ...]
    engine: Engine
    rules: Rules

    @property
    def law(self) -> Law:
        """The law on the quarter's last day."""
        return self.rules.at(Period.parse(self.period).last)

    def take_in(self, files: Iterable[Incoming], told: Progress | None = None) -> list[Receipt]:
        """Take every file in; one receipt each, in the same order."""
        receipts: list[Receipt] = []
        for file in files:
            receipts += take_in(
                [file.path],
                self.store,
                codes=file.codes,
                region=file.region,
                day=Period.parse(self.period).last,
                progress=told,
            )
        return receipts

    def adopt(self, source: str, kab: str, *, by: str, at: str) -> None:
        """Make ``source`` the opening roll of ``kab``, if it has none yet."""
        if kab in self.casebook().adopted:
            return
        with self.store.writing():
            office.adopt(
                self.store.decisions,
                period=self.period,
                kab=kab,
                source=source,
                by=by,
                law=self.law,
                at=at,
            )

    def propose(self) -> Proposals:
        """Proposals and outcomes of the quarter's records."""
        if self.period not in proposed_periods(self.store):
            before = roll_before(self.store, self.period)
            propose_period(
                self.store,
                self.period,
                voters=before.voters,
                departed=before.departed,
                linker=self.engine,
                model=default_model(),
                law=self.law,
            )
        proposals = read_proposals(self.store, self.period)
        return Proposals(proposals, read_outcomes(self.store, self.period))

    def build(self) -> Manifest:
        """The quarter's roll version, built from the decisions sealed so far.

        Raises BuildRefusedError when a check stops it.
        """
        decisions = decision_file.read(self.store.decisions).decisions
        for version in self.store.versions():
            manifest = snapshot.manifest(self.store, version)
            since = decisions[manifest.decisions["last"] :]
            acts = {d.act for d in since if d.period <= self.period}
            if manifest.period == self.period and acts <= ON_PERIOD:
                return manifest
        return build_version(self.store, self.period, self.engine, self.rules).manifest

    def close(self, *, by: str, at: str) -> None:
        """Close the quarter for each kabupaten/kota that is not closed yet."""
        closed = self.casebook().closed
        for kab in self.kabs:
            if (self.period, kab) in closed:
                continue
            with self.store.writing():
                office.close(
                    self.store.decisions,
                    period=self.period,
                    kab=kab,
                    by=by,
                    law=self.law,
                    at=at,
                )

    def issue(self, code: str, meeting: Meeting, why: Why) -> Issued:
        """Minutes, bulletin and tables of one region of the closed quarter, as its next edition;
        the last one again when nothing in them differs.

        Raises RefusedError when an identity of the recap fails, NotClosedError.
        """
        version = editions.version_of(self.store, period=self.period)
        kabs = editions.kabs_of(self.store, version, code)
        told = editions.recap(self.store, version, kabs)
        made = documents(told, code, meeting)
        region = told.recap.row(code)
        assert region is not None  # its documents were made
        number = meeting.number(region.name, code)
        return issued.issue(self.store, told, code, made=made, minutes=number, why=why)

    def casebook(self) -> Casebook:
        """All decisions so far, folded."""
        return casebook(self.store)
