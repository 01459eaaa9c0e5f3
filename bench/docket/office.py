"""One process of an office: ``python -m bench.docket.office STORE FIRST CASES THREADS``.

Opens a docket, says so, waits for a line on stdin, then accepts ``CASES`` proposals from the
``FIRST``-th on, one by one, in so many threads at once. Prints one object of JSON: seconds and
MiB of opening, milliseconds of each sealing, in their order, and of the whole.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.docket.quarter import PERIOD, proposal_id
from bench.lib.measure import peak_mib, reset_peak, resident_mib

from mutakhir import rules
from mutakhir.casework.docket import Docket
from mutakhir.casework.verdict import Verdict
from mutakhir.rules.period import Period
from mutakhir.store import Store


def main() -> None:
    """See the module."""
    store, (first, cases, threads) = Path(sys.argv[1]), map(int, sys.argv[2:])
    law = rules.load().at(Period.parse(PERIOD).last)
    before = resident_mib()
    reset_peak()
    started = time.perf_counter()
    docket = Docket.open(Store.open(store), PERIOD, law)
    told = {"open": time.perf_counter() - started, "peak": peak_mib() - before}
    told["held"] = resident_mib() - before
    print("open", flush=True)
    sys.stdin.readline()

    def seal(number: int) -> float:
        verdict = Verdict(proposal_id(number), "accept", "petugas-3")
        since = time.perf_counter()
        receipt = docket.seal([verdict], at="2026-09-29T10:15:00+07:00")
        assert len(receipt.sealed) == 1, receipt.refused
        return 1000 * (time.perf_counter() - since)

    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        each = list(pool.map(seal, range(first, first + cases)))
    whole = 1000 * (time.perf_counter() - started)
    print(json.dumps({**told, "each": each, "whole": whole}))


if __name__ == "__main__":
    main()
