"""Every row of every spec table holds, and the documentation shows exactly these rows."""

import pytest

from lib.spec_docs import ROOT, hold, modules, pages

ROWS = [
    pytest.param(table, row, id=f"{module.__name__.removeprefix('spec.')}-{number}-{line}")
    for module in modules()
    for number, table in enumerate(module.TABLES, 1)
    for line, row in enumerate(table.rows, 1)
]


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_a_row_of_the_spec_holds(table, row):
    table.check(row)


@pytest.mark.parametrize("page", sorted(pages()))
def test_the_page_shows_the_spec(page):
    hold(ROOT / "docs" / page, pages()[page])
