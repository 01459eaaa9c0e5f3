import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from lib.people import BUDI, SITI, record, records, voter, voters
from mutakhir.commands import link as commands
from mutakhir.linkage.link import LINK_SCHEMA

app = typer.Typer()
app.command()(commands.link)
app.command()(commands.dedupe)


@pytest.fixture
def files(tmp_path):
    roll = voters(voter(), voter(BUDI, dpid="00000000000000a2"))
    pq.write_table(roll, tmp_path / "roll.parquet")
    pq.write_table(
        records(record(), record(BUDI, row=3, name="BUDI S.")), tmp_path / "feed.parquet"
    )
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_an_operator_links_a_roll_with_a_feed(files, engine):
    result = run(
        "link", files / "roll.parquet", files / "feed.parquet", "--out", files / "out",
        "--engine", engine, "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["rows"] == {"left": 2, "right": 2}
    assert summary["bands"] == {"sure": 2}
    written = pq.read_schema(files / "out" / "links.parquet")
    assert [(f.name, f.type) for f in written] == [(f.name, f.type) for f in LINK_SCHEMA]
    assert json.loads((files / "out" / "summary.json").read_text()) == summary


def test_a_second_run_replaces_the_first(files):
    arguments = ("link", files / "roll.parquet", files / "feed.parquet", "--out", files / "out")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 0
    assert {p.name for p in (files / "out").iterdir()} == {
        *("links.parquet", "clusters.parquet", "summary.json", "model.toml")
    }


def test_an_operator_looks_for_duplicates(files):
    twice = voters(voter(SITI), voter(SITI, dpid="00000000000000a2"))
    pq.write_table(twice, files / "twice.parquet")
    result = run("dedupe", files / "twice.parquet", "--out", files / "out")
    assert result.exit_code == 0
    assert "1 pasangan: 1 hampir pasti, 0 perlu dilihat petugas" in result.stdout


def test_a_source_can_be_searched_for_duplicates_too(files):
    result = run("dedupe", files / "feed.parquet", "--out", files / "out", "--json")
    assert json.loads(result.stdout)["rows"] == {"left": 2}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: (f / "feed.parquet").unlink(), "feed.parquet: tidak ada"),
        (lambda f: (f / "feed.parquet").write_bytes(b"PAR1"), "bukan berkas Parquet"),
        (
            lambda f: pq.write_table(
                pq.read_table(f / "feed.parquet").drop_columns(["nik"]), f / "feed.parquet"
            ),
            "kolom tidak ada: nik",
        ),
        (
            lambda f: pq.write_table(records(record(), record()), f / "feed.parquet"),
            "tidak berulang",
        ),
        (lambda f: (f / "out" / "mine").mkdir(parents=True), "berisi berkas lain"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(files, change, said):
    change(files)
    result = run("link", files / "roll.parquet", files / "feed.parquet", "--out", files / "out")
    assert result.exit_code == 2
    assert said in result.output
    assert not (files / "out" / "links.parquet").exists()


@pytest.mark.parametrize("option", [("--engine", "sqlite"), ("--memory", "much")])
def test_an_option_that_means_nothing_is_refused(files, option):
    arguments = ("dedupe", files / "roll.parquet", "--out", files / "out", *option)
    result = subprocess.run(
        [sys.executable, "-m", "mutakhir", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert option[0] in result.stderr
    assert not (files / "out").exists()
