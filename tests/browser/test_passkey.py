"""A passkey, by Chromium's virtual authenticator: set up where required, then signed in with."""

import pytest

from lib.served import served

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def office(world, tmp_path_factory):
    """As in an office: a second factor is asked of everybody. No TLS: it listens to itself only."""
    folder = tmp_path_factory.mktemp("strict")
    with served(world.store, folder, MUTAKHIR_DEMO="0", MUTAKHIR_INSECURE="1") as running:
        yield running


@pytest.fixture
def laptop(office, new_context):
    """A browser on a machine with a fingerprint reader. ``localhost``: keys know names only."""
    context = new_context(base_url=office.address.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(15_000)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    made = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.refusals = []
    page.on("console", lambda said: said.type == "error" and page.refusals.append(said.text))
    page.on("pageerror", lambda error: page.refusals.append(str(error)))

    def verified(state):
        """Whether the finger is the right one from now on."""
        given = {"authenticatorId": made["authenticatorId"], "isUserVerified": state}
        protocol.send("WebAuthn.setUserVerified", given)

    page.verified = verified
    return page


def sign_in(page, office, name="operator"):
    page.goto("/akun/login/")
    page.get_by_label("Nama akun").fill(name)
    page.get_by_label("Kata sandi").fill(office.password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_a_passkey_is_set_up_and_opens_the_office_by_itself(laptop, office, accessible):
    sign_in(laptop, office)
    laptop.wait_for_url("**/akun/2fa/")
    accessible(laptop)
    laptop.goto("/antrean/")
    assert laptop.url.endswith("/akun/2fa/")  # nothing else is open yet

    laptop.get_by_role("link", name="Tambah kunci sandi").click()
    laptop.wait_for_url("**/akun/reauthenticate/**")
    accessible(laptop)
    laptop.locator("input[name=password]").fill(office.password)
    laptop.get_by_role("button", name="Konfirmasi").click()
    laptop.get_by_label("Nama kunci").fill("Laptop kantor")
    accessible(laptop)
    laptop.get_by_role("button", name="Lanjut").click()
    laptop.wait_for_url("**/recovery-codes/")
    assert laptop.get_by_label("Kode yang belum digunakan").input_value().count("\n") == 9
    accessible(laptop)
    laptop.goto("/akun/2fa/webauthn/")
    assert laptop.get_by_text("Laptop kantor", exact=True).first.is_visible()
    accessible(laptop)
    laptop.goto("/mulai/")
    assert "/akun/" not in laptop.url

    laptop.get_by_role("button", name="Keluar").click()
    laptop.goto("/akun/login/")
    accessible(laptop)
    laptop.get_by_role("button", name="Masuk dengan kunci sandi").click()
    laptop.wait_for_url(lambda url: "/akun/" not in url)
    assert laptop.refusals == []


def test_the_wrong_finger_does_not_open_and_says_so(laptop, office):
    sign_in(laptop, office, "pemeriksa")
    laptop.goto("/akun/2fa/webauthn/add/")
    laptop.locator("input[name=password]").fill(office.password)
    laptop.get_by_role("button", name="Konfirmasi").click()
    laptop.get_by_role("button", name="Lanjut").click()
    laptop.wait_for_url("**/recovery-codes/")
    laptop.get_by_role("button", name="Keluar").click()
    laptop.goto("/akun/login/")
    laptop.verified(False)
    laptop.get_by_role("button", name="Masuk dengan kunci sandi").click()
    laptop.get_by_role("alert").wait_for()
    assert "Kunci tidak jadi dipakai" in laptop.get_by_role("alert").inner_text()
    assert "/akun/login/" in laptop.url


def test_a_passkey_is_the_second_factor_after_a_password(laptop, office):
    sign_in(laptop, office, "anggota")
    laptop.goto("/akun/2fa/webauthn/add/")
    laptop.locator("input[name=password]").fill(office.password)
    laptop.get_by_role("button", name="Konfirmasi").click()
    laptop.get_by_label("tanpa kata sandi").uncheck()
    laptop.get_by_role("button", name="Lanjut").click()
    laptop.wait_for_url("**/recovery-codes/")
    laptop.get_by_role("button", name="Keluar").click()
    sign_in(laptop, office, "anggota")
    laptop.wait_for_url("**/akun/2fa/authenticate/")
    laptop.get_by_role("button", name="Gunakan kunci keamanan").click()
    laptop.wait_for_url(lambda url: "/akun/" not in url)
