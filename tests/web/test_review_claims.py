"""Two officers never get the same case."""

import json
import os
import subprocess
import sys

import pytest
from django.utils import timezone

from lib.review_room import say, text_of
from lib.served import new_database
from lib.workplace import KAB, RUNNING, _user
from mutakhir_web.accounts.roles import Role
from mutakhir_web.audit.models import Entry
from mutakhir_web.review import claims
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(store):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB, state="proposed")


@pytest.fixture
def colleague(people):
    return _user("rekan", Role.OPERATOR, KAB)


def test_the_next_one_is_never_what_somebody_else_has(cases, people, colleague):
    adds = cases.filter(kind="add")
    taken = [
        claims.claim_next(by=who, among=adds).pk
        for who, _round in [(people.operator, 0), (colleague, 0)]
    ]
    assert len(set(taken)) == 2
    assert claims.claim_next(by=people.operator, among=adds).pk == taken[0]


def test_walking_on_takes_the_ones_after_and_then_those_passed_over(cases, people):
    adds = list(cases.filter(kind="add"))
    among = cases.filter(kind="add")
    assert claims.claim_next(by=people.operator, among=among, after=adds[3]) == adds[4]
    assert claims.claim_next(by=people.operator, among=among, after=adds[-1]) == adds[0]


def test_nothing_is_left_when_others_have_all(cases, people, colleague):
    (only,) = cases.filter(kind="conflict")
    assert claims.claim(by=colleague, case=only)
    assert claims.claim_next(by=people.operator, among=cases.filter(kind="conflict")) is None
    assert not claims.claim(by=people.operator, case=only)


def test_a_claim_ends_after_a_while(cases, people, colleague):
    (only,) = cases.filter(kind="conflict")
    claims.claim(by=colleague, case=only)
    Case.objects.filter(pk=only.pk).update(claimed_at=timezone.now() - claims.LEASE * 2)
    assert claims.claim(by=people.operator, case=only)


def test_the_page_says_who_has_the_case_and_offers_to_take_it_over(
    cases, people, colleague, signed_in
):
    (only,) = cases.filter(kind="conflict")
    client, address = signed_in(people.operator), f"/antrean/usulan/{only.proposal}/"
    signed_in(colleague).get(address)
    page = text_of(client.get(address))
    assert "Sedang dikerjakan rekan" in page
    assert 'value="reject"' not in page
    client.post(f"{address}ambil/")
    assert 'value="reject"' in text_of(client.get(address))
    assert Entry.objects.get(act="take_over").detail == {"before": "rekan"}


def test_leaving_and_deciding_let_go(cases, people, signed_in):
    one, two = cases.filter(kind="add")[:2]
    client = signed_in(people.operator)
    client.get(f"/antrean/usulan/{one.proposal}/")
    client.post(f"/antrean/usulan/{one.proposal}/lepas/")
    assert not Case.objects.filter(claimed_by=people.operator).exists()
    client.get(f"/antrean/usulan/{two.proposal}/")
    say(client, two, "reject")
    assert two not in Case.objects.filter(claimed_by=people.operator)


def test_nobody_lets_go_of_what_another_has(cases, people, colleague, signed_in):
    (only,) = cases.filter(kind="conflict")
    claims.claim(by=colleague, case=only)
    signed_in(people.operator).post(f"/antrean/usulan/{only.proposal}/lepas/")
    only.refresh_from_db()
    assert only.claimed_by == colleague


def test_who_only_reads_keeps_nothing(cases, people, signed_in):
    (only,) = cases.filter(kind="conflict")
    signed_in(people.bawaslu).get(f"/antrean/usulan/{only.proposal}/?kab={KAB}")
    only.refresh_from_db()
    assert only.claimed_by is None


_CLAIMING = """
import json, sys, time, django
django.setup()
from mutakhir_web.accounts.models import User
from mutakhir_web.review import claims
from mutakhir_web.review.models import Case
me = User.objects.get(username=sys.argv[1])
found = []
print("ready", flush=True)
sys.stdin.readline()
waiting = Case.objects.filter(state="proposed", claimed_by=None)
while (case := claims.claim_next(by=me, among=waiting)) is not None:
    found.append(case.pk)
    time.sleep(0.02)  # or the one that is first takes all of them
print(json.dumps(found))
"""
_LAYING_OUT = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from mutakhir_web.accounts.models import User
from mutakhir_web.review.models import Case
call_command("migrate", verbosity=0)
for name in ("satu", "dua"):
    User.objects.create_user(username=name, role="operator", area="3673")
Case.objects.bulk_create(
    Case(proposal=f"{n:016x}", period="2026-Q4", kab="3673", kind="add", reason="genap_17",
         group="add/genap_17/claim", band="sure", weight=0, dpid=f"{n:016x}", stamp="", place=n,
         since=timezone.now())
    for n in range(60)
)
"""


def test_two_processes_share_a_queue_and_no_case_is_given_twice(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mutakhir_web.config.settings",
        "MUTAKHIR_HOME": str(tmp_path),
        "MUTAKHIR_STORE": str(tmp_path / "store"),
        "PYTHONPATH": os.pathsep.join(sys.path),
        **new_database(),
    }
    subprocess.run([sys.executable, "-c", _LAYING_OUT], env=environment, check=True)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _CLAIMING, name],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("satu", "dua")
    ]
    for each in both:
        assert each.stdout.readline() == "ready\n"
    for each in both:
        each.stdin.write("go\n")
        each.stdin.flush()
    taken = [json.loads(each.communicate(timeout=60)[0]) for each in both]
    assert sorted(taken[0] + taken[1]) == sorted(set(taken[0]) | set(taken[1]))
    assert len(taken[0]) + len(taken[1]) == 60
    assert all(taken)


def test_who_began_a_removal_does_not_keep_it_from_the_second_person(cases, people, signed_in):
    case = cases.filter(kind="remove", reason="meninggal").first()
    operator = signed_in(people.operator)
    documents = {"document": "akta_kematian"}
    assert say(operator, case, "accept", **documents).status_code in (200, 302)
    operator.get(f"/antrean/usulan/{case.proposal}/")  # the operator looks at it again
    page = text_of(signed_in(people.checker).get(f"/antrean/usulan/{case.proposal}/"))
    assert "Setujui" in page
    assert "Ambil alih" not in page
