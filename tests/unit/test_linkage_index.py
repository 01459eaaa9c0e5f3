"""The index of a roll: made once, used by every feed after, never half, never stale."""

from dataclasses import replace

import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from lib.alike import assert_same, golden_links
from lib.people import BUDI, SITI, record, records, voter, voters
from lib.registers import make_registers
from mutakhir.commands import link as commands
from mutakhir.engines import linker
from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage import roll_index as module
from mutakhir.linkage.model_file import default_model
from mutakhir.linkage.roll_index import RollIndexError, forms_digest, roll_index

MODEL = default_model()
DUCKDB = DuckdbEngine("500MB")
app = typer.Typer()
app.command()(commands.link)
app.command()(commands.dedupe)


@pytest.fixture
def files(tmp_path):
    pq.write_table(
        voters(voter(SITI), voter(BUDI, dpid="00000000000000a2")), tmp_path / "roll.parquet"
    )
    pq.write_table(records(record(SITI)), tmp_path / "feed.parquet")
    return tmp_path


def index_of(files, model=MODEL):
    return roll_index(files / "index", files / "roll.parquet", model)


def link(files, model=MODEL):
    """Links the feed with the help of the index; what it says is in ``told``."""
    told = []
    engine = replace(DUCKDB, index=index_of(files, model), tell=told.append)
    paths = (files / "roll.parquet", files / "feed.parquet")
    engine.write_links(*paths, model, files / "links.parquet")
    return told


def makes(told):
    return "Bakukan seluruh daftar untuk indeks" in told


def test_the_index_gives_the_golden_links(tmp_path):
    registers = make_registers(11, roll=1500, feed=900, doubled=0.05)
    pq.write_table(registers.left, tmp_path / "roll.parquet")
    engine = replace(DUCKDB, index=index_of(tmp_path))
    for _ in ("made in this run", "kept from the last"):
        assert_same(engine.link(registers.left, registers.right, MODEL), golden_links("links"))


def test_the_index_is_made_once(files):
    assert makes(link(files))
    assert not makes(link(files))


def test_other_weights_do_with_the_same_index(files):
    link(files)
    fields = tuple(replace(f, weights=tuple(w + 1 for w in f.weights)) for f in MODEL.fields)
    assert not makes(link(files, replace(MODEL, fields=fields, sure=1000)))


def test_a_changed_roll_gets_a_new_index(files):
    link(files)
    pq.write_table(voters(voter({**SITI, "name": "SITI"})), files / "roll.parquet")
    assert makes(link(files))


def test_other_columns_get_a_new_index(files):
    link(files)
    fields = (
        replace(field, columns=("birth_place",)) if field.name == "address" else field
        for field in MODEL.fields
    )
    assert makes(link(files, replace(MODEL, fields=tuple(fields))))


def test_other_code_that_makes_normal_forms_gets_a_new_index(files, monkeypatch):
    link(files)
    monkeypatch.setattr(module, "code_digest", lambda: "another")
    assert makes(link(files))


def test_the_digest_of_the_code_covers_the_kinds_and_the_words():
    read = {file.name for source in module._SOURCES for file in module._files(
        module.files("mutakhir.linkage").joinpath(source)
    )}  # fmt: skip
    assert {"names.toml", "normalise.py", "name_batch.py", "prepare.py", "nik.py"} <= read


def test_a_model_of_other_ids_is_another_index():
    assert forms_digest(replace(MODEL, ids=("nomor",))) != forms_digest(MODEL)


def test_an_index_whose_making_fails_leaves_the_older_one(files):
    link(files)
    before = index_of(files)
    pq.write_table(voters(voter(BUDI)), files / "roll.parquet")

    def fails(file):
        file.write_bytes(b"half")
        raise OSError

    with pytest.raises(OSError):
        index_of(files).make(fails)
    assert before.made()
    assert not index_of(files).made()
    assert {path.name for path in files.iterdir()} == {
        *("roll.parquet", "feed.parquet", "links.parquet", "index")
    }


def test_what_a_crash_left_is_no_index(files):
    link(files)
    (files / "index" / "index.json").unlink()
    assert makes(link(files))


def test_nobody_else_reads_the_index(files):
    link(files)
    assert (files / "index").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_folder_of_other_things_is_refused(files, what):
    if what == "folder":
        (files / "index").mkdir()
        (files / "index" / "penting.txt").touch()
    else:
        (files / "index").touch()
    with pytest.raises(RollIndexError, match="bukan folder indeks"):
        index_of(files)


def run(files, *more):
    arguments = ["link", files / "roll.parquet", files / "feed.parquet", "--out", files / "out"]
    return CliRunner().invoke(
        app, [str(a) for a in (*arguments, "--index", files / "index", *more)]
    )


def test_an_operator_links_two_feeds_with_one_index(files):
    first = run(files)
    second = run(files)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert "10/10 Hitung" in first.stderr
    assert "9/9 Hitung" in second.stderr
    assert pq.read_table(files / "out" / "links.parquet").num_rows == 1


def test_an_operator_hears_why_a_folder_cannot_be_the_index(files):
    (files / "index").mkdir()
    (files / "index" / "penting.txt").touch()
    result = run(files)
    assert result.exit_code == 2
    assert "penting.txt" not in result.stderr
    assert "Sebut folder baru" in result.stderr
    assert not (files / "out").exists()


@pytest.mark.parametrize("engine", ["plain", "spark"])
def test_other_engines_refuse_an_index(files, engine):
    assert run(files, "--engine", engine).exit_code == 2
    with pytest.raises(ValueError, match="duckdb alone"):
        linker(engine, master="local[1]", index=index_of(files))


def test_a_roll_with_an_index_still_needs_the_columns_of_the_model(files):
    assert run(files).exit_code == 0
    table = pq.read_table(files / "roll.parquet").drop_columns(["nkk"])
    pq.write_table(table, files / "roll.parquet")
    result = run(files)
    assert result.exit_code == 2
    assert "nkk" in result.stderr


def test_ids_that_repeat_are_refused_before_an_index_is_made(files):
    pq.write_table(voters(voter(SITI), voter(BUDI)), files / "roll.parquet")
    assert run(files).exit_code == 2
    assert not (files / "index").exists()
