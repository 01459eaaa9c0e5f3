"""Ctrl-C, a full disk and folders that refuse: a run ends whole or leaves things as they were."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lib.registers import make_registers

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """A roll, a source, and the same roll as CSV."""
    folder = tmp_path_factory.mktemp("lists")
    registers = make_registers(9, roll=1500, feed=800, doubled=0.05)
    pq.write_table(registers.left, folder / "roll.parquet")
    pq.write_table(registers.right, folder / "feed.parquet")
    lines = [",".join(registers.left.column_names)]
    lines += [",".join(f'"{x or ""}"' for x in row.values()) for row in registers.left.to_pylist()]
    (folder / "roll.csv").write_text("\n".join(lines) + "\n")
    return folder


class Desk:
    """Where an operator works: results of yesterday, and a folder of temporary files."""

    def __init__(self, folder):
        self.temporary, self.home = folder / "tmp", folder / "home"
        self.temporary.mkdir()
        (self.home / "hasil").mkdir(parents=True)
        (self.home / "hasil" / "links.parquet").write_text("yesterday")

    def run(self, *words):
        path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
        return subprocess.run(
            [sys.executable, "-m", *map(str, words), "--out", self.home / "hasil"],
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(self.temporary)},
            capture_output=True,
            text=True,
            check=False,
        )

    def untouched(self):
        left = [path.name for path in (self.home / "hasil").iterdir()]
        old = (self.home / "hasil" / "links.parquet").read_text(errors="replace")
        return (
            left == ["links.parquet"]
            and old == "yesterday"
            and [path.name for path in self.home.iterdir()] == ["hasil"]
            and not list(self.temporary.iterdir())
        )


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def stopped(desk, words, how, step):
    said = desk.run("lib.troubled_link", how, step, *words)
    assert said.returncode == 130, said.stderr
    assert said.stderr.splitlines()[-1].startswith("Dihentikan. ")
    assert "Traceback" not in said.stderr
    assert desk.untouched()


SLOW = [pytest.param(step, marks=pytest.mark.slow) for step in (2, 4, 6, 7)]


@pytest.mark.parametrize("step", [1, 3, 5, 8, 9, *SLOW])
def test_ctrl_c_at_any_step_of_link_leaves_yesterdays_folder(desk, lists, step):
    stopped(desk, ("link", lists / "roll.csv", lists / "feed.parquet"), "stop", step)


@pytest.mark.parametrize("step", [2, 5, *SLOW[1:]])
def test_ctrl_c_while_the_engine_works_leaves_yesterdays_folder(desk, lists, step):
    stopped(desk, ("link", lists / "roll.csv", lists / "feed.parquet"), "stop-within", step)


@pytest.mark.parametrize("step", [4, SLOW[0], SLOW[3]])
def test_ctrl_c_at_a_step_of_dedupe_leaves_yesterdays_folder(desk, lists, step):
    stopped(desk, ("dedupe", lists / "roll.parquet"), "stop", step)


def test_ctrl_c_in_the_plain_engine_leaves_yesterdays_folder(desk, lists):
    words = ("dedupe", lists / "roll.parquet", "--engine", "plain")
    stopped(desk, words, "stop-within", 2)


def test_a_disk_that_fills_up_anywhere_leaves_yesterdays_folder(desk, lists):
    words = ("link", lists / "roll.csv", lists / "feed.parquet")
    failed, limit = 0, 500
    while (said := desk.run("lib.troubled_link", "full", limit, *words)).returncode != 0:
        assert said.returncode == 2, said.stderr
        assert "disk penuh" in said.stderr.splitlines()[-1]
        assert "Traceback" not in said.stderr
        assert desk.untouched()
        failed, limit = failed + 1, limit * 6
    assert failed >= 3
    assert (desk.home / "hasil" / "clusters.parquet").exists()


def test_the_steps_are_told_one_by_one_on_stderr_alone(desk, lists):
    said = desk.run("mutakhir", "link", lists / "roll.csv", lists / "feed.parquet", "--json")
    assert said.returncode == 0, said.stderr
    assert [line.split()[1] for line in said.stderr.splitlines()] == [
        f"{n}/9" for n in range(1, 10)
    ]
    assert said.stdout.startswith("{")


@pytest.mark.parametrize(("engine", "steps"), [("duckdb", 7), ("plain", 3)])
def test_the_last_step_that_is_told_is_the_last_that_was_promised(desk, lists, engine, steps):
    said = desk.run("mutakhir", "dedupe", lists / "roll.parquet", "--engine", engine)
    assert said.returncode == 0, said.stderr
    assert [line.split()[1] for line in said.stderr.splitlines()] == [
        f"{n}/{steps}" for n in range(1, steps + 1)
    ]


def test_a_folder_that_cannot_be_made_is_refused(desk, lists):
    (desk.home / "hasil" / "links.parquet").unlink()
    (desk.home / "hasil").rmdir()
    (desk.home / "hasil").write_text("a file")
    said = desk.run("mutakhir", "dedupe", lists / "roll.parquet")
    assert said.returncode == 2
    assert "berisi berkas lain" in said.stderr
    said = desk.run("mutakhir", "dedupe", lists / "roll.parquet", "--out", desk.home / "hasil/x")
    assert said.returncode == 2
    assert (desk.home / "hasil").read_text() == "a file"
