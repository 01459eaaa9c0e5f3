"""``mutakhir synthetic`` as an operator types it."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mutakhir.commands.synthetic import synthetic
from mutakhir.intake import take_in
from mutakhir.store import Store

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


@pytest.mark.parametrize(("kab", "voters"), [("91.05", 2000), ("31.01", 100)])
def test_the_files_of_any_kab_are_known_by_their_content_and_nearly_all_rows_go_in(
    tmp_path: Path, kab: str, voters: int
) -> None:
    out = tmp_path / "out"
    made = ["--out", str(out), "--kabkota", kab, "--voters", str(voters)]
    assert CliRunner().invoke(app, made).exit_code == 0
    store = Store.open(tmp_path / "store", create=True)
    read = accepted = 0
    for name, said in json.loads((out / "manifest.json").read_text())["files"].items():
        nameless = (out / name).rename(tmp_path / "berkas")
        (receipt,) = take_in([nameless], store, codes=said["codes"], region=said["region"])
        known = {sheet.layout for sheet in receipt.sheets if sheet.layout}
        assert known, name
        assert "unknown" not in known, name
        # its seven columns tell nobody apart: held as a rule
        if known != {"bawaslu_7"}:
            read += receipt.totals["read"]
            accepted += receipt.totals["accepted"]
    assert accepted >= 0.98 * read
