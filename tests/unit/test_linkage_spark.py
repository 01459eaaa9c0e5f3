import os
from dataclasses import replace
from pathlib import Path

import pyarrow.csv as pc_csv
import pyarrow.parquet as pq
import pytest

from lib.alike import GOLDEN, assert_same, golden_links
from lib.people import BUDI, records, voter, voters
from lib.registers import make_registers
from lib.spark import SPARK, needs_spark
from mutakhir.engines import SparkError, engine, linker, spark_session
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model_file import default_model
from mutakhir.synthetic.registers import write_registers

MODEL = default_model()
ENGINES = {"plain": engine("plain"), "duckdb": engine("duckdb", memory="500MB"), "spark": SPARK}
every_engine = pytest.mark.parametrize(
    "name", ["plain", "duckdb", pytest.param("spark", marks=needs_spark)]
)


@pytest.fixture(scope="module")
def registers():
    return make_registers(11, roll=1500, feed=900, doubled=0.05)


def found(name, registers):
    return {
        "links": ENGINES[name].link(registers.left, registers.right, MODEL),
        "duplicates": ENGINES[name].duplicates(registers.left, MODEL),
    }


@every_engine
def test_the_engine_gives_the_golden_links(name, registers):
    """Written anew from the plain engine with MUTAKHIR_WRITE_GOLDEN=1."""
    results = found(name, registers)
    if name == "plain" and os.environ.get("MUTAKHIR_WRITE_GOLDEN"):
        for what, table in results.items():
            pc_csv.write_csv(table, f"{GOLDEN}_{what}.csv")
    for what, table in results.items():
        assert table.num_rows > 50
        assert_same(table, golden_links(what))


def test_the_golden_links_hold_no_value_of_a_person(registers):
    text = "".join(Path(f"{GOLDEN}_{what}.csv").read_text() for what in ("links", "duplicates"))
    for person in registers.left.to_pylist():
        for field in ("nik", "nkk", "name", "birth_date", "address"):
            assert person[field] not in text


@needs_spark
def test_empty_tables_give_no_links():
    assert SPARK.link(voters(), records(), MODEL).equals(LINK_SCHEMA.empty_table())


@needs_spark
def test_links_of_spark_are_one_sorted_file_and_nothing_is_left_beside_it(registers, tmp_path):
    left, out = tmp_path / "left.parquet", tmp_path / "links.parquet"
    pq.write_table(registers.left, left)
    SPARK.write_links(left, None, MODEL, out)
    links = pq.read_table(out)
    assert out.is_file()
    assert links.schema.equals(LINK_SCHEMA)
    assert links.equals(links.sort_by([("left_id", "ascending"), ("right_id", "ascending")]))
    assert {path.name for path in tmp_path.iterdir()} == {"left.parquet", "links.parquet"}


@needs_spark
def test_a_failure_says_the_step_and_no_value(tmp_path):
    said = []
    spark = replace(SPARK, tell=said.append)
    left = tmp_path / "left.parquet"
    pq.write_table(voters(voter(BUDI)), left)
    (tmp_path / "right.parquet").write_text(BUDI["nik"])
    with pytest.raises(SparkError) as caught:
        spark.write_links(left, tmp_path / "right.parquet", MODEL, tmp_path / "links.parquet")
    assert "pada langkah: Baca berkas" in str(caught.value)
    assert BUDI["nik"] not in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} == {"left.parquet", "right.parquet"}


def test_without_pyspark_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark_session, "find_spec", lambda _: None)
    with pytest.raises(SparkError, match="pip install 'pyspark"):
        linker("spark", master="local[1]").link(voters(), records(), MODEL)


def test_without_java_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(spark_session, "find_spec", lambda _: True)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(SparkError, match="Java 17"):
        linker("spark", master="local[1]").link(voters(), records(), MODEL)


@pytest.mark.parametrize(
    ("master", "local"),
    [("local", True), ("local[2]", True), ("local[*]", True), ("spark://satu:7077", False)],
)
def test_memory_is_the_drivers_on_one_machine_and_each_executors_on_a_cluster(master, local):
    settings = spark_session.settings_of(master, "4GB")
    assert settings.get("spark.driver.memory") == ("4g" if local else None)
    assert settings.get("spark.executor.memory") == (None if local else "4g")


def test_an_unknown_engine_is_refused():
    with pytest.raises(ValueError, match="no engine 'hadoop'"):
        linker("hadoop", master="local[2]")


@needs_spark
@pytest.mark.slow
def test_spark_and_duckdb_agree_on_a_hundred_thousand_people(tmp_path):
    write_registers(tmp_path / "registers", size=100_000, seed=5)
    roll, register = (tmp_path / "registers" / f"{n}.parquet" for n in ("roll", "register"))
    for right in (register, None):
        tables = []
        for name in ("duckdb", "spark"):
            out = tmp_path / f"{name}-{right is None}.parquet"
            ENGINES[name].write_links(roll, right, MODEL, out)
            tables.append(pq.read_table(out))
        assert tables[0].num_rows > 100
        assert_same(tables[1], tables[0])
