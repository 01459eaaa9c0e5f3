"""An operator clears the queue: case, decision, the next case at once, and back again."""

import pytest

from lib.review_room import say, state, text_of, undo
from lib.workplace import KAB, OTHER_KAB, RUNNING
from mutakhir_web.audit.models import Entry
from mutakhir_web.review import gate
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
def checker(people, signed_in):
    return signed_in(people.checker)


def test_from_queue_to_case_to_the_next_case(cases, operator, people):
    start = operator.post("/antrean/mulai/?jenis=add")
    first = Case.objects.get(claimed_by=people.operator)
    assert start.url.startswith(f"/antrean/usulan/{first.proposal}/?")
    assert "Terima" in text_of(operator.get(start.url))
    done = say(operator, first, "accept", note="sesuai KK")
    first.refresh_from_db()
    assert (first.state, first.claimed_by) == ("in_effect", None)
    assert first.proposal not in done.url.partition("?")[0]
    assert "Urungkan" in text_of(operator.get(done.url))
    assert Decided.objects.get(seq=first.last_seq).note == "sesuai KK"


def test_htmx_gets_the_next_case_as_a_fragment_with_its_address(cases, operator):
    case = cases.filter(kind="correct")[0]
    answer = operator.post(
        f"/antrean/usulan/{case.proposal}/putuskan/?jenis=correct",
        {"act": "accept", "seen": 0},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "<html" not in text_of(answer)
    following = Case.objects.get(claimed_by__username="operator")
    assert answer["HX-Push-Url"].startswith(f"/antrean/usulan/{following.proposal}/")


def test_nothing_typed_for_one_case_stands_in_the_next(cases, operator):
    case = cases.filter(kind="add", reason="pindah_masuk")[0]
    answer = operator.post(
        f"/antrean/usulan/{case.proposal}/putuskan/?alasan=pindah_masuk",
        {"act": "accept", "seen": 0, "document": "kk", "note": "KK asli dilihat"},
        headers={"HX-Request": "true"},
    )
    page = text_of(answer)
    assert "KK asli dilihat" not in page
    assert page.count(" checked") == 1
    assert 'value="" data-says' in page.partition(" checked")[0].rpartition("<input")[2]


def test_the_last_case_of_a_filter_says_that_it_is_done(cases, operator):
    (case,) = cases.filter(kind="conflict")
    answer = operator.post(
        f"/antrean/usulan/{case.proposal}/putuskan/?jenis=conflict",
        {"act": "reject", "seen": 0},
        headers={"HX-Request": "true"},
    )
    assert "Saringan ini habis" in text_of(answer)


@pytest.mark.parametrize(
    ("reason", "said", "then"),
    [
        ("pindah_masuk", {"act": "accept"}, "in_effect"),
        ("ubah_data", {"act": "reject"}, "rejected"),
        ("pindah_dalam", {"act": "field_check"}, "field_check"),
        ("pindah_domisili", {"act": "need_document"}, "need_document"),
        ("pindah_domisili", {"act": "accept", "document": "kk"}, "accepted_waiting_second"),
        ("ganda", {"act": "accept", "document": "kk"}, "accepted_waiting_second"),
    ],
)
def test_each_word_leads_where_the_table_says(cases, operator, reason, said, then):
    case = cases.filter(reason=reason)[0]
    say(operator, case, **said)
    assert state(case) == then


def test_a_policy_says_in_words_why_not_and_keeps_what_was_typed(cases, operator):
    case = cases.filter(reason="pindah_domisili")[0]
    answer = say(operator, case, "accept", note="ditanyakan ke RT")
    assert answer.status_code == 422
    asked = "belum ada dokumen yang diminta: Biodata penduduk, Kartu keluarga, KTP-el, Surat pindah"
    assert asked in text_of(answer)
    assert "ditanyakan ke RT" in text_of(answer)
    assert state(case) == "proposed"
    assert not Entry.objects.filter(act="accept").exists()


def test_a_removal_waits_for_another_person_who_is_not_oneself(cases, operator, checker):
    case = cases.filter(reason="pindah_domisili")[0]
    say(operator, case, "accept", document="ktp_el")
    assert "Setujui" not in text_of(operator.get(f"/antrean/usulan/{case.proposal}/"))
    assert say(operator, case, "approve").status_code == 403
    assert case.proposal in text_of(checker.get("/antrean/orang-kedua/"))
    assert say(checker, case, "approve").status_code == 302
    assert state(case) == "in_effect"


def test_nobody_approves_their_own_word(cases, checker):
    case = cases.filter(reason="pindah_domisili")[0]
    say(checker, case, "accept", document="ktp_el")
    assert case.proposal not in text_of(checker.get("/antrean/orang-kedua/"))
    refused = say(checker, case, "approve")
    assert "orang lain" in text_of(refused)
    assert state(case) == "accepted_waiting_second"


def test_a_second_person_may_say_no(cases, operator, people, signed_in):
    case = cases.filter(reason="pindah_domisili")[0]
    say(operator, case, "accept", document="ktp_el")
    say(signed_in(people.commissioner), case, "reject", note="masih tinggal di sini")
    assert state(case) == "rejected"


# roles and areas


@pytest.mark.parametrize("who", ["bawaslu", "commissioner"])
def test_who_only_reads_sees_no_buttons_and_decides_nothing(cases, people, signed_in, who):
    client, case = signed_in(getattr(people, who)), cases.filter(kind="add")[0]
    page = client.get(f"/antrean/usulan/{case.proposal}/?kab={KAB}")
    assert page.status_code == 200
    assert 'value="accept"' not in text_of(page)
    assert say(client, case, "accept").status_code == 403
    assert state(case) == "proposed"


@pytest.mark.parametrize("who", ["security", "administrator"])
def test_the_queue_is_no_business_of_others(cases, people, signed_in, who):
    assert signed_in(getattr(people, who)).get("/antrean/").status_code == 403


def test_a_stranger_from_another_kabupaten_finds_nothing(cases, people, signed_in):
    client, case = signed_in(people.stranger), cases.filter(kind="add")[0]
    own = Case.objects.filter(kab=OTHER_KAB).count()
    assert text_of(client.get("/antrean/?keadaan=semua")).count("case-link") == min(own, 50)
    for path in ("", "keluarga/", "tetangga/berikut/"):
        assert client.get(f"/antrean/usulan/{case.proposal}/{path}").status_code == 404
    for path in ("putuskan/", "urungkan/", "batalkan/", "lampiran/", "lepas/", "ambil/", "buka/"):
        answer = client.post(f"/antrean/usulan/{case.proposal}/{path}", {"act": "accept"})
        assert answer.status_code == 404
    assert state(case) == "proposed"


def test_no_address_or_page_carries_a_whole_number(cases, operator):
    case = cases.filter(kind="correct")[0]
    nik, nkk = case.sides["voter"]["nik"], case.sides["voter"]["nkk"]
    for address in ("/antrean/", f"/antrean/usulan/{case.proposal}/", "/antrean/antrean.csv"):
        page = text_of(operator.get(address))
        assert nik not in page
        assert nkk not in page


def test_numbers_open_for_a_purpose_that_the_audit_keeps(cases, operator):
    case = cases.filter(kind="correct")[0]
    address = f"/antrean/usulan/{case.proposal}/buka/"
    assert operator.post(address, {"purpose": " "}).status_code == 422
    page = operator.post(address, {"purpose": "mencocokkan dengan KK"})
    assert case.sides["voter"]["nik"] in text_of(page).replace("<mark>", "").replace("</mark>", "")
    assert page["Cache-Control"] == "no-store"
    entry = Entry.objects.get(act="unmask")
    assert (entry.subject, entry.purpose) == (f"case:{case.proposal}", "mencocokkan dengan KK")


# stale pages, double clicks, undo


def test_a_page_older_than_the_decision_says_who_decided_and_keeps_what_was_typed(
    cases, operator, people, signed_in
):
    case = cases.filter(kind="add")[0]
    say(signed_in(people.checker), case, "field_check")
    late = operator.post(
        f"/antrean/usulan/{case.proposal}/putuskan/",
        {"act": "accept", "seen": 0, "note": "KK asli sudah dilihat"},
    )
    assert late.status_code == 409
    page = text_of(late)
    assert "pemeriksa mengirim ke cek lapangan" in page
    assert "KK asli sudah dilihat" in page
    assert state(case) == "field_check"


def test_a_double_click_gives_the_same_answer_and_one_decision(cases, operator):
    case = cases.filter(reason="pindah_domisili")[0]
    given = {"act": "accept", "seen": 0, "document": "ktp_el"}
    address = f"/antrean/usulan/{case.proposal}/putuskan/"
    first, second = operator.post(address, given), operator.post(address, given)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Decided.objects.filter(proposal=case.proposal).count() == 1
    assert Entry.objects.filter(act="accept").count() == 1


def test_a_double_click_on_approve_is_one_approval(cases, operator, checker):
    case = cases.filter(reason="pindah_domisili")[0]
    say(operator, case, "accept", document="ktp_el")
    case.refresh_from_db()
    given = {"act": "approve", "seen": case.last_seq}
    address = f"/antrean/usulan/{case.proposal}/putuskan/"
    assert {checker.post(address, given).status_code for _ in range(2)} == {302}
    assert Decided.objects.filter(proposal=case.proposal, act="approve").count() == 1


def test_undo_brings_the_case_back_and_it_can_be_decided_again(cases, operator, people):
    case = cases.filter(kind="add")[0]
    say(operator, case, "reject")
    back = undo(operator, case)
    assert case.proposal in back.url
    case.refresh_from_db()
    assert (case.state, case.open, case.claimed_by) == ("proposed", True, people.operator)
    say(operator, case, "accept")
    assert state(case) == "in_effect"


def test_a_double_click_on_undo_is_one_undo(cases, operator):
    case = cases.filter(kind="add")[0]
    say(operator, case, "accept")
    case.refresh_from_db()
    address, given = f"/antrean/usulan/{case.proposal}/urungkan/", {"seen": case.last_seq}
    assert {operator.post(address, given).status_code for _ in range(2)} == {302}
    assert Decided.objects.filter(proposal=case.proposal, act="retract").count() == 1


def test_the_words_of_somebody_else_are_not_ours_to_undo(cases, operator, checker):
    case = cases.filter(kind="add")[0]
    say(operator, case, "accept")
    assert undo(checker, case).status_code == 422
    assert state(case) == "in_effect"


def test_what_is_in_effect_is_taken_back_by_two(cases, operator, checker):
    case = cases.filter(kind="add")[0]
    say(operator, case, "accept")
    case.refresh_from_db()
    address, given = f"/antrean/usulan/{case.proposal}/batalkan/", {"seen": case.last_seq}
    assert operator.post(address, given).status_code == 422  # without a reason
    operator.post(address, given | {"note": "orang yang salah"})
    assert state(case) == "overturn_waiting_second"
    assert case.proposal in text_of(checker.get("/antrean/orang-kedua/"))
    say(checker, case, "approve")
    assert state(case) == "overturned"


def test_a_room_above_may_hold_the_period_shut(cases, operator, monkeypatch):
    monkeypatch.setattr(gate, "_OBJECTIONS", [lambda kab, period: f"{period} dibekukan"])
    case = cases.filter(kind="add")[0]
    assert f"{RUNNING} dibekukan" in text_of(say(operator, case, "accept"))
    assert state(case) == "proposed"


# bad input


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "SA'DIAH", '=HYPERLINK("x")', "O\u2019NEIL & <b>"]
)
def test_a_name_is_text_whatever_signs_it_holds(cases, operator, name):
    case = cases.filter(kind="correct")[0]
    case.sides["voter"]["name"] = name
    case.save()
    for address in ("/antrean/?jenis=correct", f"/antrean/usulan/{case.proposal}/"):
        raw = operator.get(address).content.decode()
        assert "<script>alert" not in raw
        assert "<b>" not in raw


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_form_that_says_nonsense_changes_nothing(cases, operator, seen):
    case = cases.filter(kind="add")[0]
    address = f"/antrean/usulan/{case.proposal}/putuskan/"
    answer = operator.post(address, {"act": "accept", "seen": seen})
    assert answer.status_code == 409
    assert operator.post(address, {"act": "adopt", "seen": 0}).status_code == 404
    assert state(case) == "proposed"


def test_what_does_not_exist_is_not_found(cases, operator):
    for path in ("usulan/0000000000000000/", "usulan/x/", "lampiran/999/"):
        assert operator.get(f"/antrean/{path}").status_code == 404


def test_a_purpose_that_names_somebody_does_not_get_into_the_audit(cases, operator):
    case = cases.filter(kind="correct")[0]
    address = f"/antrean/usulan/{case.proposal}/buka/"
    name = case.sides["voter"]["name"]
    long_word = max(name.split(), key=len)
    for purpose in (f"cek KTP {long_word}", "NIK 3673 0101 0170 0001 di KK"):
        assert operator.post(address, {"purpose": purpose}).status_code == 422, purpose
    assert not Entry.objects.filter(act="unmask").exists()
