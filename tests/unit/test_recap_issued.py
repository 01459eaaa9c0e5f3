"""Issued editions: each kept for good, a further one only when something differs."""

from dataclasses import replace

import pytest

from lib.recap_world import seal, store_of, story_of_a_quarter
from mutakhir.recap import editions, issued
from mutakhir.recap.documents import documents
from mutakhir.recap.issued import NotClosedError, Why
from mutakhir.recap.meeting import Meeting
from mutakhir.store import StoreError

WHY = Why(by="ketua", at="2026-10-02T11:00:00+07:00")
CODE, PERIOD = "3673", "2026-Q3"
_NO_MEETING = Meeting()


@pytest.fixture
def store(tmp_path):
    made = store_of(tmp_path / "store", story_of_a_quarter())
    seal(made, act="close")
    return made


def issue(store, meeting=_NO_MEETING, why=WHY):
    told = editions.recap(store, 2, [CODE])
    made = documents(told, CODE, meeting)
    return issued.issue(store, told, CODE, made=made, minutes="7/BA", why=why)


def test_an_edition_says_what_it_is_bound_to_and_holds_its_documents(store):
    first = issue(store)
    assert issued.editions(store, PERIOD, CODE) == [first]
    assert (first.edition, first.version, first.minutes) == (1, 2, "7/BA")
    assert first.totals["akhir"]["total"] > 0
    pdf = issued.document(store, first, "berita-acara.pdf").read_bytes()
    assert len(pdf) == first.files["berita-acara.pdf"]["size"]


def test_the_same_documents_are_no_new_edition(store):
    assert issue(store) == issue(store, why=replace(WHY, at="2026-10-03T11:00:00+07:00"))
    assert len(issued.editions(store, PERIOD, CODE)) == 1


def test_a_further_edition_leaves_the_first_as_it_was(store):
    first = issue(store)
    before = issued.document(store, first, "berita-acara.pdf").read_bytes()
    why = replace(WHY, reason="saran Bawaslu", rule="Surat 12")
    second = issue(store, Meeting(place="Aula", amends="Nomor: 7/BA"), why)
    assert (second.edition, second.reason, second.rule) == (2, "saran Bawaslu", "Surat 12")
    assert issued.document(store, first, "berita-acara.pdf").read_bytes() == before


def test_what_a_crash_left_half_done_is_no_edition(store):
    issue(store)
    half = store.recaps / PERIOD / CODE / ".beside-new-edisi-2-0badcafe"
    half.mkdir()
    (half / "edisi.json").write_text("{")
    assert len(issued.editions(store, PERIOD, CODE)) == 1
    assert issue(store, Meeting(place="Aula")).edition == 2
    assert not half.exists()


def test_drafts_are_not_issued(tmp_path):
    open_store = store_of(tmp_path / "open", story_of_a_quarter())
    with pytest.raises(NotClosedError, match="belum ditutup"):
        issue(open_store)
    assert issued.editions(open_store, PERIOD, CODE) == []


@pytest.mark.parametrize("name", ["edisi.json", "../edisi-1/rekap.csv", "lain.pdf", ""])
def test_no_other_file_is_a_document_of_an_edition(store, name):
    with pytest.raises(StoreError):
        issued.document(store, issue(store), name)
