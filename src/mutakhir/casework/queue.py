"""The queue as a work sheet: each open proposal with its evidence, and cells to answer in."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.budget import Groups
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.proposal import Proposed, bulk_rule
from mutakhir.casework.seal import all_proposed
from mutakhir.casework.states import OPEN, STATES
from mutakhir.person import PERSON_FIELDS
from mutakhir.rules.law import Budget

#: The office fills these; ``decide`` reads them back and skips rows without an act.
ANSWERS: Final = ("act", "by", "document", "note", "bulk")
#: What the sheet says of each proposal. Cases of one ``group`` rest on equal evidence: the office
#: may decide them at once by repeating it under ``bulk``, when every one of them with ``contoh``
#: under ``sample`` was looked at by itself and ``group_state`` says that bulk is open.
SAMPLED: Final = "contoh"
TOLD: Final = (
    "sample",
    "group",
    "group_state",
    "state",
    "kab",
    "kind",
    "reason",
    "band",
    "weight",
    "dpid",
    "other_dpid",
    "rivals",
    "fields",
    "evidence",
    "why",
)
COLUMNS: Final = ("proposal_id", *ANSWERS, *TOLD)
#: The two records side by side: only in a sheet that was asked for with values.
SIDES: Final = ("daftar", "sumber")
VALUES: Final = tuple(f"{side}.{name}" for name in PERSON_FIELDS for side in SIDES)


def queue(
    proposals: pa.Table, book: Casebook, budget: Budget, period: str
) -> Iterator[dict[str, Any]]:
    """Rows of the work sheet (COLUMNS), open proposals only, equal cases beside each other.

    ``proposals``: PROPOSAL_SCHEMA, those of ``period``. Of each group the sample comes first. No
    personal value is in them.
    """
    known = all_proposed(proposals)
    groups = Groups(known, book, budget, period)
    rows = []
    for row in proposals.to_pylist():
        state = book.case(row["proposal_id"]).state
        if state not in OPEN:
            continue
        evidence = [f"{item['record_id']} ({item['kind']})" for item in row["evidence"]]
        told = {
            **{name: row[name] for name in TOLD if name in row},
            "state": STATES[state],
            "fields": " ".join(row["fields"]),
            "rivals": " ".join(row["rivals"] or ()),
            "evidence": " ".join(evidence),
            **_grouped(known[row["proposal_id"]], groups),
        }
        rows.append({"proposal_id": row["proposal_id"], **dict.fromkeys(ANSWERS, ""), **told})
    yield from sorted(rows, key=_order)


def _grouped(proposal: Proposed, groups: Groups) -> dict[str, str]:
    standing = groups.standing(proposal)
    sampled = standing is not None and proposal.proposal_id in standing.waiting
    return {
        "sample": SAMPLED if sampled else "",
        "group": bulk_rule(proposal),
        "group_state": standing.words if standing else "",
    }


def _order(row: dict[str, Any]) -> tuple[str, str, bool, str]:
    return (row["kind"], row["group"], row["sample"] == "", row["proposal_id"])


def with_values(
    rows: Iterable[dict[str, Any]], voters: pa.Table, records: pa.Table
) -> Iterator[dict[str, Any]]:
    """The same rows with the voter's and the source's values side by side (VALUES).

    ``voters`` (dpid + PERSON_FIELDS) and ``records`` (RECORD_SCHEMA) hold those that the rows
    name. The result carries personal data: for the office's own file, never for a screen or log.
    """
    rows = list(rows)
    of_voter = _by_key(voters, "dpid", {row["dpid"] for row in rows})
    of_record = _by_key(records, "record_id", {_first_record(row) for row in rows})
    for row in rows:
        left = of_voter.get(row["dpid"], {})
        right = of_record.get(_first_record(row), {})
        sides = (left, right)
        yield row | {
            f"{name}.{field}": side.get(field) or ""
            for field in PERSON_FIELDS
            for name, side in zip(SIDES, sides, strict=True)
        }


def _first_record(row: dict[str, Any]) -> str:
    first: str = row["evidence"].partition(" ")[0]
    return first


def _by_key(table: pa.Table, key: str, wanted: set[str]) -> dict[str, dict[str, Any]]:
    mask = pc.is_in(table[key], pa.array(sorted(wanted), pa.string()))
    rows = table.select([key, *PERSON_FIELDS]).filter(mask).to_pylist()
    return {row[key]: row for row in rows}
