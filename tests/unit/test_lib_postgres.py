"""The PostgreSQL that tests run on: real, its own, and gone when they are."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
_SERVE = "from lib.postgres import database_url; print(database_url(), flush=True); input()"


@pytest.fixture
def server():
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"}
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        url = process.stdout.readline().strip()
        assert url, "no server"
        yield process, url
        process.kill()


def folder(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.split("@")[1]))


def is_gone_soon(path: Path) -> bool:
    until = time.monotonic() + 30
    while path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return not path.exists()


def test_it_answers_keeps_rows_and_orders_words_alike_everywhere(server):
    _, url = server
    with psycopg.connect(url) as database:
        assert database.info.server_version >= 180000
        rows = database.execute(
            "select w from (values ('b'), ('é'), ('A'), ('a')) t (w) order by w"
        )
        assert [word for (word,) in rows] == ["A", "a", "b", "é"]
        assert database.execute("select upper('é')").fetchone() == ("É",)
        assert database.execute("show fsync").fetchone() == ("off",)


def test_it_stops_and_leaves_nothing_when_the_tests_end(server):
    process, url = server
    assert folder(url).exists()
    process.communicate("\n", timeout=60)
    assert process.returncode == 0
    assert not folder(url).exists()


def test_it_stops_and_leaves_nothing_when_the_tests_are_killed(server):
    process, url = server
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert is_gone_soon(folder(url))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
