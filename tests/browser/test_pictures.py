"""The pictures of the docs, taken of a served office: ``MUTAKHIR_PICTURES=1`` writes them there.

Otherwise they go to a folder of the test's own, and are held to be pictures of the right width
that show their page's heading. Everybody on them is made up, and the pages say so.
"""

import os
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

KAB, RUNNING = "3604", "2026-Q4"
DOCS = Path(__file__).parents[2] / "docs" / "pictures"
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
#: A picture in the docs is not larger than this; one of an empty page is smaller than the other.
MOST, LEAST = 160_000, 8_000


def at(address: str) -> Callable[[Page, Path], None]:
    """Just go there."""
    return lambda page, _store: page.goto(address) and None


def receipt_with_rows_set_aside(page: Page, _store: Path) -> None:
    page.goto("/terima/?key=held")
    page.locator("table.files a").first.click()
    page.wait_for_url("**/terima/sumber/**")


def correction(page: Page, _store: Path) -> None:
    page.goto(f"/antrean/?jenis=correct&periode={RUNNING}")
    page.locator("table a[href*='/antrean/usulan/']").first.click()
    page.wait_for_url("**/antrean/usulan/**")
    expect(page.locator(".compare mark").first).to_be_visible()


def correction_weighed(page: Page, store: Path) -> None:
    correction(page, store)
    page.keyboard.press("w")
    expect(page.get_by_role("rowheader", name="NIK sama", exact=True)).to_be_visible()


def found_by_name(page: Page, _store: Path) -> None:
    page.goto("/pemilih/")
    page.get_by_label("NIK, NKK, DPID atau nama").fill("SITI AMINAH")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.get_by_text("Nama yang mirip")).to_be_visible()


def moved_voter(page: Page, store: Path) -> None:
    page.goto(f"/pemilih/{moved_within(store)}/")


def moved_within(store: Path) -> str:
    """The DPID of a voter who moved between two stations of the kab/kota in 2026-Q3."""
    ledger = pq.read_table(
        store / "rolls" / "0002" / f"kab={KAB}" / "ledger.parquet", partitioning=None
    )
    inside = pc.and_(
        pc.starts_with(ledger["account_from"], KAB), pc.starts_with(ledger["account_to"], KAB)
    )
    return min(ledger.filter(inside)["dpid"].to_pylist())


@dataclass(frozen=True)
class Shot:
    """``heading`` stands on the page that ``by`` reaches with ``go``, signed in as ``who``."""

    name: str
    who: str
    go: Callable[[Page, Path], None]
    heading: str
    size: dict[str, int]


HOME = "Apa yang tersisa sebelum pleno"
SHOTS = (
    Shot("beranda", "operator", at("/"), HOME, LAPTOP),
    Shot("terima-berkas", "operator", at("/terima/"), "Terima berkas", LAPTOP),
    Shot("tanda-terima", "operator", receipt_with_rows_set_aside, "", LAPTOP),
    Shot("antrean", "operator", at(f"/antrean/?periode={RUNNING}"), "Antrean", LAPTOP),
    Shot("kasus", "operator", correction_weighed, "Ubah data", LAPTOP),
    Shot("orang-kedua", "pemeriksa", at("/antrean/orang-kedua/"), "Menunggu orang kedua", LAPTOP),
    Shot("pemilih", "operator", found_by_name, "Cari pemilih", LAPTOP),
    Shot("riwayat", "anggota", moved_voter, "Riwayat", LAPTOP),
    Shot("periode", "operator", at(f"/periode/{RUNNING}/"), "Triwulan", LAPTOP),
    Shot("pleno", "anggota", at(f"/periode/{RUNNING}/pleno/"), "Rapat pleno", LAPTOP),
    Shot("rekap", "operator", at(f"/rekap/?periode={RUNNING}"), "Rekapitulasi", LAPTOP),
    Shot("provinsi", "provinsi", at("/provinsi/"), "Kabupaten/kota menjelang pleno", LAPTOP),
    Shot("pengguna", "admin", at("/pengguna/"), "Pengguna", LAPTOP),
    Shot("audit", "keamanan", at("/audit/"), "Jejak audit", LAPTOP),
    Shot("beranda-ponsel", "operator", at("/"), HOME, PHONE),
    Shot("kasus-ponsel", "operator", correction, "Ubah data", PHONE),
    Shot("pemilih-ponsel", "operator", moved_voter, "", PHONE),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the pictures go."""
    if os.environ.get("MUTAKHIR_PICTURES") == "1":
        DOCS.mkdir(exist_ok=True)
        return DOCS
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def begun():
    """What the office of this module has done already."""
    return set()


@pytest.fixture
def at_work(enter, begun):
    """An office in the middle of its quarter: some cases decided, some waiting, a roll built."""
    if not begun:
        removals_are_accepted(enter("operator2"), 6)
        newcomers_are_accepted_at_once(enter("operator2"))
        removals_are_approved(enter("pemeriksa"), 2)
        roll_is_built(enter("operator2"))
        begun.add("work")


def removals_are_accepted(page, how_many):
    page.goto(f"/antrean/?jenis=remove&alasan=meninggal&periode={RUNNING}")
    page.locator("table a[href*='/antrean/usulan/']").first.click()
    press_one(page, how_many)


def removals_are_approved(page, how_many):
    page.goto(f"/antrean/orang-kedua/?periode={RUNNING}")
    page.get_by_role("link", name="Mulai").click()
    press_one(page, how_many)


def press_one(page, times):
    page.wait_for_url("**/antrean/usulan/**")
    for _ in range(times):
        before = page.url
        page.keyboard.press("1")
        page.wait_for_url(lambda url, before=before: url != before)
        page.locator(".last-line").wait_for()


def newcomers_are_accepted_at_once(page):
    page.goto(f"/antrean/massal/?periode={RUNNING}&jenis=add&kelompok=add/genap_17/claim")
    page.get_by_text("Saya sudah memeriksa daftar ini").click()
    page.get_by_role("button", name=re.compile("^Terima")).click()
    page.wait_for_url(re.compile("/antrean/massal/[0-9a-f-]{36}/"))
    page.get_by_text("0 ditolak aturan").wait_for(timeout=60_000)


def roll_is_built(page):
    page.goto(f"/periode/{RUNNING}/")
    page.get_by_label("Tanggal pleno").fill("2027-01-04")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Tanggal pleno disimpan").wait_for()
    page.get_by_role("button", name="Bangun daftar").click()
    page.get_by_text("Daftar versi 3, per").wait_for(timeout=120_000)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_of_the_screen_can_be_taken(enter, office, folder, at_work, shot):
    page = enter(shot.who, reduced_motion="reduce")
    page.set_viewport_size(shot.size)
    shot.go(page, office.store)
    page.wait_for_load_state("networkidle")
    heading = page.get_by_role("heading", name=shot.heading).first
    expect(heading).to_be_in_viewport()
    expect(page.get_by_text("semua orang di sini rekaan")).to_be_in_viewport()
    picture = folder / f"{shot.name}.png"
    page.screenshot(path=picture, animations="disabled", caret="hide")
    assert size_of(picture) == (shot.size["width"], shot.size["height"])
    assert LEAST < picture.stat().st_size < MOST


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height in pixels, as the PNG's first chunk says."""
    start = picture.read_bytes()[:24]
    assert start[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", start[16:24])
