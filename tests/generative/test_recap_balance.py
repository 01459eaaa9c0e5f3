import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.recap_world import DESAS, EVENTS, LAW, recap_of, story_of_a_quarter
from mutakhir.recap.export import as_csv
from mutakhir.recap.identities import RefusedError, findings
from mutakhir.recap.meeting import Meeting
from mutakhir.recap.minutes import values
from mutakhir.recap.table import Count, Recap, Row

story = st.tuples(
    st.sampled_from(EVENTS), st.integers(0, 3), st.sampled_from("LP"), st.integers(0, 3)
)
TOLD = recap_of(story_of_a_quarter())
CELLS = [(row.code, cell) for row in TOLD.rows for cell in row.counts]
UNITS = [(row.code, unit) for row in TOLD.rows for unit in row.units]


@settings(max_examples=30, deadline=None)
@given(st.lists(story, min_size=1, max_size=25))
def test_every_told_quarter_balances_at_every_level(stories):
    recap = recap_of(stories)
    assert findings(recap) == []
    for parent, below in recap.families():
        for cell, count in parent.counts.items():
            parts = [row.count(cell) for row in below]
            assert sum(part.L for part in parts) == count.L
            assert sum(part.P for part in parts) == count.P
            assert count.total == count.L + count.P


@settings(max_examples=15, deadline=None)
@given(st.lists(story, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_voters_and_entries_does_not_matter(stories, random):
    shuffled = list(enumerate(stories))
    random.shuffle(shuffled)
    assert as_csv(recap_of(stories), recap_of(stories).rows) == as_csv(
        recap_of([s for _, s in shuffled]), recap_of([s for _, s in shuffled]).rows
    )


def changed(code: str, cell: str, field: str, by: int) -> Recap:
    """The told quarter with one number in one cell of one region changed."""

    def row_of(row: Row) -> Row:
        if row.code != code:
            return row
        if field == "unit":
            return Row(
                row.code, row.level, row.name, row.counts, {**row.units, cell: row.units[cell] + by}
            )
        old = row.counts[cell]
        numbers = {"L": old.L, "P": old.P, "total": old.total}
        new = Count(**{**numbers, field: numbers[field] + by})
        return Row(row.code, row.level, row.name, {**row.counts, cell: new}, row.units)

    return Recap(TOLD.edition, tuple(row_of(row) for row in TOLD.rows))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CELLS), st.sampled_from(["L", "P", "total"]), st.integers(1, 10**6))
def test_minutes_are_refused_when_any_one_number_is_off_and_name_its_region(place, field, by):
    code, cell = place
    with pytest.raises(RefusedError) as refused:
        values(changed(code, cell, field, by), "3673", Meeting(), (), LAW)
    touched = {finding.code for finding in refused.value.broken}
    assert any(code.startswith(found) or found.startswith(code) for found in touched)
    assert str(by)[0] in str(refused.value)


@given(st.sampled_from(UNITS))
def test_minutes_are_refused_when_a_count_of_kecamatan_desa_or_tps_is_off(place):
    code, unit = place
    with pytest.raises(RefusedError):
        values(changed(code, unit, "unit", 1), "3673", Meeting(), (), LAW)


def test_the_desas_of_the_world_are_in_it():
    assert {row.code for row in TOLD.at("desa")} == set(DESAS)
