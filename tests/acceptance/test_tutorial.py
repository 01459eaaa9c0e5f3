"""The tutorial is run as written; a person's part is to fill the work sheets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from mutakhir.casework.work_sheet import work_sheet

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "one-quarter.md"
#: What each command ends with, where it is not 0.
EXPECTED = {"intake kota/3673/2026-Q3/inbox/*": 1}
COMMANDS = [
    line.removeprefix("./mutakhir ")
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    for line in block.splitlines()
]


def run(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = f'"{sys.executable}" -m mutakhir {words}'
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )


def fill(path: Path, act: str, by: str) -> int:
    """Answer every line of a work sheet; returns how many there are."""
    head, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    rows = [dict(zip(head, line, strict=True)) | {"act": act, "by": by} for line in lines]
    path.write_bytes(work_sheet(rows, [str(name) for name in head]))
    return len(rows)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("tutorial")
    said: dict[str, str] = {}
    source = ""
    for words in COMMANDS:
        if words.startswith("decide antrean"):
            assert fill(folder / "antrean.xlsx", "accept", "opr-1") > 20
        if words.startswith("decide kedua"):
            assert fill(folder / "kedua.xlsx", "approve", "chk-1") > 3
        done = run(words.replace("SUMBER", source), folder)
        wanted = next((code for start, code in EXPECTED.items() if words.startswith(start)), 0)
        refusing = words.startswith("decide") and done.returncode == 1
        assert refusing or done.returncode == wanted, f"{words}\n{done.stdout}\n{done.stderr}"
        said[words] = done.stdout
        if found := re.search(r"Sumber ([0-9a-f]{16})", done.stdout):
            source = source or found[1]
    return folder, said


def test_every_command_does_what_the_page_says(walked: tuple[Path, dict[str, str]]) -> None:
    folder, said = walked
    assert said.keys() == {*COMMANDS}
    assert (folder / "hasil" / "berita-acara.pdf").exists()
    assert "Versi 2" in said["build --store kantor --period 2026-Q3"]


def test_what_a_rule_forbids_is_refused_and_the_rest_is_sealed(
    walked: tuple[Path, dict[str, str]],
) -> None:
    _, said = walked
    sealed = re.search(
        r"(\d+) putusan disegel, (\d+) ditolak",
        said["decide antrean.xlsx --store kantor --period 2026-Q3"],
    )
    assert sealed
    assert int(sealed[1]) > 20


def test_building_again_gives_the_same_root(walked: tuple[Path, dict[str, str]]) -> None:
    folder, said = walked
    again = run("build --store kantor --period 2026-Q3", folder)
    before = said["build --store kantor --period 2026-Q3"]
    assert re.findall(r"akar \S+", again.stdout) == re.findall(r"akar \S+", before) != []
