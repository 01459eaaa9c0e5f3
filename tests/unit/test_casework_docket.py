"""The docket: in step with the store, whoever else seals; nothing changes when sealing fails."""

import os
import resource
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from lib.cases import proposal, proposals
from lib.lines import append
from lib.office import CHECKER, KAB, OPERATOR, Q2, Q3, STRANGER, Office, no_outcomes
from mutakhir.casework import decision_file
from mutakhir.casework.casebook import fold
from mutakhir.casework.decision import Decision
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.casework.docket import Docket
from mutakhir.casework.draft import Proposals
from mutakhir.casework.seal import SealError
from mutakhir.casework.verdict import Verdict

ID, OTHER = "1" * 16, "2" * 16
TABLE = proposals(
    proposal(),
    proposal(
        proposal_id=OTHER, dpid="00000000000000a2", kind="suspend", documents=["rt_statement"]
    ),
)


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "store")
    made.put(Proposals(TABLE, no_outcomes()))
    return made


@pytest.fixture
def docket(office):
    return opened(office)


def opened(office, period=Q3):
    return Docket.open(office.store, period, office.law(period))


def say(docket, office, proposal_id, act, by, **more):
    return docket.seal([Verdict(proposal_id, act, by, **more)], at=office.now())


def in_step(docket):
    """What is in memory is what the file says, read anew."""
    assert docket.file.book == fold(decision_file.read(docket.store.decisions).decisions)


def test_what_is_sealed_is_in_the_file_and_in_the_docket(office, docket):
    (accepted,) = say(docket, office, ID, "accept", OPERATOR).sealed
    receipt = say(docket, office, ID, "approve", CHECKER)
    assert docket.case(ID).state == "in_effect"
    assert docket.decisions_on(ID) == (accepted, *receipt.sealed)
    assert docket.decisions_of("00000000000000a1") == docket.decisions_on(ID)
    assert receipt.head == decision_file.read(office.store.decisions).head
    in_step(docket)


def test_another_writers_decisions_are_caught_up_with(office, docket):
    other = opened(office)
    (accepted,) = say(other, office, ID, "accept", OPERATOR).sealed
    assert docket.case(ID).state == "proposed"
    assert docket.catch_up() == (accepted,)
    assert docket.catch_up() == ()
    assert docket.since(0) == (accepted,)
    in_step(docket)


def test_a_verdict_is_weighed_against_what_was_sealed_meanwhile(office, docket):
    say(opened(office), office, OTHER, "reject", STRANGER)
    (refused,) = say(docket, office, OTHER, "reject", OPERATOR).refused
    assert "ditolak" in refused.reason
    in_step(docket)


def test_asking_seals_nothing(office, docket):
    assert docket.objection(Verdict(ID, "accept", OPERATOR)) is None
    assert "3604" in (docket.objection(Verdict(ID, "accept", OPERATOR), kab="3604") or "")
    assert docket.case(ID).last is None
    assert not office.store.decisions.exists()


def test_buttons_follow_the_state(office, docket):
    assert docket.transitions(ID) == ("accept", "reject", "field_check", "need_document")
    say(docket, office, ID, "accept", OPERATOR)
    assert docket.transitions(ID) == ("reject", "field_check", "need_document", "approve")
    say(docket, office, ID, "approve", CHECKER)
    assert docket.transitions(ID) == ("overturn",)
    docket.close(kab=KAB, by=OPERATOR, at=office.now())
    assert docket.transitions(ID) == docket.transitions(OTHER) == ()
    assert docket.closed(KAB)


def test_acts_on_sources_periods_and_decisions_are_sealed_here_too(office, docket):
    opening = opened(office, Q2)
    opening.adopt("a" * 16, kab=KAB, by=OPERATOR, at=office.now())
    (accepted,) = say(docket, office, OTHER, "accept", OPERATOR).sealed
    common = {"kab": KAB, "note": "keliru"}
    overturn = docket.overturn(accepted.seq, by=OPERATOR, at=office.now(), **common)
    docket.approve(overturn.seq, kab=KAB, by=CHECKER, at=office.now())
    withdrawal = docket.withdraw("b" * 16, by=OPERATOR, at=office.now(), **common)
    docket.approve(withdrawal.seq, kab=KAB, by=CHECKER, at=office.now())
    with pytest.raises(SealError, match="orang lain"):
        docket.approve(withdrawal.seq, kab=KAB, by=OPERATOR, at=office.now())
    assert docket.case(OTHER).state == "overturned"
    assert [d.act for d in docket.since(1)] == [
        "accept",
        "overturn",
        "approve",
        "withdraw",
        "approve",
    ]
    in_step(docket)


def test_proposals_made_anew_are_laid_out_anew(office, docket):
    more = proposal(proposal_id="3" * 16, dpid="00000000000000a3")
    office.put(Proposals(proposals(*TABLE.to_pylist(), more), no_outcomes()))
    assert docket.proposal("3" * 16) is None
    docket.catch_up()
    assert docket.proposal("3" * 16).kind == "remove"
    assert say(docket, office, "3" * 16, "accept", OPERATOR).refused == ()


