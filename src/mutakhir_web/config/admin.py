"""The first administrator, made by whoever runs the server: ``mutakhir admin``.

Every other account is made by an administrator in the workplace.
"""

import argparse
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the account and print a password for one sign-in; 1 with a sentence when refused."""
    parser = argparse.ArgumentParser(prog="mutakhir admin", description=__doc__.splitlines()[0])
    parser.add_argument("--name", required=True, help="nama akun, misalnya admin-3673")
    parser.add_argument("--area", required=True, help="kode wilayah, misalnya 36.73; '' = nasional")
    chosen = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mutakhir_web.config.settings"
    from mutakhir_web.config.serve import prepare  # noqa: PLC0415 - settings must be named first

    prepare()
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    try:
        password = _make(chosen.name, chosen.area)
    except ValidationError as error:
        print(f"Ditolak: {'; '.join(error.messages)}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"Akun {chosen.name}, kata sandi untuk sekali masuk: {password}")  # noqa: T201
    return 0


def _make(name: str, area: str) -> str:
    from django.db import transaction  # noqa: PLC0415

    from mutakhir.regions import plain  # noqa: PLC0415
    from mutakhir_web.accounts import temporary  # noqa: PLC0415
    from mutakhir_web.accounts.models import User  # noqa: PLC0415
    from mutakhir_web.accounts.roles import Role  # noqa: PLC0415
    from mutakhir_web.audit import auditor  # noqa: PLC0415

    password = temporary.make()
    account = User(username=name, role=Role.ADMINISTRATOR, area=plain(area))
    account.must_change_password = True
    account.set_password(password)
    account.full_clean()
    with transaction.atomic():
        account.save()
        # Nobody is signed in yet: the account itself stands for whoever owns the server.
        auditor.record("first_account", by=account, kab=account.area, subject=f"account:{name}")
    return password


if __name__ == "__main__":
    sys.exit(main())
