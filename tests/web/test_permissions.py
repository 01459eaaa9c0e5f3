"""Every cell: each address, in each role, inside the area and outside it."""

import hashlib
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from lib.addresses import FORMS, HARMLESS, OPEN, WIDER, There, addresses
from lib.permissions_page import page
from lib.workplace import KAB, OTHER_KAB, PASSWORD, PROVINCE
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import may
from mutakhir_web.accounts.roles import MATRIX, Act, Role

GUARDED = [address for address in addresses() if address.needs]
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"
WRONG_METHOD = 405
#: Rows that any request may write: where a session was last seen.
_NOT_COUNTED = {"sessions.Session", "usersessions.UserSession", "accounts.User"}

by_address = pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)


@pytest.fixture
def there(store, people):
    return There(store, people)


def enter(role, area):
    name = f"x-{role.value}-{area}"
    User.objects.create_user(username=name, password=PASSWORD, role=role, area=area)
    client = Client(raise_request_exception=False)
    assert client.login(username=name, password=PASSWORD)
    client.get("/akun/")
    return client


def status(client, role, method, address, url):
    """The status of one request, its file read to the end.

    Closing it instead would also close the connection that holds the test's transaction.
    """
    form = FORMS.get(address.name, lambda _role: {})(role)
    answer = client.get(url) if method == "get" else client.post(url, form)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def both(client, role, address, url):
    """The statuses of asking for a page, and of sending a form."""
    return {status(client, role, method, address, url) for method in ("get", "post")}


def standing(store):
    """Everything that a refused request must leave alone: all rows, all files of the store."""
    rows = {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in _NOT_COUNTED
    }
    files = {
        str(path.relative_to(store.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(store.root.rglob("*"))
        if path.is_file() and ".lookup" not in path.name
    }
    return rows, files


def test_every_address_asks_for_an_act_or_is_meant_to_be_open():
    bare = [a.name for a in addresses() if not a.needs and not a.is_open]
    assert not bare, f"add @needs(Act...) to the views of {bare}, or OPEN in tests/lib/addresses.py"


def test_no_open_address_is_left_over():
    names = [address.name for address in addresses()]
    assert all(any(name.startswith(start) for name in names) for start in OPEN)


@by_address
def test_every_role_gets_what_the_table_says(there, store, address):
    url = there.address(address)
    may_do = [role for role in Role if address.needs & MATRIX[role]]
    assert may_do, f"no role may do any of {sorted(address.needs)}"
    lacking = {role: enter(role, KAB) for role in Role if role not in may_do}
    elsewhere = {role: enter(role, OTHER_KAB) for role in may_do}
    before = standing(store)
    asked_to_sign_in(address, url)
    for role, client in lacking.items():
        refused(both(client, role, address, url), {403}, role)
    for role, client in elsewhere.items():
        if address.name not in HARMLESS:
            refused(both(client, role, address, url), {403, 404}, role)
    assert standing(store) == before
    for role in may_do:
        let_in(enter(role, PROVINCE if address.name in WIDER else KAB), address, url, role)


def asked_to_sign_in(address, url):
    """Nobody gets in without an account, by either method."""
    for method in ("get", "post"):
        answer = getattr(Client(), method)(url)
        if answer.status_code != WRONG_METHOD:
            assert answer.headers["Location"].startswith("/akun/login/"), (address, method)


def refused(statuses, wanted, role):
    """At least one method is there, and it is refused."""
    assert statuses <= wanted | {WRONG_METHOD}, (role, statuses)
    assert statuses & wanted, (role, statuses)


def let_in(client, address, url, role):
    """The page is shown, or the form is read, whatever it then says of an empty form."""
    found = status(client, role, "get", address, url)
    if found == WRONG_METHOD:
        found = status(client, role, "post", address, url)
    assert found < 500, (role, found)
    assert found not in (403, 404), (role, found)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(Act))
def test_the_table_is_what_the_policy_says(role, act):
    user = User(username="x", role=role, area="36")
    inside = act in MATRIX[role]
    assert [may(user, act, code) for code in ("3673", "3673011001", "36")] == [inside] * 3
    assert not any(may(user, act, code) for code in ("3201", "3", ""))


def test_an_ended_account_may_nothing():
    user = User(username="x", role=Role.OPERATOR, area=KAB, is_active=False)
    assert not any(may(user, act, KAB) for act in Act)


def test_the_reference_page_is_the_table():
    wanted = page()
    if os.environ.get("MUTAKHIR_WRITE_DOCS") == "1":
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted, (
        "run MUTAKHIR_WRITE_DOCS=1 python -m pytest tests/web/test_permissions.py"
    )
