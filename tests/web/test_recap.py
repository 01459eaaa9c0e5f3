"""Recaps on screens: tables down to the TPS, identities, trends, downloads, versions compared."""

import csv
import io
import json
import re
import time

import pytest

from lib.workplace import CLOSED, KAB, OTHER_KAB, RUNNING
from mutakhir.recap.identities import Break, Finding
from mutakhir.roll.lookup import build_lookup
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door, recaps
from mutakhir_web.recap import comparing, queries, tables, trends
from mutakhir_web.review.bridge import open_cases

pytestmark = pytest.mark.usefixtures("store")
READERS = ["operator", "checker", "commissioner", "coordinator", "bawaslu"]


@pytest.fixture
def get(people, signed_in):
    def fetch(who, path=""):
        joined = "&" if "?" in path else "?"
        kab = "" if who == "stranger" else f"{joined}kab={KAB}"
        return signed_in(getattr(people, who)).get(f"/rekap/{path}{kab}")

    return fetch


def said(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.parametrize("who", READERS)
def test_who_may_see_recaps_sees_every_page(get, who):
    for path in ("", "?tingkat=desa", f"?periode={CLOSED}", "tren/", "banding/"):
        assert get(who, path).status_code == 200, path


@pytest.mark.parametrize("who", ["security", "administrator"])
def test_others_are_refused(get, who):
    for path in ("", "tren/", "banding/", "banding.csv", "unduh/2/rekap.csv"):
        assert get(who, path).status_code == 403, path


def test_a_stranger_finds_no_region_of_another_kab(people, signed_in):
    browser = signed_in(people.stranger)
    assert browser.get(f"/rekap/?kab={KAB}").status_code == 404
    assert browser.get(f"/rekap/?di={KAB}").status_code == 404
    assert browser.get(f"/rekap/?di={OTHER_KAB}").status_code == 200
    content = b"".join(browser.get("/rekap/unduh/2/rekap.csv"))
    assert OTHER_KAB.encode() in content
    assert b"\n3673" not in content


def test_every_level_down_to_the_tps_adds_up():
    version = door.version_of(CLOSED).version
    recap, law = recaps.recap(version, KAB), door.law(CLOSED)
    table = tables.of_region(recap, KAB, law)
    while table.lines[0].below and len(table.lines[0].below) < 10:
        _adds_up(table)
        table = tables.of_region(recap, table.lines[0].below, law)
    _adds_up(table)
    stations = tables.of_desa(version, recap, table.lines[0].below)
    whole = dict(zip((c.key for c in table.columns), table.lines[0].values, strict=True))
    parts = dict(zip((c.key for c in stations.columns), stations.total.values, strict=True))
    assert {k: parts[k] for k in ("awal", "baru", "tms", "L", "P", "akhir")} == {
        k: whole[k] for k in ("awal", "baru", "tms", "L", "P", "akhir")
    }


def _adds_up(table):
    sums = [sum(values) for values in zip(*(line.values for line in table.lines), strict=True)]
    places = {column.key: place for place, column in enumerate(table.columns)}
    inside = places["dalam"]  # nobody moves out of the whole by moving inside it
    for place, value in enumerate(table.total.values):
        if place != inside:
            assert sums[place] == value


def test_the_waterfall_starts_at_the_opening_and_ends_at_the_closing():
    version = door.version_of(CLOSED).version
    steps = tables.steps(tables.of_region(recaps.recap(version, KAB), KAB, door.law(CLOSED)))
    level = 0
    for step in steps[:-1]:
        level += -step["value"] if step["kind"] == "minus" else step["value"]
    assert level == steps[-1]["value"]


def test_columns_sort_both_ways(get):
    version = door.version_of(CLOSED).version
    table = tables.of_region(recaps.recap(version, KAB), KAB, door.law(CLOSED))
    falling = tables.in_order(table, "akhir", falling=True).lines
    assert [line.values[-1] for line in falling] == sorted(
        (line.values[-1] for line in table.lines), reverse=True
    )
    assert tables.in_order(table, "nonsense", falling=True).lines == table.lines
    assert get("operator", "?urut=akhir&arah=turun").status_code == 200


@pytest.mark.parametrize("path", ["?di=abcd", "?di=3673999", "?tingkat=planet", "?di=", "?di=36"])
def test_a_region_that_is_not_there_is_not_found(get, path):
    assert get("operator", path).status_code == 404


def test_a_period_not_built_shows_the_one_before_and_says_so(get):
    assert f"Daftar {RUNNING} belum dibangun; yang ditampilkan {CLOSED}" in said(get("operator"))


def test_downloads_say_what_the_recap_says(get):
    version = door.version_of(CLOSED).version
    closing = recaps.recap(version, KAB).row(KAB).count("akhir").total
    answer = get("operator", f"unduh/{version}/rekap.csv")
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert next(r for r in rows if r["code"] == KAB)["total"] == str(closing)
    told = json.loads(get("operator", f"unduh/{version}/rekap.json").content)
    assert told["edition"]["closed"] is True
    assert next(r for r in told["rows"] if r["code"] == KAB)["counts"]["akhir"]["total"] == closing
    assert get("operator", f"unduh/{version}/rekap.xlsx").content.startswith(b"PK")
    for wrong in (f"unduh/{version}/rekap.exe", "unduh/99/rekap.csv", f"unduh/{version}/lain.csv"):
        assert get("operator", wrong).status_code == 404


def test_trends_follow_the_periods():
    points = trends.points(KAB)
    assert [p.label for p in points] == ["2026-Q2", CLOSED]
    assert points[1].opening == points[0].total
    assert points[1].opening + points[1].new - points[1].gone == points[1].total


def test_a_closed_period_balances_by_reason():
    balance = queries.balance(KAB, CLOSED)
    assert not balance.provisional
    total = balance.opening + sum(balance.entered.values()) - sum(balance.left.values())
    assert total == balance.closing


def test_a_running_period_counts_what_is_decided_so_far(people):
    open_cases(RUNNING)
    before = queries.balance(KAB, RUNNING)
    assert before.provisional
    assert (before.entered, before.left, before.closing) == ({}, {}, before.opening)


def test_identities_are_green_and_a_broken_one_says_where(monkeypatch):
    assert all(check.ok for check in queries.identities(KAB, RUNNING))
    wrong = Finding(
        KAB, "Kota Serang", Break("previous_total + baru − tms = total", "total", 10, 9)
    )
    monkeypatch.setattr(recaps, "broken", lambda version, code: [wrong])
    first, *others = queries.identities(KAB, CLOSED)
    assert not first.ok
    assert "sel total tertulis 9, seharusnya 10" in first.words
    assert all(check.ok for check in others)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("L + P = total", "sexes"),
        ("previous_L + previous_P = previous_total", "sexes"),
        ("tms.meninggal_L + tms.meninggal_P = tms.meninggal", "sexes"),
        ("previous_L + baru_L − tms_L = L", "flow"),
        ("jumlah baru.*_P = baru_P", "parts"),
        ("masuk_dalam = keluar_dalam", "moves"),
        ("jumlah wilayah di bawahnya = tms", "children"),
        ("baris kecamatan = kecamatan", "children"),
    ],
)
def test_each_identity_of_the_domain_belongs_to_one_line(formula, kind):
    assert queries.kind_of(formula) == kind


