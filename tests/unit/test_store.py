"""The store is never half written."""

import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from mutakhir.store import Store, StoreError, swapped_folder, write_bytes, write_json
from mutakhir.store.swap import BESIDE, recover


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(BESIDE)]


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "0001"
    with pytest.raises(RuntimeError), swapped_folder(target) as beside:
        (beside / "voters").write_text("half")
        raise RuntimeError
    assert not target.exists()
    assert leftovers(tmp_path) == []


def test_a_second_write_replaces_the_first_whole(tmp_path: Path) -> None:
    target = tmp_path / "0001"
    for name in ("a", "b"):
        with swapped_folder(target) as beside:
            (beside / name).write_text(name)
    assert [path.name for path in target.iterdir()] == ["b"]
    assert leftovers(tmp_path) == []


def test_a_failed_rewrite_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "0001"
    with swapped_folder(target) as beside:
        (beside / "a").write_text("old")
    with pytest.raises(OSError), swapped_folder(target) as beside:
        (beside / "a").write_text("new")
        raise OSError
    assert (target / "a").read_text() == "old"


def test_a_crash_between_the_two_renames_is_mended_on_opening(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s", create=True)
    aside = store.rolls / f"{BESIDE}old-0001"
    aside.mkdir(parents=True)
    (aside / "voters").write_text("whole")
    (store.rolls / f"{BESIDE}new-0001-deadbeef").mkdir()
    again = Store.open(tmp_path / "s")
    assert again.versions() == [1]
    assert (again.roll(1) / "voters").read_text() == "whole"
    assert leftovers(store.rolls) == []


def test_a_set_aside_folder_is_dropped_when_the_new_one_is_in(tmp_path: Path) -> None:
    (tmp_path / "0001").mkdir()
    (tmp_path / f"{BESIDE}old-0001").mkdir()
    (tmp_path / f"{BESIDE}new-x.json-1").write_text("half a file")
    recover(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["0001"]


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1])
def test_a_killed_writer_leaves_the_old_or_the_new(tmp_path: Path, after: float) -> None:
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from mutakhir.store import swapped_folder
        n = 0
        print("ready", flush=True)
        while True:
            n += 1
            with swapped_folder(Path(sys.argv[1])) as beside:
                for name in "abcd":
                    (beside / name).write_text(str(n))
        """
    )
    target = tmp_path / "0001"
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(after)
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    recover(tmp_path)
    assert leftovers(tmp_path) == []
    if target.exists():
        assert len({path.read_text() for path in target.iterdir()}) == 1
        assert len(list(target.iterdir())) == 4


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "manifest.json"
    write_json(target, {"version": 1})
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_bytes(target, b"x" * 100_000)
        except OSError:
            os._exit(7)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    assert target.read_text() == '{\n  "version": 1\n}\n'
    assert leftovers(tmp_path) == []


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    store = Store.open(tmp_path, create=True)
    with store.writing():
        with pytest.raises(StoreError, match="sedang ditulis"), Store.open(tmp_path).writing():
            pass
    with store.writing():
        pass


def test_opening_to_read_leaves_a_writer_at_work_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path, create=True)
    with store.writing(), swapped_folder(store.roll(1)) as beside:
        (beside / "voters").write_text("whole")
        assert Store.open(tmp_path).versions() == []
    assert (Store.open(tmp_path).roll(1) / "voters").read_text() == "whole"


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="bukan gudang data"):
        Store.open(tmp_path / "nowhere")
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(StoreError, match="berisi hal lain"):
        Store.open(tmp_path, create=True)


def test_a_file_or_a_spoilt_marker_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="berisi hal lain"):
        Store.open(tmp_path / "file", create=True)
    (tmp_path / "store.json").write_text("{")
    with pytest.raises(StoreError, match="bukan gudang data yang utuh"):
        Store.open(tmp_path)


def test_another_format_is_refused_by_number(tmp_path: Path) -> None:
    write_json(tmp_path / "store.json", {"format": 99})
    with pytest.raises(StoreError, match="berformat 99"):
        Store.open(tmp_path)
