"""The audit and the mirror of decisions only grow, in whichever database."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

import mutakhir_web
from mutakhir_web.audit import auditor
from mutakhir_web.audit.models import Entry

#: Tables whose rows can be added and read, nothing else: all that any migration says so of.
KEPT = sorted(
    table
    for path in Path(mutakhir_web.__file__).parent.glob("*/migrations/[0-9]*.py")
    for table in re.findall(r"\bappend_only\(\"(\w+)\"\)", path.read_text())
)


@pytest.fixture
def entry(people):
    return auditor.record("look", by=people.operator, kab="3673", subject="voter:00ff")


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _row(table):
    """A row of ``table``, made by SQL alone: an empty text or a zero in every column."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    given = [column for column in columns if column.name != "id" and not column.null_ok]
    names = ", ".join(f'"{column.name}"' for column in given)
    run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(map(_plain, given))})")


def _plain(column):
    kind = connection.introspection.get_field_type(column.type_code, column)
    kind = kind[0] if isinstance(kind, tuple) else kind
    return {
        "DateTimeField": "'2026-11-28 00:00:00+00:00'",
        "DateField": "'2026-11-28'",
        "JSONField": "'{}'",
        "BooleanField": "false",
    }.get(kind, "0" if "Integer" in kind or "AutoField" in kind else "'x'")


def _count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_the_tables_are_found_in_the_migrations():
    assert {"audit_entry", "periods_step", "province_judgement", "review_decided"} <= {*KEPT}


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET \"by\" = 'orang lain'",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "TRUNCATE {table} CASCADE",
    ],
)
def test_no_statement_of_sql_changes_or_removes_a_row(table, statement):
    if "TRUNCATE" in statement and connection.vendor != "postgresql":
        statement = "DELETE FROM {table} WHERE 1 = 1"  # SQLite has no other way to empty a table
    _row(table)
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement.format(table=table))
    assert _count(table) == 1


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_put_in_the_place_of_another(table):
    _row(table)
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert _count(table) == 1


def test_an_edit_by_the_orm_is_refused_by_the_database(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(by="somebody else")
    assert Entry.objects.get(pk=entry.pk).by == "operator"


def test_a_deletion_by_the_orm_is_refused_by_the_database(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()
    assert Entry.objects.count() == 1


def test_an_act_outside_a_transaction_is_not_recorded(people, monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(auditor.NoTransactionError):
        auditor.record("look", by=people.operator)
    monkeypatch.undo()
    assert Entry.objects.count() == 0
