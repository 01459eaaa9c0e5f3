"""One peer on one table in a process of its own: ``child.py PEER TABLE FOLDER``.

Writes FOLDER/PEER.json: the scored pairs.
"""

import json
import sys
import warnings
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]

from bench.linkage_tables.tables import TABLES  # noqa: E402

PEERS = {
    "splink": ("splink_tables", "run"),
    "recordlinkage_ecm": ("recordlinkage_tables", "ecm"),
    "recordlinkage_logistic": ("recordlinkage_tables", "logistic"),
    "dedupe": ("dedupe_tables", "run"),
}


def main() -> None:
    warnings.simplefilter("ignore")  # the peers' own, of their libraries
    peer, table, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    module, function = PEERS[peer]
    work = getattr(import_module(f"bench.linkage_tables.peers.{module}"), function)
    (folder / f"{peer}.json").write_text(json.dumps(work(TABLES[table], folder)))


if __name__ == "__main__":
    main()
