"""Files go in by a real browser: dropped, cut off, gone on with; the pages on the way are fit."""

import pytest

from lib.intake_files import BUDI, HEADER, SITI, but, text

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
DESA = "3604222012"
ODD = ("URUT", "KODE", "SEBUTAN", "LAHIRNYA", "GOLONGAN")


@pytest.fixture
def page(enter):
    return enter("operator")


def hand_in(page, *paths, agency="bps"):
    page.goto("/terima/")
    page.set_input_files("#berkas", [str(path) for path in paths])
    page.select_option("select[name=agency]", agency)
    page.get_by_role("button", name="Serahkan").click()


def fit(page, accessible):
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        page.reload()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], page.url
        accessible(page)


def test_an_upload_cut_off_goes_on_in_another_window(page, tmp_path):
    rows = (but(SITI, no=str(n), kode_desa=DESA, alamat="KP. " * 60) for n in range(16_000))
    path = text(tmp_path / "besar.csv", [HEADER, *rows])
    assert path.stat().st_size > 4 << 20
    cut = {"after": 2}

    def line(route):
        cut["after"] -= 1
        if cut["after"] >= 0:
            route.continue_()
        else:
            route.abort("internetdisconnected")

    page.route("**/potongan", line)
    hand_in(page, path)
    page.get_by_text("sambungan terputus, dicoba lagi").wait_for()
    page.close(run_before_unload=False)
    other = page.context.new_page()
    hand_in(other, path)
    other.wait_for_url("**/terima/sumber/*/", timeout=120_000)
    assert other.locator(".totals").inner_text().count("16.000") == 2


def test_files_are_dropped_on_the_place_for_them(page, tmp_path):
    page.goto("/terima/")
    content = text(tmp_path / "jatuh.csv", [HEADER, but(BUDI, kode_desa=DESA)]).read_text()
    dropped = page.evaluate_handle(
        "([name, text]) => { const all = new DataTransfer();"
        " all.items.add(new File([text], name)); return all; }",
        ["jatuh.csv", content],
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    page.select_option("select[name=agency]", "desa")
    page.get_by_role("button", name="Serahkan").click()
    page.wait_for_url("**/terima/sumber/*/", timeout=60_000)
    assert "jatuh.csv" in page.title()


def test_an_unknown_layout_is_mapped_on_the_screen(page, tmp_path, accessible):
    rows = (("1", "9999995708850001", "SITI AMINAH", "17-08-1985", "P"),)
    hand_in(page, text(tmp_path / "aneh.csv", [ODD, *rows]))
    page.wait_for_url("**/terima/sumber/*/", timeout=60_000)
    page.get_by_role("link", name="Petakan kolom").click()
    fit(page, accessible)
    page.select_option("select[name=desa]", DESA)
    page.get_by_text("1 diterima").wait_for()
    page.get_by_role("button", name="Simpan dan terima berkas").click()
    page.wait_for_url("**/terima/sumber/*/", timeout=60_000)
    assert page.get_by_text("Petakan kolom").count() == 0


def test_a_dry_run_is_shown_before_it_counts(page, tmp_path, accessible):
    path = text(tmp_path / "coba.csv", [("AKTA KEMATIAN",), HEADER, but(SITI, kode_desa=DESA)])
    page.goto("/terima/")
    page.check("input[name=try_first]")
    page.set_input_files("#berkas", str(path))
    page.select_option("select[name=agency]", "disdukcapil")
    page.get_by_role("button", name="Serahkan").click()
    page.get_by_text("belum ada yang disimpan").wait_for(timeout=120_000)
    fit(page, accessible)
    page.get_by_role("button", name="Terima berkas ini").click()
    page.wait_for_url("**/terima/sumber/*/", timeout=60_000)
