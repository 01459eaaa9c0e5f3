import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mutakhir.commands.recap import app
from mutakhir.regions import load

PUBLISHED = Path(__file__).parents[1] / "data" / "published_recaps.csv"


def check(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["check", str(path), *options])


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "rekap.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_of_the_published_recaps_exactly_the_two_wrong_ones_are_named():
    result = check(PUBLISHED, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [
        (b["id"], b["cell"], b["expected"], b["found"], b["difference"]) for b in found["broken"]
    ] == [
        ("N1", "total", 513871, 513851, -20),
        ("N3", "total", 7449971, 7452971, 3000),
    ]
    assert (found["rows"], found["good"], found["unreadable"]) == (27, 25, [])


def test_a_parent_whose_children_leave_a_cell_empty_is_not_judged_there_and_says_so():
    found = json.loads(check(PUBLISHED, "--json").stdout)
    assert [(u["id"], u["cells"]) for u in found["unjudged"]] == [("B9", ["L", "P"])]


def test_the_banten_total_is_judged_against_its_eight_kabupaten_and_kota(tmp_path):
    text = PUBLISHED.read_text().replace("1362773", "1362774")
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert ("B9", "total", -1) in [(b["id"], b["cell"], b["difference"]) for b in found["broken"]]


def test_a_missing_child_leaves_the_parent_unjudged(tmp_path):
    lines = [line for line in PUBLISHED.read_text().splitlines() if not line.startswith("B4,")]
    found = json.loads(check(written(tmp_path, "\n".join(lines)), "--json").stdout)
    assert [u["why"] for u in found["unjudged"]] == ["1 dari 8 wilayah di bawahnya tidak tercantum"]
    assert [b["id"] for b in found["broken"]] == ["N1", "N3"]


def test_a_good_table_passes_with_exit_code_0(tmp_path):
    good = [line for line in PUBLISHED.read_text().splitlines() if line[:3] not in ("N1,", "N3,")]
    assert check(written(tmp_path, "\n".join(good))).exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "total;P;L;region;id\n471.621;233.612;238.009;Kota Serang;a\n",
        "\ufeffid,region,L,P,total\na,Kota Serang,238009,233612,471621\n",
        "id\tregion\tL\tP\ttotal\na\tKota Serang\t238009\t233612\t471621\n",
        "\n\nREGION,l,p,TOTAL,catatan bebas\r\nKota Serang,238.009,233.612,471.621,x\r\n",
    ],
)
def test_any_column_order_separator_mark_and_thousands_dots_are_read(tmp_path, text):
    result = check(written(tmp_path, text), "--json")
    assert (result.exit_code, json.loads(result.stdout)["good"]) == (0, 1)


def test_an_empty_cell_is_unknown_and_never_zero(tmp_path):
    text = "id,region,L,P,total,baru,tms,previous_total\na,Kota Serang,5,,9,1,,9\n"
    assert check(written(tmp_path, text)).exit_code == 0


def test_text_in_a_number_cell_is_named_and_the_other_rows_go_on(tmp_path):
    text = "id,region,L,P,total\na,Kota Serang,lima,4,9\nb,Kota Cilegon,5,5,9\n"
    result = check(written(tmp_path, text), "--json")
    found = json.loads(result.stdout)
    assert [(u["row"], u["cell"]) for u in found["unreadable"]] == [(2, "L")]
    assert [(b["row"], b["difference"]) for b in found["broken"]] == [(3, -1)]
    assert result.exit_code == 1
    assert "lima" not in result.stdout


def test_the_flow_is_judged_only_when_all_of_it_is_there(tmp_path):
    text = (
        "id,region,total,baru,tms,previous_total\n"
        "a,Kota Cilegon,301803,822,174,301155\n"
        "b,Kota Cilegon,301803,822,,301155\n"
        "c,Kota Cilegon,301804,822,174,301155\n"
    )
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["id"], b["expected"], b["found"]) for b in found["broken"]] == [
        ("c", 301803, 301804)
    ]


def test_an_explicit_parent_column_makes_the_family(tmp_path):
    text = "id,region,parent,total\nk,Kelapa Dua,,9\nx,Satu,k,4\ny,Dua,k,4\n"
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["id"], b["cell"], b["difference"]) for b in found["broken"]] == [("k", "total", 1)]


