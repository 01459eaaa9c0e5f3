"""Settings of the tests: a home of their own, either database, cheap passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="mutakhir-web-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["MUTAKHIR_HOME"] = _home
(Path(_home) / "static").mkdir()
os.environ.pop("MUTAKHIR_STORE", None)
# Playwright leaves an event loop in the thread of the tests; Django would then refuse to ask the
# database from a test of another file in the same process. Nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ.setdefault("MUTAKHIR_INSECURE", "1")
if os.environ.get("MUTAKHIR_TEST_DATABASE") == "postgresql":
    from lib.postgres import database_url

    os.environ["MUTAKHIR_DATABASE_URL"] = database_url()

from mutakhir_web.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # temporary passwords, few rounds
]
SECOND_FACTOR_REQUIRED = False
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
