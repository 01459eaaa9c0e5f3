"""The audit is searched, paged and taken out, and tells of signing in and out."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import localtime
from python_calamine import CalamineWorkbook

from lib.recorded_acts import recorded_acts
from lib.workplace import KAB, OTHER_KAB, PASSWORD
from mutakhir.casework.verdict import VERDICT_ACTS
from mutakhir_web.areas.area import Area
from mutakhir_web.audit import auditor, queries
from mutakhir_web.audit.models import Entry
from mutakhir_web.audit.presenters import ACTS
from mutakhir_web.audit.queries import A_PAGE, Asked
from mutakhir_web.periods.stages import TRANSITIONS


@pytest.fixture
def guard(store, people, signed_in):
    return signed_in(people.security)


def record(people, act="look", by="operator", kab=KAB, **given):
    return auditor.record(act, by=getattr(people, by), kab=kab, **given)


def shown(guard, query=""):
    return [line["entry"].pk for line in guard.get(f"/audit/{query}").context["lines"]]


def test_entries_are_found_by_who_act_subject_region_and_purpose(guard, people):
    one = record(people, subject="voter:00ff", purpose="Aduan warga")
    two = record(people, act="job", by="checker", kab=OTHER_KAB, subject="job:77")
    assert shown(guard) == [two.pk, one.pk]
    assert shown(guard, "?oleh=operator") == [one.pk]
    assert shown(guard, "?tindakan=job") == [two.pk]
    assert shown(guard, "?terhadap=voter:") == [one.pk]
    assert shown(guard, f"?wilayah={OTHER_KAB}") == [two.pk]
    assert shown(guard, "?tujuan=aduan") == [one.pk]
    assert shown(guard, "?oleh=nobody") == []


def test_days_are_those_of_the_office(people):
    rows = [Entry(by="a", role="operator", kab=KAB, act="look") for _ in range(3)]
    Entry.objects.bulk_create(rows)
    today = localtime(Entry.objects.first().at).date()
    area = Area("36")

    def found(**days):
        return queries.entries(area, Asked(**days)).count()

    assert found(since=today, until=today) == 3
    assert found(until=today - timedelta(days=1)) == 0
    assert found(since=today + timedelta(days=1)) == 0


def test_a_date_that_is_none_says_so(guard, people):
    one = record(people)
    page = guard.get("/audit/?sejak=31-31-2026")
    assert [line["entry"].pk for line in page.context["lines"]] == [one.pk]
    assert "invalid-feedback" in page.content.decode()


def test_pages_go_back_and_forth_without_losing_an_entry(guard, people):
    ids = [record(people).pk for _ in range(2 * A_PAGE + 7)][::-1]
    first = guard.get("/audit/").context["page"]
    second = guard.get(f"/audit/?lama={first.older}").context["page"]
    third = guard.get(f"/audit/?lama={second.older}").context["page"]
    seen = [entry.pk for page in (first, second, third) for entry in page.entries]
    assert seen == ids
    assert (first.newer, third.older) == (None, None)
    back = guard.get(f"/audit/?baru={third.newer}").context["page"]
    assert [entry.pk for entry in back.entries] == [entry.pk for entry in second.entries]
    front = guard.get(f"/audit/?baru={back.newer}").context["page"]
    assert front.newer is None
    assert [entry.pk for entry in front.entries] == [entry.pk for entry in first.entries]


def test_an_officer_sees_only_the_own_area(people, store, signed_in):
    people.security.area = OTHER_KAB
    people.security.save()
    guard = signed_in(people.security)
    ours, theirs = record(people, kab=OTHER_KAB), record(people, kab=KAB)
    province = record(people, kab="36")
    assert shown(guard) == [ours.pk]
    for entry in (theirs, province):
        assert guard.get(f"/audit/{entry.pk}/").status_code == 404
    sent = b"".join(guard.get("/audit/ekspor.csv").streaming_content).decode("utf-8-sig")
    assert [row["nomor"] for row in csv.DictReader(io.StringIO(sent))] == [str(ours.pk)]


def test_an_entry_shows_all_that_was_noted(guard, people):
    entry = record(people, act="account_changed", changed={"role": ["operator", "checker"]})
    page = guard.get(f"/audit/{entry.pk}/").content.decode()
    assert "mengubah akun" in page
    assert "peran: operator → checker" in page


def test_an_export_has_the_filter_is_harmless_and_is_recorded(guard, people):
    record(people, purpose='=HYPERLINK("x")')
    record(people, by="checker")
    answer = guard.get("/audit/ekspor.csv?oleh=operator")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["oleh"] for row in rows] == ["operator"]
    assert rows[0]["tujuan"] == '\'=HYPERLINK("x")'
    noted = Entry.objects.latest("id")
    assert (noted.act, noted.by) == ("audit_exported", "keamanan")
    assert noted.detail == {"form": "csv", "asked": {"by": "operator"}}


def test_an_export_as_workbook_keeps_texts(guard, people):
    record(people, purpose="=1+1")
    answer = guard.get("/audit/ekspor.xlsx")
    content = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert "=1+1" in rows[1]
    assert Entry.objects.latest("id").detail["form"] == "xlsx"


def test_a_workbook_that_would_be_too_long_is_not_begun(guard, people, monkeypatch):
    monkeypatch.setattr("mutakhir_web.audit.views.LONGEST_XLSX", 1)
    record(people), record(people)
    page = guard.get("/audit/ekspor.xlsx?oleh=operator", follow=True)
    assert "persempit saringan" in page.content.decode()
    assert not Entry.objects.filter(act="audit_exported").exists()


def enter(name, password, **headers):
    client = Client(**headers)
    client.post("/akun/login/", {"login": name, "password": password})
    return client


def test_signing_in_and_out_is_recorded(people, store):
    client = enter("operator", PASSWORD)
    client.post("/akun/logout/")
    acts = list(Entry.objects.order_by("id").values_list("act", "by", "kab"))
    assert acts == [("signed_in", "operator", KAB), ("signed_out", "operator", KAB)]


def test_a_failed_sign_in_names_the_account_only_if_there_is_one(people):
    enter("operator", "salah")
    enter("3673014107900001", "salah")
    rows = list(Entry.objects.order_by("id").values_list("act", "by", "subject"))
    assert rows == [
        ("sign_in_failed", "operator", "account:operator"),
        ("sign_in_failed", "", ""),
    ]
    assert not any("3673014107900001" in str(vars(entry)) for entry in Entry.objects.all())


def test_a_changed_password_is_recorded(people, store, signed_in):
    desk = signed_in(people.operator)
    new = "jembatan kopi layang senja"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert desk.post("/akun/password/change/", form).status_code == 302
    assert Entry.objects.latest("id").act == "password_changed"
    assert new not in str(vars(Entry.objects.latest("id")))


def test_the_reader_of_millions_of_rows_walks_an_index(people):
    asked = (
        Asked(by="operator"),
        Asked(act="look"),
        Asked(subject="voter:00ff"),
        Asked(since=date(2026, 1, 1)),
    )
    with transaction.atomic():
        for each in asked:
            plan = queries.entries(Area("36"), each)[:A_PAGE].explain()
            if connection.vendor == "sqlite":  # on a table this small PostgreSQL reads it whole
                assert "SCAN" not in plan or "USING INDEX" in plan, plan


def test_every_act_that_the_code_records_has_words():
    written = recorded_acts() | dict.fromkeys(
        [f"period_{row.step}" for row in TRANSITIONS]
        + [*VERDICT_ACTS, *(f"bulk_{act}" for act in VERDICT_ACTS - {"approve", "overturn"})]
    )
    without = {act: place for act, place in written.items() if act not in ACTS}
    assert not without, f"add words to ACTS in audit/presenters.py: {without}"