def test_a_jumlah_row_is_the_sum_of_the_rows_around_it(tmp_path):
    text = "id,region,scope,total\na,Satu,kecamatan,4\nb,Dua,kecamatan,4\nj,JUMLAH,kecamatan,9\n"
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["id"], b["difference"]) for b in found["broken"]] == [("j", 1)]


@pytest.mark.parametrize("text", ["", "\n \n", "halo\ndunia\n", "id,total,total\na,1,1\n"])
def test_what_is_no_table_of_recaps_ends_with_exit_code_2_and_a_reason(tmp_path, text):
    result = check(written(tmp_path, text))
    assert result.exit_code == 2
    assert "rekap.csv" in result.stderr


def test_a_missing_file_ends_with_exit_code_2(tmp_path):
    assert check(tmp_path / "tidak-ada.csv").exit_code == 2


def test_the_lines_to_read_name_row_cell_and_difference():
    lines = check(PUBLISHED).stdout
    assert "Baris 27 (N1, Kota Serang, 2024-09): sel total tertulis 513.851" in lines
    assert "selisih +3.000" in lines


def test_the_word_of_the_scope_tells_a_kota_from_a_kabupaten_of_one_name(tmp_path):
    others = "Pandeglang,Kabupaten Lebak,Tangerang,Kota Tangerang,Cilegon,Tangerang Selatan"
    scopes = ("kabupaten", "kabkota", "kabupaten", "kota", "kota", "kota")
    rows = [f"{s},{name},1" for s, name in zip(scopes, others.split(","), strict=True)]
    text = "\n".join(
        ["scope,region,total", "provinsi,Banten,9", *rows, "kabupaten,Serang,1", "Kota,Serang,1"]
    )
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["region"], b["expected"]) for b in found["broken"]] == [("Banten", 8)]


def test_moves_inside_a_kabupaten_must_balance_and_inside_a_kecamatan_need_not(tmp_path):
    head = "id,scope,region,masuk_dalam,keluar_dalam\n"
    text = f"{head}a,kabkota,Kota Serang,3,2\nb,kecamatan,Curug,3,2\n"
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["id"], b["difference"]) for b in found["broken"]] == [("a", 1)]


def test_a_row_with_more_cells_than_titles_is_named(tmp_path):
    text = "id,region,L,P,total\na,Kota Serang,1,2,3,4\n"
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(u["row"], u["cell"]) for u in found["unreadable"]] == [(2, "baris")]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"PK\x03\x04" + bytes(200), id="a workbook"),
        pytest.param(b"id,total\n" + b"9" * 300_000, id="a line without end"),
        pytest.param("id,region,total\na,Serang,1".encode("utf-16"), id="UTF-16"),
        pytest.param("id,region,total\na,Séráng,1".encode("cp1252"), id="cp1252"),
        pytest.param(bytes(range(256)) * 40, id="noise"),
    ],
)
def test_any_bytes_are_read_or_refused_and_never_a_crash(tmp_path, content):
    path = tmp_path / "rekap.csv"
    path.write_bytes(content)
    result = check(path)
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "number", ["471.621", "471,621", "471 621", "471\u00a0621", "471\u202f621"]
)
def test_thousands_stand_apart_by_one_mark_of_any_kind(tmp_path, number):
    text = f"id;region;L;P;total\na;Kota Serang;238009;233612;{number}\n"
    result = check(written(tmp_path, text), "--json")
    assert (result.exit_code, json.loads(result.stdout)["good"]) == (0, 1)


@pytest.mark.parametrize("number", ["-5", "5.0", "1,5", "1 2", "1.234,567", "1e3", "５", "1.2345"])
def test_what_is_no_count_of_people_is_named_and_never_mended(tmp_path, number):
    text = f"id;region;total\na;Kota Serang;{number}\n"
    result = check(written(tmp_path, text), "--json")
    assert result.exit_code == 1
    assert [u["cell"] for u in json.loads(result.stdout)["unreadable"]] == ["total"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(200), "XLSX"),
        (b"\xd0\xcf\x11\xe0" + bytes(200), "XLS"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"id,region,L,P,total\n", "judul"),
    ],
)
def test_what_is_not_csv_or_holds_no_row_is_told_so(tmp_path, content, said):
    path = tmp_path / "rekap.csv"
    path.write_bytes(content)
    result = check(path)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_quoted_line_break_stays_inside_its_row(tmp_path):
    text = 'id,region,L,P,total\r\na,"Kota\r\nSerang",5,4,9\r\nb,Kota Cilegon,5,4,10\r\n'
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["row"], b["id"], b["difference"]) for b in found["broken"]] == [(3, "b", 1)]


