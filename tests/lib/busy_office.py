"""One of several processes that seal at once: ``python -m lib.busy_office STORE PART``.

Decides 200 proposals of its own and 50 that every other part decides too, one by one, and prints
how many it sealed and how many were refused.
"""

import sys
from datetime import datetime
from pathlib import Path

from lib.office import Q3
from mutakhir import rules
from mutakhir.casework.docket import Docket
from mutakhir.casework.verdict import Verdict
from mutakhir.rules.period import Period
from mutakhir.store import Store


def main() -> None:
    """See the module."""
    store, part = Path(sys.argv[1]), int(sys.argv[2])
    law = rules.load().at(Period.parse(Q3).last)
    docket = Docket.open(Store.open(store), Q3, law)
    sealed = refused = 0
    for number in [*range(50 + part * 200, 250 + part * 200), *range(50)]:
        verdict = Verdict(f"{number:016x}", "accept", f"petugas-{part}")
        receipt = docket.seal([verdict], at=datetime.now().astimezone().isoformat())
        sealed, refused = sealed + len(receipt.sealed), refused + len(receipt.refused)
    print(sealed, refused)  # noqa: T201


if __name__ == "__main__":
    main()
