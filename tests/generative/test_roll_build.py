"""Any build: equal on both engines to the row, balanced, and blind to the order of its inputs."""

import random
from dataclasses import replace

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from lib.rolls import build_inputs, opening_inputs
from mutakhir.engines import engine
from mutakhir.roll import checks
from mutakhir.roll.inputs import BuildInputs
from mutakhir.roll.root import LISTS, NO_ROOT

PLAIN, DUCK = engine("plain"), engine("duckdb")
inputs = st.one_of(build_inputs(), opening_inputs())


@given(inputs)
def test_the_engines_agree_to_the_row_and_on_the_root(given_inputs: BuildInputs):
    plain, duck = PLAIN.build(given_inputs), DUCK.build(given_inputs)
    for name in LISTS:
        assert getattr(plain, name).schema == getattr(duck, name).schema
        assert getattr(plain, name).to_pylist() == getattr(duck, name).to_pylist(), name
    assert PLAIN.root(plain, NO_ROOT) == DUCK.root(duck, NO_ROOT)


@given(inputs)
def test_opening_and_flow_make_the_closing_for_every_station_and_sex(given_inputs: BuildInputs):
    assert checks.before(given_inputs) == []
    roll = PLAIN.build(given_inputs)
    assert checks.balance(given_inputs.previous, roll) == []


@given(inputs, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(given_inputs: BuildInputs, shuffler: random.Random):
    def shuffled(table: pa.Table) -> pa.Table:
        places = list(range(table.num_rows))
        shuffler.shuffle(places)
        return table.take(pa.array(places, pa.int64()))

    other = replace(
        given_inputs,
        adopted=shuffled(given_inputs.adopted),
        records=shuffled(given_inputs.records),
        effects=shuffled(given_inputs.effects),
    )
    one, two = PLAIN.build(given_inputs), PLAIN.build(other)
    assert PLAIN.root(one, NO_ROOT).root == PLAIN.root(two, NO_ROOT).root


@given(build_inputs())
def test_a_tombstone_stays_unless_a_restoration_lifts_it(given_inputs: BuildInputs):
    roll = PLAIN.build(given_inputs)
    lifted = {e["dpid"] for e in given_inputs.effects.to_pylist() if e["kind"] == "restore"}
    stones = set(given_inputs.previous.departed["dpid"].to_pylist()) - lifted
    assert stones <= set(roll.departed["dpid"].to_pylist())
    assert not stones & set(roll.voters["dpid"].to_pylist())


@given(build_inputs())
def test_every_entry_starts_where_the_one_before_it_ended(given_inputs: BuildInputs):
    """A voter's entries of one version chain: no account is left that was not entered."""
    roll = PLAIN.build(given_inputs)
    before = {v["dpid"]: v for v in given_inputs.previous.voters.to_pylist()}
    after = {v["dpid"]: v for v in roll.voters.to_pylist()}
    entries: dict[str, list[dict]] = {}
    for entry in roll.ledger.to_pylist():
        entries.setdefault(entry["dpid"], []).append(entry)
    for dpid, found in entries.items():
        outs = sorted((e["account_from"], e["sex_from"]) for e in found)
        ins = sorted((e["account_to"], e["sex_to"]) for e in found)
        for voters, ends in ((before, outs), (after, ins)):
            if dpid in voters:
                voter = voters[dpid]
                assert (f"{voter['desa']}.{voter['tps']}", voter["sex"]) in ends
