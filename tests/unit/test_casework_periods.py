"""Periods in the decision file: closed, reopened with reason and ground, skipped."""

import pytest

from lib.cases import proposal, proposals
from lib.office import KAB, OPERATOR, Q3, Q4, Office
from lib.people import BUDI, SITI, record
from mutakhir.casework import decision_file
from mutakhir.casework.casebook import CasebookError, fold
from mutakhir.casework.seal import SealError
from mutakhir.casework.verdict import Verdict
from mutakhir.roll.steps import too_late_to_reopen

WHY = {"note": "saran perbaikan Bawaslu", "basis": "Surat 12/PM.00.02/X/2026"}


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "store")


def book(office):
    return fold(decision_file.read(office.store.decisions).decisions)


def test_a_reopened_period_takes_decisions_again_and_says_why(office):
    office.act("close", by="ketua")
    made = office.act("reopen", by="ketua", **WHY)
    assert (made.note, made.extra) == (WHY["note"], {"basis": WHY["basis"]})
    assert (Q3, KAB) not in book(office).closed
    assert [d.act for d in book(office).on_period[Q3, KAB]] == ["close", "reopen"]
    table = proposals(proposal(kind="correct", reason="ubah_data", fields=["name"]))
    assert not office.seal(
        table, [Verdict(table["proposal_id"][0].as_py(), "accept", OPERATOR)]
    ).refused
    office.act("close", by="ketua")
    assert (Q3, KAB) in book(office).closed


@pytest.mark.parametrize("missing", ["note", "basis"])
@pytest.mark.parametrize("act", ["reopen", "skip"])
def test_nobody_reopens_or_skips_without_reason_and_ground(office, act, missing):
    if act == "reopen":
        office.act("close", by="ketua")
    before = office.store.decisions.read_bytes() if office.store.decisions.exists() else b""
    with pytest.raises(SealError, match="sebut"):
        office.act(act, by="ketua", **{**WHY, missing: "  "})
    assert (office.store.decisions.read_bytes() if before else b"") == before


def test_what_was_never_closed_cannot_be_reopened(office):
    with pytest.raises(SealError, match="tidak ditutup"):
        office.act("reopen", by="ketua", **WHY)


def test_a_skipped_period_takes_no_decisions_until_reopened(office):
    office.act("skip", by="ketua", **WHY)
    assert book(office).skipped(Q3, KAB)
    with pytest.raises(SealError, match="ditutup"):
        office.act("close", by="ketua")
    office.act("reopen", by="ketua", **WHY)
    assert not book(office).skipped(Q3, KAB)
    office.act("close", by="ketua")


def test_a_period_with_an_accept_that_counts_is_not_skipped(office):
    table = proposals(proposal(kind="correct", reason="ubah_data", fields=["name"]))
    [sealed] = office.seal(
        table, [Verdict(table["proposal_id"][0].as_py(), "accept", OPERATOR)]
    ).sealed
    with pytest.raises(SealError, match="1 penerimaan"):
        office.act("skip", by="ketua", **WHY)
    office.overturn(sealed.seq)
    office.act("skip", by="ketua", **WHY)


def test_a_file_that_reopens_an_open_period_is_refused(office):
    office.act("close", by="ketua")
    made = office.act("reopen", by="ketua", **WHY)
    with pytest.raises(CasebookError, match="tidak ditutup"):
        book(office)._fold(made)


def test_reopening_changes_no_root_and_comes_too_late_once_a_version_stands_on_it(office):
    office.adopt(office.source(record(BUDI, row=2), record(SITI, row=3)))
    office.build("2026-Q2")
    office.act("close", "2026-Q2", by="ketua")
    assert too_late_to_reopen(office.store, "2026-Q2") is None
    first = office.build("2026-Q2").manifest
    office.act("reopen", "2026-Q2", by="ketua", **WHY)
    again = office.build("2026-Q2").manifest
    assert (first.root, first.closed, again.root, again.closed) == (
        first.root,
        True,
        first.root,
        False,
    )
    office.act("close", "2026-Q2", by="ketua")
    office.build(Q3)
    assert "versi 2" in too_late_to_reopen(office.store, "2026-Q2")
    assert too_late_to_reopen(office.store, Q4) is None
