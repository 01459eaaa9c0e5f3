"""Bulk: listed first, held to its sample, sealed in chunks, told in a receipt."""

from urllib.parse import urlencode

import pytest

from lib.job_worker import work_off
from lib.review_room import say, text_of
from lib.workplace import KAB, RUNNING
from mutakhir_web.audit.models import Entry
from mutakhir_web.jobs.models import Job
from mutakhir_web.review import bulk_decisions
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Case, Decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(store):
    open_cases(RUNNING)
    return Case.objects.filter(kab=KAB)


@pytest.fixture
def operator(people, signed_in):
    return signed_in(people.operator)


@pytest.fixture
def group(cases):
    """The largest group of additions of equal evidence."""
    names = list(cases.filter(kind="add", band="sure").values_list("group", flat=True))
    return cases.filter(kind="add", band="sure", group=max(set(names), key=names.count))


def _address(kind, group, **more):
    return f"/antrean/massal/?{urlencode({'jenis': kind, 'kelompok': group, **more})}"


def _confirm(client, cases, act="accept", **more):
    address = _address(cases[0].kind, cases[0].group)
    return client.post(address, {"act": act, "listed": cases.count(), **more})


def test_all_cases_concerned_are_listed_before_anything_runs(group, operator):
    page = text_of(operator.get(_address("add", group[0].group)))
    assert all(case.proposal in page for case in group)
    assert f"Terima {group.count()}" in page
    assert not Decided.objects.filter(period=RUNNING, act="accept").exists()


def test_a_confirmed_list_is_sealed_under_its_rule_and_told_in_a_receipt(group, operator):
    there = _confirm(operator, group, note="sesuai data Disdukcapil")
    assert work_off() == 1
    assert set(group.values_list("state", flat=True)) == {"in_effect"}
    lines = Decided.objects.filter(period=RUNNING, act="accept")
    assert {(line.bulk, line.note, line.by) for line in lines} == {
        (group[0].group, "sesuai data Disdukcapil", "operator")
    }
    page = text_of(operator.get(there.url))
    assert f"{group.count()} diputuskan, 0 ditolak aturan" in page
    entry = Entry.objects.get(act="bulk_accept")
    assert (
        entry.detail["sealed"] == group.count() == entry.detail["last"] - entry.detail["first"] + 1
    )


def test_without_one_group_of_equal_evidence_there_is_no_bulk(cases, operator):
    assert "Pilih satu kelompok" in text_of(operator.get("/antrean/massal/?jenis=add"))
    refused = operator.post("/antrean/massal/?jenis=add", {"act": "accept", "listed": 1})
    assert refused.status_code == 422


def test_a_list_that_changed_meanwhile_is_not_decided(group, operator):
    listed = group.count()
    say(operator, group[0], "reject")
    address = _address("add", group[0].group)
    refused = operator.post(address, {"act": "accept", "listed": listed, "note": "catatan"})
    assert refused.status_code == 422
    assert f"semula {listed} usulan, kini {listed - 1}" in text_of(refused)
    assert "catatan" in text_of(refused)
    assert not Job.objects.exists()


def test_cases_that_came_after_the_confirmation_stay_out(group, operator):
    _confirm(operator, group)
    late = group[0]
    late.pk, late.proposal, late.place = None, "f" * 16, late.place + 1
    late.save()
    work_off()
    assert Case.objects.get(proposal="f" * 16).state == "proposed"


def test_a_case_decided_between_confirmation_and_run_keeps_its_decision(group, operator, people):
    _confirm(operator, group)
    one = group[0]
    say(operator, one, "reject")
    work_off()
    one.refresh_from_db()
    assert one.state == "rejected"
    assert Job.objects.get().result["sealed"] == group.count() - 1


def test_a_run_broken_off_goes_on_where_it_stopped(group, operator, people, monkeypatch):
    _confirm(operator, group)
    monkeypatch.setattr(bulk_decisions, "_CHUNK", 2)
    chunk, calls = bulk_decisions._chunk, []

    def breaks(*given):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return chunk(*given)

    monkeypatch.setattr(bulk_decisions, "_chunk", breaks)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    assert group.filter(state="in_effect").count() == 2
    monkeypatch.setattr(bulk_decisions, "_chunk", chunk)
    work_off()
    assert set(group.values_list("state", flat=True)) == {"in_effect"}
    assert Decided.objects.filter(act="accept", period=RUNNING).count() == group.count()


def test_removals_wait_for_their_sample(cases, operator):
    """Every group of the small world is smaller than the sample: all are looked at one by one."""
    removal = cases.filter(reason="pindah_domisili", band="sure")[0]
    page = text_of(operator.get(_address("remove", removal.group)))
    assert "contoh kelompok ini belum dilihat" in page
    assert "Tidak ada usulan yang dapat diputus sekaligus di sini" in page
    refused = operator.post(_address("remove", removal.group), {"act": "accept", "listed": 0})
    assert refused.status_code == 422


def test_what_a_policy_forbids_is_refused_with_its_reason_and_the_others_go_through(
    group, operator, monkeypatch
):
    other = Case.objects.filter(kab=KAB, kind="add", band="sure").exclude(group=group[0].group)[0]
    strange = {"proposal": "0" * 16, "group": group[0].group, "place": group[0].place - 1}
    Case.objects.filter(pk=other.pk).update(**strange)
    there = _confirm(operator, group)
    work_off()
    page = text_of(operator.get(there.url))
    assert "1 ditolak aturan" in page
    assert "usulan tidak dikenal" in page


def test_who_may_not_decide_may_not_do_it_in_bulk(group, people, signed_in):
    for who in (people.commissioner, people.bawaslu):
        assert _confirm(signed_in(who), group).status_code == 403
    assert _confirm(signed_in(people.stranger), group).status_code == 422  # nothing of theirs
    assert not Job.objects.exists()


def test_a_receipt_is_no_business_of_a_stranger(group, operator, people, signed_in):
    there = _confirm(operator, group).url
    assert signed_in(people.stranger).get(there).status_code == 404
