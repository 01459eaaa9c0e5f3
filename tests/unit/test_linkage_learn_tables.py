"""The learned model file: to the byte the same, its reasons kept, its drift told."""

import math
import random
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from lib.tables import MODEL, table
from mutakhir.cli import app
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import learn_sql
from mutakhir.linkage.drift import drift
from mutakhir.linkage.learn import LearnError, held_out, learn
from mutakhir.linkage.model import ModelError
from mutakhir.linkage.model_file import default_model, read_model
from mutakhir.linkage.model_writer import File, learned_model, read_limits, weights
from mutakhir.linkage.prepare import prepare
from mutakhir.linkage.score import compare

DUCKDB = DuckdbEngine("500MB")
BASE = read_model(MODEL)
SYLLABLES = ("ba", "cu", "di", "fo", "ge", "hi", "ko", "lu", "ma", "ne", "pi", "ru", "sa", "to")


def members(people=500, doubled=300, seed=7):
    """Lines of made-up members, some of them twice with slips."""
    dice = random.Random(seed)

    def word():
        return "".join(dice.choices(SYLLABLES, k=3))

    lines = [
        {
            "first": word(),
            "last": word(),
            "born": str(date(1950, 1, 1) + timedelta(dice.randrange(20_000))),
            "town": "x",
        }
        for _ in range(people)
    ]
    return [*lines, *(slipped(line, dice) for line in lines[:doubled])]


def slipped(line, dice):
    """The line as another clerk writes it."""
    kind = dice.random()
    if kind < 0.2:
        return {**line, "first": line["first"].replace("a", "e", 1)}
    if kind < 0.3:
        return {**line, "first": line["last"], "last": line["first"]}
    if kind < 0.4:
        return {**line, "born": line["born"][:8] + "28"}
    return {**line, "last": None} if kind < 0.5 else dict(line)


def taught(lines, folder, model=BASE):
    path = folder / "members.parquet"
    pq.write_table(table(lines), path)
    return learn(DUCKDB.counts(path, None, model), model)


def written(learned, base=MODEL, **said):
    return learned_model(base, learned, {}, **{"name": "members-2", "period": None, **said})


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    return taught(members(), tmp_path_factory.mktemp("members"))


def test_what_is_counted_is_what_the_plain_comparison_finds(tmp_path):
    rows = table(members(71, 30))
    pq.write_table(rows, tmp_path / "members.parquet")
    counts = DUCKDB.counts(tmp_path / "members.parquet", None, BASE)
    people = prepare(rows, BASE).to_pylist()
    pairs = Counter(
        tuple(compare(one, other, BASE).values()) for one, other in combinations(people, 2)
    )
    # An odd number of lines: every pair of them is among the random ones.
    for found in (counts.random, counts.blocks["town"]):
        shown = zip(map(tuple, found.levels.tolist()), found.counts.tolist(), strict=True)
        assert dict(shown) == pairs
    equal = sum(one["last"] == other["last"] is not None for one, other in combinations(people, 2))
    assert counts.equal["last"].levels == {BASE.field["last"].level("equal"): equal}


def test_pairs_of_one_person_are_found_and_weighed(learned):
    assert learned.matches == pytest.approx(300, rel=0.05)
    swapped, equal = (BASE.field["first"].level(word) for word in ("swapped", "equal"))
    assert learned.m["first"][swapped] == pytest.approx(0.1, abs=0.05)
    assert learned.m["first"][equal] == pytest.approx(0.75, abs=0.07)


def test_the_order_of_lines_changes_no_byte(learned, tmp_path):
    rows = table(members())
    backwards = rows.take(list(reversed(range(rows.num_rows))))
    pq.write_table(backwards, tmp_path / "members.parquet")
    again = learn(DUCKDB.counts(tmp_path / "members.parquet", None, BASE), BASE)
    assert written(again) == written(learned)


def test_the_order_of_blocks_and_fields_changes_no_weight(learned, tmp_path):
    turned = replace(BASE, fields=BASE.fields[::-1], blocks=BASE.blocks[::-1])
    again = taught(members(), tmp_path, turned)
    for field in BASE.compared:
        assert again.weight(field.name) == pytest.approx(learned.weight(field.name), abs=1e-6)


def test_fields_that_a_block_asks_for_are_held_out():
    blocks = {block.name: held_out(block, default_model()) for block in default_model().blocks}
    assert blocks["nkk+date"] == {"nkk", "birth_date"}
    assert blocks["name+desa"] == {"name", "area", "nik", "birth_date"}


@pytest.mark.parametrize("lines", [[], members(1, 0), members(3, 1), members(200, 20)])
def test_a_list_that_teaches_too_little_is_refused_with_advice(lines, tmp_path):
    with pytest.raises(LearnError, match="Terlalu sedikit"):
        taught(lines, tmp_path)


def test_the_learned_file_keeps_structure_and_reasons(learned):
    text = written(learned)
    model = read_model(text)
    assert model.name == "members-2"
    assert (model.rules, model.blocks, model.dependences) == (
        BASE.rules,
        BASE.blocks,
        BASE.dependences,
    )
    for reason in (line.partition("#")[2] for line in MODEL.splitlines() if "#" in line):
        assert reason in text


