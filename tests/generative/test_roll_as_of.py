"""Any history, any day: one voter as of that day is the voter of the roll as of that day."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.cases import proposals
from lib.histories import NEW, PERIODS, B, S, opened, quarters, undo, wished
from mutakhir.casework.desk import casebook
from mutakhir.roll import plain, snapshot
from mutakhir.roll.as_of import voter_as_of
from mutakhir.roll.lookup import Lookup, build_lookup
from mutakhir.roll.steps import roll_as_of

KOTA = ("3673",)


def lived(folder, history, *, built):
    """A history with a day between any two steps; only the first ``built`` quarters are built."""
    office, day, number = opened(folder), 1, 0
    for quarter, (period, steps) in enumerate(zip(PERIODS, history, strict=False)):
        roll = snapshot.read(office.store, office.store.versions()[-1])
        for step in steps:
            day, number = day + 1, number + 1
            office.minute = 1440 * day
            if step[0] in ("overturn", "withdraw"):
                undo(office, step, period)
                continue
            line = wished(roll, step, number, period)
            document = "alive" if line["kind"] == "conflict" else None
            office.accept(proposals(line), period, document)
        if quarter < built:
            office.build(period)
    return office, [date(2026, 8, 31), *(date(2026, 9, 1 + n) for n in range(day + 2))]


def whole(roll, dpid):
    """The voter of a whole roll, as ``voter_as_of`` gives one."""
    for row in roll.departed.to_pylist():
        if row["dpid"] == dpid:
            return {**row, "departed": True}
    gone = {"reason": None, "left": None, "decision": None, "rung": None, "departed": False}
    rows = (row for row in roll.voters.to_pylist() if row["dpid"] == dpid)
    return next(({**row, **gone} for row in rows), None)


@settings(max_examples=40)
@given(st.lists(quarters, min_size=1, max_size=4), st.integers(0, 4))
def test_one_voter_as_of_any_day_is_that_of_the_whole_roll(history, built):
    with tempfile.TemporaryDirectory() as folder:
        office, days = lived(Path(folder) / "store", history, built=built)
        version = office.store.versions()[-1]
        build_lookup(office.store, version)
        lookup, book = Lookup.open(office.store, version), casebook(office.store)
        for day in days:
            roll = roll_as_of(office.store, day, plain, office.rules)
            for dpid in (S, B, NEW):
                found = voter_as_of(lookup, dpid, day, KOTA, book=book, rules=office.rules)
                assert found.row == whole(roll, dpid)
