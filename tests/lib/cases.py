"""Proposals for tests."""

from typing import Any

import pyarrow as pa

from lib.office import KAB, Q3
from mutakhir.casework.proposal import PROPOSAL_SCHEMA


def proposal(**changed: Any) -> dict[str, Any]:
    """A removal for a death, with the certificate; ``changed`` overrides any field."""
    kinds = changed.pop("documents", ["akta_kematian"])
    evidence = [{"record_id": f"{'b' * 16}:0:{n}", "kind": k} for n, k in enumerate(kinds, 2)]
    line = {
        "proposal_id": "1" * 16,
        "period": Q3,
        "kab": KAB,
        "kind": "remove",
        "dpid": "00000000000000a1",
        "reason": "meninggal",
        "record_id": None,
        "fields": [],
        "evidence": evidence,
        "other_dpid": None,
        "rivals": None,
        "band": "sure",
        "weight": 12.0,
        "why": "nik=10.2",
    }
    return {**line, **changed}


def proposals(*lines: dict[str, Any]) -> pa.Table:
    """Lines as a table of proposals."""
    return pa.Table.from_pylist(list(lines), schema=PROPOSAL_SCHEMA)
