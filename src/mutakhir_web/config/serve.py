"""The server: web workers and the job worker in one process tree, from one command.

``python -m mutakhir_web.config.serve``. A supervisor starts both, restarts the job worker when it
falls, and takes both down together. TLS, if any, is the proxy's (docs/how-to/deploy.md).
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Final

#: Seconds a worker may go on with what it was doing after it was told to stop.
GRACE: Final = 30
#: Seconds before a fallen job worker is started again.
_PAUSE: Final = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare the database and files, then serve until told to stop; the exit code."""
    chosen = _options(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mutakhir_web.config.settings"
    prepare()
    address = f"{chosen.host}:{chosen.port}"
    web = _gunicorn(address, chosen.workers, chosen.threads)
    print(f"Mutakhir: http://{address}/", flush=True)  # noqa: T201
    return Supervisor(web, _manage("db_worker", "--no-startup-delay", "--interval", "0.5")).run()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutakhir serve", description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang didengar")
    parser.add_argument("--port", type=int, default=8000, help="porta yang didengar")
    parser.add_argument("--workers", type=int, default=2, help="proses web")
    parser.add_argument("--threads", type=int, default=8, help="utas per proses web")
    return parser.parse_args(arguments)


def prepare() -> None:
    """Bring the work database up to date, gather static files, queue work that a crash broke."""
    import django  # noqa: PLC0415 - settings must be named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from mutakhir_web.jobs.actions import recover  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    recover()


def _gunicorn(address: str, workers: int, threads: int) -> list[str]:
    settings = Path(__file__).with_name("gunicorn.py")
    options = ["--config", str(settings), "--bind", address, "--workers", str(workers)]
    return [
        *(sys.executable, "-m", "gunicorn", *options, "--threads", str(threads)),
        "mutakhir_web.config.wsgi:application",
    ]


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mutakhir_web.manage", *arguments]


class Supervisor:
    """Two children that live and die together, but for a job worker that falls by itself."""

    def __init__(self, web: list[str], jobs: list[str]) -> None:
        self._commands = {"web": web, "jobs": jobs}
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def run(self) -> int:
        """Serve until a signal comes or the web server ends; its exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        for name in self._commands:
            self._start(name)
        while self._children["web"].poll() is None and not self._stopping:
            if self._children["jobs"].poll() is not None:
                time.sleep(_PAUSE)
                self._start("jobs")
            time.sleep(0.2)
        return self._stop()

    def _start(self, name: str) -> None:
        if not self._stopping:
            # A group of its own: Ctrl-C reaches the supervisor, which then stops both in order.
            self._children[name] = subprocess.Popen(  # noqa: S603
                self._commands[name], start_new_session=True
            )

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _stop(self) -> int:
        self._stopping = True
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + GRACE
        for child in self._children.values():
            try:
                child.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        code = self._children["web"].returncode
        return 0 if code in (0, -signal.SIGTERM) else 1


if __name__ == "__main__":
    sys.exit(main())
