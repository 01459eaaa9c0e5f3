"""The format texts hold: the root's test vector, the example of a decision line, the schemas."""

import hashlib
import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

from lib.people import SITI, voter, voters
from mutakhir.casework import decision_file
from mutakhir.casework.draft import OUTCOME_SCHEMA
from mutakhir.casework.effect import EFFECT_SCHEMA
from mutakhir.casework.proposal import PROPOSAL_SCHEMA
from mutakhir.engines import engine
from mutakhir.roll.inputs import Roll
from mutakhir.roll.ledger import CHANGE_SCHEMA, ENTRY_SCHEMA
from mutakhir.roll.root import NO_ROOT, line
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_SCHEMA

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
ENTRY = {
    "version": 1,
    "decision": 1,
    "dpid": "00000000000000a1",
    "reason": "daftar_awal",
    "account_from": "luar.daftar_awal",
    "sex_from": "P",
    "account_to": "3673011001.001",
    "sex_to": "P",
}


def vector():
    return Roll(
        1,
        "2026-Q2",
        voters(voter(SITI)),
        DEPARTED_SCHEMA.empty_table(),
        pa.Table.from_pylist([ENTRY], schema=ENTRY_SCHEMA),
        CHANGE_SCHEMA.empty_table(),
    )


def block(page, number):
    return re.findall(r"```text\n(.*?)```", (FORMATS / page).read_text(), flags=re.DOTALL)[number]


@pytest.mark.parametrize("name", ["plain", "duckdb"])
def test_the_roots_test_vector_holds_on_both_engines(name):
    roll = vector()
    found = engine(name).root(roll, NO_ROOT)
    shown = line(roll.voters.to_pylist()[0].values())
    shown = shown.replace("\x1f", "␟").replace("\x00", "␀")
    assert block("roll.md", 1) == f"{shown}\n"
    assert block("roll.md", 2).splitlines() == [
        "mutakhir roll 1",
        "version 1",
        "period 2026-Q2",
        f"previous {NO_ROOT}",
        *(f"{part} {rows} {digest}" for part, (rows, digest) in found.lists.items()),
    ]
    assert hashlib.sha256(block("roll.md", 2).encode()).hexdigest() == found.root
    assert f"`{found.root}`" in (FORMATS / "roll.md").read_text()


def test_the_example_decisions_are_a_file_that_reads(tmp_path):
    path = tmp_path / "decisions.jsonl"
    path.write_text(block("decisions.md", 0))
    chain = decision_file.read(path)
    assert [decision.act for decision in chain.decisions] == ["adopt", "accept", "approve"]
    again = decision_file.NOTHING
    for text, decision in zip(block("decisions.md", 0).splitlines(), chain.decisions, strict=True):
        assert decision_file.encode(decision, again) == text
        again = decision_file.digest(text.encode())
        assert json.loads(text)["seq"] == decision.seq


@pytest.mark.parametrize(
    ("page", "schema"),
    [
        ("roll.md", VOTER_SCHEMA),
        ("roll.md", DEPARTED_SCHEMA),
        ("ledger.md", ENTRY_SCHEMA),
        ("ledger.md", CHANGE_SCHEMA),
        ("proposals.md", PROPOSAL_SCHEMA),
        ("proposals.md", OUTCOME_SCHEMA),
        ("decisions.md", EFFECT_SCHEMA),
    ],
)
def test_every_column_stands_in_its_format_text(page, schema):
    text = (FORMATS / page).read_text()
    assert [name for name in schema.names if f"`{name}`" not in text] == []
