import codecs

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mutakhir.linkage.files import InputError, links_folder, people_file
from mutakhir.linkage.model_file import read_model
from mutakhir.store.swap import BESIDE

MODEL = read_model("""
format = 2
name = "pelanggan"
[table]
id = ["no", "nomor"]
source = "asal"
[prior]
least_people = 1024
[bands]
sure = 8.0
review = 2.0
margin = 1.0
most = 3
[queue]
share_most = 0.01
[[fields]]
name = "nama"
kind = "place"
weights = { missing = 0.0, differ = -4.0, equal = 9.0 }
[[blocks]]
name = "nama"
keys = ["nama"]
finer = "nama"
cap = 50
""")


def read(tmp_path, content, *, name="people.csv"):
    """The rows an engine gets of a file with this content."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with people_file(path, MODEL) as file:
        table = pq.read_table(file)
    assert not file.exists()
    return table.to_pylist()


ROWS = [{"no": "1", "nama": "Agus, S.E."}, {"no": "02", "nama": None}]


@pytest.mark.parametrize(
    "content",
    [
        'no,nama\n1,"Agus, S.E."\n02,\n',
        'no;nama\n1;Agus, S.E.\n02;""\n',
        "no\tnama\n1\tAgus, S.E.\n02\t\n",
        "no|nama\n1|Agus, S.E.\n02|  \n",
        'nama,no\n" Agus, S.E. ",1\n ,02\n',
        'no , nama\r\n1,"Agus, S.E."\r\n02,\r\n',
        'umur,no,nama\n7,1,"Agus, S.E."\nx,02,',
        '"no";"nama"\n"1";"Agus, S.E."\n"02";""\n',
        '"catatan, lain; dan; lagi",no,nama\n,1,"Agus, S.E."\n,02,\n',
    ],
)
def test_csv_of_any_delimiter_order_and_quoting_gives_the_same_rows(tmp_path, content):
    assert read(tmp_path, content) == ROWS


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + "no;nama\n1;Agus André\n".encode(),
        "no;nama\n1;Agus André\n".encode(),
        "no;nama\n1;Agus André\n".encode("cp1252"),
        "no;nama\n1;Agus André\n".encode("utf-16"),
    ],
)
def test_csv_of_any_encoding_gives_the_same_rows(tmp_path, content):
    assert read(tmp_path, content) == [{"no": "1", "nama": "Agus André"}]


def test_quoted_values_may_hold_line_breaks(tmp_path):
    assert read(tmp_path, 'no,nama\n1,"Agus\nSalim"\n') == [{"no": "1", "nama": "Agus\nSalim"}]


@pytest.mark.parametrize("name", ["people.txt", "people.TSV"])
def test_text_files_are_csv_whatever_their_ending(tmp_path, name):
    assert read(tmp_path, "no\tnama\n1\tAgus\n", name=name) == [{"no": "1", "nama": "Agus"}]


def test_the_source_is_kept_and_other_columns_are_not(tmp_path):
    rows = read(tmp_path, "asal,lain,nomor,nama\nx,y,1,Agus\n")
    assert rows == [{"nomor": "1", "asal": "x", "nama": "Agus"}]


def test_a_list_without_rows_is_a_list(tmp_path):
    assert read(tmp_path, "no,nama\n") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "bukan CSV yang utuh, atau kosong"),
        ("no,nama\n1,A\n2,B,C\n", "baris 3 berisi 3 kolom, bukan 2"),
        ("no,nama,nama\n1,A,B\n", "judul kolom berulang: nama"),
        ("no,name\n1,A\n", "kolom tidak ada: nama. Model pelanggan memerlukannya"),
        ("id,nama\n1,A\n", "tidak ada kolom pengenal (no, nomor)"),
        ("no,nama\n1,A\n,B\n", "baris data ke-2 kosong"),
        ("no,nama\n1,A\n2,B\n 2 ,C\n", "baris data ke-2 tidak unik"),
    ],
)
def test_a_bad_csv_is_refused_with_its_place_and_without_its_values(tmp_path, content, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, content)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{tmp_path / 'people.csv'}: ")


def parquet(tmp_path, **columns):
    pq.write_table(pa.table(columns), tmp_path / "people.parquet")
    return tmp_path / "people.parquet"


def test_parquet_is_read_where_it_lies(tmp_path):
    path = parquet(tmp_path, no=["1"], nama=["A"])
    with people_file(path, MODEL) as file:
        assert file == path
    assert path.exists()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"no": ["1", None], "nama": ["A", "B"]}, "baris data ke-2 kosong"),
        ({"no": ["1", ""], "nama": ["A", "B"]}, "baris data ke-2 kosong"),
        ({"no": [7, 8, 7], "nama": ["A", "B", "C"]}, "baris data ke-1 tidak unik"),
        ({"no": ["1"], "name": ["A"]}, "kolom tidak ada: nama"),
    ],
)
def test_a_bad_parquet_is_refused_with_its_place(tmp_path, columns, said):
    with pytest.raises(InputError, match=said), people_file(parquet(tmp_path, **columns), MODEL):
        pass


@pytest.mark.parametrize("name", ["people.parquet", "people.xlsx"])
def test_what_is_neither_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"PAR1 not really")
    with pytest.raises(InputError, match="bukan berkas Parquet yang utuh"):
        with people_file(tmp_path / name, MODEL):
            pass


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="bukan berkas"), people_file(tmp_path, MODEL):
        pass


def test_what_a_crash_left_is_mended_before_a_run(tmp_path):
    (tmp_path / f"{BESIDE}old-hasil").mkdir()
    (tmp_path / f"{BESIDE}old-hasil" / "links.parquet").write_text("old")
    (tmp_path / f"{BESIDE}new-hasil-0123").mkdir()
    with pytest.raises(KeyboardInterrupt):
        with links_folder(tmp_path / "hasil"):
            raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["hasil"]
    assert (tmp_path / "hasil" / "links.parquet").read_text() == "old"