def test_a_case_of_the_sample_is_known_as_one(office, docket):
    standing = docket.standing(ID)
    assert standing.sampled
    assert standing.waiting
    assert "semua satu per satu" in standing.group.words
    say(docket, office, ID, "accept", OPERATOR)
    assert not docket.standing(ID).waiting
    assert docket.standing("f" * 16) is None
    assert len(docket.groups()) == 2


def test_a_full_disk_changes_neither_file_nor_docket(office, docket):
    say(docket, office, OTHER, "accept", OPERATOR)
    before = office.store.decisions.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            say(docket, office, ID, "accept", OPERATOR)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert office.store.decisions.read_bytes() == before
    assert docket.case(ID).state == "proposed"
    in_step(docket)
    assert len(say(docket, office, ID, "accept", OPERATOR).sealed) == 1
    in_step(docket)


def test_a_line_that_cannot_follow_leaves_the_docket_as_it_was(office, docket):
    say(docket, office, OTHER, "accept", OPERATOR)
    line = {"at": "2026-09-29T10:00:00+07:00", "period": Q3, "kab": KAB, "rule": "pkpu-1-2025"}
    good = Decision(seq=2, act="reject", by=STRANGER, proposal=ID, **line)
    bad = Decision(seq=3, act="approve", by=STRANGER, target=99, **line)
    append(office.store.decisions, [good, bad])
    for _ in range(2):
        with pytest.raises(Exception, match="keputusan 3 menunjuk"):
            docket.catch_up()
    assert docket.case(ID).state == "proposed"


def test_a_file_put_in_place_of_the_one_read_is_refused(office, docket):
    say(docket, office, ID, "accept", OPERATOR)
    say(docket, office, OTHER, "accept", OPERATOR)
    path = office.store.decisions
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(DecisionFileError, match="keputusan 2 yang sudah dibaca"):
        docket.catch_up()
    with pytest.raises(DecisionFileError, match="keputusan 2 yang sudah dibaca"):
        say(docket, office, ID, "approve", CHECKER)


def test_a_clock_read_before_waiting_for_the_file_gives_way_to_its_order(office, docket):
    say(docket, office, ID, "accept", OPERATOR)
    docket.seal([Verdict(OTHER, "accept", OPERATOR)], at="2026-09-01T00:00:45+07:00")
    assert [d.at[14:19] for d in docket.since(0)] == ["01:00", "01:00"]
    with pytest.raises(SealError, match="mendahului"):
        docket.seal([Verdict(ID, "approve", CHECKER)], at="2026-09-01T00:00:15+07:00")


def many(count):
    """Additions, which one officer may accept one by one."""
    ids = [f"{n:016x}" for n in range(count)]
    new = {"kind": "add", "reason": "genap_17", "documents": ["kk"]}
    return [proposal(proposal_id=each, dpid=each, **new) for each in ids]


def test_threads_share_a_docket(office):
    office.put(Proposals(proposals(*many(200)), no_outcomes()))
    docket = opened(office)

    def decide(numbers):
        for number in numbers:
            verdict = Verdict(f"{number:016x}", "accept", OPERATOR)
            docket.seal([verdict], at="2026-09-29T10:00:00+07:00")

    threads = [Thread(target=decide, args=(range(part, 200, 8),)) for part in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({d.proposal for d in docket.since(0)}) == len(docket.since(0)) == 200
    in_step(docket)


def test_who_hands_in_a_bad_time_stops_nobody_who_waits_beside(office):
    office.put(Proposals(proposals(*many(20)), no_outcomes()))
    docket = opened(office)
    refused = []

    def decide(number):
        at = "kemarin" if number % 2 else "2026-09-29T10:00:00+07:00"
        try:
            docket.seal([Verdict(f"{number:016x}", "accept", OPERATOR)], at=at)
        except SealError:
            refused.append(number)

    threads = [Thread(target=decide, args=(number,)) for number in range(20)]
    with docket.file.lock:
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refused) == list(range(1, 20, 2))
    assert {d.proposal for d in docket.since(0)} == {f"{n:016x}" for n in range(0, 20, 2)}
    in_step(docket)


def test_processes_that_seal_at_once_lose_and_double_nothing(office):
    """Four of them, 200 cases each of their own and the same 50 beside."""
    office.put(Proposals(proposals(*many(850)), no_outcomes()))
    command = [sys.executable, "-m", "lib.busy_office", str(office.store.root)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [
        subprocess.Popen(
            [*command, str(part)], env=env, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        for part in range(4)
    ]
    said = [process.communicate(timeout=120)[0].split() for process in started]
    assert [process.returncode for process in started] == [0] * 4
    chain = decision_file.read(office.store.decisions)
    fold(chain.decisions)
    assert sorted(d.proposal for d in chain.decisions) == [f"{n:016x}" for n in range(850)]
    assert sum(int(sealed) for sealed, _ in said) == 850
    assert sum(int(refused) for _, refused in said) == 3 * 50
