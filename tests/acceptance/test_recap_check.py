import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mutakhir.commands.recap import app

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
