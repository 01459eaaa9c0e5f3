"""The demonstration, as a new user runs it: small, whole, twice, broken off, on both engines."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pypdf import PdfReader

from mutakhir.casework.seal import seal
from mutakhir.demo import Demo as Plan
from mutakhir.demo import steps
from mutakhir.numerals import dots
from mutakhir.recap.figure import words
from mutakhir.roll.steps import roll_before
from mutakhir.synthetic.office import verdicts

PARAMETERS = ["--voters", "3000", "--quarters", "2", "--no-serve"]
FOLDER = "demo/3673-3000-s2026-q2"


def command(home: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "mutakhir", "demo", *PARAMETERS, *more]


def run(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "MUTAKHIR_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run(
        command(home, *more), env=env, capture_output=True, text=True, check=False
    )


def root(home: Path, version: int) -> str:
    path = home / FOLDER / "store" / "rolls" / f"{version:04d}" / "manifest.json"
    return str(json.loads(path.read_text())["root"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    home = tmp_path_factory.mktemp("home")
    return home, run(home)


Demo = tuple[Path, subprocess.CompletedProcess[str]]


def test_it_ends_with_documents_for_both_quarters(demo: Demo) -> None:
    home, done = demo
    assert done.returncode == 0, done.stderr
    for period in ("2026-Q3", "2026-Q4"):
        folder = home / FOLDER / "store" / "recaps" / period / "3673" / "edisi-1"
        assert (folder / "berita-acara.pdf").read_bytes().startswith(b"%PDF")
        assert period[:4] in (folder / "siaran.md").read_text()


def test_it_says_that_people_and_office_are_made_up(demo: Demo) -> None:
    _, done = demo
    assert "Semua orang di sini rekaan" in done.stdout
    assert "kantor simulasi" in done.stdout
    assert "keliru pada 2%" in done.stdout


def test_every_row_of_every_file_has_an_end(demo: Demo) -> None:
    home, _ = demo
    store = home / FOLDER / "store"
    outcomes = {
        record
        for path in store.glob("periods/*/outcomes.parquet")
        for record in pq.read_table(path, partitioning=None)["record_id"].to_pylist()
    }
    for folder in (store / "sources").iterdir():
        receipt = json.loads((folder / "receipt.json").read_text())
        assert receipt["read"] == receipt["accepted"] + receipt["held"] + receipt["rejected"]
        records = pq.read_table(folder / "records.parquet", partitioning=None)
        assert records.num_rows == receipt["accepted"]
        if receipt["file"].startswith("DPT_3673"):
            continue  # adopted whole as the opening roll
        assert set(records["record_id"].to_pylist()) <= outcomes


def test_the_dead_who_come_back_open_conflicts_and_do_not_enter(demo: Demo) -> None:
    home, _ = demo
    store = home / FOLDER / "store"
    proposals = pq.read_table(store / "periods/2026-Q4/proposals.parquet", partitioning=None)
    conflicts = [row for row in proposals.to_pylist() if row["kind"] == "conflict"]
    assert conflicts
    departed = pq.read_table(store / "rolls/0002/kab=3673/departed.parquet", partitioning=None)
    dead = {row["dpid"] for row in departed.to_pylist() if row["reason"] == "meninggal"}
    assert {row["dpid"] for row in conflicts} <= dead
    voters = pq.read_table(store / "rolls/0003/kab=3673/voters.parquet", partitioning=None)
    assert dead.isdisjoint(voters["dpid"].to_pylist())


def test_the_minutes_say_what_the_recap_says(demo: Demo) -> None:
    home, _ = demo
    folder = home / FOLDER / "store/recaps/2026-Q4/3673/edisi-1"
    pages = [page.extract_text() for page in PdfReader(folder / "berita-acara.pdf").pages]
    recap = json.loads((folder / "rekap.json").read_text())
    whole = next(row for row in recap["rows"] if row["code"] == "3673")
    closing = whole["counts"]["akhir"]
    text = " ".join(" ".join(pages).split())
    for number in (closing["L"], closing["P"], closing["total"]):
        assert f"{dots(number)} ({words(number)})" in text
    assert "DRAF" not in text
    assert "memuat" not in text  # all six kecamatan are there: nothing to warn of
    assert "PERAGAAN" in pages[0]
    assert all(root(home, 3) in page for page in pages)
    bulletin = (folder / "siaran.md").read_text()
    assert dots(closing["total"]) in bulletin
    assert root(home, 3)[:16] in bulletin


def test_a_roll_is_built_again_only_when_more_was_decided(tmp_path: Path) -> None:
    demo = Plan(tmp_path, voters=1500)
    for step in islice(steps(demo), 5):  # as far as the proposals
        step.run(lambda _: None)
    quarter = demo.quarter("2026-Q3")
    proposals = quarter.propose().proposals
    said = verdicts(
        proposals,
        demo.inbox,
        period="2026-Q3",
        law=quarter.law,
        voters=roll_before(quarter.store, "2026-Q3").voters,
    )
    middle = len(said) // 2
    manifests = []
    for part in (said[:middle], said[middle:], []):
        seal(
            quarter.store.decisions,
            period="2026-Q3",
            kab=None,
            proposals=proposals,
            verdicts=part,
            law=quarter.law,
            at="2026-09-30T09:00:00+07:00",
        )
        manifests.append(quarter.build())
    first, second, third = manifests
    assert first.decisions["last"] < second.decisions["last"]
    assert first.root != second.root
    assert third == second


def test_a_second_run_changes_nothing(demo: Demo) -> None:
    home, _ = demo
    store = home / FOLDER / "store"
    decisions = (store / "decisions.jsonl").read_bytes()
    roots = [root(home, version) for version in (1, 2, 3)]
    again = run(home)
    assert again.returncode == 0
    assert (store / "decisions.jsonl").read_bytes() == decisions
    assert [root(home, version) for version in (1, 2, 3)] == roots


def test_the_plain_engine_gives_the_same_roots(demo: Demo, tmp_path: Path) -> None:
    home, _ = demo
    assert run(tmp_path, "--engine", "plain").returncode == 0
    for version in (1, 2, 3):
        assert root(tmp_path, version) == root(home, version)


@pytest.mark.parametrize(
    ("how", "after"), [("SIGINT", 1.6), ("SIGKILL", 1.2), ("SIGKILL", 2.0), ("SIGKILL", 2.8)]
)
def test_broken_off_it_goes_on_to_the_same_roots(
    demo: Demo, tmp_path: Path, how: str, after: float
) -> None:
    home, _ = demo
    env = {**os.environ, "MUTAKHIR_HOME": str(tmp_path)}
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(command(tmp_path), env=env, stdout=quiet, stderr=quiet)
    time.sleep(after)
    started.send_signal(signal.Signals[how])
    started.wait(60)
    assert run(tmp_path).returncode == 0
    for version in (1, 2, 3):
        assert root(tmp_path, version) == root(home, version)


def test_nothing_said_or_kept_for_others_names_a_person(demo: Demo) -> None:
    home, done = demo
    people = pq.read_table(home / FOLDER / "synthetic/3673/truth/people.parquet").to_pylist()
    numbers = {person["nik"] for person in people} | {person["nkk"] for person in people}
    names = {person["name"] for person in people if " " in person["name"]}
    store = home / FOLDER / "store"
    kept = [
        store / "decisions.jsonl",
        *store.glob("sources/*/*.json"),
        *store.glob("rolls/*/*.json"),
        *(path for path in store.glob("recaps/*/*/*/*") if path.suffix in {".md", ".json", ".csv"}),
    ]
    for text in (done.stdout, done.stderr, *(path.read_text() for path in kept)):
        assert numbers.isdisjoint(re.findall(r"\d{16}", text))
        assert not any(name in text for name in names)


def test_a_wrong_code_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    env = {**os.environ, "MUTAKHIR_HOME": str(tmp_path)}
    wrong = subprocess.run(
        [sys.executable, "-m", "mutakhir", "demo", "--kabkota", "99.99", "--voters", "500"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert wrong.returncode == 2
    assert "9999" in wrong.stderr
    assert not list(tmp_path.rglob("store.json"))
