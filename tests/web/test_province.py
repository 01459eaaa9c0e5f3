"""The province's board: a tile per kab/kota, who sees it, what it says, what it counts."""

import csv
import io

import pytest

from lib.workplace import CLOSED, KAB, OTHER_KAB, RUNNING
from mutakhir import regions
from mutakhir.quality.drift import Drift
from mutakhir_web.areas.area import Area
from mutakhir_web.bulk import door
from mutakhir_web.province import presenters, queries
from mutakhir_web.recap.queries import Balance
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(people, signed_in, store):
    open_cases(RUNNING)
    return signed_in(people.coordinator)


def text(page):
    return page.content.decode()


def test_every_kabupaten_has_a_tile_also_without_data(coordinator):
    page = text(coordinator.get("/provinsi/"))
    for region in regions.load().children("36"):
        assert region.name in page
    assert page.count("Daftarnya tidak ada di pemasangan ini.") == 6


def test_a_tile_counts_what_is_open_and_waits(coordinator):
    found = {each.region.code: each for each in queries.children(Area("36"), "36", RUNNING)}
    for kab in (KAB, OTHER_KAB):
        rows = Case.objects.filter(kab=kab, period=RUNNING, open=True)
        assert found[kab].queue.open == rows.count() > 0
        assert found[kab].queue.oldest == min(rows.values_list("since", flat=True))


def test_a_tile_leads_to_the_queue_of_its_kabupaten(coordinator):
    page = text(coordinator.get("/provinsi/"))
    assert f"/antrean/?kab={KAB}&amp;periode={RUNNING}" in page


def test_a_closed_period_shows_as_done_with_identities_that_hold(coordinator):
    (tile,) = [
        presenters.tile(each)
        for each in queries.children(Area("36"), "36", CLOSED)
        if each.region.code == KAB
    ]
    assert tile.child.broken == ()
    assert tile.state in ("selesai", "salah")
    assert not any("Identitas" in worry for worry in tile.worries)


def test_the_province_total_is_the_sum_of_its_kabupaten(coordinator):
    found = queries.whole("36", CLOSED)
    *children, (_name, *own, _strong) = found.lines
    assert [sum(row[i] for row in children) for i in range(1, 5)] == own
    assert found.broken == []
    page = text(coordinator.get("/provinsi/", {"periode": CLOSED}))
    assert "Jumlah kabupaten/kota sama dengan jumlah provinsi." in page


@pytest.mark.parametrize(
    ("drift", "told"),
    [
        (Drift("tms", 120, 40), "TMS 3 kali periode lalu (120, periode lalu 40)."),
        (Drift("baru", 40, 130), "Pemilih baru turun, periode lalu 3,2 kali lebih banyak (40"),
        (Drift("tms.Ganda", 1500, 0), "TMS, Ganda: 1.500, periode lalu 0."),
    ],
)
def test_what_is_far_from_the_last_period_is_said_in_a_plain_sentence(drift, told):
    assert presenters.drift_words(drift).startswith(told)


def test_a_large_change_makes_a_kabupaten_one_to_look_at(coordinator):
    child = queries.child(KAB, RUNNING)
    before = Balance(6_000, {}, {"Meninggal dunia": 40}, 5_960, False, 2)
    now = Balance(5_960, {}, {"Meninggal dunia": 130}, 5_830, False, 3)
    odd = presenters.tile(_with(child, balance=now, before=before))
    assert odd.state == "salah"
    assert any("TMS 3,2 kali periode lalu" in worry for worry in odd.worries)


def _with(child, **changes):
    given = {name: getattr(child, name) for name in child.__dataclass_fields__}
    return queries.Child(**{**given, **changes})


def test_the_worst_comes_first_or_by_code(coordinator):
    found = queries.children(Area("36"), "36", RUNNING)
    tiles = [presenters.tile(child) for child in found]
    states = [tile.state for tile in presenters.ordered(tiles, "parah")]
    assert states == sorted(states, key=list(presenters.STATES).index)
    codes = [tile.code for tile in presenters.ordered(tiles, "kode")]
    assert codes == sorted(codes)


def test_the_filter_shows_only_that_state(coordinator):
    page = text(coordinator.get("/provinsi/", {"keadaan": "kosong"}))
    assert 'id="k-3601"' in page
    assert f'id="k-{KAB}"' not in page


