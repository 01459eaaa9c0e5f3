"""The balance of every TPS, and a recap read back from what was written."""

from lib.recap_world import recap_of, rolls, story_of_a_quarter
from mutakhir.recap.export import as_json, from_json
from mutakhir.recap.stations import stations
from mutakhir.roll.inputs import Roll

STORY = story_of_a_quarter()


def test_every_station_balances_and_together_they_are_the_recap():
    before, after = rolls(STORY)
    found = stations(after, before)
    assert [station.difference for station in found] == [0] * len(found)
    row = recap_of(STORY).row("3673")
    assert sum(s.L for s in found) == row.count("akhir").L
    assert sum(s.P for s in found) == row.count("akhir").P
    assert sum(s.opening for s in found) == row.count("awal").total
    assert sum(s.new for s in found) == row.count("baru").total
    assert sum(s.gone for s in found) == row.count("tms").total
    assert sum(s.arrived for s in found) == sum(s.left for s in found) > 0


def test_a_station_from_which_the_ledger_forgot_somebody_shows_by_how_much():
    before, after = rolls(STORY)
    short = Roll(
        after.version,
        after.period,
        after.voters.slice(1),
        after.departed,
        after.ledger,
        after.changes,
    )
    assert sorted(s.difference for s in stations(short, before))[:2] == [-1, 0]


def test_the_first_version_opens_with_what_was_adopted():
    _, after = rolls(STORY)
    found = stations(Roll(1, "2026-Q2", after.voters, after.departed, *_nothing(after)), None)
    assert all(s.opening == 0 and s.difference == s.total for s in found)


def _nothing(roll):
    return roll.ledger.slice(0, 0), roll.changes.slice(0, 0)


def test_a_recap_comes_back_from_json_as_it_was():
    recap = recap_of(STORY)
    assert from_json(as_json(recap, recap.rows)) == recap
