"""A backup is made while people work, and brings the whole office back."""

import subprocess
import sys
from pathlib import Path

import pytest

from lib.postgres import programs
from lib.served import laid_out, new_database


def office(folder: Path, store: Path) -> dict[str, str]:
    """The environment of an office whose store is ``store``, its accounts made."""
    return laid_out(folder, store)[0]


def run(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mutakhir", "backup", *map(str, arguments)]
    own = {**environment, "MUTAKHIR_PG_BIN": str(programs())}
    return subprocess.run(command, env=own, capture_output=True, text=True, check=False)


def elsewhere(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """An empty place for the same office."""
    home, store = str(folder / "home"), str(folder / "store")
    return {**environment, "MUTAKHIR_HOME": home, "MUTAKHIR_STORE": store, **new_database()}


def people_of(environment: dict[str, str]) -> str:
    script = (
        "from mutakhir_web.accounts.models import User;"
        "print(sorted(User.objects.values_list('username', flat=True)))"
    )
    command = [sys.executable, "-m", "mutakhir_web.manage", "shell", "--verbosity=0", "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "lookup" not in path.parts and path.name != ".lock"
    }


@pytest.fixture
def backed_up(world, tmp_path):
    live = office(tmp_path / "live", world.store)
    done = run(live, "make", tmp_path / "cadangan")
    assert done.returncode == 0, done.stderr
    return live, tmp_path / "cadangan"


def test_a_restored_office_has_its_people_and_its_whole_store(backed_up, tmp_path):
    live, backup = backed_up
    again = elsewhere(live, tmp_path / "again")
    done = run(again, "restore", backup)
    assert done.returncode == 0, done.stderr
    assert people_of(again) == people_of(live)
    assert "operator" in people_of(again)
    assert tree(Path(again["MUTAKHIR_STORE"])) == tree(Path(live["MUTAKHIR_STORE"]))


def test_a_changed_file_in_a_backup_is_named_and_nothing_is_restored(backed_up, tmp_path):
    live, backup = backed_up
    victim = backup / "store" / "decisions.jsonl"
    victim.write_bytes(victim.read_bytes()[:-10])
    again = elsewhere(live, tmp_path / "again")
    done = run(again, "restore", backup)
    assert done.returncode == 1
    assert "store/decisions.jsonl" in done.stderr
    assert not Path(again["MUTAKHIR_STORE"]).exists()


def test_nothing_is_restored_over_an_office_that_lives(backed_up):
    live, backup = backed_up
    before = tree(Path(live["MUTAKHIR_STORE"]))
    done = run(live, "restore", backup)
    assert done.returncode == 1
    assert "tidak kosong" in done.stderr
    assert tree(Path(live["MUTAKHIR_STORE"])) == before


def test_a_backup_never_overwrites_another(backed_up):
    live, backup = backed_up
    before = tree(backup)
    assert run(live, "make", backup).returncode == 1
    assert tree(backup) == before
