"""A store for the tests of commands."""

import pytest

from lib.intake_command import run
from lib.intake_files import HEADER, UDIN, text


@pytest.fixture
def root(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def filled(root, tmp_path):
    """A store that holds one source."""
    assert run(text(tmp_path / "awal.csv", [HEADER, UDIN]), "--store", root).exit_code == 0
    return root
