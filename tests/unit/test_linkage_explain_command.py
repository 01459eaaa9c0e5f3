import json
import re

import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from lib.people import BUDI, SITI, record, records, voter, voters
from mutakhir.commands.explain import explain
from mutakhir.commands.link import dedupe, link

app = typer.Typer()
for command in (explain, link, dedupe):
    app.command()(command)
DPID, OTHER = "00000000000000a1", "00000000000000a2"


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path):
    """Links of one voter and her record, day and month swapped."""
    pq.write_table(voters(voter(SITI)), tmp_path / "roll.parquet")
    feed = records(record(SITI, birth_date="1985-08-17", address=None, nkk="9999990101109999"))
    pq.write_table(feed, tmp_path / "feed.parquet")
    done = run(
        "link", tmp_path / "roll.parquet", tmp_path / "feed.parquet", "--out", tmp_path / "out"
    )
    assert done.exit_code == 0, done.output
    return tmp_path / "out"


def asked(folder, *options):
    return run("explain", folder, "--left", DPID, "--right", record()["record_id"], *options)


def test_a_link_is_told_and_summed_within_eighty_columns(folder):
    said = asked(folder)
    assert said.exit_code == 0, said.output
    link = pq.read_table(folder / "links.parquet").to_pylist()[0]
    lines = said.stdout.splitlines()
    assert lines[0].startswith("Hampir pasti orang yang sama: NIK sama; nama sama")
    assert max(map(len, lines)) <= 80
    last = next(line for line in reversed(lines) if re.search(r"[+-][0-9]+\.[0-9]{3} ", line))
    assert f" {link['weight']:.3f} " in f"{last} "
    assert "█" in said.stdout
    assert "░" in said.stdout


def test_it_speaks_english_too(folder):
    said = asked(folder, "--lang", "en").stdout
    assert said.startswith("Almost surely the same person: same NIK")
    assert "any two records" in said


def test_no_value_of_a_person_is_told(folder):
    said = asked(folder).stdout
    for value in (SITI["nik"], SITI["nkk"], SITI["name"], SITI["birth_date"], "1985"):
        assert value not in said


def test_rows_of_one_list_may_be_named_in_any_order(tmp_path):
    pq.write_table(voters(voter(BUDI), voter(BUDI, dpid=OTHER)), tmp_path / "roll.parquet")
    run("dedupe", tmp_path / "roll.parquet", "--out", tmp_path / "out")
    one, other = (
        run("explain", tmp_path / "out", "--left", a, "--right", b)
        for a, b in ((DPID, OTHER), (OTHER, DPID))
    )
    assert one.exit_code == other.exit_code == 0
    assert one.stdout == other.stdout


def test_a_pair_that_is_not_there_is_told(folder):
    said = run("explain", folder, "--left", DPID, "--right", "x")
    assert said.exit_code == 2
    assert f"Pasangan {DPID} dan x tidak ada" in said.stderr


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "summary.json").unlink(), "bukan folder hasil"),
        (lambda f: (f / "summary.json").write_text("{}"), "bukan folder hasil"),
        (lambda f: (f / "summary.json").write_text(json.dumps([1])), "bukan folder hasil"),
        (lambda f: (f / "links.parquet").write_text("PAR1"), "links.parquet tidak dapat dibaca"),
        (lambda f: (f / "model.toml").unlink(), "model.toml"),
        (
            lambda f: (f / "model.toml").write_text((f / "model.toml").read_text() + "\n"),
            "bukan model yang menimbang",
        ),
    ],
)
def test_a_spoilt_folder_is_refused(folder, spoil, said):
    spoil(folder)
    refused = asked(folder)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_another_model_is_refused_since_it_would_tell_another_sum(folder, tmp_path):
    (tmp_path / "mine.toml").write_text((folder / "model.toml").read_text() + "# mine\n")
    refused = asked(folder, "--model", tmp_path / "mine.toml")
    assert refused.exit_code == 2
    assert "bukan model yang menimbang" in refused.stderr
