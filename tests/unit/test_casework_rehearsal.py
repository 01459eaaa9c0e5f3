"""A rehearsal: the numbers of the real run, and not a byte of the office's store changed."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lib.intake_command import files_in
from lib.intake_files import BUDI, DAY, HEADER, KAB, SITI, UDIN, but, text
from lib.office import Q2, Q3, Office
from mutakhir.casework.desk import read_proposals
from mutakhir.casework.rehearsal import Stage, rehearse
from mutakhir.intake import take_in
from mutakhir.linkage.model_file import default_model
from mutakhir.roll.steps import build_version, roll_before
from mutakhir.store import StoreBusyError
from mutakhir.store.scratch import scratch

TITLE = ("DAFTAR AKTA KEMATIAN",)
MEMORY_DISK = Path("/dev/shm")


@pytest.fixture
def office(tmp_path):
    """An office whose roll holds SITI, BUDI and UDIN; nothing waits."""
    office = Office(tmp_path / "store")
    path = text(tmp_path / "awal.csv", [HEADER, SITI, BUDI, UDIN])
    (receipt,) = take_in([path], office.store, region=KAB, day=DAY)
    office.adopt(receipt.source_id)
    build_version(office.store, Q2, office.engine, office.rules)
    return office


@pytest.fixture
def stage(office):
    roll = roll_before(office.store, Q3)
    return Stage(Q3, roll.voters, roll.departed, office.engine, default_model(), office.law())


@pytest.fixture
def dead(tmp_path):
    """A file that says BUDI died, and brings one whom nobody knows."""
    stranger = but(SITI, nik="9999990101990009", nama="TATANG SUTISNA", jenis_kelamin="L")
    return text(tmp_path / "akta.csv", [TITLE, HEADER, BUDI, stranger])


def taking(path):
    return lambda store: take_in([path], store, region=KAB, day=DAY)[0]


def test_nothing_of_the_store_changes_and_nothing_stays_beside_it(office, stage, dead, tmp_path):
    before = files_in(office.store.root)
    rehearse(office.store, stage, taking(dead), beside=tmp_path / "coba")
    assert files_in(office.store.root) == before
    assert not list((tmp_path / "coba").iterdir())


def test_the_numbers_are_those_of_the_real_run(office, stage, dead, tmp_path):
    found = rehearse(office.store, stage, taking(dead), beside=tmp_path / "coba")
    real = taking(dead)(office.store)
    proposed = stage.propose(office.store)
    assert found.receipt.totals == real.totals
    assert found.after.equals(proposed.proposals)
    assert [(c.key, c.waiting, c.new, c.gone) for c in found.difference.kinds] == [
        ("remove", 0, 1, 0)
    ]
    assert sum(found.difference.rows.values()) == real.totals["accepted"]
    (place,) = found.difference.places
    assert place.key == SITI[11][:6]


def test_what_other_files_lead_to_is_not_laid_to_this_one(office, stage, dead, tmp_path):
    other = text(tmp_path / "lain.csv", [TITLE, HEADER, UDIN])
    taking(other)(office.store)
    found = rehearse(office.store, stage, taking(dead), beside=tmp_path / "coba")
    assert not found.stood
    (count,) = found.difference.kinds
    assert (count.waiting, count.new) == (1, 1)
    taking(dead)(office.store)
    assert found.after.equals(stage.propose(office.store).proposals)


def test_what_stands_on_the_desk_is_used_as_it_stands(office, stage, dead, tmp_path):
    taking(text(tmp_path / "lain.csv", [TITLE, HEADER, UDIN]))(office.store)
    stage.propose(office.store)
    found = rehearse(office.store, stage, taking(dead), beside=tmp_path / "coba")
    assert found.stood
    assert found.before.equals(read_proposals(office.store, Q3))


def test_a_refused_file_changes_nothing(office, stage, tmp_path):
    empty = tmp_path / "kosong.csv"
    empty.write_bytes(b"")
    found = rehearse(office.store, stage, taking(empty), beside=tmp_path / "coba")
    assert found.receipt.status == "refused"
    assert found.before.equals(found.after)


def test_the_office_goes_on_writing_while_a_scratch_store_stands(office, stage, dead, tmp_path):
    with scratch(office.store, tmp_path / "coba") as trial:
        taking(dead)(office.store)
        stage.propose(office.store)
        assert not trial.period(Q3).exists()
        assert len(list(trial.sources.iterdir())) == 1


@pytest.mark.skipif(not MEMORY_DISK.is_dir(), reason="no second disk on this system")
def test_on_another_disk_files_are_copied(office, tmp_path):
    assert MEMORY_DISK.stat().st_dev != tmp_path.stat().st_dev
    with TemporaryDirectory(dir=MEMORY_DISK) as place, scratch(office.store, Path(place)) as trial:
        for name, content in files_in(trial.sources).items():
            assert (office.store.sources / name).read_bytes() == content


def test_while_somebody_writes_it_says_so(office, tmp_path):
    with office.store.writing(), pytest.raises(StoreBusyError):
        with scratch(office.store, tmp_path / "coba"):
            pass
