"""A real Chromium before a workplace as it is really served."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from lib.chromium import CHROMIUM_FLAGS, chromium_path
from lib.served import served
from lib.workplace import build_world

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """The demonstration that every office copies; never written to."""
    return build_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium_path()),
        "args": CHROMIUM_FLAGS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "id-ID", "viewport": LAPTOP}


@pytest.fixture(scope="module")
def office(world, tmp_path_factory):
    """A served workplace of this module's own."""
    with served(world.store, tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def enter(office, new_context):
    """``enter("operator")``: a page of a browser in which that account has signed in."""

    def sign_in(username, **options):
        context = new_context(base_url=office.address, **options)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto("/akun/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(office.password)
        page.locator("form button[type=submit], form button:not([type])").first.click()
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return sign_in


@pytest.fixture(scope="session")
def accessible():
    """``accessible(page)``: fails with what axe finds against WCAG 2.2 AA."""
    axe = Axe()
    rules = {
        "runOnly": {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }
    }

    def check(page):
        found = axe.run(page, options=rules)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check
