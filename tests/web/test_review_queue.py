"""The queue: filters that are addresses, tabs that count, CSV, sharing out, what is left."""

import csv
import io
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from lib.job_worker import work_off
from lib.review_room import say, text_of
from lib.workplace import KAB, OTHER_KAB, RUNNING
from mutakhir.person import PERSON_FIELDS
from mutakhir_web.areas.area import Area
from mutakhir_web.audit.models import Entry
from mutakhir_web.review import queries
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.filters import Filter
from mutakhir_web.review.models import Case
from mutakhir_web.review.places import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(store):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB)


@pytest.fixture
def operator(people, signed_in):
    return signed_in(people.operator)


@pytest.fixture
def checker(people, signed_in):
    return signed_in(people.checker)


def _shown(client, query=""):
    return text_of(client.get(f"/antrean/{query}")).count('class="case-link"')


def test_the_queue_lists_what_waits(cases, operator):
    assert _shown(operator) == cases.filter(state="proposed").count()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?jenis=add", {"kind": "add"}),
        ("?pita=review", {"band": "review"}),
        ("?contoh=1", {"sampled": True}),
        ("?bawaan=1", {"carried": True}),
        ("?alasan=ganda", {"reason": "ganda"}),
        ("?keadaan=berlaku", {"state": "in_effect"}),
        ("?umur=7", {}),
        ("?umur=lama", {"pk": 0}),
        ("?milik=saya", {"assigned_to__username": "operator"}),
        ("?tenggat=lewat", {"pk": 0}),
        ("?lintas=1", {"pk": 0}),
        ("?jenis=x", {"pk": 0}),
        ("?pita=x&umur=x&keadaan=x", {}),
    ],
)
def test_a_filter_is_an_address(cases, operator, query, rows):
    assert _shown(operator, query) == cases.filter(**rows).count()


def test_a_filter_of_equal_evidence_and_kecamatan(cases, operator):
    case = cases.filter(kind="remove")[0]
    query = f"?jenis=remove&kelompok={case.group.replace('+', '%2B')}&kec={case.kec}"
    found = cases.filter(group=case.group, kec=case.kec)
    assert _shown(operator, query) == found.count() > 0


def test_a_filter_survives_its_address(cases, people):
    asked = Filter.parse(
        {"jenis": "remove", "kec": "367301", "contoh": "1", "keadaan": "dokumen", "pita": "x"},
        kab=KAB,
        period=RUNNING,
    )
    assert asked.query == f"periode={RUNNING}&jenis=remove&kec=367301&keadaan=dokumen&contoh=1"


def test_tabs_count_each_kind_of_what_the_filter_holds(cases, operator, people):
    kinds, _groups = queries.counts(Filter(KAB, RUNNING), people.operator)
    assert kinds == {kind: cases.filter(kind=kind).count() for kind in kinds}
    assert kinds.total() == cases.count()


def test_the_sample_comes_first_and_equal_evidence_stands_together(cases, people):
    ordered = list(Filter(KAB, RUNNING, kind="remove").cases(people.operator))
    groups = [case.group for case in ordered]
    assert sum(a != b for a, b in pairwise(groups)) == len(set(groups)) - 1


def test_places_follow_kind_then_group_then_sample():
    low, high = "0" * 16, "f" * 16
    assert place("remove", "g", high, sampled=True) < place("remove", "g", low, sampled=False)
    assert place("conflict", "g", high, sampled=False) < place("add", "g", low, sampled=True)
    assert place("correct", "g", high, sampled=False) < 2**63


def test_a_long_list_comes_in_pages(cases, people, signed_in, operator):
    one = cases.filter(kind="add")[0]
    for number in range(60):
        one.pk, one.proposal = None, f"{number:016x}"
        one.save()
    first, last = text_of(operator.get("/antrean/")), text_of(operator.get("/antrean/?hal=99"))
    assert first.count('class="case-link"') == 50
    assert last.count('class="case-link"') == cases.count() - 50


