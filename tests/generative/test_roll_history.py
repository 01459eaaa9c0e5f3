"""Any history: what was decided, overturned and withdrawn over periods always builds, and again."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.histories import live, opened, quarters, undo
from lib.office import Office
from mutakhir.roll import snapshot


@settings(max_examples=30)
@given(st.lists(quarters, min_size=2, max_size=4))
def test_every_history_builds_and_a_rebuild_gives_the_same_roots(history):
    with tempfile.TemporaryDirectory() as folder:
        office = opened(Path(folder) / "store")
        live(office, history)
        manifests = [snapshot.manifest(office.store, v) for v in office.store.versions()]
        again = Office(Path(folder) / "again", "duckdb")
        shutil.copytree(office.store.sources, again.store.sources)
        shutil.copy(office.store.decisions, again.store.decisions)
        for manifest in manifests:
            assert again.build(manifest.period).manifest.root == manifest.root


@settings(max_examples=25)
@given(st.lists(quarters, min_size=1, max_size=3))
def test_when_every_source_is_withdrawn_the_opening_list_is_back(history):
    with tempfile.TemporaryDirectory() as folder:
        office = opened(Path(folder) / "store")
        opening = snapshot.read(office.store, 1).voters
        live(office, history)
        for source in (1, 0):
            undo(office, ("withdraw", source), "2027-Q3")
        built = office.build("2027-Q3")
        names = [name for name in opening.column_names if name != "status"]
        assert built.roll.voters.select(names) == opening.select(names)
