"""Every page that a link leads to: it answers, fits a phone, and axe finds nothing (WCAG 2.2 AA).

The walk starts at the first page of each role and follows links; pages of one shape (the same
address but for identities) are looked at once.
"""

import re
from urllib.parse import urlsplit

import pytest

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 768}
ROLES = ("operator", "pemeriksa", "anggota", "provinsi", "bawaslu", "keamanan", "admin")
_IDENTITY = re.compile(r"[0-9a-f-]{16,36}|\d+(?:-Q\d)?")
#: Shapes that a role before has shown, in one run.
_seen: set[str] = set()


def shape(url):
    """An address without identities and without what it asks for: filters change lists, not
    pages."""
    return _IDENTITY.sub("#", urlsplit(url).path)


def links_of(page, address):
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [url.partition("#")[0] for url in found if url.startswith(address)]


def is_page(page, url):
    """Whether the address answers with a page, and not with a file to keep."""
    answer = page.context.request.get(url)
    assert answer.status == 200, f"{answer.status} at {url}"
    kept = "attachment" in answer.headers.get("content-disposition", "")
    return answer.headers["content-type"].startswith("text/html") and not kept


def look(page, url, accessible):
    """At both widths: no error in the console, no sideways scroll of the page, nothing for axe."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: said.append(str(error)))
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        page.goto(url)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{url} is {wide} px wide on {size['width']}"
        accessible(page)
    assert not said, f"{url}: {said}"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_fits_and_is_accessible(enter, office, accessible, role):
    page = enter(role)
    waiting, known = [page.url, *links_of(page, office.address)], set()
    looked = 0
    while waiting:
        url = waiting.pop(0)
        which = shape(url)
        if which in known or not is_page(page, url):
            continue
        known.add(which)
        page.goto(url)
        waiting += links_of(page, office.address)
        if which not in _seen:
            _seen.add(which)
            look(page, url, accessible)
            looked += 1
    assert len(known) >= 3, f"{role} found only {sorted(known)}"


def test_pages_for_nobody_are_accessible_too(office, new_context, accessible):
    page = new_context(base_url=office.address).new_page()
    for url in ("/akun/login/", "/tidak-ada/"):
        page.goto(url)
        accessible(page)
