"""Finding voters and looking at one: by what was typed, inside one's area, masked, written down."""

import logging
from datetime import timedelta

import pytest

from lib.workplace import KAB, OTHER_KAB
from mutakhir.roll import snapshot
from mutakhir.roll.lookup_index import build_lookup
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.voters import unmasking

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(store):
    build_lookup(store, door.latest().version)
    return store


@pytest.fixture
def voters(indexed):
    """Voters of the operator's kab/kota, as the newest version has them."""
    return snapshot.read(indexed, door.latest().version, [KAB]).voters.to_pylist()


@pytest.fixture
def strangers(indexed):
    """Voters of the other kabupaten."""
    return snapshot.read(indexed, door.latest().version, [OTHER_KAB]).voters.to_pylist()


@pytest.fixture
def operator(people, signed_in, indexed):
    return signed_in(people.operator)


def search(client, typed, **more):
    return client.post("/pemilih/", {"apa": typed, **more})


def text(page):
    return page.content.decode()


def unmask(client, dpid, purpose="berkas laporan warga"):
    given = {"tujuan": "laporan", "keterangan": purpose}
    return client.post(f"/pemilih/{dpid}/buka/", given)


# search


def test_a_nik_finds_its_voter_with_the_number_masked(operator, voters):
    page = text(search(operator, voters[0]["nik"]))
    assert f"/pemilih/{voters[0]['dpid']}/" in page
    assert voters[0]["name"].replace("'", "&#x27;") in page
    assert voters[0]["birth_date"] not in page


def test_the_typed_nik_is_only_in_the_box_it_was_typed_into(operator, voters):
    page = text(search(operator, voters[0]["nik"]))
    assert page.count(voters[0]["nik"]) == 1
    fragment = operator.post("/pemilih/", {"apa": voters[0]["nik"]}, headers={"HX-Request": "true"})
    assert voters[0]["nik"] not in text(fragment)


def test_a_number_written_with_blanks_and_an_apostrophe_is_understood(operator, voters):
    nik = voters[0]["nik"]
    page = text(search(operator, f"'{nik[:6]} {nik[6:12]} {nik[12:]}"))
    assert voters[0]["dpid"] in page


def test_an_nkk_finds_the_family(operator, voters):
    family = [v for v in voters if v["nkk"] == voters[0]["nkk"]]
    page = text(search(operator, voters[0]["nkk"]))
    assert all(f"/pemilih/{member['dpid']}/" in page for member in family)


def test_a_dpid_finds_its_voter(operator, voters):
    assert f"/pemilih/{voters[3]['dpid']}/" in text(search(operator, voters[3]["dpid"]))


def test_a_name_with_a_slip_finds_its_voter(operator, voters):
    someone = next(v for v in voters if len(v["name"]) > 14 and " " in v["name"])
    slip = someone["name"][:4] + someone["name"][5:]
    page = text(search(operator, slip, wilayah=someone["desa"], kelamin=someone["sex"]))
    assert f"/pemilih/{someone['dpid']}/" in page


def test_a_birth_date_in_the_words_of_the_office_narrows(operator, voters):
    someone = next(v for v in voters if "00" not in v["birth_date"].split("-"))
    year, month, day = someone["birth_date"].split("-")
    page = text(search(operator, someone["name"], lahir=f"{day}-{month}-{year}"))
    assert f"/pemilih/{someone['dpid']}/" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("123456", "16 angka"),
        ("", "Ketik NIK"),
        ("???", "Ketik NIK"),
        ("4" * 17, "yang diketik 17 angka"),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(operator, typed, told):
    assert told in text(search(operator, typed))


@pytest.mark.parametrize("day", ["31-02-1985", "17-13-1985", "kemarin"])
def test_an_impossible_birth_date_is_said_in_words(operator, day):
    assert "lahir" in text(search(operator, "SITI", lahir=day))
    assert Entry.objects.filter(act="search").count() == 0


def test_a_nik_of_another_kabupaten_answers_exactly_as_one_that_is_nowhere(operator, strangers):
    def fragment(nik):
        return operator.post("/pemilih/", {"apa": nik}, headers={"HX-Request": "true"}).content

    assert fragment(strangers[0]["nik"]) == fragment("3673010101010001")


