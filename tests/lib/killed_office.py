"""An office whose power fails: ``python -m lib.killed_office STORE STEP EVENT``.

Runs one step on the store and kills its own process, with SIGKILL, at the EVENT-th time it
touches a file of that store. EVENT 0 lives, and prints how many times it touched one.
"""

import os
import signal
import sys
from pathlib import Path

from lib.cases import proposal, proposals
from lib.office import CHECKER, OPERATOR, Q3, Office
from mutakhir.casework.verdict import Verdict

_TOUCHING = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"}


def lines():
    """Removals of the first five of twelve voters."""
    return [proposal(proposal_id=f"{n:016x}", dpid=f"{n:016x}") for n in range(5)]


def run_step(office: Office, step: str) -> None:
    """One step of the quarter; running it again after a crash must be harmless."""
    table = proposals(*lines())
    if step == "build":
        office.build(Q3)
        return
    act, by = ("accept", OPERATOR) if step == "accept" else ("approve", CHECKER)
    office.minute = 100 if step == "accept" else 200
    office.seal(table, [Verdict(line["proposal_id"], act, by) for line in lines()])


def main() -> None:
    """See the module."""
    store, step, event = sys.argv[1], sys.argv[2], int(sys.argv[3])
    touched = 0

    def watch(name: str, args: tuple[object, ...]) -> None:
        nonlocal touched
        if name in _TOUCHING and str(args[0]).startswith(store):
            touched += 1
            if touched == event:
                os.kill(os.getpid(), signal.SIGKILL)

    office = Office(Path(store), "plain")
    sys.addaudithook(watch)
    run_step(office, step)
    print(touched)  # noqa: T201


if __name__ == "__main__":
    main()