def test_weights_stay_within_the_limits_and_unseen_levels_keep_theirs(learned):
    made = weights(MODEL, learned)
    assert made["born"]["equal"].bits == 9.0
    assert made["born"]["equal"].kept == "limit"
    assert learned.weight("born")[BASE.field["born"].level("equal")] > 9.0
    assert (made["born"]["age"].bits, made["born"]["age"].kept) == (1.0, "base")


def test_a_level_by_frequency_is_worth_as_much_as_the_level_for_the_usual_value(learned):
    (frequency,) = read_model(written(learned)).field["first"].frequencies
    level = BASE.field["first"].level("equal")
    assert frequency.add / 1000 == pytest.approx(math.log2(learned.m["first"][level]), abs=0.001)


def test_the_file_says_what_it_stands_on(learned):
    text = learned_model(MODEL, learned, {"left": File(800, "ab" * 32)}, name="x", period="2026-T3")
    said = tomllib.loads(text)["learned"]
    assert (said["base"], said["period"]) == ("members-1", "2026-T3")
    assert said["left"] == {"rows": 800, "sha256": "ab" * 32}
    equal = said["fields"]["first"]["equal"]
    assert equal["m"] == pytest.approx(0.75, abs=0.07)
    assert 0 < equal["u"] < 0.01


def test_learning_on_from_a_learned_file_replaces_what_it_stood_on(learned):
    once = written(learned)
    twice = written(learned, base=once, name="members-2")
    assert twice.count("[learned]") == 1
    assert read_model(twice).fields == read_model(once).fields


@pytest.mark.parametrize("limits", ["never = [0.0, 1.0]", "equal = [9.0, 0.0]", "equal = [1.0]"])
def test_limits_that_say_nonsense_are_refused(limits):
    broken = MODEL.replace("equal = [0.0, 9.0]", limits)
    with pytest.raises(ModelError, match="born"):
        read_limits(broken)


def test_drift_is_what_goes_beyond_the_limit_and_chance(learned):
    old = written(learned)
    assert not any(one.far for one in drift(old, old, 0.0))
    equal = weights(MODEL, learned)["first"]["equal"].bits
    moved = old.replace(f"equal = {equal:.3f}", f"equal = {equal + 3:.3f}", 1)
    far = [one for one in drift(old, moved, 1.0) if one.far]
    assert [(one.field, one.level, one.difference) for one in far] == [("first", "equal", 3.0)]
    assert not any(one.far for one in drift(old, moved, 3.0))


def test_few_counts_allow_more_drift_than_many(learned):
    allowed = {
        (one.field, one.level): one.allowed
        for one in drift(written(learned), written(learned), 0.5)
    }
    assert allowed["last", "equal"] < allowed["first", "swapped"]
    assert allowed["born", "age"] == 0.5  # kept from the base: no counts, no chance


def run(tmp_path, *arguments):
    pq.write_table(table(members()), tmp_path / "members.parquet")
    (tmp_path / "base.toml").write_text(MODEL)
    base = ["--model", str(tmp_path / "base.toml"), "--out", str(tmp_path / "new.toml")]
    return CliRunner().invoke(app, ["learn", str(tmp_path / "members.parquet"), *base, *arguments])


def test_the_command_writes_a_model_and_tells_drift_by_its_exit_code(tmp_path):
    first = run(tmp_path)
    assert first.exit_code == 0, first.output
    text = (tmp_path / "new.toml").read_text()
    assert read_model(text).name == "members-1-learned"
    (tmp_path / "last.toml").write_text(text)
    same = run(tmp_path, "--against", str(tmp_path / "last.toml"))
    assert same.exit_code == 0, same.output
    assert (tmp_path / "new.toml").read_text() == text
    far = run(tmp_path, "--against", str(tmp_path / "base.toml"), "--limit", "0.1")
    assert far.exit_code == 1
    assert "BERGESER" in far.output


def test_the_command_refuses_what_it_cannot_read(tmp_path):
    (tmp_path / "bad.toml").write_text("format = 9")
    result = run(tmp_path, "--against", str(tmp_path / "bad.toml"))
    assert result.exit_code == 2
    assert not (tmp_path / "new.toml").exists()


def test_of_a_very_long_list_a_part_is_looked_at_whatever_its_order(tmp_path, monkeypatch):
    monkeypatch.setattr(learn_sql, "MOST_PEOPLE", 101)
    rows = table(members())
    found = []
    for order in (rows, rows.take(list(reversed(range(rows.num_rows))))):
        pq.write_table(order, tmp_path / "members.parquet")
        found.append(DUCKDB.counts(tmp_path / "members.parquet", None, BASE))
    one, other = found
    assert one.pairs == one.blocks["town"].counts.sum() == 101 * 100 // 2
    assert one.blocks["town"].levels.tolist() == other.blocks["town"].levels.tolist()
    assert one.blocks["town"].counts.tolist() == other.blocks["town"].counts.tolist()
