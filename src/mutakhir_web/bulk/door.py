"""The one door to bulk data. Everything heavy is opened here once per process and kept."""

from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils import timezone

from mutakhir import rules
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision_book import DecisionBook
from mutakhir.casework.desk import proposed_periods
from mutakhir.casework.docket import Docket
from mutakhir.engines import Engine, engine
from mutakhir.roll import snapshot
from mutakhir.roll.lookup import Lookup
from mutakhir.roll.snapshot import Manifest
from mutakhir.rules import Law, Rules
from mutakhir.rules.period import Period
from mutakhir.store import Store

#: Opening takes a while; threads that come together open once.
_opening = Lock()


@cache
def _opened(root: Path) -> Store:
    return Store.open(root, create=True)


def store() -> Store:
    """The office's store; made on first use."""
    return _opened(settings.STORE)


@cache
def law_book() -> Rules:
    """The rules shipped with this version."""
    return rules.load()


def law(period: str) -> Law:
    """The law on a period's last day."""
    return law_book().at(Period.parse(period).last)


@cache
def linker() -> Engine:
    """The engine that links and builds."""
    return engine("duckdb")


@cache
def _manifest(opened: Store, version: int, stamp: int) -> Manifest:
    return snapshot.manifest(opened, version)


def manifest(version: int) -> Manifest:
    """The manifest of a version; read again when it was built anew."""
    path = store().roll(version) / "manifest.json"
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _manifest(store(), version, stamp)


def latest() -> Manifest | None:
    """The newest roll version; None before the first."""
    versions = store().versions()
    return manifest(versions[-1]) if versions else None


def version_of(period: str) -> Manifest | None:
    """The newest version of a period, if it was built."""
    found = [m for v in store().versions() if (m := manifest(v)).period == period]
    return found[-1] if found else None


def before(period: str) -> Manifest | None:
    """The newest version of an earlier period: the roll that the period starts from."""
    found = [m for v in store().versions() if (m := manifest(v)).period < period]
    return found[-1] if found else None


@cache
def _book(opened: Store) -> DecisionBook:
    return DecisionBook(opened.decisions, snapshot.decided(opened))


@cache
def _docket(opened: Store, period: str) -> Docket:
    return Docket(opened, period, law(period), _book(opened))


def book() -> Casebook:
    """All decisions so far, folded and in step with the file. For looking only."""
    with _opening:
        found = _book(store())
    found.catch_up()
    return found.book


def docket(period: str) -> Docket:
    """The docket of a period, in step with the file: other processes seal to it too."""
    with _opening:
        found = _docket(store(), period)
    found.catch_up()
    return found


def lookup(version: int) -> Lookup:
    """The voters of one version, found in a moment. StoreError when it is not indexed."""
    return Lookup.open(store(), version)


def kabs() -> list[str]:
    """The kab/kota whose roll stands in the store, by code."""
    newest = latest()
    return sorted(newest.counts) if newest else []


def current_period(kab: str) -> str:
    """The period in which ``kab`` works now: the first one after its last closed one.

    A period that was reopened is worked in again. Before anything stands: the quarter that
    contains today.
    """
    done = max((period for period, closed in book().closed if closed == kab), default=None)
    begun = {*proposed_periods(store()), *((newest.period,) if (newest := latest()) else ())}
    ahead = sorted(period for period in begun if done is None or period > done)
    if ahead:
        return ahead[0]
    return Period.parse(done).next().label if done else Period.containing(_today()).label


def _today() -> date:
    return timezone.localdate()
