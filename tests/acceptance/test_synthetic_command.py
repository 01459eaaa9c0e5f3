"""``mutakhir synthetic`` as an operator types it."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from mutakhir.commands.synthetic import synthetic

app = typer.Typer()
app.command()(synthetic)


def test_it_makes_a_folder_and_says_what_is_in_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = CliRunner().invoke(app, ["--out", str(out), "--voters", "600", "--seed", "9"])
    assert said.exit_code == 0
    assert "3673: 600 baris daftar awal" in said.output
    assert "3673/2026-Q2/inbox/DPT_3673.txt" in said.output
    for name in ("people", "events", "rows"):
        assert (out / "3673" / "truth" / f"{name}.parquet").exists()


def test_it_takes_dotted_codes_several_kabupaten_and_quarters(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--kabkota", "36.73", "--kabkota", "3604", "--voters", "1200", "--quarters", "2"]
    said = CliRunner().invoke(app, ["--out", str(out), *arguments])
    assert said.exit_code == 0
    assert {path.name for path in (out / "3604").iterdir()} == {
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
        "truth",
    }
    assert json.loads((out / "manifest.json").read_text())["parameters"]["quarters"] == 2


def test_an_unknown_code_is_bad_usage(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["--out", str(tmp_path / "out"), "--kabkota", "9999"])
    assert said.exit_code == 2
    assert "9999" in said.output
    assert not (tmp_path / "out").exists()
