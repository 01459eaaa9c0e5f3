"""Duplicates of a roll with the help of a register."""

import json
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from lib.alike import assert_same
from lib.people import BUDI, SITI, record, records, voter, voters
from lib.registers import make_registers
from lib.spark import SPARK, needs_spark
from mutakhir.commands import link as commands
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import plain
from mutakhir.linkage.anchored import anchors, seeking, write_anchored
from mutakhir.linkage.evidence import read_terms
from mutakhir.linkage.kinds import KINDS
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model import ModelError
from mutakhir.linkage.model_file import default_model

MODEL = default_model()
DUCKDB = DuckdbEngine("200MB")
#: The same woman under a second valid number, in another kabupaten.
SECOND = {
    **SITI,
    "nik": "9998115708850003",
    "nkk": "9998110202150009",
    "desa": "3602011001",
    "address": "JL. RAYA",
}

app = typer.Typer()
app.command()(commands.link)
app.command()(commands.dedupe)


def anchored(roll, *anchors_of_lines):
    """The roll with the anchors of its lines."""
    told = pa.array(anchors_of_lines, pa.string())
    ones = pa.array(["1"] * roll.num_rows)
    return roll.append_column("anchor", told).append_column("anchor_sought", ones)


def two(one, other):
    return voters(voter(one), voter(other, dpid="00000000000000a2"))


def only(links):
    (link,) = links.to_pylist()
    return link


def level(link):
    return {term.field: term.level for term in read_terms(link["evidence"])}.get("anchor")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("r1", "1"), ("r1", "1"), "equal"),
        (("r1", "1"), ("r2", "1"), "differ"),
        (("r1", "1"), (None, "1"), "one"),
        ((None, "1"), (None, "1"), "none"),
        ((None, None), (None, None), "no"),
        (("r1", "1"), (None, None), "no"),
    ],
)
def test_two_lines_are_the_same_or_other_people_of_the_register(one, other, expected):
    def side(values):
        return dict(zip(("", "sought"), values, strict=True)).__getitem__

    compare = KINDS["anchor"].compare
    assert compare(side(one), side(other)) == expected
    assert compare(side(other), side(one)) == expected


def test_without_a_register_nothing_is_said_of_it():
    link = only(DUCKDB.duplicates(two(SITI, SITI), MODEL))
    assert link["band"] == "sure"
    assert level(link) is None


def test_two_numbers_are_surely_one_person_only_with_the_register():
    other = {**SITI, "nik": "9998115708850003"}
    assert only(DUCKDB.duplicates(two(SITI, other), MODEL))["band"] == "review"
    link = only(DUCKDB.duplicates(anchored(two(SITI, other), "r1", "r1"), MODEL))
    assert (link["band"], level(link)) == ("sure", "equal")


def test_two_numbers_at_two_homes_are_shown_to_a_person_even_with_the_register():
    assert DUCKDB.duplicates(two(SITI, SECOND), MODEL).num_rows == 0
    link = only(DUCKDB.duplicates(anchored(two(SITI, SECOND), "r1", "r1"), MODEL))
    assert link["band"] == "review"


def test_two_people_of_the_register_are_two_voters():
    other = {**SITI, "nik": "9998115708850003"}
    assert DUCKDB.duplicates(anchored(two(SITI, other), "r1", "r2"), MODEL).num_rows == 0


def test_one_number_is_shown_even_where_the_register_knows_two_people():
    link = only(DUCKDB.duplicates(anchored(two(SITI, SITI), "r1", "r2"), MODEL))
    assert level(link) == "differ"


def test_a_line_without_a_person_of_its_own_is_shown_beside_the_one_it_resembles():
    other = {**SECOND, "name": "SITI AMINNA", "desa": SITI["desa"]}
    assert DUCKDB.duplicates(two(SITI, other), MODEL).num_rows == 0
    link = only(DUCKDB.duplicates(anchored(two(SITI, other), "r1", None), MODEL))
    assert (link["band"], level(link)) == ("review", "one")


def test_twins_are_not_made_one_by_a_wrong_anchor():
    twin = {**SITI, "nik": "9999995708850002", "name": "SITI AMINAB"}
    links = DUCKDB.duplicates(anchored(two(SITI, twin), "r1", "r1"), MODEL)
    assert "sure" not in links["band"].to_pylist()


def test_lines_of_one_person_meet_whatever_is_written():
    other = {**SECOND, "name": "FATIMAH", "birth_date": "1990-01-02", "birth_place": "LEBAK"}
    kept = replace(MODEL, keep_no=True)
    assert DUCKDB.duplicates(two(SITI, other), kept).num_rows == 0
    link = only(DUCKDB.duplicates(anchored(two(SITI, other), "r1", "r1"), kept))
    assert link["band"] == "no"


lines = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["BUDI SANTOSO", "BUDI S", "BOEDI SANTOSO", "SITI", None]),
            "nik": st.sampled_from(["9999991203820002", "9999991203820003", "12", None]),
            "birth_date": st.sampled_from(["1982-03-12", "1982-12-03", None]),
            "desa": st.sampled_from(["3673011001", "3602011001"]),
            "birth_place": st.sampled_from(["SERANG", "LEBAK", None]),
        }
    ),
    max_size=7,
)


