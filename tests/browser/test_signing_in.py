"""The workplace as served: signing in, and what the frame offers to whom."""

import pytest

PHONE = {"width": 360, "height": 740}


def test_the_operator_signs_in_and_finds_the_rooms(enter):
    page = enter("operator")
    menu = page.get_by_role("complementary", name="Menu utama")
    for room in ("Beranda", "Terima berkas", "Antrean", "Pemilih", "Periode", "Rekap"):
        assert menu.get_by_role("link", name=room, exact=True).is_visible(), room
    assert menu.get_by_role("link", name="Pengguna").count() == 0


def test_a_wrong_password_is_told_and_nobody_gets_in(office, new_context):
    page = new_context(base_url=office.address).new_page()
    page.goto("/")
    page.locator("input[name=login]").fill("operator")
    page.locator("input[name=password]").fill("bukan kata sandinya")
    page.locator("form button[type=submit], form button:not([type])").first.click()
    page.get_by_role("alert").first.wait_for()
    page.goto("/")
    assert "/akun/login" in page.url


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_language_is_indonesian_first_and_english_at_a_press(enter, language):
    page = enter("operator")
    if language == "en":
        page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == language
    assert page.get_by_role(
        "link", name="Queue" if language == "en" else "Antrean", exact=True
    ).is_visible()