def test_a_name_in_a_region_outside_the_area_finds_nobody(operator, strangers):
    page = search(operator, strangers[0]["name"], wilayah=strangers[0]["desa"])
    assert strangers[0]["dpid"] not in text(page)


def test_who_is_not_found_is_explained_with_what_to_do(operator):
    page = text(search(operator, "3673010101010001"))
    assert "Salah tulis." in page
    assert "/pemilih/usulan/baru/" in page


def test_a_name_that_is_code_is_shown_as_text(operator):
    assert "<script>alert" not in text(search(operator, "<script>alert(1)</script>"))


def test_a_search_writes_down_its_kind_and_hits_and_never_the_term(operator, voters, caplog):
    caplog.set_level(logging.DEBUG)
    search(operator, voters[0]["nik"])
    entry = Entry.objects.get(act="search")
    assert (entry.subject, entry.by, entry.kab) == ("search:nik", "operator", KAB)
    assert entry.detail["hits"] == 1
    secrets = (voters[0]["nik"], voters[0]["name"], voters[0]["nkk"])
    assert not any(secret in str(entry.__dict__) for secret in secrets)
    assert not any(secret in caplog.text for secret in secrets)


def test_an_answer_is_kept_by_no_cache(operator, voters):
    assert "no-store" in search(operator, voters[0]["nik"])["Cache-Control"]


def test_a_search_by_address_is_no_search(operator, voters):
    page = operator.get("/pemilih/", {"apa": voters[0]["nik"]})
    assert voters[0]["dpid"] not in text(page)


def test_without_an_index_the_page_says_what_to_do(people, signed_in, store):
    page = text(signed_in(people.operator).get("/pemilih/"))
    assert "belum diindeks" in page
    assert "Buat indeks" in page


@pytest.mark.parametrize("who", ["security", "administrator"])
def test_who_may_not_see_voters_is_refused(people, signed_in, indexed, who):
    assert signed_in(getattr(people, who)).get("/pemilih/").status_code == 403


def test_a_coordinator_finds_voters_of_every_kabupaten(people, signed_in, voters, strangers):
    client = signed_in(people.coordinator)
    assert voters[0]["dpid"] in text(search(client, voters[0]["nik"]))
    assert strangers[0]["dpid"] in text(search(client, strangers[0]["nik"]))


# the record


def test_a_record_says_where_somebody_votes_and_by_which_list(operator, voters):
    page = text(operator.get(f"/pemilih/{voters[0]['dpid']}/"))
    assert f"Terdaftar di TPS {voters[0]['tps']}" in page
    assert f"daftar versi {door.latest().version}" in page
    assert "Daftar awal" in page


def test_personal_values_are_masked_until_opened(operator, voters):
    someone = next(v for v in voters if v["address"])
    page = text(operator.get(f"/pemilih/{someone['dpid']}/"))
    for name in ("nik", "nkk", "birth_date"):
        assert someone[name] not in page


def test_each_look_is_written_down(operator, voters):
    operator.get(f"/pemilih/{voters[0]['dpid']}/")
    entry = Entry.objects.get(act="look")
    assert (entry.subject, entry.kab) == (f"voter:{voters[0]['dpid']}", KAB)


def test_a_record_of_another_kabupaten_is_not_found_and_not_noted(operator, strangers):
    dpid = strangers[0]["dpid"]
    assert operator.get(f"/pemilih/{dpid}/").status_code == 404
    assert unmask(operator, dpid).status_code == 404
    assert operator.get(f"/pemilih/{dpid}/perbaiki/").status_code == 404
    assert not Entry.objects.filter(act__in=["look", "unmask"]).exists()


def test_opened_with_a_purpose_the_numbers_show_and_it_is_written_down(operator, voters):
    dpid, nik = voters[0]["dpid"], voters[0]["nik"]
    assert unmask(operator, dpid).status_code == 302
    assert nik in text(operator.get(f"/pemilih/{dpid}/"))
    entry = Entry.objects.get(act="unmask")
    assert entry.subject == f"voter:{dpid}"
    assert entry.purpose.endswith("berkas laporan warga")


