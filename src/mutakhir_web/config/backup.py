"""Backup and restore of a whole office: work database, uploads, store. docs/how-to/deploy.md.

``python -m mutakhir_web.config.backup make FOLDER`` while people work; ``... restore FOLDER`` into
an empty home. The database is copied first and the decision file last, so the file, which is the
truth, is never behind its mirror; the mirror catches up when the office opens.
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from mutakhir import __version__
from mutakhir.store import Store, StoreBusyError, write_json
from mutakhir_web.config.environment import Environment

FORMAT: Final = 1
_SQLITE, _POSTGRESQL = "work.sqlite3", "work.dump"
#: What the store holds beside the decision file; look-up indexes are made anew.
_PARTS: Final = ("sources", "periods", "rolls", "recaps", "store.json", "odd_but_true.jsonl")
_PATIENCE: Final = 900.0


class BackupError(Exception):
    """The backup could not be made or used; the message says why and what to do (Indonesian)."""


def make(target: Path, here: Environment) -> None:
    """Back the office up into ``target``, which must not exist yet; whole or not at all."""
    if target.exists():
        raise BackupError(f"{target} sudah ada; sebut folder baru untuk setiap cadangan")
    beside = target.with_name(f".{target.name}.belum-selesai")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    _copy_database(here, beside)
    _copy_tree(here.home / "uploads", beside / "uploads")
    _copy_store(Store.open(here.store), beside / "store")
    sums = {str(path.relative_to(beside)): _sum(path) for path in _files(beside)}
    write_json(beside / "backup.json", {"format": FORMAT, "software": __version__, "files": sums})
    beside.replace(target)


def restore(source: Path, here: Environment) -> None:
    """Put the office in ``source`` back; home and store must be empty.

    Raises BackupError naming the first file that is not as it was backed up.
    """
    _verify(source)
    for folder in (here.store, here.home / "uploads"):
        if folder.exists() and any(folder.iterdir()):
            raise BackupError(f"{folder} tidak kosong; pulihkan hanya ke tempat yang kosong")
    _restore_database(here, source)
    _copy_tree(source / "uploads", here.home / "uploads")
    _copy_tree(source / "store", here.store)


def _copy_database(here: Environment, target: Path) -> None:
    if here.database_url:
        dump = ("pg_dump", "--format=custom", f"--file={target / _POSTGRESQL}")
        _run(*dump, f"--dbname={here.database_url}")
        return
    # SQLite's own way to copy a database that others are writing.
    with (
        closing(sqlite3.connect(here.home / _SQLITE)) as live,
        closing(sqlite3.connect(target / _SQLITE)) as copy,
    ):
        live.backup(copy)


def _restore_database(here: Environment, source: Path) -> None:
    if here.database_url:
        if not (source / _POSTGRESQL).exists():
            raise BackupError("cadangan ini dari SQLite; kosongkan MUTAKHIR_DATABASE_URL")
        _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
             f"--dbname={here.database_url}", str(source / _POSTGRESQL))  # fmt: skip
        return
    if not (source / _SQLITE).exists():
        raise BackupError("cadangan ini dari PostgreSQL; isi MUTAKHIR_DATABASE_URL")
    if (here.home / _SQLITE).exists():
        raise BackupError(f"{here.home / _SQLITE} sudah ada; pindahkan dulu")
    here.home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / _SQLITE, here.home / _SQLITE)


def _run(*command: str) -> None:
    folder = os.environ.get("MUTAKHIR_PG_BIN")
    program = str(Path(folder) / command[0]) if folder else command[0]
    try:
        done = subprocess.run(  # noqa: S603
            [program, *command[1:]], check=False, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupError(f"{program} tidak ada; pasang klien PostgreSQL") from None
    if done.returncode:
        raise BackupError(f"{command[0]} gagal: {done.stderr.strip().splitlines()[-1]}")


def _copy_store(store: Store, target: Path) -> None:
    """Everything in the store while nobody builds or takes in; decisions may go on meanwhile."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with store.writing():
                for name in _PARTS:
                    _copy_tree(store.root / name, target / name)
                _copy_tree(store.decisions, target / store.decisions.name)
                return
        except StoreBusyError:
            if time.monotonic() > until:
                raise
            time.sleep(1)


def _copy_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verify(source: Path) -> None:
    try:
        told = json.loads((source / "backup.json").read_text())
    except (OSError, ValueError):
        raise BackupError(f"{source} bukan cadangan yang utuh (tanpa backup.json)") from None
    if told["format"] != FORMAT:
        raise BackupError(f"cadangan berformat {told['format']}; program ini membaca {FORMAT}")
    for name, expected in told["files"].items():
        path = source / name
        if not path.exists() or _sum(path) != expected:
            raise BackupError(f"{name} dalam cadangan hilang atau berubah; pakai cadangan lain")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when it is done, 1 with a sentence when it is not."""
    parser = argparse.ArgumentParser(prog="mutakhir backup", description=__doc__.splitlines()[0])
    parser.add_argument("act", choices=("make", "restore"))
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        {"make": make, "restore": restore}[chosen.act](chosen.folder, Environment.read())
    except (BackupError, OSError) as error:
        print(f"Ditolak: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"Selesai: {chosen.folder}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
