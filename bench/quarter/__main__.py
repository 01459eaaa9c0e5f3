"""One quarter of a kota of 0.5 million voters: time and peak memory of each step.

    ./mutakhir bench quarter [--kabkota KODE] [--voters N] [--write]

Runs the demonstration's own steps in a fresh folder, in this one process. ``--write`` puts the
table into docs/benchmarks.md. Budget (design.md, section 10): under 60 s and 2 GB.
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.lib.measure import Steps, machine, record  # noqa: E402

from mutakhir.demo import Demo, steps  # noqa: E402


def main() -> None:
    """Measure and print; write when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--voters", type=int, default=480_084)
    parser.add_argument("--kabkota", default="3673")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    measured = Steps()
    with tempfile.TemporaryDirectory() as home:
        for step in steps(Demo(Path(home), (asked.kabkota,), asked.voters)):
            with measured.step(f"{step.period} {step.title}"):
                said = step.run(lambda _: None)
            print(f"{step.period} {step.title}: {said}", file=sys.stderr)
    made = machine("duckdb", "pyarrow", "numpy", "python-calamine", "typst")
    command = f"./mutakhir bench quarter --kabkota {asked.kabkota} --voters {asked.voters}"
    body = (
        f"`{command}`, one run. {made}.\n\n"
        f"{measured.table()}\n\nBudget for 480,084 voters: 60 s, 2,000 MiB."
    )
    print(body)
    if asked.write:
        record(ROOT / "docs" / "benchmarks.md", f"Quarter of {asked.voters:,} voters", body)


if __name__ == "__main__":
    main()
