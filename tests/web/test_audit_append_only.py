"""The audit only grows, in whichever database."""

import pytest
from django.db import DatabaseError, transaction

from mutakhir_web.audit import auditor
from mutakhir_web.audit.models import Entry


@pytest.fixture
def entry(people):
    return auditor.record("look", by=people.operator, kab="3673", subject="voter:00ff")


def test_an_edit_by_sql_is_refused_by_the_database(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(by="somebody else")
    assert Entry.objects.get(pk=entry.pk).by == "operator"


def test_a_deletion_is_refused_by_the_database(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=False)
def test_an_act_outside_a_transaction_is_not_recorded(people, monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(auditor.NoTransactionError):
        auditor.record("look", by=people.operator)
    monkeypatch.undo()
    assert Entry.objects.count() == 0


def test_people_sign_in_and_see_their_own_account(people, signed_in, store):
    page = signed_in(people.operator).get("/akun/")
    assert page.status_code == 200
    assert "Kota Serang" in page.content.decode()