def test_an_opened_record_opens_no_other(operator, voters):
    unmask(operator, voters[0]["dpid"])
    other = next(v for v in voters if v["nkk"] != voters[0]["nkk"])
    assert other["nik"] not in text(operator.get(f"/pemilih/{other['dpid']}/"))


def test_after_ten_minutes_the_numbers_are_masked_again(operator, voters, time_machine_at):
    dpid, nik = voters[0]["dpid"], voters[0]["nik"]
    unmask(operator, dpid)
    time_machine_at(timedelta(minutes=9))
    assert nik in text(operator.get(f"/pemilih/{dpid}/"))
    time_machine_at(timedelta(minutes=11))
    assert nik not in text(operator.get(f"/pemilih/{dpid}/"))


@pytest.fixture
def time_machine_at(monkeypatch):
    """The clock by which opened records close, moved on."""
    start = unmasking.time.time()

    class Clock:
        now = start

        @classmethod
        def time(cls):
            return cls.now

    monkeypatch.setattr(unmasking, "time", Clock)

    def move(ahead):
        Clock.now = start + ahead.total_seconds()

    return move


def test_closed_again_by_hand_it_is_masked_at_once(operator, voters):
    dpid, nik = voters[0]["dpid"], voters[0]["nik"]
    unmask(operator, dpid)
    operator.post(f"/pemilih/{dpid}/tutup/")
    assert nik not in text(operator.get(f"/pemilih/{dpid}/"))


@pytest.mark.parametrize("purpose", ["", "NIK 3673011708850001", "3673 0117 0885"])
def test_a_purpose_is_asked_for_and_holds_no_number(operator, voters, purpose):
    page = unmask(operator, voters[0]["dpid"], purpose)
    assert page.status_code == 422
    assert not Entry.objects.filter(act="unmask").exists()


def test_a_purpose_does_not_name_the_voter(operator, voters):
    someone = next(v for v in voters if max(map(len, v["name"].split())) > 4)
    assert (
        unmask(operator, someone["dpid"], f"tentang {someone['name'].lower()}").status_code == 422
    )


def test_oversight_sees_the_record_and_opens_nothing(people, signed_in, voters):
    client = signed_in(people.bawaslu)
    assert client.get(f"/pemilih/{voters[0]['dpid']}/").status_code == 200
    assert unmask(client, voters[0]["dpid"]).status_code == 403


def test_who_left_is_told_with_reason_document_and_decision(operator, indexed):
    gone = snapshot.read(indexed, door.latest().version, [KAB]).departed.to_pylist()
    dead = next(row for row in gone if row["reason"] == "meninggal")
    page = text(operator.get(f"/pemilih/{dead['dpid']}/"))
    assert "Tidak terdaftar lagi: Meninggal dunia" in page
    assert f"Keputusan nomor {dead['decision']}" in page


def test_an_earlier_day_shows_the_record_as_it_was(operator, indexed):
    gone = snapshot.read(indexed, door.latest().version, [KAB]).departed.to_pylist()
    left = next(row for row in gone if row["left"] == "2026-Q3")
    page = text(operator.get(f"/pemilih/{left['dpid']}/", {"per": "2026-07-01"}))
    assert "Terdaftar di TPS" in page
    assert "daftar versi 1" in page


def test_before_there_was_a_list_nobody_was_on_it(operator, voters):
    page = text(operator.get(f"/pemilih/{voters[0]['dpid']}/", {"per": "2020-01-01"}))
    assert "Belum ada di daftar pemilih" in page


def test_the_family_is_shown_without_a_relation(operator, voters):
    cards = [v["nkk"] for v in voters]
    someone = next(v for v in voters if cards.count(v["nkk"]) > 1)
    other = next(v for v in voters if v["nkk"] == someone["nkk"] and v is not someone)
    page = text(operator.get(f"/pemilih/{someone['dpid']}/"))
    assert f"/pemilih/{other['dpid']}/" in page


def test_an_alone_card_says_so(operator, voters):
    cards = [v["nkk"] for v in voters]
    alone = next(v for v in voters if cards.count(v["nkk"]) == 1)
    assert "Tidak ada orang lain" in text(operator.get(f"/pemilih/{alone['dpid']}/"))
