"""A file nobody knows: its columns are said once, and the next one is read alike."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lib.intake_files import text
from lib.job_worker import work_off
from lib.workplace import KAB
from mutakhir.intake.sources import read_records
from mutakhir_web.intake import heads, pieces
from mutakhir_web.intake.models import Mapping, Source, Upload

HEADINGS = ("URUT", "KODE", "SEBUTAN", "LAHIRNYA", "GOLONGAN")
ROWS = (
    ("1", "9999995708850001", "SITI AMINAH", "17-08-1985", "P"),
    ("2", "9999991203820002", "BUDI SANTOSO", "12-03-1982", "L"),
    ("3", "99999912038200", "UDIN", "01-01-1970", "L"),
)
CHOSEN = {
    **{"column-A": "", "column-B": "nik", "column-C": "name", "column-D": "birth_date"},
    **{"column-E": "sex", "claim": "ineligible", "reason": "meninggal", "evidence": "claim"},
    **{"desa": f"{KAB}011001", "codes": "2023"},
}


@pytest.fixture
def operator(people, store, signed_in):
    return signed_in(people.operator)


def handed_in(client, content, name="aneh.csv"):
    said = {"agency": "bps", "region": KAB, "codes": "2023"}
    client.post("/terima/serahkan", {**said, "file": SimpleUploadedFile(name, content)})
    work_off()
    return Upload.objects.order_by("at").last()


@pytest.fixture
def strange(tmp_path):
    return text(tmp_path / "aneh.csv", [("DAFTAR PENDUDUK",), HEADINGS, *ROWS]).read_bytes()


@pytest.fixture
def held(operator, strange):
    """The source of a file whose columns nobody knows yet."""
    return Source.objects.get(pk=handed_in(operator, strange).source)


def saved(client, source, **changed):
    address = f"/terima/sumber/{source.pk}/kolom/simpan"
    given = {"heading": "2", "was_heading": "2", **CHOSEN, **changed}
    return client.post(address, given)


def test_an_unknown_layout_is_held_and_leads_to_the_mapping(operator, held):
    assert (held.unmapped, held.accepted, held.held) == (True, 0, 3)
    page = operator.get(f"/terima/sumber/{held.pk}/").content.decode()
    assert f"/terima/sumber/{held.pk}/kolom" in page
    assert "aneh.csv" in operator.get("/terima/?key=unmapped").content.decode()


def test_the_guess_is_shown_on_rows_whose_personal_numbers_are_hidden(operator, held):
    page = operator.get(f"/terima/sumber/{held.pk}/kolom").content.decode()
    assert "SITI AMINAH" in page
    assert "9999••••••••••01" in page
    assert "9999995708850001" not in page
    chosen = re.search(r'name="column-B">.*?</select>', page, re.S)[0]
    assert '<option value="nik" selected>' in chosen
    assert "16 angka" in page


def test_the_preview_follows_each_change_and_keeps_nothing(operator, held):
    address = f"/terima/sumber/{held.pk}/kolom/lihat"
    given = {"heading": "2", "was_heading": "2", **CHOSEN}
    page = operator.post(address, given).content.decode()
    assert "2 diterima" in page
    assert "1 ditolak" in page
    assert "NIK bukan 16 angka" in page
    assert "→ 1985-08-17" in page
    twice = operator.post(address, {**given, "column-C": "nik"}).content.decode()
    assert "NIK dipilih untuk dua kolom" in twice
    other = operator.post(address, {**given, "heading": "1"}).content.decode()
    assert 'name="was_heading" value="1"' in other
    assert Mapping.objects.count() == 0


def test_a_saved_mapping_takes_the_file_in(operator, held, store):
    answer = saved(operator, held)
    assert answer.status_code == 302
    work_off()
    held.refresh_from_db()
    assert (held.accepted, held.rejected, held.mapped, held.unmapped) == (2, 1, True, False)
    assert held.file == "aneh.csv"
    record = read_records(store, held.pk).to_pylist()[0]
    assert (record["claim"], record["reason"], record["desa"]) == (
        "ineligible",
        "meninggal",
        f"{KAB}011001",
    )
    assert not list(heads._folder().glob("*"))
    assert operator.get(f"/terima/sumber/{held.pk}/kolom").status_code == 302


def test_saving_twice_starts_one_work(operator, held):
    assert saved(operator, held).url == saved(operator, held).url
    assert work_off() == 1


def test_the_next_file_with_the_same_headings_is_read_alike_and_told_so(operator, held, tmp_path):
    saved(operator, held)
    work_off()
    rows = [("KANTOR",), ("DAFTAR",), (), [h.lower() for h in HEADINGS], *ROWS[:2]]
    upload = handed_in(operator, text(tmp_path / "b.csv", rows).read_bytes(), "bulan depan.csv")
    source = Source.objects.get(pk=upload.source)
    assert (source.read, source.accepted, source.mapped) == (2, 2, True)
    page = operator.get(f"/terima/sumber/{source.pk}/").content.decode()
    assert "menurut pemetaan yang disimpan operator" in page


def test_a_mapping_of_one_office_reads_no_file_of_another(
    operator, held, people, signed_in, tmp_path
):
    saved(operator, held)
    work_off()
    rows = [HEADINGS, *ROWS[:2]]
    stranger = signed_in(people.stranger)
    said = {"agency": "bps", "region": "3604", "codes": "2023"}
    content = text(tmp_path / "b.csv", rows).read_bytes()
    stranger.post("/terima/serahkan", {**said, "file": SimpleUploadedFile("b.csv", content)})
    work_off()
    assert Source.objects.get(file="b.csv").unmapped


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"column-B": "", "column-C": ""}, "Pilih kolom NIK atau nama"),
        ({"column-C": "nik"}, "dipilih untuk dua kolom"),
        ({"column-C": "nama"}, "tidak dikenal"),
        ({"claim": "apa saja"}, "claim harus"),
        ({"reason": "bosan"}, "reason harus"),
    ],
)
def test_a_wrong_mapping_is_told_and_nothing_is_done(operator, held, changed, words):
    answer = saved(operator, held, **changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Mapping.objects.count() == 0
    assert work_off() == 0


def test_a_file_held_for_its_region_is_read_once_more(operator, tmp_path):
    rows = [("NIK", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN"), *(row[1:] for row in ROWS[:2])]
    upload = handed_in(operator, text(tmp_path / "c.csv", rows).read_bytes(), "tanpa desa.csv")
    source = Source.objects.get(pk=upload.source)
    assert (source.accepted, source.held, source.unmapped) == (0, 2, False)
    assert "Baca sekali lagi" in operator.get(f"/terima/sumber/{source.pk}/").content.decode()
    given = {"region": f"{KAB}011001", "codes": "2023"}
    assert operator.post(f"/terima/sumber/{source.pk}/baca", given).status_code == 302
    work_off()
    source.refresh_from_db()
    assert (source.accepted, source.region) == (2, f"{KAB}011001")
    assert not pieces.folder(upload.id).exists()
