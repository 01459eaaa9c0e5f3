"""Where a newcomer without a TPS votes until stations are drawn, on both engines."""

import pytest

from lib.people import SITI, record, records, voter, voters
from lib.rolls import effect, effects_table
from mutakhir.engines import engine
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA
from mutakhir.roll.voter import DEPARTED_SCHEMA

FAMILY, OTHER = "9999990101100001", "9999990101100002"
HERE, ELSEWHERE = "3673011001", "3673011002"


def settled(*places):
    """Voters at (nkk, rt, tps) of one desa."""
    lines = [
        voter(SITI, dpid=f"{n:016x}", nkk=nkk, rt=rt, tps=tps)
        for n, (nkk, rt, tps) in enumerate(places)
    ]
    empty = (DEPARTED_SCHEMA.empty_table(), ENTRY_SCHEMA.empty_table(), CHANGE_SCHEMA.empty_table())
    return Roll(1, "2026-Q2", voters(*lines), *empty)


@pytest.mark.parametrize("name", ["plain", "duckdb"])
@pytest.mark.parametrize(
    ("places", "newcomer", "station"),
    [
        ([(FAMILY, "001", "005"), (OTHER, "002", "002")], {"tps": "008"}, "008"),
        ([(FAMILY, "001", "005"), (OTHER, "002", "002")], {"tps_to": "007"}, "007"),
        # with the family: most of them, then the smaller number
        ([(FAMILY, "001", "005"), (OTHER, "002", "002"), (OTHER, "002", "002")], {}, "005"),
        ([(FAMILY, "1", "007"), (FAMILY, "1", "007"), (FAMILY, "1", "003")], {}, "007"),
        ([(FAMILY, "1", "007"), (FAMILY, "1", "003")], {}, "003"),
        # no family here: with most of the RT
        ([(OTHER, "001", "006"), (OTHER, "001", "006"), (OTHER, "001", "004")], {}, "006"),
        ([(OTHER, "001", "006"), (OTHER, "002", "001")], {}, "006"),
        ([(None, None, "006"), (OTHER, "002", "001")], {"rt": None, "nkk": None}, "006"),
        # neither: the desa's first; a special station attracts nobody
        ([(OTHER, "002", "004"), (OTHER, "003", "003")], {}, "003"),
        ([(FAMILY, "001", "901"), (OTHER, "002", "004")], {}, "004"),
        ([(FAMILY, "001", "901")], {}, "001"),
        ([(FAMILY, "001", "005")], {"desa": ELSEWHERE}, "001"),
    ],
)
def test_a_newcomer_votes_with_the_family_or_the_rt(name, places, newcomer, station):
    line = record(SITI, **{"nkk": FAMILY, "rt": "001", "tps": None, **newcomer}, claim="new")
    add = effect(5, "add", "f" * 16, record_id=line["record_id"])
    empty = RECORD_SCHEMA.empty_table()
    inputs = BuildInputs(settled(*places), "2026-Q3", empty, records(line), effects_table([add]))
    built = engine(name).build(inputs).voters.to_pylist()
    assert built[-1]["tps"] == station
