import hashlib
import json
import subprocess
import sys
from importlib.resources import files as package_files

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from lib.people import BUDI, SITI, record, records, voter, voters
from mutakhir.commands import link as commands
from mutakhir.linkage.link import LINK_SCHEMA

SHIPPED = package_files("mutakhir.linkage").joinpath("model.toml").read_bytes()

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
        (lambda f: (f / "out").write_text("mine"), "berisi berkas lain"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(files, change, said):
    change(files)
    result = run("link", files / "roll.parquet", files / "feed.parquet", "--out", files / "out")
    assert result.exit_code == 2
    assert said in result.output
    assert not (files / "out" / "links.parquet").exists()
    assert not list(files.glob(".beside-*"))


def test_a_folder_below_a_file_cannot_be_written(files):
    (files / "note").write_text("mine")
    result = run("dedupe", files / "roll.parquet", "--out", files / "note" / "out")
    assert result.exit_code == 2
    assert "tidak dapat ditulis" in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "model tidak dapat dibaca"),
        (b"\xff\xfe", "model.toml: "),
        (b"format = 1", "this program reads format 2"),
        (b"format = 2\nname =", "TOMLDecodeError"),
        (SHIPPED.replace(b"differ = -7.0", b"other = -7.0", 1), "field name: expected weights"),
        (SHIPPED.replace(b'then = "keep"', b'then = "maybe"', 1), "rule own NIK"),
    ],
)
def test_a_bad_model_is_refused_by_its_file_and_entry(files, content, said):
    if content is not None:
        (files / "model.toml").write_bytes(content)
    arguments = ("dedupe", files / "roll.parquet", "--out", files / "out")
    result = run(*arguments, "--model", files / "model.toml")
    assert result.exit_code == 2
    assert said in result.output
    assert str(files / "model.toml") in result.output
    assert not (files / "out").exists()


def test_the_summary_names_the_model_that_lies_beside_it(files):
    run("dedupe", files / "roll.parquet", "--out", files / "out")
    summary = json.loads((files / "out" / "summary.json").read_text())
    written = (files / "out" / "model.toml").read_bytes()
    assert written == SHIPPED
    assert summary["model"]["sha256"] == hashlib.sha256(written).hexdigest()
    assert set(summary["versions"]) == {"mutakhir", "duckdb", "pyarrow"}


def test_the_summary_does_not_depend_on_the_order_of_rows(files):
    arguments = ("link", files / "roll.parquet", files / "feed.parquet", "--json", "--out")
    first = run(*arguments, files / "one").stdout
    for name in ("roll.parquet", "feed.parquet"):
        table = pq.read_table(files / name)
        backwards = table.take(list(reversed(range(table.num_rows))))
        pq.write_table(backwards, files / name)
    assert run(*arguments, files / "two").stdout == first


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_empty_lists_give_an_empty_folder_of_links(files, engine):
    pq.write_table(voters(), files / "none.parquet")
    result = run(
        "link", files / "none.parquet", files / "feed.parquet", "--out", files / "out",
        "--engine", engine, "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert (summary["links"], summary["bands"], summary["rules"]) == (0, {}, {})
    assert pq.read_table(files / "out" / "clusters.parquet").num_rows == 0


def test_the_same_lists_as_csv_of_another_office_give_the_same_links(files):
    arguments = ("--out", files / "out", "--json")
    whole = run("link", files / "roll.parquet", files / "feed.parquet", *arguments)
    lines = pq.read_table(files / "roll.parquet").to_pylist()
    text = [";".join(lines[0]), *(";".join(x or "" for x in line.values()) for line in lines)]
    (files / "roll.csv").write_bytes("\r\n".join(text).encode("utf-8-sig"))
    assert run("link", files / "roll.csv", files / "feed.parquet", *arguments).stdout == (
        whole.stdout
    )


def test_the_plain_engine_says_that_it_is_slow_on_a_large_list(files):
    lines = [voter(dpid=f"{n:016x}", nik=None, nkk=None, name=None) for n in range(20_001)]
    table = voters(*lines)
    blank = pa.nulls(table.num_rows, pa.string())
    for name in ("birth_date", "desa", "address"):
        table = table.set_column(table.column_names.index(name), name, blank)
    pq.write_table(table, files / "large.parquet")
    arguments = ("dedupe", files / "large.parquet", "--out", files / "out")
    assert "lambat" in run(*arguments, "--engine", "plain").stderr
    assert "lambat" not in run(*arguments).stderr


def test_rows_of_one_person_are_counted_and_one_stands_for_each(files):
    lines = [
        voter(SITI, dpid="a1"),
        voter(SITI, dpid="a2", nik=None),
        voter({**SITI, "name": "SITI AMINAH ROHANI", "nkk": None, "rt": "009"}, dpid="a3"),
    ]
    pq.write_table(voters(*lines), files / "thrice.parquet")
    run("dedupe", files / "thrice.parquet", "--out", files / "out")
    summary = json.loads((files / "out" / "summary.json").read_text())
    members = pq.read_table(files / "out" / "clusters.parquet").to_pylist()
    assert summary["clusters"] == len({row["cluster"] for row in members}) >= 1
    assert summary["bands"].get("sure", 0) >= 1
    assert sum(row["primary"] for row in members) == summary["clusters"]


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
