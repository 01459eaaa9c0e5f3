"""An office for the tests of the web: a small store with a closed quarter and one under way.

Kota Serang (3673) and Kabupaten Serang (3604), 6,000 made-up voters, 2026-Q3 closed, the files of
2026-Q4 taken in and proposals made, nobody has decided yet.
"""

import shutil

import pytest
from django.test import Client

from lib.workplace import PASSWORD, People, build_world
from mutakhir_web.accounts.models import User
from mutakhir_web.bulk import door


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """The demonstration that every test copies; never written to."""
    return build_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def store(world, tmp_path, settings):
    """The office's store: this test's own copy."""
    settings.STORE = tmp_path / "store"
    settings.UPLOADS = tmp_path / "uploads"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.UPLOADS},
        },
    }
    shutil.copytree(world.store, settings.STORE)
    return door.store()


@pytest.fixture
def people(db):
    """One account per role, and a stranger: an operator of another kabupaten."""
    return People.made()


@pytest.fixture
def signed_in():
    """``signed_in(user)``: a browser's client with that user's session."""

    def enter(user: User) -> Client:
        client = Client()
        assert client.login(username=user.username, password=PASSWORD)
        return client

    return enter
