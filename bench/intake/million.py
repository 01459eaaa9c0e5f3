"""A million-row CSV through intake: time and peak memory, with versions.

    PYTHONPATH=src .venv/bin/python bench/intake/million.py [ROWS]

The file has the DPT export's columns with a DPID (16), made with a fixed seed: nobody
real, in real kelurahan of Kota Serang. One NIK in five is of region 99, which does not exist.
"""

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

from mutakhir.intake import take_in
from mutakhir.regions import load
from mutakhir.store import Store

KAB = "3673"
GIVEN = ("SITI", "BUDI", "AHMAD", "NUR", "DEWI", "AGUS", "SRI", "MUHAMAD", "EKA", "RINA", "JOKO")
FAMILY = ("AMINAH", "SANTOSO", "HIDAYAT", "LESTARI", "SA'DIAH", "SAPUTRA", "WATI", "RAMADHAN")


def write_file(path: Path, rows: int) -> None:
    """The file, in blocks."""
    rng = np.random.default_rng(7)
    regions = load()
    desas = list(regions.all("desa", KAB))
    places = [f"{regions.get(desa.parent or '').name}#{desa.name}".upper() for desa in desas]
    with path.open("w", encoding="utf-8", newline="") as file:
        for first in range(0, rows, 50_000):
            block = range(first, min(first + 50_000, rows))
            draws = rng.integers(0, 1 << 30, size=(len(block), 8)).tolist()
            file.writelines(_line(at, draw, places) for at, draw in zip(block, draws, strict=True))


def _line(at: int, draw: list[int], places: list[str]) -> str:
    day, month, year = draw[0] % 28 + 1, draw[1] % 12 + 1, 1940 + draw[2] % 68
    woman = draw[3] % 2
    born_here = f"3673{draw[7] % 6 + 1:02}" if draw[5] % 5 else "999999"
    nik = f"{born_here}{day + 40 * woman:02}{month:02}{year % 100:02}{at % 9000 + 1:04}"
    nkk = f"999999{draw[5] % 28 + 1:02}{month:02}{draw[6] % 25:02}{at // 3 % 9000 + 1:04}"
    name = f"{GIVEN[draw[4] % 11]} {FAMILY[draw[5] % 8]} {FAMILY[draw[6] % 8]} {draw[7] % 97 * 'A'}"
    date = f"{day:02}|{month:02}|{year}"
    sex, marital = ("L", "P")[woman], "BSP"[draw[6] % 3]
    address = f"KP. {FAMILY[draw[7] % 8]} NO {draw[0] % 300}"
    return (
        f"{at:016x}#{places[at * len(places) // 2_000_000 % len(places)]}#{at // 300 % 30 + 1:03}"
        f"#{nkk}#{nik}#{name.strip()}#SERANG#{date}#{marital}#{sex}#{address}"
        f"#{draw[1] % 12:03}#{draw[2] % 9:03}#0#\r\n"
    )


def main(rows: int) -> None:
    """Make the file, take it in in a process of its own, print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dpt.txt"
        write_file(path, rows)
        command = [sys.executable, __file__, "--take", str(path), str(Path(folder) / "store")]
        subprocess.run(command, check=True)
        shutil.rmtree(Path(folder) / "store")


def take(path: Path, root: Path) -> None:
    """The measured part."""
    began = time.perf_counter()
    (receipt,) = take_in([path], Store.open(root, create=True), region=KAB)
    seconds, busy = time.perf_counter() - began, time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rows {receipt.totals}  file {path.stat().st_size / 1e6:.0f} MB")
    print(f"time {seconds:.1f} s  of one processor {busy:.1f} s  peak {peak:.0f} MB")
    print(
        f"Python {platform.python_version()}, pyarrow {version('pyarrow')}, "
        f"{platform.machine()}, {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
