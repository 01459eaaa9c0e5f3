"""The file is the truth: what it holds is never lost by a database that breaks off."""

import pytest
from django.db import OperationalError, connection

from lib.review_room import say, state
from lib.workplace import KAB, RUNNING
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.review import actions
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.mirror import mirror
from mutakhir_web.review.models import Case, Decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(store):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB, kind="add")[0]


def _breaks_at(table):
    """The connection breaks when something is written to ``table``."""

    def wrapper(execute, sql, params, many, context):
        if sql.startswith("INSERT") and table in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.mark.parametrize("table", ["review_decided", "audit_entry"])
def test_a_decision_that_was_sealed_is_mirrored_after_the_database_broke(case, people, table):
    with _breaks_at(table), pytest.raises(OperationalError):
        actions.decide(by=people.operator, proposal=case.proposal, act="accept", seen=0)
    assert state(case) == "proposed"
    assert door.docket(RUNNING).case(case.proposal).state == "in_effect"
    assert mirror() == 1
    assert state(case) == "in_effect"
    assert case.first_by == "operator"


def test_the_officer_who_tries_again_gets_the_decision_already_made(case, people, signed_in):
    client = signed_in(people.operator)
    client.raise_request_exception = False
    with _breaks_at("audit_entry"):
        assert say(client, case, "accept").status_code == 503
    assert say(client, case, "accept").status_code == 302
    assert Decided.objects.filter(proposal=case.proposal).count() == 1


def test_what_was_refused_left_no_line_and_no_entry(case, people):
    lines = len(door.docket(RUNNING).since(0))
    removal = Case.objects.filter(kab=KAB, reason="pindah_domisili")[0]
    with pytest.raises(actions.RefusedError):
        actions.decide(by=people.operator, proposal=removal.proposal, act="accept", seen=0)
    assert len(door.docket(RUNNING).since(0)) == lines
    assert not Entry.objects.filter(subject=f"case:{removal.proposal}").exists()


def test_a_full_disk_is_told_in_words_and_changes_nothing(case, people, monkeypatch):
    def full(descriptor, content):
        raise OSError(28, "No space left on device")

    door.docket(RUNNING)
    monkeypatch.setattr("mutakhir.casework.decision_file._write_all", full)
    with pytest.raises(actions.RefusedError, match="ruang disk"):
        actions.decide(by=people.operator, proposal=case.proposal, act="accept", seen=0)
    monkeypatch.undo()
    assert state(case) == "proposed"
    actions.decide(by=people.operator, proposal=case.proposal, act="accept", seen=0)
    assert state(case) == "in_effect"


def test_a_clock_that_jumps_back_is_told_and_nothing_is_sealed(case, people, monkeypatch):
    actions.decide(by=people.operator, proposal=case.proposal, act="field_check", seen=0)
    case.refresh_from_db()
    monkeypatch.setattr(actions, "now", lambda: "2020-01-01T00:00:00+07:00")
    with pytest.raises(actions.RefusedError, match="mendahului"):
        seen = case.last_seq
        actions.decide(by=people.operator, proposal=case.proposal, act="accept", seen=seen)
    assert state(case) == "field_check"