# CSV


def test_the_filter_as_csv_holds_no_personal_value(cases, operator):
    answer = operator.get("/antrean/antrean.csv?jenis=remove")
    rows = list(csv.DictReader(io.StringIO(text_of_file(answer))))
    assert {row["proposal_id"] for row in rows} == {c.proposal for c in cases.filter(kind="remove")}
    assert not set(PERSON_FIELDS) - {"desa", "tps"} & rows[0].keys()
    names = {case.sides["voter"]["name"] for case in cases.filter(kind="remove")}
    assert not any(name in str(rows) for name in names)


def test_no_cell_of_the_csv_is_a_formula(cases, operator):
    cases.filter(kind="add").update(group='=HYPERLINK("x")')
    assert ",'=HYPERLINK" in text_of_file(operator.get("/antrean/antrean.csv")).replace('"', "")


def text_of_file(answer):
    return b"".join(answer).decode("utf-8-sig")


# sharing out


def test_a_checker_shares_out_cases_with_a_day(cases, checker, operator, people):
    ticked = [case.proposal for case in cases.filter(kind="add")[:3]]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    given = {"usulan": ticked, "kepada": "operator", "tenggat": tomorrow}
    checker.post("/antrean/bagikan/?jenis=add", given)
    assert cases.filter(assigned_to=people.operator, due=tomorrow).count() == 3
    assert _shown(operator, "?milik=saya") == 3
    assert _shown(operator, "?tenggat=pekan") == 3
    assert set(Entry.objects.values_list("act", flat=True)) >= {"assign", "set_due"}


def test_cases_go_to_nobody_who_may_not_decide_there(cases, checker, operator, people):
    (one, *_more) = cases.filter(kind="add")
    given = {"usulan": [one.proposal], "kepada": "tetangga"}
    refused = checker.post("/antrean/bagikan/", given, follow=True)
    assert "tidak dapat memutuskan" in text_of(refused)
    assert operator.post("/antrean/bagikan/", given).status_code == 403
    one.refresh_from_db()
    assert one.assigned_to is None


def test_another_kabupatens_cases_are_not_ours_to_share_out(cases, checker, people):
    theirs = Case.objects.filter(kab=OTHER_KAB)[0]
    checker.post("/antrean/bagikan/", {"usulan": [theirs.proposal], "kepada": "operator"})
    theirs.refresh_from_db()
    assert theirs.assigned_to is None


# what is left


def test_the_summary_counts_what_is_left(cases, operator, people):
    say(operator, cases.filter(reason="pindah_domisili")[0], "accept", document="kk")
    say(operator, cases.filter(kind="add")[0], "accept")
    found = queries.summary(KAB, RUNNING)
    aged = sum(ages.total() for ages in found.ages.values())
    assert found.open == aged == sum(found.kecs.values()) == cases.count() - 1
    assert found.waiting_second == 1
    assert found.states["in_effect"] == 1
    assert found.oldest == min(cases.values_list("since", flat=True))


def test_duplicates_across_kabupaten_are_found_for_both_and_the_province(cases):
    one = cases.filter(reason="ganda")[0]
    Case.objects.filter(pk=one.pk).update(other_kab=OTHER_KAB)
    for code, found in ((KAB, [one]), ("36", [one]), ("32", [])):
        assert list(queries.cross_duplicates(Area(code), RUNNING)) == found


# proposals from the browser


def test_proposals_are_made_from_the_browser(store, people, signed_in, operator):
    (store.period(RUNNING) / "outcomes.parquet").unlink()
    page = text_of(operator.get(f"/antrean/?periode={RUNNING}"))
    assert "Belum ada usulan" in page
    operator.post(f"/antrean/susun/?periode={RUNNING}")
    operator.post(f"/antrean/susun/?periode={RUNNING}")  # a double click: one job
    assert work_off() == 1
    assert Case.objects.filter(kab=KAB).exists()
    assert signed_in(people.checker).post("/antrean/susun/").status_code == 403