def test_one_version_alone_has_nobody_to_download(get, monkeypatch):
    monkeypatch.setattr(trends, "versions", lambda _kab: [door.manifest(1)])
    assert get("operator", "banding.csv?apa=left").status_code == 404


def test_versions_are_compared_by_reason_and_by_name_and_the_look_is_logged(get, people):
    build_lookup(door.store(), 2)
    page = said(get("operator", "banding/"))
    assert "Genap 17" in page or "Pindah" in page
    left = next(s for s in comparing.sums(1, 2, KAB) if s.what == "left")
    path = f"banding/?dari=1&ke=2&apa=left&sebab={left.reason}"
    page = said(get("operator", path))
    assert "••••" in page
    assert "di luar daftar" in page
    entry = Entry.objects.get(act="compare_people")
    assert (entry.by, entry.kab, entry.detail) == ("operator", KAB, {"people": left.count})
    lines = b"".join(get("bawaslu", path.replace("banding/", "banding.csv"))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines)))
    assert len(rows) == left.count + 1
    assert Entry.objects.filter(act="compare_people", by="bawaslu").count() == 1


def test_comparing_counts_what_the_recap_counts():
    row = recaps.recap(2, KAB).row(KAB)
    counted = comparing.by_what(comparing.sums(1, 2, KAB))
    assert counted.get("Masuk daftar", 0) - counted.get("Keluar dari daftar", 0) == (
        row.count("baru").total - row.count("tms").total
    )


@pytest.mark.parametrize(
    "path", ["banding/?dari=9&ke=1", "banding/?dari=x&ke=2", "banding/?dari=1"]
)
def test_versions_that_are_not_there_are_not_found(get, path):
    assert get("operator", path).status_code == 404


def test_the_earlier_version_comes_first(get):
    assert "harus mendahului" in said(get("operator", "banding/?dari=2&ke=1"))


def test_a_recap_is_counted_once_and_then_read(monkeypatch):
    version = door.version_of(CLOSED).version
    first = recaps.recap(version, KAB)
    monkeypatch.setattr(recaps, "counted", None)  # would fail if it were counted again
    recaps._recap.cache_clear()
    started = time.perf_counter()
    assert recaps.recap(version, KAB) == first
    assert time.perf_counter() - started < 5
