"""Chromium for the browser tests: the system's, else one that is installed on first use.

Root installs Debian's package. Another user gets the same packages unpacked, without root, into
``chromium`` under ``MUTAKHIR_VENV`` (``.venv`` when it is not set). ``CHROMIUM`` names another one.
"""

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

CHROMIUM_FLAGS: Final = [
    "--no-sandbox",  # needs what containers do not give; the pages under test are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PACKAGES = ("chromium", "fonts-dejavu-core")
_PATIENT = ("-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300")
_WRAPPER = """#!/bin/sh
# Runs the Chromium unpacked here, with the libraries and fonts unpacked beside it.
here={home}
export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export XDG_DATA_HOME="$here/usr/share"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here/etc/fonts"
exec "$here/usr/lib/chromium/chromium" "$@"
"""


class NoChromiumError(RuntimeError):
    """There is no Chromium, and none could be installed."""


@cache
def chromium_path() -> Path:
    """The program to start. Installs one when there is none; NoChromiumError when that fails."""
    named = os.environ.get("CHROMIUM")
    if named:
        return _runs(Path(named))
    for found in filter(None, map(shutil.which, _NAMES)):
        return _runs(Path(found))
    if shutil.which("apt-get") is None:
        raise NoChromiumError(_what_to_do("this system has no apt-get to install one with"))
    if os.geteuid() == 0:
        _install()
        return _runs(Path(shutil.which("chromium") or "/usr/bin/chromium"))
    return _runs(_unpacked())


def _runs(program: Path) -> Path:
    """``program`` itself, once it has said its version: one that lacks a library cannot."""
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as failed:
        said = getattr(failed, "stderr", None) or str(failed).encode()
        raise NoChromiumError(_what_to_do(f"{program} does not start: {_end(said)}")) from None
    return program


def _install() -> None:
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", *_PACKAGES)


def _unpacked() -> Path:
    """Unpacks beside, then renames: what is under its last name is whole."""
    venv = Path(os.environ.get("MUTAKHIR_VENV", Path(__file__).parents[2] / ".venv")).resolve()
    home = venv / "chromium"
    program = home / "run"
    if not program.exists():
        venv.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=venv, prefix="chromium-") as work:
            _unpack(Path(work), home)
            shutil.rmtree(home, ignore_errors=True)
            (Path(work) / "root").rename(home)
    return program


def _unpack(work: Path, home: Path) -> None:
    """Downloads Chromium and the packages it needs that are missing, and unpacks them."""
    (work / "lists/partial").mkdir(parents=True)
    (work / "archives/partial").mkdir(parents=True)
    own = (
        *("-o", f"Dir::State::Lists={work / 'lists'}"),
        *("-o", f"Dir::Cache={work}"),
        *("-o", f"Dir::Cache::Archives={work / 'archives'}"),
        *("-o", "APT::Update::Error-Mode=any"),
    )
    _apt(*own, "update")
    plan = _apt(*own, "install", "--simulate", "--no-install-recommends", *_PACKAGES)
    wanted = re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+) ", plan, re.MULTILINE)
    _apt(*own, "download", *(f"{name}={version}" for name, version in wanted), cwd=work)
    for package in sorted(work.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, work / "root"], check=True, capture_output=True)
    _write_wrapper(work / "root", home)


def _write_wrapper(root: Path, home: Path) -> None:
    folders = {path.parent.relative_to(root) for path in (root / "usr/lib").rglob("*.so*")}
    libraries = ":".join(f"$here/{folder}" for folder in sorted(folders))
    program = root / "run"
    program.write_text(_WRAPPER.format(home=f"'{home}'", libraries=libraries))
    program.chmod(0o755)


def _apt(*options: str, cwd: Path | None = None) -> str:
    """What apt-get printed; NoChromiumError with the end of its words when it fails."""
    done = subprocess.run(
        ["apt-get", *_PATIENT, *options],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
    )
    if done.returncode != 0:
        step = next(option for option in options if option.isalpha())
        raise NoChromiumError(_what_to_do(f"apt-get {step} failed: {_end(done.stderr)}"))
    return done.stdout.decode()


def _end(said: bytes) -> str:
    return said.decode(errors="replace").strip()[-500:]


def _what_to_do(why: str) -> str:
    return (
        f"No Chromium for the browser tests: {why}\n"
        "Install the package chromium, or set CHROMIUM to the path of a Chromium or Chrome."
    )
