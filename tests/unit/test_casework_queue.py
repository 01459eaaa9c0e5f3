"""The work sheet goes out with the queue and comes back with answers."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from lib.people import BUDI, record, records, voter, voters
from mutakhir import rules
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.proposal import PROPOSAL_SCHEMA
from mutakhir.casework.queue import ANSWERS, COLUMNS, VALUES, queue, with_values
from mutakhir.casework.verdict import Verdict
from mutakhir.casework.verdict_file import VerdictFileError, read_verdicts
from mutakhir.casework.work_sheet import work_sheet

BUDGET = rules.load().at(date(2026, 9, 30)).budget
RECORD = "aaaaaaaaaaaaaaaa:0:2"


def proposal(**changed: Any) -> dict[str, Any]:
    line = {
        "proposal_id": "1234567890123456",  # a spreadsheet would round it, were it a number
        "period": "2026-Q3",
        "kab": "3673",
        "kind": "correct",
        "dpid": "00000000000000a1",
        "reason": "perbaikan",
        "record_id": RECORD,
        "fields": ["address"],
        "evidence": [{"record_id": RECORD, "kind": "claim"}],
        "other_dpid": None,
        "rivals": None,
        "band": "sure",
        "weight": 31.5,
        "why": "NIK sama",
    }
    return {**line, **changed}


def proposals(*lines: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(lines), schema=PROPOSAL_SCHEMA)


def sheet(*answers: dict[str, str]) -> bytes:
    table = proposals(*(proposal(proposal_id=f"{n:016d}") for n in (1, 2)))
    rows = list(queue(table, Casebook(), BUDGET, "2026-Q3"))
    return work_sheet([row | answer for row, answer in zip(rows, answers, strict=True)], COLUMNS)


def test_the_sheet_holds_open_proposals_as_text() -> None:
    content = work_sheet(queue(proposals(proposal()), Casebook(), BUDGET, "2026-Q3"), COLUMNS)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == list(COLUMNS)
    line = dict(zip(COLUMNS, rows[1], strict=True))
    assert line["proposal_id"] == "1234567890123456"
    assert line["state"] == "diusulkan"
    assert line["evidence"] == f"{RECORD} (claim)"
    assert all(line[name] == "" for name in ANSWERS)


def test_without_being_asked_the_sheet_names_nobody() -> None:
    row = next(queue(proposals(proposal()), Casebook(), BUDGET, "2026-Q3"))
    assert set(row) <= set(COLUMNS)


def test_asked_for_values_both_records_stand_side_by_side() -> None:
    rows = queue(proposals(proposal()), Casebook(), BUDGET, "2026-Q3")
    roll = voters(voter(BUDI, address="KP. LAMA"))
    row = next(with_values(rows, roll, records(record(BUDI, address="KP. BARU"))))
    assert set(row) == {*COLUMNS, *VALUES}
    assert (row["daftar.address"], row["sumber.address"]) == ("KP. LAMA", "KP. BARU")


def test_only_answered_rows_come_back_as_verdicts(tmp_path: Path) -> None:
    path = tmp_path / "antrean.xlsx"
    path.write_bytes(sheet({"act": "accept", "by": "opr-1"}, {}))
    assert read_verdicts(path) == [Verdict("0000000000000001", "accept", "opr-1")]


def test_a_group_decided_at_once_says_so(tmp_path: Path) -> None:
    path = tmp_path / "antrean.xlsx"
    group = "correct/perbaikan/claim"
    answer = {"act": "accept", "by": "opr-1", "bulk": group}
    path.write_bytes(sheet(answer, answer))
    assert [verdict.bulk for verdict in read_verdicts(path)] == [group, group]


def test_an_answer_without_a_name_is_told_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "antrean.xlsx"
    path.write_bytes(sheet({}, {"act": "accept"}))
    with pytest.raises(VerdictFileError, match="baris 3: kolom kosong: by"):
        read_verdicts(path)


def test_a_sheet_nobody_has_filled_is_told(tmp_path: Path) -> None:
    path = tmp_path / "antrean.xlsx"
    path.write_bytes(sheet({}, {}))
    with pytest.raises(VerdictFileError, match="tidak ada satu putusan pun"):
        read_verdicts(path)


def test_what_is_no_work_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "antrean.xlsx"
    path.write_bytes(b"PK not a workbook")
    with pytest.raises(VerdictFileError, match="bukan lembar kerja"):
        read_verdicts(path)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["nama", "alamat"])
    with pytest.raises(VerdictFileError, match="proposal_id, act, by"):
        read_verdicts(path)


def test_the_sample_of_a_group_comes_first_and_is_marked() -> None:
    akta = [{"record_id": RECORD, "kind": "akta_kematian"}]
    more = {"kind": "remove", "reason": "meninggal", "evidence": akta, "fields": []}
    lines = (proposal(**more, proposal_id=f"{n:016x}", dpid=f"{n:016x}") for n in range(100))
    rows = list(queue(proposals(*lines), Casebook(), BUDGET, "2026-Q3"))
    marked = [row["sample"] for row in rows]
    assert marked == ["contoh"] * BUDGET.sample + [""] * (100 - BUDGET.sample)
    assert {row["group_state"] for row in rows} == {
        "massal menunggu contoh; contoh 74 dari 100: 0 dilihat, 0 salah"
    }


def test_what_the_budget_has_no_word_on_has_no_sample() -> None:
    row = next(queue(proposals(proposal()), Casebook(), BUDGET, "2026-Q3"))
    assert (row["sample"], row["group_state"]) == ("", "")