@given(lines, st.lists(st.sampled_from(["r1", "r2", None]), min_size=7, max_size=7), st.booleans())
@settings(max_examples=15)
def test_engines_agree_on_anchored_lines(people, told, keep_no):
    model = replace(MODEL, keep_no=keep_no)
    roll = voters(*(voter({**BUDI, **p}, dpid=f"{i:016x}") for i, p in enumerate(people, 1)))
    roll = anchored(roll, *told[: roll.num_rows])
    kept = [name for name in LINK_SCHEMA.names if name != "probability"]
    found, judged = (
        e.select(kept) for e in (DUCKDB.duplicates(roll, model), plain.duplicates(roll, model))
    )
    assert found.to_pylist() == judged.to_pylist()


def links_of(tmp_path, *lines):
    columns = ("left_id", "right_id", "weight", "band")
    table = pa.Table.from_pylist([dict(zip(columns, line, strict=True)) for line in lines])
    pq.write_table(table, tmp_path / "links.parquet")
    return anchors(tmp_path / "links.parquet", MODEL).to_pylist()


def test_the_anchor_is_the_heaviest_link_without_a_rival(tmp_path):
    found = links_of(
        tmp_path,
        ("r1", "a", 30.0, "sure"),
        ("r2", "a", 26.9, "review"),
        ("r1", "b", 20.0, "review"),
        ("r2", "c", 30.0, "sure"),
        ("r3", "c", 27.0, "sure"),
        ("r4", "d", 30.0, "no"),
    )
    assert found == [{"line": "a", "anchor": "r1"}, {"line": "b", "anchor": "r1"}]


def test_for_anchors_a_second_line_of_one_person_speaks_neither_for_nor_against():
    told = seeking(MODEL)
    assert told.field["claimed"].weights == (0, 0, 0)
    conditions = [c for rule in told.rules for c in (rule.when, *rule.unless)]
    assert all(condition for condition in conditions)
    assert not any("claimed" in c for c in [*conditions, *(d.when for d in told.dependences)])


@pytest.fixture
def files(tmp_path):
    roll = voters(
        voter(SITI),
        voter(SECOND, dpid="00000000000000a2"),
        voter(BUDI, dpid="00000000000000a3"),
    )
    pq.write_table(roll, tmp_path / "roll.parquet")
    pq.write_table(records(record(SITI, row=2)), tmp_path / "register.parquet")
    return tmp_path


@pytest.mark.parametrize("write_links", [DUCKDB.write_links])
def test_both_lines_of_a_person_get_her_and_others_nobody(files, write_links):
    out = files / "anchored.parquet"
    write_anchored(files / "roll.parquet", files / "register.parquet", MODEL, write_links, out)
    rows = pq.read_table(out).to_pylist()
    siti = "aaaaaaaaaaaaaaaa:0:2"
    assert [row["anchor"] for row in rows] == [siti, siti, None]
    assert {row["anchor_sought"] for row in rows} == {"1"}
    assert {p.name for p in files.iterdir()} == {
        *("roll.parquet", "register.parquet", "anchored.parquet")
    }


@needs_spark
def test_spark_finds_the_same_anchors_and_duplicates(tmp_path):
    registers = make_registers(12, roll=300, feed=200, doubled=0.2)
    pq.write_table(registers.left, tmp_path / "roll.parquet")
    pq.write_table(registers.right, tmp_path / "register.parquet")
    lines, links = [], []
    for number, engine in enumerate((DUCKDB, SPARK)):
        out, found = tmp_path / f"{number}.parquet", tmp_path / f"links-{number}.parquet"
        paths = (tmp_path / "roll.parquet", tmp_path / "register.parquet")
        write_anchored(*paths, MODEL, engine.write_links, out)
        engine.write_links(out, None, MODEL, found)
        lines.append(pq.read_table(out))
        links.append(
            pq.read_table(found).sort_by([("left_id", "ascending"), ("right_id", "ascending")])
        )
    assert lines[0]["anchor"].null_count < lines[0].num_rows
    assert lines[1].equals(lines[0])
    assert "equal" in map(level, links[0].to_pylist())
    assert_same(links[1], links[0])


def test_a_model_without_an_anchor_is_refused(files):
    model = replace(MODEL, fields=tuple(f for f in MODEL.fields if f.kind.name != "anchor"))
    with pytest.raises(ModelError, match="anchor"):
        write_anchored(files / "a", files / "b", model, DUCKDB.write_links, files / "c")


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_an_operator_looks_for_duplicates_with_a_register(files, engine):
    out = files / "out"
    arguments = ["dedupe", files / "roll.parquet", "--register", files / "register.parquet"]
    result = CliRunner().invoke(
        app, [str(a) for a in (*arguments, "--out", out, "--engine", engine, "--json")]
    )
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["rows"] == {"left": 3, "register": 1}
    assert {p.name for p in out.iterdir()} == {
        *("links.parquet", "clusters.parquet", "summary.json", "model.toml")
    }
    link = only(pq.read_table(out / "links.parquet"))
    assert (link["left_id"], link["right_id"]) == ("00000000000000a1", "00000000000000a2")
    assert (link["band"], level(link)) == ("review", "equal")
