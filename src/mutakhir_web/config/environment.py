"""What the environment says: the one place that reads ``MUTAKHIR_*`` variables for the web."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Environment:
    """Where things lie and how the workplace is reached.

    ``home`` holds the work database (SQLite), uploads and the secret key; ``store`` the bulk data.
    ``proxies``: how many proxies of our own stand before the server and say whom they speak for.
    """

    home: Path
    store: Path
    database_url: str
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    demo: bool
    secure: bool
    debug: bool
    proxies: int

    @classmethod
    def read(cls) -> "Environment":
        """From the process's environment."""
        home = Path(os.environ.get("MUTAKHIR_HOME", "var")).resolve()
        store = os.environ.get("MUTAKHIR_STORE")
        demo = os.environ.get("MUTAKHIR_DEMO") == "1"
        return cls(
            home=home,
            store=Path(store).resolve() if store else home / "store",
            database_url=os.environ.get("MUTAKHIR_DATABASE_URL", ""),
            hosts=_words("MUTAKHIR_HOSTS") or ("localhost", "127.0.0.1", "[::1]"),
            origins=_words("MUTAKHIR_ORIGINS"),
            demo=demo,
            # Behind TLS unless the demonstration runs on this very machine.
            secure=os.environ.get("MUTAKHIR_INSECURE") != "1" and not demo,
            debug=os.environ.get("MUTAKHIR_DEBUG") == "1",
            proxies=_number("MUTAKHIR_PROXIES"),
        )

    def secret_key(self) -> str:
        """The key that signs sessions: from ``MUTAKHIR_SECRET_KEY``, or made once and kept."""
        given = os.environ.get("MUTAKHIR_SECRET_KEY")
        if given:
            return given
        path = self.home / "secret.key"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
        return path.read_text()


def _words(name: str) -> tuple[str, ...]:
    return tuple(os.environ.get(name, "").split())


def _number(name: str) -> int:
    said = os.environ.get(name, "0")
    if not said.isdecimal():
        raise ValueError(f"{name}={said!r}: a whole number is wanted, such as 1")
    return int(said)
