"""The files: made the same way each time, readable, and true row by row to what is beside them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from lib import generated
from mutakhir.synthetic import generate
from mutakhir.synthetic.rates import DIRT, RATES
from mutakhir.synthetic.rows import TRUTHS, Rows
from mutakhir.synthetic.sourcefile import Sheet, SourceFile
from mutakhir.synthetic.written import content

VOTERS = 12_000
INBOX = "3673/2026-Q3/inbox"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two quarters of a small kota."""
    folder = tmp_path_factory.mktemp("synthetic") / "out"
    generate(folder, voters=VOTERS, seed=11, quarters=2)
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        generate(tmp_path / name, voters=800, seed=3, quarters=2)
    assert _contents(tmp_path / "one") == _contents(tmp_path / "other")


def test_another_seed_gives_other_files(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(tmp_path / str(seed), voters=500, seed=seed)
    one, other = (_contents(tmp_path / str(seed)) for seed in (1, 2))
    name = "3673/2026-Q2/inbox/DPT_3673.txt"
    assert one[name] != other[name]


def test_a_second_run_does_nothing(out: Path) -> None:
    before = (out / "manifest.json").stat().st_ino
    generate(out, voters=VOTERS, seed=11, quarters=2)
    assert (out / "manifest.json").stat().st_ino == before


def test_other_parameters_make_the_folder_anew(tmp_path: Path) -> None:
    generate(tmp_path / "out", voters=500, seed=1)
    generate(tmp_path / "out", voters=600, seed=1)
    assert json.loads((tmp_path / "out/manifest.json").read_text())["parameters"]["voters"] == 600


def test_voters_are_shared_by_population(tmp_path: Path) -> None:
    made = generate(tmp_path / "out", kabs=("3673", "3604"), voters=2000, seed=1)
    lines = {kab: counts["opening_lines"] for kab, counts in made.counts.items()}
    assert sum(lines.values()) == 2000
    assert lines["3604"] > lines["3673"]


def test_some_who_leave_one_kab_arrive_in_the_next_with_their_nik(tmp_path: Path) -> None:
    made = tmp_path / "out"
    generate(made, kabs=("3673", "3604"), voters=30_000, seed=1)
    left = {p["person_id"]: p for p in generated.truth(made / "3673", "people").to_pylist()}
    movers = {
        event["person_id"]: event
        for event in generated.truth(made / "3673", "events").to_pylist()
        if event["kind"] == "moved_out" and event["other_region"] == "3604"
    }
    arrivals = {
        event["person_id"]: event
        for event in generated.truth(made / "3604", "events").to_pylist()
        if event["kind"] == "moved_in" and event["other_region"] == "3673"
    }
    came = [p for p in generated.truth(made / "3604", "people").to_pylist() if p["same_as"]]
    assert came
    for person in came:
        before = left[person["same_as"]]
        assert (person["nik"], person["name"]) == (before["nik"], before["name"])
        assert person["sex"] == before["sex"]
        assert arrivals[person["person_id"]]["date"] == movers[person["same_as"]]["date"]
    assert len(came) == len(movers)


@pytest.mark.parametrize("wrong", [{"voters": 50}, {"kabs": ("99",)}, {"kabs": ("3673", "3673")}])
def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValueError):
        generate(tmp_path / "out", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_names_every_file_and_states_every_rate(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    found = {str(p.relative_to(out)) for p in out.glob("*/*/inbox/*")}
    assert set(manifest["files"]) == found
    assert manifest["rates"] == json.loads(json.dumps(RATES))
    layouts = {entry["layout"] for entry in manifest["files"].values()}
    assert len(layouts) == 15


def test_every_row_of_every_file_stands_in_the_truth_at_its_place(out: Path) -> None:
    """Where the NIK was left clean, the file shows that person's NIK in that very row."""
    people = generated.truth(out / "3673", "people")
    niks = dict(zip(people["person_id"].to_pylist(), people["nik"].to_pylist(), strict=True))
    files: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in generated.truth(out / "3673", "rows").to_pylist():
        files.setdefault((row["period"], row["file"]), []).append(row)
    for (period, name), rows in files.items():
        pages = generated.sheets(out / "3673" / period / "inbox" / name)
        for row in rows:
            cells = [str(cell) for cell in pages[row["sheet_no"]][row["row"] - 1]]
            if row["truth"] == "garbage":
                assert cells[0] == "JUMLAH"
            elif "nik:" not in row["dirt"] and not name.startswith("bawaslu"):
                assert any(niks[row["person_id"]] == cell.lstrip("'") for cell in cells), name
        _no_row_is_missing(pages, rows)


def _no_row_is_missing(pages: list[list[list[Any]]], rows: list[dict[str, Any]]) -> None:
    """The truth covers each sheet from its first data row to its last row."""
    for number, page in enumerate(pages):
        places = [row["row"] for row in rows if row["sheet_no"] == number]
        last = max((at for at, row in enumerate(page, 1) if any(c != "" for c in row)), default=0)
        if places:
            assert places == list(range(min(places), last + 1))


def test_the_opening_list_is_a_headerless_export(out: Path) -> None:
    listed = (out / "3673/2026-Q2/inbox/DPT_3673.txt").read_bytes()
    lines = listed.decode().split("\r\n")
    assert lines.pop() == ""
    assert len(lines) == VOTERS
    assert {line.count("#") for line in lines} == {14}
    assert b"\n" not in listed.replace(b"\r\n", b"")


def test_layouts_stand_where_the_formats_say(out: Path) -> None:
    folder = out / INBOX
    per_tps = generated.sheets(next(folder.glob("DPT_per_TPS_*.xlsx")))
    assert [str(row[10])[:2] for row in per_tps[0][4:7]] == [": "] * 3
    assert per_tps[0][6][10] == ": 001"
    committees = generated.sheets(next(folder.glob("pemutakhiran_pps_*.zip")))
    assert len(committees) % 4 == 0
    assert [len(page[8]) for page in committees[:4]] == [15, 15, 14, 16]
    dps = generated.sheets(next(folder.glob("DPS_*.xlsx")))[0]
    assert dps[0][:5] == ["NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR"]
    akta = generated.sheets(next(folder.glob("disdukcapil_*.xlsx")))[0]
    assert akta[4][3:6] == ["Tanggal", "L/P", "Tanggal"]
    assert akta[5][3:6] == ["Lahir", "", "Meninggal"]
    village = generated.sheets(next(folder.glob("opensid_*.xls")))[0]
    assert village[1][5].startswith("'36")


def test_the_dps_workbook_has_a_used_range_to_the_last_row(out: Path) -> None:
    with ZipFile(next((out / INBOX).glob("DPS_*.xlsx"))) as archive:
        assert b'r="Z1048576"' in archive.read("xl/worksheets/sheet1.xml")


def test_texts_of_windows_carry_its_own_bytes() -> None:
    sheet = Sheet("", [["NAMA"]], [["SA’DIAH"]], Rows([0], ["on_roll"], {}))
    source = SourceFile("a.csv", "text", "klaim_kematian", [sheet], encoding="cp1252")
    assert content(source) == b"NAMA\r\nSA\x92DIAH\r\n"


def test_dirt_comes_at_the_stated_rates(out: Path) -> None:
    rows = generated.truth(out / "3673", "rows").to_pylist()
    feed = [row["dirt"] for row in rows if row["file"].startswith("turunan")]
    counted = Counter(dirt for found in feed for dirt in found.split(",") if dirt)
    for label in ("nik:nik_apostrophe", "name:name_variant", "rt:rt_short", "address:blank"):
        rate = DIRT[label.split(":")[1]]
        spread = 5 * (rate * (1 - rate) / len(feed)) ** 0.5
        # values that cannot carry the dirt (no such spelling, already short) lower it a little
        assert 0.8 * rate - spread < counted[label] / len(feed) < rate + spread


def test_every_kind_of_event_and_claim_occurs(tmp_path: Path) -> None:
    generate(tmp_path / "out", voters=60_000, seed=5, quarters=2)
    folder = tmp_path / "out" / "3673"
    kinds = set(generated.truth(folder, "events")["kind"].to_pylist())
    assert kinds == {
        "turned_17",
        "died",
        "moved_in",
        "moved_out",
        "moved_within",
        "wrong_tps",
        "married",
        "married_under_17",
        "false_death_report",
        "revived_in_feed",
        "corrected",
        "joined_tni",
        "joined_polri",
        "left_tni_polri",
        "imprisoned",
        "right_revoked",
        "registered",
        "double_registered",
    }
    assert set(generated.truth(folder, "rows")["truth"].to_pylist()) == set(TRUTHS)


def test_the_dead_of_the_first_quarter_come_back_in_the_second(out: Path) -> None:
    rows = generated.truth(out / "3673", "rows").to_pylist()
    told = {r["person_id"] for r in rows if (r["period"], r["truth"]) == ("2026-Q3", "real_death")}
    back = {
        r["person_id"] for r in rows if (r["period"], r["truth"]) == ("2026-Q4", "dead_returns")
    }
    assert back
    assert back <= told


def test_events_fit_the_lives_of_their_people(out: Path) -> None:
    people = {p["person_id"]: p for p in generated.truth(out / "3673", "people").to_pylist()}
    dead: dict[int, str] = {}
    for event in generated.truth(out / "3673", "events").to_pylist():
        person = people[event["person_id"]]
        if event["kind"] == "turned_17":
            born = person["birth_date"]
            assert event["date"] == f"{int(born[:4]) + 17}{born[4:]}"
        if event["kind"] == "died":
            assert event["person_id"] not in dead
            dead[event["person_id"]] = event["period"]
        if event["kind"] == "moved_in":
            assert person["state"] == "outside"
    assert dead
    later = generated.truth(out / "3673", "events").to_pylist()
    after = {e["kind"] for e in later if dead.get(e["person_id"], "9") < e["period"]}
    assert after <= {"revived_in_feed"}
