"""Which files are waited for in a quarter, and which have come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lib.workplace import KAB, OTHER_KAB, RUNNING
from mutakhir.rules.period import Period
from mutakhir_web.audit.models import Entry
from mutakhir_web.intake.agencies import guessed
from mutakhir_web.intake.models import Expected, Source
from mutakhir_web.intake.queries import expected


@pytest.fixture
def operator(people, store, signed_in):
    return signed_in(people.operator)


def row_of(agency, kab=KAB):
    return next(row for row in expected(kab, RUNNING) if row.agency == agency)


def test_offices_usually_hear_from_ten_agencies_before_the_quarter_ends(operator):
    rows = expected(KAB, RUNNING)
    assert len(rows) == 10
    assert all(row.due < Period.parse(RUNNING).last for row in rows)
    assert [row.due for row in rows] == sorted(row.due for row in rows)


def test_a_file_is_received_by_the_agency_that_its_name_speaks_of_until_somebody_says_it(operator):
    assert row_of("disdukcapil").received == 1
    source = Source.objects.get(kabs__kab=KAB, period=RUNNING, agency="disdukcapil")
    assert row_of("disdukcapil").accepted == source.accepted
    operator.post(f"/terima/sumber/{source.pk}/instansi", {"agency": "bps"})
    assert (row_of("disdukcapil").received, row_of("bps").received) == (0, 1)
    source.refresh_from_db()
    assert source.said


def test_a_file_of_which_nothing_went_in_is_not_received(operator):
    page = operator.get("/terima/?key=held").content.decode()
    assert "bawaslu_saran_perbaikan" in page
    assert row_of("bawaslu").received == 0


def test_an_office_says_whom_it_waits_for_and_until_when(operator):
    yesterday = timezone.localdate() - timedelta(days=1)
    given = {
        "agency": ["tni", "disdukcapil"],
        "due-tni": f"{yesterday}",
        "due-disdukcapil": f"{yesterday}",
    }
    operator.post("/terima/ditunggu/simpan", given)
    rows = expected(KAB, RUNNING)
    assert {row.agency: row.late for row in rows} == {"tni": True, "disdukcapil": False}
    assert len(expected(OTHER_KAB, RUNNING)) == 10
    assert Entry.objects.get(act="expect").detail["due"]["tni"] == f"{yesterday}"
    assert "terlambat" in operator.get("/terima/ditunggu").content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"agency": "tni"},
        {"agency": "tni", "due-tni": "besok"},
        {"agency": "x", "due-x": "2026-12-01"},
    ],
)
def test_a_list_that_cannot_be_is_refused_and_the_old_one_stays(operator, given):
    answer = operator.post("/terima/ditunggu/simpan", given, follow=True)
    assert "isi tenggatnya" in answer.content.decode()
    assert not Expected.objects.exists()


def test_an_unknown_agency_is_not_said(operator):
    source = Source.objects.filter(kabs__kab=KAB).first() or _listed(operator)
    answer = operator.post(f"/terima/sumber/{source.pk}/instansi", {"agency": "x"}, follow=True)
    assert "Pilih instansi" in answer.content.decode()


def _listed(operator):
    operator.get("/terima/")
    return Source.objects.filter(kabs__kab=KAB).first()


@pytest.mark.parametrize(
    ("file", "agency"),
    [
        ("disdukcapil_akta_kematian_2026-Q4.xlsx", "disdukcapil"),
        ("turunan_sinkronisasi_3673.csv", "kemendagri"),
        ("mabes_tni_polri.csv", "tni"),
        ("pemutakhiran_pps.zip", "kpu"),
        ("DPT_3673.txt", "kpu"),
        ("catatan.csv", ""),
    ],
)
def test_a_file_s_name_is_a_hint_no_more(file, agency):
    assert guessed(file) == agency
