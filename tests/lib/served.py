"""The workplace as it is really served: own processes, own database, a copy of the world."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from lib.postgres import database_url


@dataclass(frozen=True)
class Served:
    """A running workplace. ``password`` opens every account of the demonstration."""

    address: str
    password: str
    home: Path
    store: Path


def new_database() -> dict[str, str]:
    """An empty database of its own where the tests run on PostgreSQL; SQLite needs no word."""
    if os.environ.get("MUTAKHIR_TEST_DATABASE") != "postgresql":
        return {"MUTAKHIR_DATABASE_URL": ""}
    url, name = database_url(), f"served_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return {"MUTAKHIR_DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def laid_out(folder: Path, world_store: Path, **environment: str) -> tuple[dict[str, str], str]:
    """An office with a copy of ``world_store`` and its accounts: its environment, its password."""
    shutil.copytree(world_store, folder / "store")
    own = {
        **os.environ,
        "MUTAKHIR_HOME": str(folder / "home"),
        "MUTAKHIR_STORE": str(folder / "store"),
        "MUTAKHIR_DEMO": "1",
        **new_database(),
        **environment,
    }
    command = [sys.executable, "-m", "mutakhir_web.config.demo"]
    said = subprocess.run(command, env=own, check=True, capture_output=True, text=True).stdout
    return own, said.splitlines()[0].rpartition(": ")[2]


@contextmanager
def served(world_store: Path, folder: Path, **environment: str) -> Iterator[Served]:
    """Serve a copy of ``world_store`` from ``folder`` until the block ends."""
    own, password = laid_out(folder, world_store, **environment)
    port = free_port()
    log = (folder / "served.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "mutakhir_web.config.serve", "--port", str(port)],
        env=own,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield Served(address, password, folder / "home", folder / "store")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(40)
        log.close()


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(f"{address}/hidup", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer within a minute")
