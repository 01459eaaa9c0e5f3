"""``mutakhir serve``: the workplace on the web. The server itself lives in ``mutakhir_web``."""

import os
import sys

import typer

SERVER = "mutakhir_web.config.serve"


def serve(context: typer.Context) -> None:
    """Jalankan ruang kerja di web (--host, --port, --workers, --threads)."""
    become(*context.args)


def become(*arguments: str, **environment: str) -> None:
    """Turn this process into the server."""
    os.environ.update(environment)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", SERVER, *arguments])  # noqa: S606
