"""``mutakhir serve admin backup``: the workplace on the web. It lives in ``mutakhir_web``."""

import os
import sys

import typer


def serve(context: typer.Context) -> None:
    """Jalankan ruang kerja di web (--host, --port, --workers, --threads)."""
    become("serve", *context.args)


def admin(context: typer.Context) -> None:
    """Buat administrator pertama (--name, --area); dijalankan pemilik peladen."""
    become("admin", *context.args)


def backup(context: typer.Context) -> None:
    """Cadangkan seluruh kantor (make FOLDER) atau pulihkan (restore FOLDER)."""
    become("backup", *context.args)


def become(program: str, *arguments: str, **environment: str) -> None:
    """Turn this process into a program of the workplace."""
    os.environ.update(environment)
    sys.stdout.flush()
    module = f"mutakhir_web.config.{program}"
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606
