"""A quarter as a story: what each person does in the browser, one after the other.

Operator takes in a file, proposes, clears cases, thinks one over; checker approves; the plenary is
prepared and held; a commissioner closes and the minutes print; a stranger from another kabupaten
sees nothing of it.
"""

import io
import re
import sqlite3
from datetime import date

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Error
from pypdf import PdfReader

from lib.akta import deed_of_death, voter_without_case

KAB, RUNNING = "3604", "2026-Q4"
PERIOD = f"/periode/{RUNNING}/"
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(scope="module")
def dead(office):
    """A voter whose death the registry reports in the story."""
    proposals = pq.read_table(office.store / "periods" / RUNNING / "proposals.parquet")
    return voter_without_case(office.store, KAB, set(proposals["dpid"].to_pylist()))


@pytest.fixture(scope="module")
def told():
    """What one chapter tells the next: addresses."""
    return {}


def press(page, name):
    """Press a button and wait until the server has answered and the page has settled."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=name).first.click()
    page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")


def visit(page, address):
    """Open an address; a page that reloads itself when work has ended may come between."""
    for _ in range(5):
        try:
            return page.goto(address)
        except Error as error:
            if "interrupted" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            page.wait_for_timeout(500)
    raise AssertionError(f"{address} did not open")


def key(page, letter):
    """Press a key of the case page once its script is there; the server has answered after."""
    page.wait_for_load_state("networkidle")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press(letter)
    page.wait_for_load_state("networkidle")


def test_1_the_operator_takes_in_a_file_and_gets_its_receipt(enter, dead, tmp_path):
    page = enter("operator")
    page.get_by_role("link", name="Terima berkas").click()
    page.locator("input[type=file]").first.set_input_files(
        deed_of_death(tmp_path / "akta_kematian_november.xlsx", dead)
    )
    page.get_by_label("Dari instansi").select_option("disdukcapil")
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_url(re.compile("/terima/sumber/"), timeout=120_000)
    page.get_by_text("diterima").first.wait_for(timeout=120_000)
    page.goto("/terima/")
    row = page.get_by_role("row").filter(has_text="akta_kematian_november.xlsx")
    assert "diterima" in row.inner_text()


def test_2_the_file_becomes_a_case(enter, dead):
    page = enter("operator")
    page.goto("/antrean/")
    page.get_by_role("button", name=re.compile("Susun usulan")).click()
    for _ in range(60):
        page.goto(f"/antrean/?jenis=remove&alasan=meninggal&periode={RUNNING}")
        if page.get_by_text(dead["dpid"]).count():
            return
        page.wait_for_timeout(1_000)
    raise AssertionError("the deed of death did not become a case within a minute")


def test_3_the_operator_accepts_thinks_it_over_and_accepts_again(enter, dead, told):
    page = enter("operator")
    page.goto(f"/antrean/?jenis=remove&alasan=meninggal&periode={RUNNING}")
    row = page.get_by_role("row").filter(has_text=dead["dpid"])
    row.get_by_role("link").first.click()
    page.wait_for_url(re.compile("/usulan/"))
    page.wait_for_load_state("networkidle")
    told["case"] = re.sub(r"\?.*", "", page.url)
    key(page, "1")
    page.locator(".last-line").wait_for()
    key(page, "u")
    page.get_by_text(dead["dpid"]).first.wait_for()
    page.goto(told["case"])
    assert page.get_by_role("button", name=re.compile("Terima")).is_visible()
    key(page, "1")
    page.locator(".last-line").wait_for()
    page.goto(told["case"])
    assert page.get_by_text("Keputusan Anda menunggu orang lain").is_visible()


def test_4_a_case_decided_meanwhile_says_so_and_keeps_what_was_typed(enter, told):
    first, second = enter("operator"), enter("operator2")
    first.goto(f"/antrean/?jenis=add&periode={RUNNING}")
    address = first.locator("table a[href*='/antrean/usulan/']").first.get_attribute("href")
    first.goto(address)
    token = first.locator("input[name=seen]").first.get_attribute("value")
    second.goto(address)
    if second.get_by_role("button", name=re.compile("Ambil alih")).count():
        second.get_by_role("button", name=re.compile("Ambil alih")).click()
    second.locator("textarea[name=note]").fill("sudah saya periksa di kelurahan")
    key(first, "3")
    first.locator(".last-line").wait_for()
    second.get_by_role("button", name=re.compile("Cek lapangan|Tolak")).first.click()
    second.get_by_text(re.compile("sementara itu|sudah diputus|berubah", re.I)).first.wait_for()
    assert second.locator("textarea[name=note]").input_value() == "sudah saya periksa di kelurahan"
    assert token is not None


def test_5_the_checker_approves_the_removal(enter, told):
    page = enter("pemeriksa")
    page.goto(f"/antrean/orang-kedua/?periode={RUNNING}")
    assert page.locator(f"a[href*='{told['case'].split('/')[-2]}']").count()
    page.goto(f"{told['case']}?keadaan=kedua")
    key(page, "1")
    page.goto(told["case"])
    assert page.get_by_text(re.compile("^Berlaku")).first.is_visible()


def test_6_the_plenary_is_prepared(enter):
    page = enter("operator")
    visit(page, PERIOD)
    page.locator("input[name=plenary_on]").fill(date(2027, 1, 4).isoformat())
    press(page, "Simpan")
    visit(page, PERIOD)
    assert page.locator("input[name=plenary_on]").input_value() == "2027-01-04"
    press(page, re.compile("ke periode berikut"))
    visit(page, PERIOD)
    press(page, "Bangun daftar")
    for _ in range(120):
        visit(page, PERIOD)
        if page.get_by_text(re.compile("Daftar versi 3, per")).count():
            break
        page.wait_for_timeout(1_000)
    page.goto(f"{PERIOD}pleno/")
    for name, value in (("n", "7"), ("day", "2027-01-04"), ("hour", "09:00"), ("city", "Serang")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=place]").fill("Aula kantor")
    page.locator("[name=chair]").fill("Ketua")
    page.locator("[name^=attendees-][name$=institution]").first.fill("Bawaslu")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text(re.compile("Tersimpan")).first.wait_for()
    page.reload()
    assert page.locator("[name=place]").input_value() == "Aula kantor"


def test_7_the_plenary_is_held(enter):
    page = enter("operator")
    visit(page, PERIOD)
    press(page, "Bekukan")
    visit(page, PERIOD)
    press(page, "Mulai rapat pleno")
    visit(page, PERIOD)
    assert page.locator(".way .here").inner_text() == "rapat pleno"
    assert page.get_by_role("button", name="Tutup dan terbitkan").count() == 0


def test_8_a_commissioner_closes_and_the_minutes_print(enter, dead):
    page = enter("anggota")
    visit(page, PERIOD)
    press(page, "Tutup dan terbitkan")
    for _ in range(120):
        visit(page, PERIOD)
        if page.get_by_text("Edisi 1").count():
            break
        page.wait_for_timeout(1_000)
    assert page.locator(".way .here").inner_text() == "ditutup"
    link = page.get_by_role("link", name=re.compile("Berita acara", re.I)).first
    pdf = page.request.get(link.get_attribute("href"))
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.body())).pages)
    assert "BERITA ACARA" in text.upper()
    assert "4 Januari 2027" in text
    recap = page.request.get(f"/rekap/?periode={RUNNING}").text()
    assert "cocok" in recap


def test_9_nobody_typed_a_number_and_the_recap_counts_the_dead_one(enter, dead):
    page = enter("operator")
    page.goto(f"/pemilih/{dead['dpid']}/")
    assert page.get_by_text(re.compile("meninggal", re.I)).first.is_visible()


def test_10_a_stranger_from_another_kabupaten_sees_nothing(enter, office, dead, told):
    page = enter("tetangga")
    for address in (told["case"], f"/pemilih/{dead['dpid']}/"):
        assert page.request.get(address).status == 404, address
    page.goto("/pemilih/")
    page.locator("input[name=apa]").fill(dead["nik"])
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert dead["name"] not in page.locator("main").inner_text()
    page.goto("/terima/")
    assert page.get_by_text("akta_kematian_november").count() == 0


def test_11_everything_stands_in_the_audit(enter, office):
    page = enter("keamanan")
    page.goto("/audit/")
    shown = page.locator("main").inner_text()
    for who in ("operator", "pemeriksa", "anggota"):
        assert who in shown, who
    work = office.home / "work.sqlite3"
    if work.exists():
        with sqlite3.connect(work) as database, pytest.raises(sqlite3.Error, match="append-only"):
            database.execute("DELETE FROM audit_entry")
