"""The demonstration's office: accounts for every role, and the running quarter on the desk.

``python -m mutakhir_web.config.demo``, after the store was made. May be run again.
"""

import os
import secrets
import sys
from typing import Final

#: username, role, length of the area code: the kab/kota, its provinsi.
ACCOUNTS: Final = (
    ("operator", "operator", 4),
    ("operator2", "operator", 4),
    ("pemeriksa", "checker", 4),
    ("anggota", "commissioner", 4),
    ("provinsi", "coordinator", 2),
    ("bawaslu", "bawaslu", 2),
    ("keamanan", "security", 2),
    ("admin", "administrator", 2),
)
_WORDS: Final = (
    *("kapal", "rimba", "senja", "batu", "angin", "padi", "jembatan", "lentera", "perahu"),
    *("gunung", "kelapa", "sungai", "layang", "cempaka", "bintang", "tikar", "kopi", "hujan"),
)


def main() -> None:
    """Prepare the work database and print who may sign in with what."""
    os.environ["MUTAKHIR_DEMO"] = "1"
    from mutakhir_web.config.serve import prepare  # noqa: PLC0415 - settings must be named first

    os.environ["DJANGO_SETTINGS_MODULE"] = "mutakhir_web.config.settings"
    prepare()
    from mutakhir_web.bulk import door  # noqa: PLC0415

    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    kab, *others = door.kabs()
    print(f"Kata sandi semua akun peragaan: {password}")  # noqa: T201
    accounts = [(name, role, kab[:length]) for name, role, length in ACCOUNTS]
    accounts += [("tetangga", "operator", other) for other in others[:1]]
    for name, role, area in accounts:
        account = _account(name, role, area, password)
        print(f"  {name:<10} {account.get_role_display()} · {account.area_name}")  # noqa: T201
    _lay_out()


def _account(name: str, role: str, area: str, password: str):  # type: ignore[no-untyped-def]
    from mutakhir_web.accounts.models import User  # noqa: PLC0415

    account, _ = User.objects.get_or_create(username=name)
    account.role, account.area = role, area
    account.set_password(password)
    account.save()
    return account


def _lay_out() -> None:
    """The newest version's look-up index, the sources' list, the running quarter's cases."""
    from mutakhir.roll.lookup_index import build_lookup, fresh  # noqa: PLC0415
    from mutakhir_web.bulk import door  # noqa: PLC0415
    from mutakhir_web.intake import mirror  # noqa: PLC0415
    from mutakhir_web.review.bridge import open_cases  # noqa: PLC0415

    store = door.store()
    newest = store.versions()[-1]
    if not fresh(store, newest):
        build_lookup(store, newest)
    mirror.catch_up()
    open_cases(door.current_period(door.kabs()[0]))


if __name__ == "__main__":
    sys.exit(main())