def test_the_board_as_csv_has_a_line_per_kabupaten(coordinator):
    answer = b"".join(coordinator.get("/provinsi/provinsi.csv").streaming_content).decode(
        "utf-8-sig"
    )
    lines = list(csv.DictReader(io.StringIO(answer)))
    assert [line["kode"] for line in lines] == [r.code for r in regions.load().children("36")]
    (mine,) = [line for line in lines if line["kode"] == KAB]
    assert int(mine["akhir"]) == int(mine["awal"]) + int(mine["baru"]) - int(mine["TMS"])


@pytest.mark.parametrize("who", ["operator", "checker", "commissioner"])
def test_a_kabupaten_sees_its_own_tile_only_and_is_told_so(people, signed_in, store, who):
    page = text(signed_in(getattr(people, who)).get("/provinsi/"))
    assert f'id="k-{KAB}"' in page
    assert f'id="k-{OTHER_KAB}"' not in page
    assert "Inilah yang dilihat provinsi" in page


def test_oversight_of_the_province_sees_the_board(people, signed_in, store):
    assert f'id="k-{OTHER_KAB}"' in text(signed_in(people.bawaslu).get("/provinsi/"))


@pytest.mark.parametrize("who", ["security", "administrator"])
def test_who_may_not_see_the_province_is_refused(people, signed_in, store, who):
    for address in ("/provinsi/", "/provinsi/provinsi.csv", "/provinsi/rekap/", "/provinsi/ganda/"):
        assert signed_in(getattr(people, who)).get(address).status_code == 403


def test_before_any_roll_the_board_says_so(people, signed_in, settings, tmp_path):
    settings.STORE = tmp_path / "empty"
    page = signed_in(people.coordinator).get("/provinsi/")
    assert page.status_code == 200
    assert "Belum ada data" in text(page)
    assert door.latest() is None


# duplicates across kab/kota


@pytest.fixture
def across(coordinator):
    """A duplicate whose other registration is said to lie in the other kabupaten."""
    case = Case.objects.filter(reason="ganda").first()
    other = OTHER_KAB if case.kab == KAB else KAB
    case.sides["other"]["desa"] = f"{other}012001"
    case.other_kab = other
    case.save()
    return case


def pages_of(client):
    return text(client.get("/provinsi/ganda/", {"periode": RUNNING}))


def test_a_duplicate_across_kabupaten_is_shown_as_a_pair(coordinator, across):
    page = pages_of(coordinator)
    assert across.proposal in page
    assert f"{across.kab}" in page
    assert "Putusan pertama:" in page
    assert across.sides["voter"]["nik"] not in page


def test_the_coordinator_decides_and_a_second_person_is_still_needed(coordinator, across):
    address = f"/provinsi/ganda/{across.proposal}/"
    given = {"act": "accept", "seen": 0, "document": "ktp_el", "note": ""}
    assert coordinator.post(address, given).status_code == 302
    across.refresh_from_db()
    assert (across.state, across.first_by) == ("accepted_waiting_second", "provinsi")
    assert "Menunggu orang kedua" in pages_of(coordinator)


def test_deciding_twice_changes_nothing(coordinator, across):
    address = f"/provinsi/ganda/{across.proposal}/"
    given = {"act": "reject", "seen": 0, "document": "", "note": ""}
    coordinator.post(address, given)
    before = len(door.docket(RUNNING).since(0))
    page = coordinator.post(address, {**given, "act": "accept"}, follow=True)
    assert len(door.docket(RUNNING).since(0)) == before
    assert "sudah diputuskan" in text(page)


def test_a_kabupaten_has_no_desk_for_other_kabupaten(people, signed_in, across):
    client = signed_in(people.operator)
    assert client.get("/provinsi/ganda/").status_code == 404
    address = f"/provinsi/ganda/{across.proposal}/"
    assert client.post(address, {"act": "accept", "seen": 0}).status_code == 404


def test_oversight_looks_and_does_not_decide(people, signed_in, across):
    client = signed_in(people.bawaslu)
    assert across.proposal in pages_of(client)
    address = f"/provinsi/ganda/{across.proposal}/"
    assert client.post(address, {"act": "accept", "seen": 0}).status_code == 403
