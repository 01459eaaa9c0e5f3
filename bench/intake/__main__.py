"""A CSV of a million rows through intake: time and peak memory.

    ./mutakhir bench intake [--rows N] [--write]

The file has the DPT export's columns with a DPID, made with a fixed seed: nobody real, in real
kelurahan of Kota Serang; one NIK in five is of region 99, which does not exist. ``--write`` puts
the figures into docs/benchmarks.md. Budget (design.md, section 10): under 30 s and 1 GB.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.lib.measure import Steps, machine, record  # noqa: E402

from mutakhir.intake import take_in  # noqa: E402
from mutakhir.regions import load  # noqa: E402
from mutakhir.store import Store  # noqa: E402

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


def main() -> None:
    """Measure and print; write when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    measured = Steps()
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "dpt.txt"
        write_file(path, asked.rows)
        store = Store.open(Path(home) / "store", create=True)
        with measured.step("intake"):
            (receipt,) = take_in([path], store, region=KAB)
        size = path.stat().st_size / 1e6
    counts = ", ".join(f"{name} {rows:,}" for name, rows in receipt.totals.items())
    body = (
        f"`./mutakhir bench intake --rows {asked.rows}`, one run. "
        f"{machine('pyarrow', 'numpy', 'python-calamine')}.\n\n"
        f"A CSV of {size:.0f} MB: {counts}.\n\n"
        f"{measured.table()}\n\nBudget: 30 s, 1,000 MiB for 1,000,000 rows."
    )
    print(body)
    if asked.write:
        record(ROOT / "docs" / "benchmarks.md", "Intake", body)


if __name__ == "__main__":
    main()