def test_kecamatan_and_desa_are_found_by_name_inside_the_one_kota_of_the_table(tmp_path):
    places = load()
    desa = [place for kec in places.children("3673") for place in places.children(kec.code)]
    names = [f"kecamatan,{kec.name},{kec.code}," for kec in places.children("3673")]
    rows = [name + str(len(places.children(name.split(",")[2]))) for name in names]
    rows += [f"desa,{place.name},{place.dotted},1" for place in desa]
    text = "\n".join(["scope,region,code,total", f"kabkota,Kota Serang,,{len(desa) + 1}", *rows])
    found = json.loads(check(written(tmp_path, text), "--json").stdout)
    assert [(b["region"], b["difference"]) for b in found["broken"]] == [("Kota Serang", 1)]
    by_name = "\n".join(line.replace(",3673", ",") for line in text.splitlines()[:-1])
    named = json.loads(check(written(tmp_path, by_name), "--json").stdout)
    assert [(b["region"], b["difference"]) for b in named["broken"]] == [("Kota Serang", 1)]
    assert [u["why"] for u in named["unjudged"]] == [
        f"1 dari {len(places.children(desa[-1].parent or ''))} wilayah di bawahnya tidak tercantum"
    ]


def test_children_of_a_name_that_two_rows_bear_belong_to_neither(tmp_path):
    text = "id,region,parent,total\nk,A,,9\nk,B,,7\nx,Satu,k,4\ny,Dua,k,5\n"
    result = check(written(tmp_path, text), "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["broken"]) == (0, [])
    assert [u["row"] for u in found["unjudged"]] == [2, 3]


def test_an_id_wins_over_a_region_of_the_same_word(tmp_path):
    text = "id,region,parent,total\nA,Induk,,9\nb,A,,1\nx,Satu,A,4\ny,Dua,A,5\n"
    assert check(written(tmp_path, text)).exit_code == 0


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("id,region,total\na,X,1\na,Y,1\n", 3, "id ini"),
        ("scope,region,total\nkota,Serang,1\nkota,SERANG,2\n", 3, "wilayah ini"),
        ("id,region,parent,total\na,X,zz,1\n", 2, "parent tidak"),
        ("id,region,period,parent,total\na,X,1,,1\nb,Y,2,a,1\n", 3, "parent tidak"),
        ("id,region,parent,total\na,X,a,1\n", 2, "sendiri"),
        ("region,period,total,previous_total\nX,2026-Q1,100,\nX,2026-Q2,100,99\n", 3, "−1"),
    ],
)
def test_what_breaks_no_identity_but_is_odd_is_a_remark(tmp_path, text, row, said):
    result = check(written(tmp_path, text), "--json")
    [remark] = json.loads(result.stdout)["remarks"]
    assert (result.exit_code, remark["row"], said in remark["why"]) == (0, row, True)


@pytest.mark.parametrize(
    "text",
    [
        "scope,region,total\ndesa,Sukawana,1\ndesa,Sukawana,2\n",
        "region,period,total,previous_total\nX,2026-Q1,100,\nX,2026-Q2,100,100\n",
        "region,period,total,previous_total\nX,2026-Q1,100,\nX,2026-Q3,100,99\n",
        "region,period,kind,total,previous_total\nX,2026-Q1,DPT,9,\nX,2026-Q2,PDPB,9,8\n",
    ],
)
def test_what_is_in_order_draws_no_remark(tmp_path, text):
    assert json.loads(check(written(tmp_path, text), "--json").stdout)["remarks"] == []


def test_a_jumlah_row_without_scope_sums_the_one_level_there_is_or_says_it_cannot(tmp_path):
    one = "scope,region,total\nkecamatan,Serang,5\nkecamatan,Curug,4\n,JUMLAH,8\n,TOTAL,9\n"
    found = json.loads(check(written(tmp_path, one), "--json").stdout)
    assert [(b["row"], b["difference"]) for b in found["broken"]] == [(4, -1)]
    mixed = "scope,region,total\nkota,Serang,5\nkecamatan,Curug,4\n,JUMLAH,8\n"
    found = json.loads(check(written(tmp_path, mixed), "--json").stdout)
    assert (found["broken"], found["unjudged"][-1]["row"]) == ([], 4)
