"""Splink on the tables: its own comparisons for names, dates, e-mails; m by EM, u by sampling."""

import logging
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from bench.linkage_tables.peers.blocks import BLOCKS, EM_BLOCKS
from bench.linkage_tables.scoring import Scored
from bench.linkage_tables.tables import Table
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule
from splink.internals.blocking_rule_creator import BlockingRuleCreator

PROBABILITY = 0.95
_LEAST_WEIGHT = -20.0

_FEBRL = (
    cl.ForenameSurnameComparison("given_name", "surname"),
    cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
    cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
    cl.DamerauLevenshteinAtThresholds("street_number", 1),
    cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
    cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
    cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
)
_FAKE = (
    cl.ForenameSurnameComparison("first_name", "surname"),
    cl.DateOfBirthComparison("dob", input_is_string=True),
    cl.JaroWinklerAtThresholds("city", [0.9, 0.7]),
    cl.EmailComparison("email"),
)
_COMPARISONS = {"febrl": _FEBRL, "fake_1000": _FAKE}


def run(table: Table, folder: Path) -> list[Scored]:
    """Scored pairs; Splink says yes from probability .95."""
    con = duckdb.connect()
    path = folder / "table.csv"
    con.execute(f"create table people as from read_csv('{path}', all_varchar = true)")
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=table.id_column,
        comparisons=list(_COMPARISONS[table.kind]),
        blocking_rules_to_generate_predictions=_blocks(table.kind),
    )
    people = DuckDBAPI(connection=con).register("people")
    linker = Linker(people, settings, log_level=logging.ERROR)
    _train(linker, table.kind)
    pairs = linker.inference.predict(threshold_match_weight=_LEAST_WEIGHT).physical_name
    key = table.id_column
    rows = con.execute(f"select {key}_l, {key}_r, match_weight, match_probability from {pairs}")
    return [(a, b, weight, chance >= PROBABILITY) for a, b, weight, chance in rows.fetchall()]


def _blocks(kind: str) -> list[BlockingRuleCreator]:
    return [block_on(*keys) for keys in BLOCKS[kind]] or [CustomRule("1 = 1")]


def _train(linker: Linker, kind: str) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*keys) for keys in EM_BLOCKS[kind]], recall=0.8
    )
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for keys in EM_BLOCKS[kind]:
        training.estimate_parameters_using_expectation_maximisation(block_on(*keys))
