"""A store in the last days of a large quarter: proposals, and most of them decided."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mutakhir.casework import decision_file
from mutakhir.casework.decision import Decision
from mutakhir.casework.proposal import PROPOSAL_SCHEMA
from mutakhir.store import Store, swapped_folder

PERIOD, KAB = "2026-Q3", "3603"
#: kind, reason, document, of every ten proposals so many
KINDS = (
    ("remove", "meninggal", "akta_kematian", 3),
    ("remove", "pindah_domisili", "surat_pindah", 2),
    ("relocate", "pindah_dalam", "claim", 1),
    ("add", "genap_17", "kk", 3),
    ("correct", "ubah_data", "kk", 1),
)
_OF_TEN = [kind for kind in KINDS for _ in range(kind[3])]


def make(root: Path, proposals: int, open_cases: int) -> Store:
    """A store with so many proposals, all decided but the last ``open_cases``.

    Half of them are removals, decided by two people: three decisions for two proposals.
    """
    store = Store.open(root, create=True)
    lines = [_proposal(number) for number in range(proposals)]
    with swapped_folder(store.period(PERIOD)) as folder:
        table = pa.Table.from_pylist(lines, schema=PROPOSAL_SCHEMA)
        pq.write_table(table, folder / "proposals.parquet")
    with decision_file.sealing(store.decisions, decision_file.Cursor()) as held:
        held.append(_decisions(lines[: proposals - open_cases]))
    return store


def proposal_id(number: int) -> str:
    """Of the ``number``-th proposal."""
    return f"{(number * 0x9E3779B97F4A7C15) % 2**64:016x}"


def _proposal(number: int) -> dict[str, Any]:
    kind, reason, document, _ = _OF_TEN[number % 10]
    record = f"{number % 12:016x}:0:{number}"
    return {
        "proposal_id": proposal_id(number),
        "period": PERIOD,
        "kab": KAB,
        "kind": kind,
        "dpid": proposal_id(number + 2**40),
        "reason": reason,
        "record_id": None if kind == "remove" else record,
        "fields": ["marital"] if kind == "correct" else [],
        "evidence": [{"record_id": record, "kind": document}],
        "band": "sure",
        "weight": 20.5,
        "why": "nik=10.2 name=8.1 birth_date=9.4",
    }


def _decisions(lines: list[dict[str, Any]]) -> Iterator[Decision]:
    """An accept each, and the second person's yes to a removal right after it."""
    seqs = count(1)
    for line in lines:
        removal = line["kind"] == "remove"
        accept = Decision(
            seq=next(seqs),
            act="accept",
            by="petugas-1",
            proposal=line["proposal_id"],
            kind=line["kind"],
            dpid=line["dpid"],
            reason=line["reason"],
            record=line["record_id"],
            fields=tuple(line["fields"]),
            evidence=tuple((item["record_id"], item["kind"]) for item in line["evidence"]),
            extra={"people": "two" if removal else "one"},
            **_COMMON,
        )
        yield accept
        if removal:
            yield Decision(
                seq=next(seqs), act="approve", by="petugas-2", target=accept.seq, **_COMMON
            )


_COMMON: dict[str, Any] = {
    "at": "2026-09-28T10:15:00+07:00",
    "period": PERIOD,
    "kab": KAB,
    "rule": "pkpu-1-2025",
}
