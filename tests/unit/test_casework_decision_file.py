"""The decision file: what breaks it is named, what a crash cut is dropped."""

import resource

import pytest

from lib.lines import append
from mutakhir.casework import decision_file
from mutakhir.casework.casebook import CasebookError, fold
from mutakhir.casework.decision import Decision
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.casework.effect import effects
from mutakhir.rules import load
from mutakhir.rules.period import Period


def decision(seq, **more):
    at = f"2026-09-01T10:{seq:02d}:00+07:00"
    given = {"at": at, "period": "2026-Q3", "kab": "3673", "act": "reject", "by": "petugas-1"}
    return Decision(seq=seq, rule="pkpu-1-2025", **{**given, "proposal": "1" * 16, **more})


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "decisions.jsonl"
    append(file, [decision(1), decision(2), decision(3)])
    return file


def test_what_was_sealed_is_read_back(path):
    full = decision(
        4, note="catatan", fields=("nik", "name"), evidence=(("b:0:2", "kk"),), extra={"a": "b"}
    )
    append(path, [full])
    assert decision_file.read(path).decisions[3] == full


def test_a_changed_line_is_named_by_the_line_after_it(path):
    path.write_text(path.read_text().replace("10:02", "10:59"))
    with pytest.raises(DecisionFileError, match="baris 3 "):
        decision_file.read(path)


def test_a_line_taken_out_is_named(path):
    first, _, third = path.read_text().splitlines(keepends=True)
    path.write_text(first + third)
    with pytest.raises(DecisionFileError, match="baris 2 "):
        decision_file.read(path)


def test_a_line_that_is_no_decision_is_named(path):
    with path.open("a") as file:
        file.write("[]\n")
    with pytest.raises(DecisionFileError, match="baris 4 "):
        decision_file.read(path)


@pytest.mark.parametrize(
    "broken",
    [
        {"act": "lenyap"},
        {"act": "accept", "kind": "remove", "reason": "meninggal"},  # nobody named
        {"act": "accept", "kind": "lenyap", "reason": "x", "dpid": "1"},
        {"act": "approve"},
        {"act": "withdraw", "source": ["b"]},
        {"by": " "},
        {"period": "2026-Q9"},
        {"kab": "36.73"},
        {"fields": ("dpid",)},
        {"at": "kemarin"},
        {"at": "2026-09-01T11:00:00"},
        {"evidence": ((1, "kk"),)},
    ],
)
def test_a_hand_written_line_that_lacks_what_its_act_needs_is_named(path, broken):
    append(path, [decision(4, **broken)])
    with pytest.raises(DecisionFileError, match="baris 4 bukan keputusan"):
        decision_file.read(path)


def test_a_hand_written_line_from_before_the_last_is_named(path):
    early = decision(4, at="2026-09-01T09:00:00+07:00")
    append(path, [early])
    with pytest.raises(DecisionFileError, match="baris 4 bertanggal sebelum"):
        decision_file.read(path)


@pytest.mark.parametrize("cut", [1, 40, 150])
def test_a_line_that_a_crash_cut_short_was_never_acknowledged(path, cut):
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    chain = decision_file.read(path)
    assert [d.seq for d in chain.decisions] == [1, 2]
    append(path, [decision(3)])
    assert path.read_bytes() == whole


def test_a_second_writer_gets_what_the_first_sealed_meanwhile(path):
    known = decision_file.read(path).end
    append(path, [decision(4)])
    with decision_file.sealing(path, known) as held:
        assert [d.seq for d in held.missed.decisions] == [4]
        held.append([decision(5)])
    assert [d.seq for d in decision_file.read(path).decisions] == [1, 2, 3, 4, 5]


def test_only_what_came_after_is_read(path):
    whole = decision_file.read(path)
    append(path, [decision(4), decision(5)])
    more = decision_file.read_from(path, whole.end)
    assert [d.seq for d in more.decisions] == [4, 5]
    again = decision_file.read(path)
    assert (whole.hashes + more.hashes, more.end) == (again.hashes, again.end)
    assert decision_file.read_from(path, again.end).decisions == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-10]),
        lambda path: path.write_bytes(b"".join(path.read_bytes().splitlines(True)[:2])),
        lambda path: path.write_text(path.read_text().replace("10:03", "10:13")),
        lambda path: path.unlink(),
    ],
    ids=["cut", "a line less", "changed", "gone"],
)
def test_a_file_that_lost_what_was_read_is_not_read_on(path, change):
    known = decision_file.read(path).end
    change(path)
    with pytest.raises(DecisionFileError, match="keputusan 3 yang sudah dibaca tidak ada lagi"):
        decision_file.read_from(path, known)
    with (
        pytest.raises(DecisionFileError, match="keputusan 3"),
        decision_file.sealing(path, known) as held,
    ):
        held.append([decision(4)])


def removal(seq, **more):
    return decision(seq, act="accept", kind="remove", dpid="00000000000000a1", **more)


def test_a_hand_written_removal_by_one_person_does_not_count():
    book = fold([removal(1, reason="meninggal", extra={"people": "one"})])
    assert book.case("1" * 16).state == "accepted_waiting_second"


def test_a_hand_written_approval_by_the_same_person_is_refused():
    with pytest.raises(CasebookError, match="keputusan 2 ditandatangani orang yang sama"):
        fold([removal(1, reason="meninggal"), decision(2, act="approve", target=1, proposal=None)])


def test_another_spelling_of_a_name_is_no_second_person():
    approval = decision(2, act="approve", target=1, proposal=None, by=" PETUGAS-1")
    with pytest.raises(CasebookError, match="orang yang sama"):
        fold([removal(1, reason="meninggal"), approval])


def test_a_hand_written_line_in_a_closed_period_is_refused():
    with pytest.raises(CasebookError, match="keputusan 2: periode 2026-Q3 sudah ditutup"):
        fold([decision(1, act="close", proposal=None), decision(2)])


def test_a_hand_written_reason_that_no_rule_knows_is_refused():
    lines = [
        removal(1, reason="bosan"),
        decision(2, act="approve", target=1, proposal=None, by="petugas-2"),
    ]
    law = load().at(Period.parse("2026-Q3").last)
    with pytest.raises(CasebookError, match="keputusan 1: alasan tidak dikenal"):
        effects(lines, "2026-Q3", law)


def test_a_hand_written_approval_of_nothing_is_refused():
    with pytest.raises(CasebookError, match="keputusan yang tidak ada"):
        fold([decision(1, act="approve", target=7, proposal=None)])


def test_a_full_disk_leaves_the_file_as_it_was(path):
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 400, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            append(path, [decision(n) for n in range(4, 14)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
