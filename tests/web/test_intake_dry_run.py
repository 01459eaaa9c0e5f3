"""A dry run shows what a file would lead to, keeps nothing, and tells no other numbers than the
real run."""

import re
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lib.intake_command import files_in
from lib.intake_files import HEADER, SITI, but, text
from lib.job_worker import work_off
from lib.workplace import KAB, RUNNING
from mutakhir.casework.desk import propose_period, read_proposals
from mutakhir.linkage.model_file import default_model
from mutakhir.roll.steps import roll_before
from mutakhir_web.bulk import door
from mutakhir_web.intake.models import Source, State, Upload

#: Fields of a voter in the order of HEADER.
COLUMNS = (
    *("nkk", "nik", "name", "birth_place", "birth_date", "sex", "marital", "address", "rt", "rw"),
    *("desa", "tps"),
)


@pytest.fixture
def operator(people, store, signed_in):
    return signed_in(people.operator)


@pytest.fixture
def dead(store, tmp_path):
    """A certificate list: five voters of the roll, and one whom nobody knows."""
    roll = roll_before(store, RUNNING).voters
    lines = roll.filter(pc.starts_with(roll["desa"], KAB)).slice(100, 5).to_pylist()
    rows = [("1", *(v[name] for name in COLUMNS)) for v in lines]
    rows.append(but(SITI, nama="TATANG SUTISNA"))
    return text(tmp_path / "akta.csv", [("AKTA KEMATIAN",), HEADER, *rows]).read_bytes()


def tried(client, content, name="akta.csv"):
    said = {"agency": "disdukcapil", "region": KAB, "codes": "2023", "try_first": "on"}
    client.post("/terima/serahkan", {**said, "file": SimpleUploadedFile(name, content)})
    work_off()
    return Upload.objects.get(name=name)


def proposed(store):
    roll = roll_before(store, RUNNING)
    return propose_period(
        store,
        RUNNING,
        voters=roll.voters,
        departed=roll.departed,
        linker=door.linker(),
        model=default_model(),
        law=door.law(RUNNING),
    ).proposals


def test_nothing_counts_yet_and_the_store_is_untouched(operator, store, dead, settings):
    before = files_in(store.root)
    upload = tried(operator, dead)
    assert upload.state == State.TRIED
    assert files_in(store.root) == before
    assert not Source.objects.filter(file="akta.csv").exists()
    assert not list(Path(settings.UPLOADS, "uji-coba").iterdir())


def test_the_numbers_are_those_that_the_real_run_then_gives(operator, store, dead):
    before = read_proposals(store, RUNNING)
    upload = tried(operator, dead)
    told = {each["key"]: each for each in upload.job.result["kinds"]}
    operator.post(f"/terima/unggahan/{upload.id}/terima")
    work_off()
    source = Source.objects.get(file="akta.csv")
    assert (source.read, source.accepted) == (
        upload.job.result["totals"]["read"],
        upload.job.result["totals"]["accepted"],
    )
    after = proposed(store)
    was, will = (set(table["proposal_id"].to_pylist()) for table in (before, after))
    kinds = dict(zip(after["proposal_id"].to_pylist(), after["kind"].to_pylist(), strict=True))
    new = Counter(kinds[each] for each in will - was)
    assert new == Counter({kind: each["new"] for kind, each in told.items() if each["new"]})
    assert sum(each["gone"] for each in told.values()) == len(was - will)
    stays = sum(each["waiting"] for each in told.values())
    assert stays == len(was & will)
    assert new["remove"] == 5


def test_the_page_shows_before_and_after_and_leaves_the_choice(operator, dead):
    upload = tried(operator, dead)
    page = operator.get(f"/terima/unggahan/{upload.id}/").content.decode()
    assert "belum ada yang disimpan" in page
    assert re.search(r"<td>coret</td><td class=\"number\">\d+</td>.*\+5", page)
    assert "tidak ada di daftar; tidak ada yang dikeluarkan" in page
    assert "Meninggal" in page
    assert "menunggu pilihan" in operator.get("/terima/").content.decode()


def test_a_tried_file_is_discarded_and_leaves_nothing(operator, store, dead):
    before = files_in(store.root)
    upload = tried(operator, dead)
    operator.post(f"/terima/unggahan/{upload.id}/buang")
    upload.refresh_from_db()
    assert upload.state == State.DISCARDED
    operator.post(f"/terima/unggahan/{upload.id}/terima")
    assert work_off() == 0
    assert files_in(store.root) == before


def test_a_tried_file_is_taken_in_once(operator, dead):
    upload = tried(operator, dead)
    operator.post(f"/terima/unggahan/{upload.id}/terima")
    operator.post(f"/terima/unggahan/{upload.id}/terima")
    assert work_off() == 1


def test_a_wrong_file_is_refused_in_a_dry_run_too(operator):
    upload = tried(operator, b"\r\n \r\n")
    assert (upload.state, upload.outcome) == (State.DONE, "refused")
