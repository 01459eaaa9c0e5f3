"""Power fails at any moment: the store is the old one or the new one, and a rerun ends equal."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lib.killed_office import run_step
from lib.office import Q2, Q3, Office
from lib.people import SITI, record
from mutakhir.casework import decision_file
from mutakhir.roll import snapshot
from mutakhir.store import Store

TESTS = Path(__file__).parents[1]
STEPS = ("accept", "approve", "build")


def prepared(folder, steps):
    office = Office(folder, "plain")
    people = [record(SITI, row=n, dpid=f"{n:016x}", nik=f"{n:016}") for n in range(12)]
    office.adopt(office.source(*people))
    office.build(Q2)
    for step in steps:
        run_step(office, step)
    return office


def killed_at(store, step, event):
    path = f"{TESTS}{os.pathsep}{os.environ['PYTHONPATH']}"
    return subprocess.run(
        [sys.executable, "-m", "lib.killed_office", str(store), step, str(event)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("step", STEPS)
def test_after_a_kill_at_any_file_touched_a_rerun_gives_the_same_root(tmp_path, step):
    done = STEPS[: STEPS.index(step)]
    expected = prepared(tmp_path / "whole", STEPS).build(Q3).manifest
    start = tmp_path / "start"
    prepared(start, done)
    alive = tmp_path / "alive"
    shutil.copytree(start, alive)
    touches = int(killed_at(alive, step, 0).stdout)
    assert touches >= 2
    for event in sorted({1, 2, touches // 2, touches - 1, touches}):
        store = tmp_path / f"killed-{event}"
        shutil.copytree(start, store)
        assert killed_at(store, step, event).returncode == -signal.SIGKILL
        assert whole(Store.open(store))
        office = Office(store, "plain")
        for again in STEPS[STEPS.index(step) :]:
            run_step(office, again)
        assert office.build(Q3).manifest.root == expected.root
        assert not list(store.rglob(".beside-*"))


def whole(store):
    """Every version that is there reads, and the decision file keeps its chain."""
    decision_file.read(store.decisions)
    for version in store.versions():
        roll = snapshot.read(store, version)
        assert roll.voters.num_rows == snapshot.manifest(store, version).lists["voters"]["rows"]
    return True
