"""The office that the bench works in: a large kabupaten, its accounts, its server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Office:
    """A served office. ``sessions``: of each clerk, by name; they have signed in."""

    port: int
    sessions: dict[str, str]
    server: "subprocess.Popen[bytes]"

    def memory_mib(self) -> float:
        """Proportional memory (PSS) of the whole process tree, MiB."""
        pids = {self.server.pid}
        while more := {int(p) for pid in pids for p in _children(pid)} - pids:
            pids |= more
        return sum(_pss(pid) for pid in pids) / 1024


@contextmanager
def office(
    folder: Path, kab: str, clerks: int, *, workers: int, threads: int, database: str
) -> Iterator[Office]:
    """Serve ``folder``/store with ``clerks`` operators of ``kab``; stopped at the end."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "MUTAKHIR_HOME": str(folder / "home"),
        "MUTAKHIR_STORE": str(folder / "store"),
        "MUTAKHIR_DEMO": "1",
        "MUTAKHIR_DATABASE_URL": database,
    }
    _python(environment, "-m", "mutakhir_web.config.demo")
    names = [f"juru-{number:02d}" for number in range(1, clerks + 1)]
    shell = ("-m", "mutakhir_web.manage", "shell", "-v0", "-c", _accounts(names, kab))
    sessions = dict(line.split() for line in _python(environment, *shell).splitlines())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--workers", str(workers), "--threads", str(threads)]
    command = [sys.executable, "-m", "mutakhir_web.config.serve", *options]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait(port)
        yield Office(port, sessions, server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _accounts(names: list[str], kab: str) -> str:
    """Makes the clerks and prints a session of each: fifty sign-ins in one minute from one
    address are refused, and are not what is measured."""
    return f"""
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from mutakhir_web.accounts.models import User

for name in {names!r}:
    made = {{"role": "operator", "area": {kab!r}}}
    user, _ = User.objects.update_or_create(username=name, defaults=made)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(name, session.session_key)
"""


def _python(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/hidup", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not answer within two minutes")


def _children(pid: int) -> list[str]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return path.read_text().split() if path.exists() else []


def _pss(pid: int) -> int:
    path = Path(f"/proc/{pid}/smaps_rollup")
    lines = path.read_text().splitlines() if path.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
