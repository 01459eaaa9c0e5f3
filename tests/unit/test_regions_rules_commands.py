"""The commands say what is in force, and refuse a spoiled folder with exit code 1."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mutakhir import rules as law
from mutakhir.commands import regions, rules

SHIPPED = Path(law.__file__).parent / "data"
app = typer.Typer()
app.command()(regions.regions)
app.add_typer(rules.app, name="rules")


@pytest.fixture
def run():
    return lambda *words: CliRunner(env={"COLUMNS": "200"}).invoke(app, words)


def test_a_code_shows_the_region_and_what_is_inside(run):
    result = run("regions", "36.73")
    assert result.exit_code == 0
    assert "Kota Serang" in result.stdout
    assert "759.929" in result.stdout
    assert "Walantaka" in result.stdout


def test_a_name_shows_its_code(run):
    result = run("regions", "kec. curug", "--in", "36.73")
    assert result.exit_code == 0
    assert "36.73.04" in result.stdout


def test_an_ambiguous_name_shows_every_candidate_and_exits_1(run):
    result = run("regions", "Sukawana", "--in", "36.73")
    assert result.exit_code == 1
    assert "36.73.01.1008" in result.stdout
    assert "36.73.04.1007" in result.stdout
    assert "persempit" in result.stderr


def test_a_name_that_agrees_goes_before_one_spelled_almost_so(run):
    # There are kecamatan called Sukadana, two letters away and one level higher.
    result = run("regions", "Sukawana")
    assert "36.73.01.1008" in result.stdout
    assert "Sukadana" not in result.stdout


def test_an_unknown_name_exits_1_with_what_is_like_it(run):
    result = run("regions", "Walantakatimur", "--in", "36.73")
    assert result.exit_code == 1
    assert "Mirip: 36.73.03 Walantaka" in result.stderr


def test_a_parent_that_is_no_code_is_bad_usage(run):
    assert run("regions", "Curug", "--in", "99.99").exit_code == 2


def test_an_old_code_is_followed_from_its_day(run):
    assert "Klasimigik" in run("regions", "9601012013", "--on", "2024-02-14").stdout
    assert "Klagulus" in run("regions", "9601012013", "--on", "2026-02-14").stdout


def test_a_code_that_moved_says_where_it_went(run):
    moved = run("regions", "36.02.16.2018").stdout
    assert "Kode 36.02.16.2018 kini 36.02.28.2009." in moved
    assert "kini" not in run("regions", "36.73").stdout


def test_history_from_general_knowledge_says_so(run):
    assert "kini 93.01 (pengetahuan umum" in run("regions", "91.01").stdout


def test_the_rules_of_a_day_stand_with_their_articles(run):
    result = run("rules", "--on", "2026-09-30")
    assert result.exit_code == 0
    assert "pkpu-1-2025" in result.stdout
    assert "Keputusan KPU 27/2023" in result.stdout
    assert law.load().digest in result.stdout


def test_a_day_without_rules_exits_1(run):
    result = run("rules", "--on", "2010-01-01")
    assert result.exit_code == 1
    assert "2010-01-01" in result.stderr


def test_the_shipped_rules_pass_the_check(run):
    result = run("rules", "check", str(SHIPPED))
    assert result.exit_code == 0
    assert law.load().digest in result.stdout


def test_a_rules_file_with_a_gap_fails_the_check(run, tmp_path):
    for path in SHIPPED.glob("*.toml"):
        text = path.read_text().replace("to = 2024-12-31", "to = 2024-06-30")
        (tmp_path / path.name).write_text(text)
    result = run("rules", "check", str(tmp_path))
    assert result.exit_code == 1
    assert "law.toml: law/pdpb@2025-01-01: ada celah sejak 2024-07-01" in result.stderr


def test_a_folder_that_is_none_is_bad_usage(run, tmp_path):
    assert run("rules", "check", str(tmp_path / "none")).exit_code == 2
