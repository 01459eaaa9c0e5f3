"""The false-removal budget as an officer meets it: queue, decide, queue again."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from lib.office import CHECKER, KAB, OPERATOR, Q2, Q3, Office
from lib.people import SITI, record
from mutakhir.casework.work_sheet import work_sheet
from mutakhir.cli import app

OPENING, FEED = "a" * 16, "b" * 16
RULE = "remove/meninggal/akta_kematian"
SIZE, SAMPLE = 90, 74
#: Rows of the feed that name a living voter: somebody reported the wrong person.
SEEDED = 30


def voter(number):
    """The ``number``-th of voters with nothing in common but the desa."""
    day, month = number % 28 + 1, number // 28 % 12 + 1
    words = "ABCDEFGHIJ"
    name = f"{words[number // 10]}ANU{words[number % 10]} {words[number % 10]}ERI"
    nik = f"999999{day + 40:02d}{month:02d}70{number:04d}"
    nkk = f"9999990101{number:06d}"
    date = f"1970-{month:02d}-{day:02d}"
    return {**SITI, "nik": nik, "nkk": nkk, "name": name, "birth_date": date}


@pytest.fixture
def store(tmp_path):
    """A roll of the group's size, adopted and built, and a feed that says all of them died."""
    office = Office(tmp_path / "store")
    dead = {"claim": "ineligible", "reason": "meninggal", "evidence": "akta_kematian"}
    people = [(n, voter(n)) for n in range(SIZE)]
    office.source(
        *(record(p, row=n + 2, dpid=f"{n + 1:016x}", source_id=OPENING) for n, p in people)
    )
    office.source(*(record(p, row=n + 2, source_id=FEED, **dead) for n, p in people))
    store = tmp_path / "store"
    run("adopt", OPENING, *at(store, Q2), "--kab", KAB, "--by", OPERATOR)
    run("build", "--store", store, "--period", Q2)
    run("propose", "--store", store, "--period", Q3)
    return store


def run(*words, exit_code=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == exit_code, result.output
    return result.output


def at(store, period=Q3, minute=0):
    place = ("--store", store, "--period", period)
    return (*place, "--at", f"2026-09-30T10:{minute:02d}:00+07:00")


def queue(store, name="antrean.xlsx"):
    """What the command says, the sheet it wrote, and its rows."""
    path = store.parent / name
    said = run("queue", "--store", store, "--period", Q3, "--out", path)
    head, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return said, path, [dict(zip(head, line, strict=True)) for line in lines]


def answer(path: Path, rows, answers):
    """The sheet with answers by proposal_id, as an office hands it back."""
    filled = [row | answers.get(row["proposal_id"], {}) for row in rows]
    path.write_bytes(work_sheet(filled, list(rows[0])))
    return path


def sampled(rows):
    return [row["proposal_id"] for row in rows if row["sample"] == "contoh"]


def alone(ids, act="accept"):
    return {each: {"act": act, "by": OPERATOR} for each in ids}


def at_once(rows):
    ids = [row["proposal_id"] for row in rows if not row["sample"]]
    return {each: {"act": "accept", "by": OPERATOR, "bulk": RULE} for each in ids}


def test_the_queue_marks_the_sample_and_says_how_the_group_stands(store):
    said, _, rows = queue(store)
    assert f"{SAMPLE} di antaranya contoh" in said
    assert f"{KAB} {RULE}: massal menunggu contoh; contoh 74 dari 90: 0 dilihat, 0 salah" in said
    assert len(sampled(rows)) == SAMPLE
    assert sampled(queue(store, "lagi.xlsx")[2]) == sampled(rows)


def test_bulk_handed_in_before_the_sample_is_refused_with_what_to_do(store):
    _, path, rows = queue(store)
    said = run("decide", answer(path, rows, at_once(rows)), *at(store, minute=1), exit_code=1)
    assert "0 putusan disegel, 16 ditolak" in said
    assert "74 dari 74 menunggu" in said


def test_a_clean_group_passes_and_the_voters_leave_by_two_people(store):
    _, path, rows = queue(store)
    answers = alone(sampled(rows)) | at_once(rows)
    said = run("decide", answer(path, rows, answers), *at(store, minute=1))
    assert "90 putusan disegel, 0 ditolak" in said
    said, path, rows = queue(store)
    assert "massal terbuka; contoh 74 dari 90: 74 dilihat, 0 salah" in said
    yes = {row["proposal_id"]: {"act": "approve", "by": CHECKER} for row in rows}
    run("decide", answer(path, rows, yes), *at(store, minute=2))
    assert "Versi 2" in run("build", "--store", store, "--period", Q3)
    assert "keluar: 90" in run("diff", 1, 2, "--store", store)


def test_a_group_with_seeded_wrong_removals_is_stopped(store):
    _, path, rows = queue(store)
    living = {f"{n + 1:016x}" for n in range(SEEDED)}
    wrong = {row["proposal_id"] for row in rows if row["dpid"] in living}
    looks = alone(sampled(rows)) | alone(wrong & {*sampled(rows)}, "reject")
    said = run(
        "decide", answer(path, rows, looks | at_once(rows)), *at(store, minute=1), exit_code=1
    )
    found = len(wrong & {*sampled(rows)})
    assert found >= SEEDED - (SIZE - SAMPLE)
    assert f"{SAMPLE} putusan disegel, {SIZE - SAMPLE} ditolak" in said
    assert f"dari 74 contoh 74 dilihat dan {found} salah, melebihi anggaran 1 dari 1.000" in said
    said, path, rows = queue(store)
    assert f"massal DIHENTIKAN; contoh 74 dari 90: 74 dilihat, {found} salah" in said
    # one by one goes on: the right ones leave, the wrong ones stay
    rest = [row for row in rows if row["state"] == "diusulkan"]
    ids = {row["proposal_id"] for row in rest}
    one_by_one = alone(ids - wrong) | alone(ids & wrong, "reject")
    run("decide", answer(path, rest, one_by_one), *at(store, minute=2))
    _, path, rows = queue(store)
    yes = {row["proposal_id"]: {"act": "approve", "by": CHECKER} for row in rows}
    run("decide", answer(path, rows, yes), *at(store, minute=3))
    run("build", "--store", store, "--period", Q3)
    assert f"keluar: {SIZE - SEEDED}" in run("diff", 1, 2, "--store", store)


def test_what_is_said_of_a_group_names_no_person(store):
    said, path, rows = queue(store)
    said += run("decide", answer(path, rows, at_once(rows)), *at(store, minute=1), exit_code=1)
    for person in map(voter, range(SIZE)):
        values = (person["nik"], person["nkk"], person["name"], person["birth_date"])
        assert not any(value in said for value in values)
