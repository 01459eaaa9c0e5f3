"""The entry: what a new user types first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mutakhir import __version__

ROOT = Path(__file__).parents[2]


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mutakhir", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "120", **env},
    )


def test_the_version_is_told() -> None:
    assert run("--version").stdout.strip() == __version__


def test_without_a_word_the_commands_are_listed() -> None:
    said = run().stdout + run().stderr
    for name in ("demo", "test", "intake", "propose", "decide", "build", "recap", "minutes"):
        assert f" {name} " in said


def test_a_kab_that_is_none_is_told_before_anything_is_sealed(tmp_path: Path) -> None:
    said = run(
        *("close", "--store", str(tmp_path), "--period", "2026-Q3"),
        *("--kab", "36.73.01", "--by", "ketua"),
    )
    assert said.returncode == 2
    assert "bukan kode kabupaten/kota" in said.stderr
    assert not list(tmp_path.iterdir())


def test_an_unknown_bench_names_those_there_are() -> None:
    said = run("bench", "nothing")
    assert said.returncode == 2
    assert "quarter" in said.stderr


def nobody() -> list[str]:
    """Words before a command that run it as nobody, when the tests run as root."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return []
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


@pytest.mark.slow
def test_a_fresh_clone_installs_and_runs_the_demo_as_anybody(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    if nobody():
        for folder in (*reversed(tmp_path.parents), tmp_path):
            if folder.owner() == "root" and str(folder).startswith("/tmp/"):
                folder.chmod(0o755)
        subprocess.run(["chown", "-R", "65534:65534", str(clone)], check=True)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MUTAKHIR", "PYTHON"))}
    demo = subprocess.run(
        [*nobody(), "./mutakhir", "demo", "--voters", "1000"],
        cwd=clone,
        env=env | {"HOME": str(clone), "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert demo.returncode == 0, demo.stderr
    assert len(list(clone.glob("var/demo/*/store/recaps/*/3673/edisi-1/berita-acara.pdf"))) == 1
    status = subprocess.run(
        ["git", "-c", f"safe.directory={clone}", "-C", str(clone), "status", "--porcelain"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert status.stdout == ""
